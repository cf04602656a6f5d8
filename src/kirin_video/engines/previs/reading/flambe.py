"""Reads flames that rise from a pan: they are over the pan in a cook's hand, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Phenomenon, Relation, RelationKind, SubjectPlan

_FLAMES = re.compile(r"\bflam(?:es?|ing|b\w+)\b|\bfire\b|火焰|火苗|大火|爆炒|火光")
_PANS = frozenset({"cooking_pot", "frying_pan", "skillet"})
_AT_STOVE = frozenset({Action.COOK, Action.THROW, Action.HOLD, Action.IDLE, Action.STAND, Action.WORK})
_COOKS = re.compile(r"\b(?:chef|cook)\b|厨师|大厨|炒|颠")


def flambe(
    subjects: Sequence[SubjectPlan], phenomena: tuple[Phenomenon, ...], text: str
) -> tuple[tuple[SubjectPlan, ...], tuple[Phenomenon, ...]]:
    """The subjects, whose pan is in a hand and burns, and the phenomena without that fire.

    Args:
        subjects: everybody; a cook and the pan are among them.
        phenomena: what else happens.
        text: the prompt, normalised.
    """
    cook = next((k for k, s in enumerate(subjects) if s.kind == "person" and s.action in _AT_STOVE), None)
    pan = next((k for k, s in enumerate(subjects) if s.kind in _PANS), None)
    if cook is None or pan is None or not (_FLAMES.search(text) and _COOKS.search(text)):
        return tuple(subjects), phenomena
    held = (Relation(RelationKind.HELD_BY, cook),)
    found = list(subjects)
    found[pan] = replace(found[pan], kind="skillet", action=Action.BURN, relations=held)
    for at, food in enumerate(subjects):
        if at != pan and held[0] in food.relations:
            found[at] = replace(food, relations=(Relation(RelationKind.ON, pan),))
    others = tuple(r for r in found[cook].relations if r.to != pan)
    found[cook] = replace(found[cook], action=Action.COOK, also=(), relations=others)
    return tuple(found), tuple(p for p in phenomena if p is not Phenomenon.FIRE)
