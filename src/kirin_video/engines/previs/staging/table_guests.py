"""Table guests: a crowded café has people at its tables, but for whoever would hide a subject."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.catalogue import catalogue
from kirin_video.engines.previs.bodies.person.motion import PersonMotion
from kirin_video.engines.previs.bodies.person.seat import Posture, Seat
from kirin_video.engines.previs.bodies.track import Floats, Track
from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.plan import Action, Place, Setting, ShotPlan, SubjectPlan
from kirin_video.engines.previs.scenery import Actor, Scene
from kirin_video.engines.previs.staging.bustle import Going, is_welcome, taken_by
from kirin_video.engines.previs.staging.casting import acted, shells_of
from kirin_video.engines.previs.staging.variety import variants_of
from kirin_video.engines.previs.worlds.interiors.cafe import chairs

_PLACES = frozenset({Place.CAFE, Place.BAR})
_SEAT_M, _ROOM_M = 0.45, (0.30, 0.30)
_LOOKS, _DETAIL = 4, 0.22
_STANDING = ((-2.05, -3.55, 0.0), (-1.35, -3.60, np.pi), (1.25, -3.60, 0.0), (2.0, -3.50, np.pi))
"""Where pairs stand before the counter: x, z, and their turns, radians."""
_DEEDS = (Action.SPEAK, Action.DRINK, Action.EAT, Action.SPEAK)


def with_table_guests(
    plan: ShotPlan, scene: Scene, views: tuple[View, ...], *, times: Floats, seed: int
) -> Scene:
    """A scene with guests on the chairs of its tables, where the prompt says that it is crowded.

    Args:
        plan: what will be shown.
        scene: with everybody in it.
        views: the camera of every frame.
        times: float64, (f,), seconds as bodies live them.
        seed: what makes this one different.
    """
    named = {subject.kind for subject in plan.subjects}
    if not plan.crowded or plan.place not in _PLACES or plan.setting is not Setting.KITCHEN:
        return scene
    if named & {"table", "chair"} or "person" in plan.barred:
        return scene
    taken = taken_by(scene)
    free = [
        (x, z, turn, height)
        for height, spots in ((_SEAT_M, chairs()), (0.0, _STANDING))
        for x, z, turn in spots
        if is_welcome(Going("person", x, z, 0.0, _ROOM_M), taken, views, times)
    ]
    number, actors = len(plan.subjects) + 1, list[Actor]()
    looks = variants_of(SubjectPlan("person", "guest"), catalogue()["person"], _LOOKS + 1, seed)[1:]
    bodies = [build_body(look, seed=seed + 29 * k, detail=_DETAIL) for k, look in enumerate(looks)]
    for k, spot in enumerate(free):
        body = bodies[k % len(bodies)]
        if spot[3] and isinstance(body.motion, PersonMotion):
            body = replace(body, motion=body.motion.on_seat(Seat(Posture.CHAIR, _SEAT_M)))
        track = _staying(spot, float(times.max()))
        poses = acted(body, ((0.0, _DEEDS[k % len(_DEEDS)]),), track, times, seed + 7 * k)
        actors += [replace(actor, casts=False) for actor in shells_of(body, poses, None, number)]
    return replace(scene, actors=(*scene.actors, *actors))


def _staying(spot: tuple[float, float, float, float], last_s: float) -> Track:
    """A track that stays on a chair, or on the floor."""
    x, z, turn, height = spot
    clock = np.array([-1.0, last_s + 1.0])
    places = np.array([[x, height, z], [x, height, z]])
    return Track(clock, places, np.full(2, turn), _floor)


def _floor(x: Floats, _z: Floats) -> Floats:
    return np.zeros(np.shape(x))
