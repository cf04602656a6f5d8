"""Trains at a platform: they come in, stop and leave along the world's own rails, whoever waits there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.catalogue import Realm, catalogue
from kirin_video.engines.previs.bodies.hard.railed import on_given_rails
from kirin_video.engines.previs.bodies.track import Floats, Track
from kirin_video.engines.previs.plan import Action, Heading, Place, ShotPlan, SubjectPlan
from kirin_video.engines.previs.scenery import Actor, Scene
from kirin_video.engines.previs.staging.casting import acted, shells_of
from kirin_video.engines.previs.ways import Way

_PLATFORMS = frozenset({Place.STATION, Place.SUBWAY})
_ON_FOOT = frozenset({Action.WALK, Action.TROT, Action.RUN})
_STANDS_Z, _FAR_M = 1.0, 74.0
"""Where a train's front comes to stand, and how far away it is before it comes in."""
_FAST_MPS, _HURRIED = 24.0, 1.2
"""Who hurries passes without a stop."""


def at_platform(plan: ShotPlan) -> ShotPlan:
    """The plan with its trains as a part of the station: the camera stays on the platform."""
    if plan.place not in _PLATFORMS:
        return plan
    return replace(plan, subjects=tuple(_on_platform(s) for s in plan.subjects))


def _on_platform(subject: SubjectPlan) -> SubjectPlan:
    """A train is scenery; who walks or runs keeps to the platform: along it, towards the viewer."""
    if _is_train(subject):
        return replace(subject, scenery=True)
    goes = subject.kind == "person" and subject.action in _ON_FOOT and subject.heading is None
    return replace(subject, heading=Heading.TOWARDS) if goes else subject


def arriving(plan: ShotPlan, scene: Scene, *, times: Floats, seed: int) -> Scene:
    """A station with the train of its plan on the rails beside the platform.

    Args:
        plan: what will be shown.
        scene: with everybody in it.
        times: float64, (f,), seconds as bodies live them.
        seed: what makes this one different.
    """
    trains = [k for k, subject in enumerate(plan.subjects) if _is_train(subject)]
    if plan.place not in _PLATFORMS or not trains or not scene.ways:
        return scene
    number = trains[0]
    actors = _train(plan.subjects[number], number, scene.ways[0], times, seed)
    return replace(scene, actors=(*scene.actors, *actors))


def _is_train(subject: SubjectPlan) -> bool:
    kind = catalogue().get(subject.kind)
    return kind is not None and kind.realm is Realm.RAIL


def _train(subject: SubjectPlan, number: int, way: Way, times: Floats, seed: int) -> tuple[Actor, ...]:
    """A train and its way along the platform."""
    body = on_given_rails(build_body(subject, seed=seed, detail=0.8))
    last = max(float(times.max()), 0.1)
    clock = np.arange(-0.5, last + 0.6, 0.05)
    share = np.clip(clock / last, 0.0, 1.0)
    if subject.heading is Heading.AWAY:
        front = _STANDS_Z + _FAR_M * share**2
    elif subject.tempo > _HURRIED:
        front = _STANDS_Z - 0.5 * _FAR_M + _FAST_MPS * clock
    elif subject.action in {Action.IDLE, Action.STAND}:
        front = np.full_like(clock, _STANDS_Z)
    else:
        front = _STANDS_Z - _FAR_M * (1.0 - share) ** 2
    away = subject.heading is Heading.AWAY
    z = (-front if away else front) - (-0.5 if away else 0.5) * body.length_m
    z = z + (2.0 * _STANDS_Z - body.length_m if away else 0.0)
    x, _ = way.middle(z)
    turn = np.full_like(z, np.pi / 2.0 if away else -np.pi / 2.0)

    def level(a: Floats, _b: Floats) -> Floats:
        return np.zeros(np.shape(a))

    track = Track(clock, np.stack([x, 0.0 * z, z], 1), turn, level)
    action = Action.IDLE if subject.action in {Action.IDLE, Action.STAND} else Action.DRIVE
    poses = acted(body, ((0.0, action),), track, times, seed)
    return shells_of(body, poses, None, number)
