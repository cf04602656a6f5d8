"""Directing: a plan's subjects into a world, and the camera onto them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.catalogue import catalogue
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.plan import ShotPlan
from kirin_video.engines.previs.scenery import Scene
from kirin_video.engines.previs.staging.blocking import straight
from kirin_video.engines.previs.staging.casting import cast
from kirin_video.engines.previs.staging.footing import footing_of
from kirin_video.engines.previs.staging.framing import composed, distance_for


@dataclass(frozen=True, slots=True)
class Staged:
    """A scene with everybody in it.

    Attributes:
        scene: with its actors; its stage is that of the first frame.
        stages: the composed view at every frame, before the camera's move.
    """

    scene: Scene
    stages: tuple[Stage, ...]


def direct(plan: ShotPlan, scene: Scene, *, seed: int, aspect: float, num_frames: int) -> Staged:
    """Put a plan's subjects into a world.

    Args:
        plan: who does what.
        scene: the empty world.
        seed: what makes this one different.
        aspect: width over height of the picture.
        num_frames: how many frames, at 24 a second.
    """
    subjects = [s for s in plan.subjects if s.kind in catalogue()]
    if not subjects:
        return Staged(scene, (scene.stage,) * num_frames)
    subject = subjects[0]
    body = build_body(subject, seed=seed)
    ground = footing_of(scene)
    stage = scene.stage
    far = distance_for(stage, aspect, body.height_m, body.length_m, plan.framing.size)
    yaw = math.atan2(stage.target[0] - stage.eye[0], -(stage.target[2] - stage.eye[2]))
    place = (stage.eye[0] + math.sin(yaw) * far, stage.eye[2] - math.cos(yaw) * far)
    times = np.arange(num_frames) / FPS
    pace = body.motion.pace(subject.action)
    track = straight(place, subject.heading, pace, num_frames / FPS, ground.terrain)
    actors = cast(body, subject.action, track, times, seed=seed, subject=0)
    height = float(ground.terrain(np.array([place[0]]), np.array([place[1]]))[0])
    stage = composed(stage, aspect, (place[0], height, place[1]), body.height_m, 0.0 if pace else -1.0)
    return Staged(replace(scene, stage=stage, actors=actors), (stage,) * num_frames)
