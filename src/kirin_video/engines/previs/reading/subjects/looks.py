"""What a subject looks like: its kind's looks from the ground up, and what the prompt says over them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kirin_video.engines.previs.plan import (
    Age,
    Build,
    Color,
    Expression,
    Garment,
    PartColor,
    Pattern,
    Proportion,
    Wear,
)
from kirin_video.engines.previs.reading.concepts import Casting
from kirin_video.engines.previs.reading.lexicon import Kind, Lexicon
from kirin_video.engines.previs.reading.subjects.describing import HAIR_COLORS
from kirin_video.engines.previs.reading.subjects.mention import Mention
from kirin_video.engines.previs.reading.tokens import form_of

_TORSO = frozenset(
    {
        Garment.SHIRT, Garment.T_SHIRT, Garment.SWEATER, Garment.JACKET, Garment.COAT, Garment.ROBE,
        Garment.SUIT, Garment.UNIFORM, Garment.DRESS, Garment.GOWN, Garment.KIMONO, Garment.HANFU,
        Garment.CLOAK, Garment.RAINCOAT, Garment.SWIMSUIT, Garment.SHORTS,
    }
)  # fmt: skip
_INSTEAD = _TORSO | {Garment.ARMOR, Garment.SPACESUIT, Garment.WETSUIT, Garment.HOODIE}
"""Who is said to wear one of these does not wear the working clothes of a job as well."""

_BEARDED = frozenset({"bearded", "unshaven"})

_FIELDS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    Kind.AGE: ("age", Age),
    Kind.BUILD: ("build", Build),
    Kind.GENDER: ("gender", str),
    Kind.PATTERN: ("pattern", Pattern),
    Kind.FACE: ("expression", Expression),
}
"""Which field of the looks each sort of adjective fills."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What adjectives come to; the fields are those of `SubjectPlan`."""

    size: float = 1.0
    age: Age = Age.ADULT
    build: Build = Build.NORMAL
    gender: str | None = None
    pattern: Pattern | None = None
    expression: Expression | None = None
    traits: tuple[str, ...] = ()


def looks_of(mention: Mention, casting: Casting, lexicon: Lexicon) -> Looks:
    """The looks of a subject. What the body's own kind looks like, the catalogue of bodies knows best."""
    looks = Looks(size=round(math.prod(concept.scale for concept in casting.path[:-1]), 4))
    for word in _words(casting):
        meanings = lexicon.phrases.get(form_of(word), ())
        looks = _described(looks, [(m.kind, m.value, word) for m in meanings], kept=False)
    return _described(looks, mention.described.words, kept=True)


def _words(casting: Casting) -> Iterator[str]:
    """The adjectives of the concepts above a kind, from the kind up."""
    for concept in reversed(casting.path[:-1]):
        yield from filter(None, concept.looks.split(", "))


def _described(looks: Looks, words: Sequence[tuple[str, str, str]], *, kept: bool) -> Looks:
    """Looks with some more adjectives; those that no field holds are kept as traits if asked."""
    for kind, value, text in words:
        looks = _with(looks, kind, value)
        if kept and kind in {Kind.TRAIT, Kind.MANY_COLORED} and text not in looks.traits:
            looks = replace(looks, traits=(*looks.traits, text))
    return looks


def _with(looks: Looks, kind: str, value: str) -> Looks:
    """Looks with one more adjective."""
    if kind == Kind.SIZE:
        return replace(looks, size=round(looks.size * float(value), 2))
    if kind in _FIELDS:
        name, meaning = _FIELDS[kind]
        changes: dict[str, Any] = {name: meaning(value)}
        return replace(looks, **changes)
    return looks


def colors_of(mention: Mention, casting: Casting, lexicon: Lexicon) -> tuple[PartColor, ...]:
    """The colours of a subject by part, the prompt's over the kind's."""
    colors: dict[str, Color] = {}
    for word in _words(casting):
        name, _, part = word.rpartition(" ")
        hair = part == "hair"
        color = _color(name if hair else word, lexicon)
        if color is not None:
            colors["hair" if hair else "body"] = color
    if mention.described.colors:
        told = list(mention.described.colors)
        if casting.kind == "person":
            for color in [c for c in told if c.name.replace(" ", "_") in HAIR_COLORS]:
                colors["hair"] = color
                told.remove(color)
    else:
        told = []
    if told:
        body, *more = told
        colors["body"] = body
        if more and more[0] != body:
            colors["patches"] = more[0]
    colors.update(mention.parts)
    return tuple(PartColor(part, color) for part, color in colors.items())


def _color(word: str, lexicon: Lexicon) -> Color | None:
    found = lexicon.phrases.get(form_of(word), ())
    return next((lexicon.colors[m.value] for m in found if m.kind is Kind.COLOR), None)


def wears_of(mention: Mention, casting: Casting, lexicon: Lexicon) -> tuple[Wear, ...]:
    """What the prompt puts on; what the job puts on, unless the prompt says better."""
    said = [Wear(Garment(garment), color) for garment, color in mention.wears]
    if any(text in _BEARDED for _, _, text in mention.described.words):
        said.append(Wear(Garment.BEARD))
    own = [
        wear
        for concept in casting.path[:-1]
        for text in filter(None, concept.wears.split(", "))
        if (wear := _garment(text, lexicon)) is not None
    ]
    colors = mention.described.colors
    if colors and not said and own and own[0].color is not None:
        own[0] = replace(own[0], color=colors[0])  # a red knight wears red
    usual = {wear.garment: wear.color for wear in own}
    # A detective's trench coat has a detective's colour.
    said = [wear if wear.color else replace(wear, color=usual.get(wear.garment)) for wear in said]
    named = {wear.garment for wear in said}
    kept = [w for w in own if w.garment not in named and not (named & _INSTEAD and w.garment in _TORSO)]
    return tuple(dict.fromkeys([*said, *kept]))


def _garment(text: str, lexicon: Lexicon) -> Wear | None:
    """A garment of a table, with its colour: "white spacesuit"."""
    words = text.split(" ")
    for cut in range(len(words)):
        found = lexicon.phrases.get(form_of(" ".join(words[cut:])), ())
        garment = next((m.value for m in found if m.kind is Kind.GARMENT), None)
        if garment is not None:
            return Wear(Garment(garment), _color(" ".join(words[:cut]), lexicon) if cut else None)
    return None


def shape_of(casting: Casting) -> tuple[Proportion, ...]:
    """How the body differs from its kind."""
    return tuple(part for concept in reversed(casting.path[:-1]) for part in concept.shape)
