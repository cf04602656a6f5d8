"""What turns behind whatever is shown: an amusement park's rides, the crane of a building site."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.track import Floats, Track
from kirin_video.engines.previs.plan import Action, Place, Setting, ShotPlan, SubjectPlan
from kirin_video.engines.previs.scenery import Actor, Scene
from kirin_video.engines.previs.staging.casting import acted, shells_of
from kirin_video.engines.previs.worlds.building_site import CRANE, DIGGER
from kirin_video.engines.previs.worlds.fairground import WHEEL

_RIDES = {
    Place.FAIRGROUND: (("ferris_wheel", *WHEEL), ("carousel", 6.6, -27.5, 0.0)),
    Place.BUILDING_SITE: (("crane_machine", *CRANE), ("excavator", *DIGGER)),
}
"""Which, by place, where, and the way each faces, radians."""
_DETAIL = 0.4


def riding(plan: ShotPlan, scene: Scene, *, times: Floats, seed: int) -> Scene:
    """A scene with what turns in its park or on its building site, but for what is a subject.

    Args:
        plan: what will be shown.
        scene: with everybody in it.
        times: float64, (f,), seconds as bodies live them.
        seed: what makes this one different.
    """
    rides = _RIDES.get(plan.place) if plan.place and plan.setting is Setting.MEADOW else None
    if rides is None:
        return scene
    shown = {subject.kind for subject in plan.subjects} | set(plan.barred)
    number, actors = len(plan.subjects) + 1, list[Actor]()
    for kind, x, z, facing in rides:
        if kind not in shown:
            actors += _turning(SubjectPlan(kind, kind), (x, z, facing), times, seed, number)
    return replace(scene, actors=(*scene.actors, *actors))


def _turning(
    subject: SubjectPlan, at: tuple[float, float, float], times: Floats, seed: int, number: int
) -> tuple[Actor, ...]:
    """A ride that stands and turns."""
    body = build_body(subject, seed=seed, detail=_DETAIL)
    x, z, facing = at
    clock = np.array([-1.0, float(times.max()) + 1.0])
    places = np.array([[x, 0.0, z], [x, 0.0, z]])

    def level(a: Floats, _b: Floats) -> Floats:
        return np.zeros(np.shape(a))

    track = Track(clock, places, np.full(2, facing), level)
    poses = acted(body, ((0.0, Action.IDLE),), track, times, seed)
    return tuple(replace(actor, casts=False) for actor in shells_of(body, poses, None, number))
