"""The lexicon: which phrases mean what, read from the tables in ``words/``.

A phrase is kept as the forms of its tokens, so the tables need no plurals and no capitals; verbs are listed
in their base form, and `inflection` makes the others.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from kirin_video.engines.previs.plan import Color
from kirin_video.engines.previs.reading.concepts import Concept, concepts_in
from kirin_video.engines.previs.reading.inflection import forms_of
from kirin_video.engines.previs.reading.tokens import form_of
from kirin_video.engines.previs.reading.wording import Wording, wordings


class Kind(StrEnum):
    """What a phrase is about."""

    PLACE = "place"
    TIME = "time"
    WEATHER = "weather"
    DOWNFALL = "downfall"
    DAY_PART = "day_part"
    SEASON = "season"
    PHENOMENON = "phenomenon"
    STYLE = "style"
    MOOD = "mood"
    SIZE_OF_SHOT = "size_of_shot"
    ANGLE = "angle"
    LENS = "lens"
    GRIP = "grip"
    FOCUS = "focus"
    TECHNIQUE = "technique"
    PACE = "pace"
    UNDONE = "undone"
    MOVE = "move"
    DIRECTION = "direction"
    TEMPO = "tempo"
    CAMERA = "camera"
    NEGATION = "negation"
    SUBJECT = "subject"
    COLOR = "color"
    MANY_COLORED = "many_colored"
    SIZE = "size"
    AGE = "age"
    GENDER = "gender"
    BUILD = "build"
    PATTERN = "pattern"
    FACE = "face"
    TRAIT = "trait"
    NUMBER = "number"
    MEASURE = "measure"
    DETERMINER = "determiner"
    GARMENT = "garment"
    PART = "part"
    WEARING = "wearing"
    ACTION = "action"
    RELATION = "relation"
    PASSIVE = "passive"
    PRONOUN = "pronoun"
    SPOT = "spot"
    HEADING = "heading"
    BRISKNESS = "briskness"
    SEQUENCE = "sequence"
    JOIN = "join"
    ABSTRACT = "abstract"
    SCENERY = "scenery"
    IGNORED = "ignored"


ADJECTIVES = (
    Kind.COLOR,
    Kind.MANY_COLORED,
    Kind.SIZE,
    Kind.AGE,
    Kind.GENDER,
    Kind.BUILD,
    Kind.PATTERN,
    Kind.FACE,
    Kind.TRAIT,
)
"""What may stand between an article and its noun."""

_AT_HOME = frozenset(
    {"quadruped", "bird", "swimmer", "crawler", "insect", "boat", "aircraft", "furniture", "food"}
)
"""Families whose members, by whatever name, are at home in one place."""

_ANYWHERE = frozenset({"window", "door", "lantern", "curtain"})
"""Furniture that is outside as well: only the words that are listed hint at a room."""

_VERBAL = frozenset({"chasing", "following", "facing"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a phrase means.

    Attributes:
        kind: what it is about.
        value: the key in its table, such as ``meadow``, ``rain`` or ``pan``.
        grade: how it says so: ``exact``, ``like``, ``hint`` or ``faint`` for places, ``said`` or
            ``implied`` for times, ``sure`` or ``shared`` for moves, ``ing`` or ``ed`` for forms of verbs,
            otherwise empty.
    """

    kind: Kind
    value: str
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every phrase and its meanings.

    Attributes:
        phrases: token forms to meanings.
        longest: tokens in the longest phrase that begins with a form.
        concepts: what nouns stand for, by name.
        colors: colours by name.
        worlds: the world that is drawn for each place.
        shown: the concepts that each world shows anyway.
        tabletop: the kinds that stand on a table.
        held: actions whose object is in the actor's hand.
        endings: what the end of an unknown noun says it is.
        wordings: what callers are told, by language.
        vague: numbers that are a manner of speaking, as token forms.
    """

    phrases: Mapping[tuple[str, ...], tuple[Meaning, ...]]
    longest: Mapping[str, int]
    concepts: Mapping[str, Concept]
    colors: Mapping[str, Color]
    worlds: Mapping[str, str]
    shown: Mapping[str, frozenset[str]]
    tabletop: frozenset[str]
    held: frozenset[str]
    endings: Mapping[str, str]
    wordings: Mapping[str, Wording]
    vague: frozenset[tuple[str, ...]]


@cache
def load_lexicon() -> Lexicon:
    """The words that are shipped beside this module; reading them, once, takes a tenth of a second."""
    nouns = [pair for topic in ("people", "animals", "made", "things") for pair in concepts_in(_table(topic))]
    places, looks, deeds = _table("places"), _table("adjectives"), _table("deeds")
    found: dict[tuple[str, ...], list[Meaning]] = {}
    for meaning, words in _entries(nouns, places, looks, deeds):
        for phrase in words:
            known = found.setdefault(form_of(phrase), [])
            if meaning not in known:
                known.append(meaning)
    _spread_hints(found, nouns)
    return Lexicon(
        phrases={form: tuple(meanings) for form, meanings in found.items()},
        longest=_longest(found),
        concepts={concept.name: concept for concept, _ in nouns},
        colors={name: _color(name, row) for name, row in looks["colors"].items()},
        worlds={name: row["world"] for name, row in places.items()},
        shown={world: frozenset(_split(names)) for world, names in _table("topics")["shown"].items()},
        tabletop=frozenset(_split(_table("topics")["tabletop"]["kinds"])),
        held=frozenset(_split(deeds["holding"]["actions"])),
        endings={e: name for name, row in _table("endings")["endings"].items() for e in _split(row)},
        wordings=wordings(_table("notes"), {"zh": _chinese_names(nouns)}),
        vague=frozenset(map(form_of, _split(looks["not_counted"]["words"]))),
    )


def _spread_hints(
    found: Mapping[tuple[str, ...], list[Meaning]], nouns: Iterable[tuple[Concept, str]]
) -> None:
    """Let every word of a kind hint where one of its words does: a humpback whale at the sea."""
    hints: dict[str, Meaning] = {}
    for meanings in found.values():
        hint = next((m for m in meanings if m.kind is Kind.PLACE and m.grade in {"hint", "faint"}), None)
        for meaning in meanings:
            if hint is not None and meaning.kind is Kind.SUBJECT:
                hints.setdefault(meaning.value, hint)
    for concept, words in nouns:
        hint = hints.get(concept.name) or hints.get(concept.of or "")
        if hint is None or concept.family not in _AT_HOME or concept.name in _ANYWHERE:
            continue
        for phrase in _split(words):
            meanings = found[form_of(phrase)]
            if all(meaning.kind is not Kind.PLACE for meaning in meanings):
                meanings.append(hint)


def _chinese_names(nouns: Iterable[tuple[Concept, str]]) -> dict[str, str]:
    """What kinds are called in Chinese: the first Chinese word of each."""
    words = ((concept.name, _split(row)) for concept, row in nouns)
    return {name: next((word for word in row if not word.isascii()), name) for name, row in words}


def _longest(forms: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """By first token, how many tokens the longest phrase has."""
    longest: dict[str, int] = {}
    for form in forms:
        longest[form[0]] = max(len(form), longest.get(form[0], 0))
    return longest


def _table(topic: str) -> dict[str, Any]:
    source = resources.files(__package__ or __name__).joinpath("words", f"{topic}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _split(words: str) -> list[str]:
    return words.split(", ")


def _color(name: str, row: str) -> Color:
    code = row.partition(",")[0].removeprefix("#")
    red, green, blue = bytes.fromhex(code)
    return Color(name.replace("_", " "), (red, green, blue))


def _entries(
    nouns: Iterable[tuple[Concept, str]],
    places: Mapping[str, Any],
    looks: Mapping[str, Any],
    deeds: Mapping[str, Any],
) -> Iterator[tuple[Meaning, list[str]]]:
    """Every list of words with what it means."""
    for concept, words in nouns:
        yield Meaning(Kind.SUBJECT, concept.name), _split(words)
    for name, row in places.items():
        yield Meaning(Kind.PLACE, name, "exact" if row.get("true_to") else "like"), _split(row["words"])
        for grade in ("hint", "faint"):
            if grade in row:
                yield Meaning(Kind.PLACE, name, grade), _split(row[grade])
    yield from _graded()
    yield from _plain(looks, deeds)
    for action, words in deeds["actions"].items():
        yield from _inflected(Kind.ACTION, action, words)
    for relation, words in deeds["relations"].items():
        if relation in _VERBAL:
            yield from _inflected(Kind.RELATION, relation, words)
        else:
            yield Meaning(Kind.RELATION, relation), _split(words)


def _graded() -> Iterator[tuple[Meaning, list[str]]]:
    """Times and camera verbs, whose words say it more or less firmly."""
    for kind, table in ((Kind.TIME, _table("times")["times"]), (Kind.MOVE, _table("camera")["moves"])):
        for value, grades in table.items():
            for grade, words in grades.items():
                yield Meaning(kind, value, grade), _split(words)


def _plain(looks: Mapping[str, Any], deeds: Mapping[str, Any]) -> Iterator[tuple[Meaning, list[str]]]:
    """Tables of a value and its words."""
    times, camera, grammar = _table("times"), _table("camera"), _table("grammar")
    whole, framing, clothes, topics = _table("looks"), _table("framing"), _table("clothes"), _table("topics")
    plain = (
        (Kind.WEATHER, times["weathers"]),
        (Kind.DOWNFALL, times["downfalls"]),
        (Kind.DAY_PART, times["day_parts"]),
        (Kind.SEASON, times["seasons"]),
        (Kind.PHENOMENON, whole["phenomena"]),
        (Kind.STYLE, whole["styles"]),
        (Kind.MOOD, whole["moods"]),
        (Kind.SIZE_OF_SHOT, framing["sizes"]),
        (Kind.ANGLE, framing["angles"]),
        (Kind.LENS, framing["lenses"]),
        (Kind.GRIP, framing["grips"]),
        (Kind.FOCUS, framing["focus"]),
        (Kind.TECHNIQUE, framing["techniques"]),
        (Kind.PACE, framing["paces"]),
        (Kind.UNDONE, framing["undone"]),
        (Kind.DIRECTION, camera["directions"]),
        (Kind.TEMPO, camera["tempos"]),
        (Kind.CAMERA, camera["camera"]),
        (Kind.NEGATION, grammar["negations"]),
        (Kind.MANY_COLORED, looks["many_colored"]),
        (Kind.AGE, looks["ages"]),
        (Kind.GENDER, looks["genders"]),
        (Kind.BUILD, looks["builds"]),
        (Kind.PATTERN, looks["patterns"]),
        (Kind.FACE, looks["faces"]),
        (Kind.TRAIT, looks["traits"]),
        (Kind.NUMBER, looks["numbers"]),
        (Kind.MEASURE, looks["measures"]),
        (Kind.DETERMINER, looks["determiners"]),
        (Kind.GARMENT, clothes["garments"]),
        (Kind.PART, clothes["parts"]),
        (Kind.WEARING, clothes["wearing"]),
        (Kind.PASSIVE, deeds["passives"]),
        (Kind.PRONOUN, deeds["pronouns"]),
        (Kind.SPOT, deeds["spots"]),
        (Kind.HEADING, deeds["headings"]),
        (Kind.SEQUENCE, deeds["sequence"]),
        (Kind.JOIN, deeds["joins"]),
        (Kind.ABSTRACT, topics["abstract"]),
        (Kind.SCENERY, topics["scenery"]),
        (Kind.IGNORED, grammar["ignored"]),
    )
    for kind, table in plain:
        for value, words in table.items():
            yield Meaning(kind, value), _split(words)
    for value, row in looks["colors"].items():
        yield Meaning(Kind.COLOR, value), _split(row)[1:]
    for kind, table in ((Kind.SIZE, looks["sizes"]), (Kind.BRISKNESS, deeds["tempos"])):
        for row in table.values():
            factor, *words = _split(row)
            yield Meaning(kind, factor), words


def _inflected(kind: Kind, value: str, words: str) -> Iterator[tuple[Meaning, list[str]]]:
    """A verb in all its forms."""
    for verb in _split(words):
        for form, grade in forms_of(verb):
            yield Meaning(kind, value, grade), [form]
