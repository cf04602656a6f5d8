"""Line-ups: several cut-outs that stay where they are stand side by side, so that each of them is seen.

A cut-out has one side to show. Where three or more only stand, dance or look about, and nothing says how they
stand to each other, they form a row across the picture, from left to right as they are spoken of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Realm
from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.staging.aloft import is_afloat, is_aloft
from kirin_video.engines.previs.staging.facing import shown
from kirin_video.engines.previs.staging.parts import Part, Setup

_FEWEST = 3
_LOOSE = frozenset({RelationKind.BESIDE, RelationKind.WITH})
"""How those may stand to each other who form a row."""
_WITHIN, _TALLEST = 0.84, 0.44
"""What a row and the tallest in it may take of the picture's width."""
_GAP, _WIDEST_GAP = 0.16, 0.5
"""Between two, as a share of what one of them is wide on average, at least and at most."""
_TOUCHING = frozenset({Action.HUG, Action.KISS, Action.HOLD_HANDS, Action.SHAKE_HANDS})
_OVERLAP = 0.14
"""How far those who touch stand into each other, likewise."""


def lined_up(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with those cut-outs in a row that stay; others as they are.

    Args:
        setup: the shot.
        parts: everybody, the leading one first.
    """
    row = sorted((p for p in parts if _stands_free(p)), key=lambda part: part.role.number)
    touch = any({part.role.subject.action, *part.role.subject.also} & _TOUCHING for part in row)
    if len(row) < (_FEWEST - touch) or not _stands_free(parts[0]):
        return list(parts)
    look, widths = setup.look, np.array([part.body.length_m for part in row])
    wide, between = float(widths.sum()), len(row) - 1
    room = _WITHIN * look.wide_m
    gap = (
        -_OVERLAP * wide / len(row)
        if touch
        else float(np.clip((room - wide) / between, _GAP * wide / len(row), _WIDEST_GAP * wide / len(row)))
    )
    whole = wide + between * gap
    tall = max(part.body.height_m for part in row)
    (first, *_), _ = parts[0].track.at(np.array([0.5 * setup.seconds]))
    ahead, right = look.seen(float(first[0]), float(first[2]))
    ahead *= max(whole / room, tall / (_TALLEST * look.wide_m), 1.0)
    spare = max(0.5 * (look.wide_m * ahead / look.far_m - whole / _WITHIN), 0.0)
    right = min(max(right, -spare), spare)
    middles = right - 0.5 * whole + np.cumsum(widths + gap) - gap - 0.5 * widths
    placed = {
        id(part): _put(setup, part, look.place(ahead, middle))
        for part, middle in zip(row, middles.tolist(), strict=True)
    }
    return [placed.get(id(part), part) for part in parts]


def _stands_free(part: Part) -> bool:
    """Whether somebody is a cut-out that stays on the ground, and in no telling relation to others."""
    role = part.role
    loose = all(relation.kind in _LOOSE for relation in role.subject.relations)
    off = is_afloat(role, part.deeds) or is_aloft(role, part.deeds) or role.kind.realm is Realm.AIR
    alone = len(role.bodies) == 1 and part.hold is None and not part.carried
    stays = all(part.body.motion.pace(action) == 0.0 for _, action in part.deeds)
    return bool(part.body.sides) and loose and alone and stays and not off


def _put(setup: Setup, part: Part, place: tuple[float, float]) -> Part:
    """The part at a place, with its picture to the viewer."""
    track = part.track
    places = track.places.copy()
    places[:, 0], places[:, 2] = place
    turn = setup.look.turn(0.0, -1.0) - part.body.sides[0]
    straight = replace(track, places=places, turns=np.full_like(track.turns, turn))
    return replace(part, track=shown(straight, part.body, setup.look))
