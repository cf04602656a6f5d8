"""What somebody whose eyes the camera is sees of himself: a hand and what it holds, hands at a bar."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.catalogue import Family, Realm
from kirin_video.engines.previs.bodies.posing import Floats
from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.plan import (
    Action,
    Angle,
    Move,
    Relation,
    RelationKind,
    ShotPlan,
    SubjectPlan,
    TimeOfDay,
)
from kirin_video.engines.previs.scenery import Actor, Lamp
from kirin_video.engines.previs.staging.acting import Acting
from kirin_video.engines.previs.staging.cockpit import cockpit
from kirin_video.engines.previs.staging.hulls import hull_of
from kirin_video.engines.previs.staging.mounting import is_inside
from kirin_video.engines.previs.staging.parts import Part
from kirin_video.engines.previs.staging.prop import HANDY

_NEAREST_M, _LOW, _TOP, _ASIDE = 0.7, 0.88, 0.06, 0.62
"""How far ahead a hand is at least; how far below the middle it may be, and the upper end of what it holds,
in halves of the picture's height; how far to its side, in halves of its width."""
_LEAST_LOW, _BROADEST = 0.68, 1.5
_BEHOLDER = "viewer's"
"""Whose eyes they are is said by an owner's name."""
_ARMS = ("forearm_", "hand_", "fingers_")
_GLEAMS = {
    "torch": (1.0, 0.62, 0.30),
    "lantern": (1.0, 0.72, 0.42),
    "candle": (1.0, 0.62, 0.30),
    "flashlight": (1.5, 1.42, 1.20),
}
"""What lights the way of who carries it, and in which colour."""
_BEAM_DEG, _BEAM_M, _BEAM = 44.0, 7.0, 2.6


def seen_by_oneself(
    acting: Sequence[Acting], views: Sequence[View], aspect: float, unseen: frozenset[int]
) -> tuple[Actor, ...]:
    """All actors, those whose eyes the camera is as they see themselves.

    Args:
        acting: everybody's part, and its actors.
        views: the camera at every frame.
        aspect: width over height of the picture.
        unseen: numbers of those whose eyes the camera is, and of what closes them in.
    """
    eyes = _frames_of(views)
    shown: list[Actor] = []
    for part, actors in acting:
        hold, number = part.hold, part.role.number
        if hold is not None and hold.by[0] in unseen:
            shown += _shifted(actors, _into_corner(part, actors, acting, views, aspect))
        elif number not in unseen:
            shown += actors
        elif is_driven(part) and part.which == 0:
            shown.append(cockpit(eyes, number))
        elif part.role.kind.family is Family.PERSON:
            shown += _of_a_person(part, actors, acting, views, aspect)
    return tuple(shown)


def with_a_beholder(plan: ShotPlan) -> ShotPlan:
    """The plan with somebody who holds what a first-person view shows in its own hand."""
    held = next((k for k, s in enumerate(plan.subjects) if not s.scenery), None)
    if held is None or not plan.framing.sees(Angle.FIRST_PERSON):
        return plan
    thing = plan.subjects[held]
    if thing.kind not in HANDY or thing.relations or thing.count > 1:
        return plan
    acting = Action.STAND if plan.move is Move.STILL else Action.WALK
    me = SubjectPlan("person", _BEHOLDER, action=acting)
    holding = replace(thing, relations=(Relation(RelationKind.HELD_BY, len(plan.subjects)),))
    subjects = (*plan.subjects[:held], holding, *plan.subjects[held + 1 :], me)
    return replace(plan, subjects=subjects)


def light_ahead(
    acting: Sequence[Acting], views: Sequence[View], time: TimeOfDay, unseen: frozenset[int]
) -> tuple[Lamp, ...]:
    """The light that falls on the way of those who carry one and whose eyes the camera is."""
    carried = [part.role.kind.name for part, _ in acting if part.hold and part.hold.by[0] in unseen]
    color = next((_GLEAMS[kind] for kind in carried if kind in _GLEAMS), None)
    if color is None:
        return ()
    eyes = _frames_of(views)
    strength = _BEAM if time is TimeOfDay.NIGHT else 0.5 * _BEAM
    aim = eyes[:, :, 0].mean(0) - np.array([0.0, 0.12, 0.0])
    aim /= np.linalg.norm(aim)
    r, g, b = (strength * c for c in color)
    way = tuple((x, y, z) for x, y, z in (eyes[:, :, 3] + 0.25 * eyes[:, :, 2]).tolist())
    x, y, z = aim.tolist()
    return (Lamp(way[0], (r, g, b), _BEAM_M, aim=(x, y, z), cone_deg=_BEAM_DEG, flicker=0.10, way=way),)


def is_driven(part: Part) -> bool:
    """Whether its driver sits behind its windows, on a road."""
    return is_inside(part.role) and part.role.kind.realm is Realm.ROAD


def _frames_of(views: Sequence[View]) -> Floats:
    """From the space of the eye, x ahead, y up, z to the right, to the world: (f, 3, 4)."""
    eye, target = (np.array([getattr(v, name) for v in views], float) for name in ("eye", "target"))
    ahead = target - eye
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    right = np.cross(ahead, (0.0, 1.0, 0.0))
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    return np.stack([ahead, np.cross(right, ahead), right, eye], -1)


def _of_a_person(
    part: Part, actors: Sequence[Actor], acting: Sequence[Acting], views: Sequence[View], aspect: float
) -> list[Actor]:
    """Both arms of who rides, else the arm that holds something."""
    if part.carried:
        return _arms(part.body, actors, "lr")
    me = part.role.number, part.which
    shown: list[Actor] = []
    for other, things in acting:
        if other.hold is not None and other.hold.by == me and other.hold.nth == 0:
            side = "l" if other.hold.anchor == "hand_left" else "r"
            way = _into_corner(other, things, acting, views, aspect)
            shown += _shifted(_arms(part.body, actors, side), way)
    return shown


def _into_corner(
    thing: Part, things: Sequence[Actor], acting: Sequence[Acting], views: Sequence[View], aspect: float
) -> Floats:
    """How far a hand goes with what it holds to be low in a corner of the picture: (f, 3)."""
    hold = thing.hold
    assert hold is not None
    holder, actors = next((p, a) for p, a in acting if (p.role.number, p.which) == hold.by)
    bone, point = holder.body.anchors.get(hold.anchor) or holder.body.anchors["hand"]
    pose = actors[0].poses[:, bone].astype(float)
    hand = pose[:, :, :3] @ np.array(point) + pose[:, :, 3]
    hull = hull_of(thing.body, things[0].poses)
    above = max(float(np.median(hull[..., 1].max(1) - hand[:, 1])), 0.0)
    half = math.tan(math.radians(views[0].fov_deg) / 2.0)
    far = max(_NEAREST_M, above / ((_LOW - _TOP) * half))
    side = -1.0 if hold.anchor == "hand_left" else 1.0
    place = np.array(
        [
            far,
            -max(_TOP * half * far + above, _LEAST_LOW * half * far),
            side * _ASIDE * half * far * min(aspect, _BROADEST),
        ]
    )
    eyes = _frames_of(views)
    return eyes[:, :, :3] @ place + eyes[:, :, 3] - hand


def _shifted(actors: Sequence[Actor], way: Floats) -> list[Actor]:
    """Actors that are so far beside where they were in every frame."""
    moved: list[Actor] = []
    for actor in actors:
        poses = actor.poses.copy()
        shown = np.abs(poses).max((2, 3)) > 0.0
        poses[..., 3] += np.where(shown[..., None], way[:, None], 0.0).astype(np.float32)
        moved.append(replace(actor, poses=poses, casts=False, contacts=None))
    return moved


def _arms(body: Body, actors: Sequence[Actor], sides: str) -> list[Actor]:
    """Forearms and hands alone of a body's actors."""
    kept = [
        k for k, bone in enumerate(body.skeleton.bones) if bone.name in {a + s for a in _ARMS for s in sides}
    ]
    return [only for actor in actors if (only := _only(actor, kept)) is not None]


def _only(actor: Actor, kept: Sequence[int]) -> Actor | None:
    """What of a shell follows some bones, and nothing else; None where nothing does."""
    mine = np.where(np.isin(actor.bones, kept), actor.weights, 0).astype(np.float64)
    share = mine.sum(1)
    faces = actor.mesh.faces[(share[actor.mesh.faces] >= 0.5 * 255.0).all(1)]
    if not len(faces):
        return None
    weights = np.floor(mine * (255.0 / np.maximum(share, 1.0))[:, None])
    best = weights.argmax(1)
    weights[np.arange(len(weights)), best] += 255.0 - weights.sum(1)
    return replace(
        actor,
        mesh=replace(actor.mesh, faces=faces),
        weights=weights.astype(np.uint8),
        casts=False,
        contacts=None,
    )
