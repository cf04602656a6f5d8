"""Reads what is to be done to something: gone, of other stuff or colour, in another's place, or new."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kirin_video.domain.prompt import ReferenceKind
from kirin_video.engines.previs.footage.clauses import Clause
from kirin_video.engines.previs.footage.drafting import Draft
from kirin_video.engines.previs.footage.edits import (
    Blur,
    Insert,
    Recolor,
    Region,
    Remove,
    Resky,
    Restyle,
    Resurface,
    Retouch,
    Thing,
    Touch,
)
from kirin_video.engines.previs.footage.naming import reference_in
from kirin_video.engines.previs.footage.overall import AIR, Overall
from kirin_video.engines.previs.plan import Style
from kirin_video.engines.previs.reading.lexicon import Kind

_LAID_ON: Final = frozenset({Region.GROUND, Region.WALL, Region.GRASS})
_SELDOM_WORN: Final = frozenset(
    {
        "hat",
        "cap",
        "helmet",
        "crown",
        "hood",
        "beanie",
        "tie",
        "scarf",
        "necklace",
        "bow_tie",
        "glasses",
        "sunglasses",
    }
)
_SOMEWHAT: Final = re.compile(r"\s*(?:\u4e00\u4e9b|\u4e00\u70b9)")
_IN_A_PLACE: Final = re.compile(r"^\u5728.+?[\u4e0a\u91cc\u4e2d\u4e0b]\s+")
_AND: Final = re.compile(r"\s+and\s+")
_PAIR: Final = 2


def read_sky(draft: Draft, clause: Clause) -> bool:
    """Read "replace the sky with a sunset": nothing under it changes."""
    if clause.verb not in {"change", "replace"} or not clause.becomes:
        return False
    thing, reference = draft.namer.named(clause.about), reference_in(clause.becomes)
    if thing is None or thing.region is not Region.SKY or thing.kind is not None:
        return False
    if draft.namer.first(clause.about, Kind.TIME) is not None:
        return False  # in Chinese, day and sky share a character
    heavens = Overall(draft.namer, draft.overall.seed)
    goal = " ".join([draft.words.regions["sky"].sub(" ", clause.about), clause.becomes])
    goal = goal.removeprefix("the ").strip() if clause.verb == "change" else clause.becomes
    named = heavens.read(replace(clause, text=goal, about=goal, becomes=""))
    if reference is None and (not named or heavens.air.is_still):
        return False
    draft.local.append(Resky(thing, goal, heavens.air, reference))
    return True


def read_removal(draft: Draft, clause: Clause) -> bool:
    """Read "remove the red car"; "remove the colours" is a style."""
    if clause.verb != "remove":
        return False
    about = clause.about or clause.becomes
    weather = draft.namer.first(about, Kind.WEATHER)
    if weather is not None and not draft.namer.is_thing(about):
        draft.overall.undone.append(("weather_gone", weather.text))
        return True
    if draft.words.says("grey", about) or (about and _is_colors_alone(draft, about)):
        draft.overall.style = Restyle(Style.MONOCHROME)
        return True
    thing = draft.namer.named(about)
    if thing is None:
        return False
    if thing.main and draft.words.says("background", clause.text):
        draft.overall.undone.append(("one_of_many", clause.text))
    else:
        draft.local.append(Remove(thing))
    return True


def _is_colors_alone(draft: Draft, text: str) -> bool:
    return bool(draft.words.marks["whole"].fullmatch(text.removeprefix("the ").removeprefix("all "))) and (
        "colo" in text or "\u8272" in text
    )


def read_surface(draft: Draft, clause: Clause) -> bool:
    """Read "replace the floor with wooden planks", "turn the wall into brick"."""
    if clause.verb not in {"change", "replace"} or reference_in(clause.becomes) is not None:
        return False
    thing = draft.namer.named(clause.about)
    if thing is None or thing.region is None or thing.region not in _LAID_ON:
        return False
    goal = clause.becomes or draft.words.regions[thing.region].sub(" ", clause.about)  # grass is not of grass
    kind = draft.namer.surface(goal)
    if kind is None:
        return False
    colors = draft.namer.colors(goal)
    draft.local.append(Resurface(replace(thing, color=None), kind, colors[-1] if colors else None))
    return True


def read_thing(draft: Draft, clause: Clause) -> bool:
    """Recolour a thing, or put another in its place."""
    if clause.verb not in {"change", "replace", ""}:
        return False
    colors = draft.namer.colors(clause.becomes)
    if clause.becomes and clause.verb:
        swapped = _replacement(draft, clause)
        if swapped:
            return True
    about, color = clause.about, colors[-1] if colors else None
    if color is None and clause.verb == "change" and not clause.becomes:
        about, color = draft.namer.color_at_end(clause.about)
    if color is None:
        return read_retouch(draft, clause) or _dressed(draft, clause)
    thing = None if draft.namer.is_whole(about) else draft.namer.named(about)
    if thing is None:
        return False
    draft.local.append(Recolor(thing, color))
    return True


def parts_of(draft: Draft, clause: Clause) -> list[Clause]:
    """Take "her hair blonde and the grass darker" as two: each part has a thing and what that becomes."""
    parts = _AND.split(clause.about) if clause.verb == "change" and not clause.becomes else []
    if len(parts) < _PAIR or not all(_says_what_becomes(draft, part) for part in parts):
        return [clause]
    return [replace(clause, text=part, about=part) for part in parts]


def _says_what_becomes(draft: Draft, text: str) -> bool:
    about, color = draft.namer.color_at_end(text)
    if color is not None:
        return _is_part(draft, about)
    return bool(_touches(draft, text)) and _is_part(draft, _untouched(draft, text))


def _is_part(draft: Draft, text: str) -> bool:
    return draft.namer.is_thing(text) or draft.words.says("background", text)


def read_retouch(draft: Draft, clause: Clause) -> bool:
    """Read "make the sky darker", "make the background warmer"; light and weather are of everything."""
    touches, bare = _touches(draft, clause.text), _untouched(draft, clause.about)
    if not touches or draft.namer.is_whole(bare) or draft.words.says("refused", clause.text):
        return False
    if any(draft.namer.first(clause.text, kind) for kind in (*AIR, Kind.STYLE)):
        return False
    if draft.words.says("background", bare):
        draft.local.append(Retouch(None, touches))
        return True
    thing = draft.namer.named(bare)
    if thing is None or not (thing.kind or thing.region or thing.worn or thing.main or thing.color):
        return False
    draft.local.append(Retouch(thing, touches))
    return True


def _touches(draft: Draft, text: str) -> tuple[Touch, ...]:
    return tuple(Touch(name) for name, found in draft.words.touches.items() if found.search(text))


def _untouched(draft: Draft, text: str) -> str:
    for found in draft.words.touches.values():
        text = found.sub(" ", text)
    return _SOMEWHAT.sub("", text).strip()


def _dressed(draft: Draft, clause: Clause) -> bool:
    """Read "make her wear a red dress": what she wears there already takes the colour."""
    worn = draft.words.marks["wears"].search(clause.text)
    parts = _AND.split(clause.text[worn.end() :].strip()) if worn else []
    clothes = {part: _recolored(draft.namer.named(part)) for part in parts}
    found = [each for each in clothes.values() if each is not None]
    if not found:
        return False
    for part, each in clothes.items():
        if each is None:
            draft.unread.append(part)
            continue
        draft.overall.undone.append(("dressed", part))
        draft.local.append(each)
    return True


def _recolored(thing: Thing | None) -> Recolor | None:
    if thing is None or thing.color is None or not thing.garment or thing.garment in _SELDOM_WORN:
        return None
    return Recolor(replace(thing, color=None), thing.color)


def _replacement(draft: Draft, clause: Clause) -> bool:
    """Read "replace the man with a golden robot"; "change the car to a blue car" is another colour alone."""
    reference, thing = reference_in(clause.becomes), draft.namer.named(clause.about)
    if thing is None or draft.namer.is_whole(clause.about):
        return False
    other = draft.namer.named(clause.becomes)
    if reference is None:
        if draft.namer.first(clause.becomes, Kind.SUBJECT) is None or other is None:
            return False
        if other.color is not None and (thing.worn or (other.kind == thing.kind and not other.worn)):
            return False
    if draft.namer.first(clause.becomes, Kind.STYLE) and reference is None:
        return False
    draft.local.append(Insert(clause.becomes, reference, thing))
    return True


def read_insert(draft: Draft, clause: Clause) -> bool:
    """Read "add a dog beside the man"."""
    if clause.verb != "add":
        return False
    reference = reference_in(clause.text)
    subject = draft.namer.first(clause.about, Kind.SUBJECT)
    if reference is not None and reference.kind is ReferenceKind.VIDEO:
        reference = None
    if subject is None and reference is None:
        return False
    whole = draft.words.verbs["add"].sub(" ", clause.text).strip()  # "next to" is no change to something
    who, beside = draft.namer.company(whole if draft.words.says("beside", whole) else clause.about)
    who = _IN_A_PLACE.sub("", who)
    draft.local.append(Insert(who, reference, side=draft.namer.side(clause.text), beside=beside))
    return True


def read_blurred(draft: Draft, clause: Clause) -> bool:
    """Read "blur the face", "\u7ed9\u8f66\u6253\u7801"."""
    bare = draft.words.marks["blur"].sub(" ", clause.text).strip()
    if draft.words.says("background", bare) or draft.words.says("everything_else", bare):
        return False
    thing = None if draft.namer.is_whole(bare) else draft.namer.named(bare)
    if thing is not None:
        draft.local.append(Blur(thing))
    return thing is not None
