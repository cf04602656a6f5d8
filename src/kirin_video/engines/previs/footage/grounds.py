"""Reads what an instruction wants behind the subject: a screen, a colour, a picture, a place in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kirin_video.engines.previs.footage.clauses import REFERENCE, Clause
from kirin_video.engines.previs.footage.drafting import Draft
from kirin_video.engines.previs.footage.edits import Backdrop, Ground, Remove
from kirin_video.engines.previs.plan import Color
from kirin_video.engines.previs.reading.lexicon import Kind

GREEN: Final = Color("chroma green", (0, 177, 64))
BLUE: Final = Color("chroma blue", (0, 71, 187))
_SCREEN_BLUE: Final = ("blue", "\u84dd")


def read_screen(draft: Draft, clause: Clause) -> bool:
    """Read "put her before a green screen", "replace the green screen with a forest"."""
    if not draft.words.says("screen", clause.text):
        return False
    on_it = not draft.words.says("screen", clause.about) or not clause.becomes
    removed = clause.verb == "remove" or (clause.verb == "replace" and not on_it)
    if removed or (clause.verb == "change" and draft.words.says("screen", clause.about) and clause.becomes):
        ground = draft.namer.ground(clause.becomes) if clause.becomes else None
        ground = ground or Backdrop(Ground.COLOR, draft.namer.color("white"))
        draft.local.append(replace(ground, keyed=True))
        return True
    blue = any(word in clause.text for word in _SCREEN_BLUE)
    draft.local.append(Backdrop(Ground.COLOR, BLUE if blue else GREEN))
    return True


def read_background(draft: Draft, clause: Clause) -> bool:
    """Read "change the background to a beach", "blur the background", "put her on a beach"."""
    if not draft.words.says("background", clause.text):
        return _placed(draft, clause)
    if draft.words.says("transparent", clause.text):
        draft.overall.undone.append(("transparent", ""))
        draft.local.append(Backdrop(Ground.COLOR, GREEN))
        return True
    becomes = _behind(draft, clause)
    if becomes is None:
        return False
    found = _effect(draft, clause) or draft.namer.ground(becomes)
    last = draft.last
    if clause.verb == "add" and isinstance(last, Remove):
        draft.local.pop()  # "cut out the rabbit and put it on a white background"
    if clause.verb == "remove":
        found = Backdrop(Ground.COLOR, draft.namer.color("white"))
    if found is not None:
        draft.local.append(found)
    return found is not None


def read_more_of_the_background(draft: Draft, clause: Clause) -> bool:
    """A clause without a verb goes on describing the background before it: "..., at sunset"."""
    last = draft.last
    if clause.verb or not isinstance(last, Backdrop) or last.ground is not Ground.WORLD:
        return False
    if draft.namer.ground(clause.text) is None:
        return False
    draft.local[-1] = replace(last, words=f"{last.words}, {clause.text}")
    return True


def _behind(draft: Draft, clause: Clause) -> str | None:
    """What a clause that names the background puts there; None where it speaks of something else."""
    bare = draft.words.marks["background"].sub(" ", clause.about)
    if clause.verb == "remove":
        return None if draft.namer.is_thing(bare) else ""  # "remove the people in the background"
    if draft.words.says("background", clause.about) or not draft.words.says("background", clause.becomes):
        return clause.becomes or bare
    if clause.verb in {"add", "change"} and draft.namer.is_thing(bare) and draft.namer.colors(bare):
        return None  # "make the car in the background red"
    return draft.words.marks["background"].sub(" ", clause.text)


def _effect(draft: Draft, clause: Clause) -> Backdrop | None:
    for mark, ground in (("blur", Ground.BLUR), ("grey", Ground.GREY)):
        if draft.words.says(mark, clause.text):
            return Backdrop(ground)
    return None


def _placed(draft: Draft, clause: Clause) -> bool:
    """Read "put her on a beach", "make it a desert", "place the man in front of <<<image_1>>>"."""
    goal = clause.becomes or (clause.about if clause.verb == "" else "")
    if clause.verb in {"change", "replace"} and draft.words.says("everything_else", clause.text):
        ground = _effect(draft, clause) or (draft.namer.ground(goal) if goal else None)
        draft.local.extend([ground] if ground is not None else [])
        return ground is not None
    if clause.verb not in {"add", "change", "replace"} or not goal:
        return False
    if not (draft.namer.is_whole(clause.about) or draft.words.says("main", clause.about)):
        return False
    place = draft.namer.first(goal, Kind.PLACE)
    picture = REFERENCE.search(goal) if clause.verb == "add" else None
    if place is None and picture is None:
        return False
    if place is not None and place.meaning(Kind.TIME) is not None and clause.verb != "add":
        return False  # "turn it into a starry night"
    ground = draft.namer.ground(goal)
    if ground is not None:
        draft.local.append(ground)
    return ground is not None
