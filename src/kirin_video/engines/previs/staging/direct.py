"""Directing: a plan's subjects into a world, and the camera onto them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.plan import ShotPlan
from kirin_video.engines.previs.scenery import Actor, Scene
from kirin_video.engines.previs.staging.aloft import is_afloat
from kirin_video.engines.previs.staging.blocking import Blocking, block
from kirin_video.engines.previs.staging.casting import cast
from kirin_video.engines.previs.staging.footing import footing_of
from kirin_video.engines.previs.staging.formation import extent, formation
from kirin_video.engines.previs.staging.framing import (
    distance_for,
    is_of_face,
    lens_for,
    stages_for,
    travel_of_camera,
)
from kirin_video.engines.previs.staging.parts import Setup, deeds_of, distance_gone, look_of
from kirin_video.engines.previs.staging.shore import beside_water
from kirin_video.engines.previs.staging.trampling import trampled
from kirin_video.engines.previs.staging.troupe import Role


@dataclass(frozen=True, slots=True)
class Staged:
    """A scene with everybody in it.

    Attributes:
        scene: with its actors; its stage is that of the first frame.
        stages: the composed view at every frame, before the camera's move.
    """

    scene: Scene
    stages: tuple[Stage, ...]


_USUAL = Stage((0.0, 1.6, 0.0), (0.0, 1.6, -20.0), 39.0, lambda _x, _z: 0.0)
"""A view such as most worlds compose."""


_WITHIN, _SLOWEST = 0.8, 0.3
"""Before a picture nobody goes further than this share of its width, unless that were far too slow."""
_LEAST_ROAM_M = 1.5
"""A camera with somebody before it may at least turn aside."""


def roam_of(plan: ShotPlan, roles: tuple[Role, ...], *, aspect: float, seconds: float, seed: int) -> float:
    """How far to both sides the camera will go along with the leading subject, metres; roughly.

    Args:
        plan: who does what.
        roles: everybody on stage.
        aspect: width over height of the picture.
        seconds: the clip's length.
        seed: what makes this one different.
    """
    if not roles:
        return 0.0
    stage = lens_for(_USUAL, plan)
    far = distance_for(stage, aspect, plan.framing.size, roles[0].body, _width(roles, seed))
    return max(
        travel_of_camera(stage, aspect, far, distance_gone(plan, roles[0], seconds)) / 2.0, _LEAST_ROAM_M
    )


def direct(  # noqa: PLR0913 -- who, where, for how long
    plan: ShotPlan, roles: tuple[Role, ...], scene: Scene, *, seed: int, aspect: float, num_frames: int
) -> Staged:
    """Put a plan's subjects into a world.

    Args:
        plan: who does what.
        roles: everybody on stage, the leading one first.
        scene: the empty world.
        seed: what makes this one different; the same seed gives the same frames.
        aspect: width over height of the picture.
        num_frames: how many frames, at 24 a second.
    """
    if not roles:
        return Staged(scene, (scene.stage,) * num_frames)
    seed &= 0xFFFF
    ground = footing_of(scene)
    seconds, times = num_frames / FPS, np.arange(num_frames) / FPS
    stage = scene.stage if scene.backdrop is not None else lens_for(scene.stage, plan)
    far = distance_for(stage, aspect, plan.framing.size, roles[0].body, _width(roles, seed))
    if is_afloat(roles[0], deeds_of(plan, roles[0], seconds)):
        stage = beside_water(stage, ground, far, 1.5 * roles[0].body.length_m)
    setup = Setup(plan, ground, look_of(stage, aspect, far), seconds, seed)
    if scene.backdrop is not None:
        most, gone = _WITHIN * setup.look.wide_m, distance_gone(plan, roles[0], seconds)
        setup = replace(setup, plan=slowed(plan, most, gone))
        roles = tuple(replace(role, subject=setup.plan.subjects[role.number]) for role in roles)
    blocking = block(setup, roles)
    # A picture has one view, in which everybody finds his place.
    stages = (
        (stage,) * num_frames
        if scene.backdrop is not None
        else stages_for(plan, stage, blocking, ground, times, aspect=aspect)
    )
    scene = trampled(scene, blocking, stages, ground, times)
    return Staged(replace(scene, stage=stages[0], actors=tuple(_acting(blocking, times))), stages)


def distance_of_lead(
    plan: ShotPlan, roles: tuple[Role, ...], stage: Stage, *, aspect: float, seed: int
) -> float:
    """How far from the camera of a stage the leading subject belongs, metres."""
    return distance_for(stage, aspect, plan.framing.size, roles[0].body, _width(roles, seed))


def slowed(plan: ShotPlan, most_m: float, gone_m: float) -> ShotPlan:
    """The plan with everybody so slow that one who goes so far stays within a width, if possible."""
    share = max(most_m / max(gone_m, 1e-6), _SLOWEST)
    if share >= 1.0:
        return plan
    subjects = tuple(replace(s, tempo=s.tempo * share) for s in plan.subjects)
    beats = tuple(
        replace(beat, acts=tuple(replace(act, tempo=act.tempo * share) for act in beat.acts))
        for beat in plan.beats
    )
    return replace(plan, subjects=subjects, beats=beats)


def face_of_lead(plan: ShotPlan, roles: tuple[Role, ...]) -> float | None:
    """How high the face of the leading subject is, metres, where the shot is of its face."""
    if not roles or not is_of_face(plan.framing.size, roles[0].body):
        return None
    body = roles[0].body
    return body.anchors["head"][1][1] if "head" in body.anchors else 0.85 * body.height_m


def _width(roles: tuple[Role, ...], seed: int) -> float:
    """How wide the leading group looks; supporting bodies need some room too."""
    lead = roles[0]
    spots = formation(
        len(lead.bodies), lead.body.length_m, lead.body.width_m, seed=seed & 0xFFFF, going=False
    )
    long, wide = extent(spots, lead.body.length_m, lead.body.width_m)
    others = sum(
        min(role.body.length_m, 2.5 * lead.body.length_m) * len(role.bodies) ** 0.5 for role in roles[1:]
    )
    return max(long, wide) + 0.9 * others


def _acting(blocking: Blocking, times: NDArray[np.float64]) -> Iterator[Actor]:
    for part in blocking.parts:
        body = part.role.bodies[part.which]
        yield from cast(body, part.deeds, part.track, times, seed=part.seed, subject=part.role.number)
