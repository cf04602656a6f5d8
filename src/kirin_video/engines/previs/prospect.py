"""All that is known before a clip is painted: the scene, every view, and what was measured on its land.

A scene's ground is a function, which cannot be sent to a painting process; a prospect is numbers only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.camera import Stage, View, view_at
from kirin_video.engines.previs.plan import ShotPlan, Weather
from kirin_video.engines.previs.scene import build_scene
from kirin_video.engines.previs.scenery import Scene, Sheet, Surface
from kirin_video.engines.previs.staging import (
    NOBODY,
    Staged,
    Troupe,
    direct,
    distance_of_lead,
    face_of_lead,
    roam_of,
    troupe_of,
)

_SPLASHES = 500
_SPLASH_REACH_M = (1.5, 24.0)


@dataclass(frozen=True, slots=True)
class SkySpan:
    """The part of the sky that a clip shows.

    Attributes:
        left_rad: the leftmost azimuth, 0 along -z, positive to the right.
        right_rad: the rightmost azimuth.
        highest_rad: the greatest elevation, mirrored views included.
        seconds: for how long it is looked at.
    """

    left_rad: float
    right_rad: float
    highest_rad: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Prospect:
    """A clip ready to be painted.

    Attributes:
        scene: the world; its stage's ground can no longer be asked.
        views: the camera of every frame.
        mist_floor_m: the height that mist lies on.
        shadow_middle: the point in the middle of the fine shadows.
        splashes: float32, (n, 4), places where rain lands and a phase for each; none where it does not show.
        sky: the part of the sky in sight.
    """

    scene: Scene
    views: tuple[View, ...]
    mist_floor_m: float
    shadow_middle: tuple[float, float, float]
    splashes: NDArray[np.float32]
    sky: SkySpan


class GivenPlace(Protocol):
    """A world that is not built from a plan."""

    def stage(self, aspect: float) -> Stage:
        """Its view, of which only the lens is known yet."""
        ...

    def scene(self, aspect: float, far_m: float | None, face_m: float | None) -> Scene:
        """The world without anybody in it, made for a leading subject so far away, or for its face."""
        ...


@dataclass(frozen=True, slots=True)
class Guests:
    """What a shot brings along from outside: bodies that wear pictures.

    Attributes:
        bodies: by the kind that the plan says.
        sheet: the pictures that they wear.
        place: the picture that is the world, where one is.
    """

    bodies: Troupe
    sheet: Sheet | None = None
    place: GivenPlace | None = None


def survey(
    plan: ShotPlan, *, seed: int, aspect: float, num_frames: int, guests: Guests | None = None
) -> Prospect:
    """Build the world of a plan and measure what its painters need.

    Args:
        plan: what will be shown.
        seed: what makes this one different.
        aspect: width over height of the picture.
        num_frames: how many views.
        guests: subjects that bring their own bodies.
    """
    guests = guests or Guests(NOBODY)
    staged = _staged(plan, seed, aspect, num_frames, guests)
    scene = replace(staged.scene, sheet=guests.sheet)
    last = max(num_frames - 1, 1)
    views = tuple(view_at(stage, plan.move, plan.energy, k / last) for k, stage in enumerate(staged.stages))
    x, z = scene.shadow_center
    water = scene.water
    return Prospect(
        scene=replace(scene, stage=replace(scene.stage, ground=_sent_away)),
        views=views,
        mist_floor_m=water.level_m if water else scene.ground_height(0.0, scene.stage.eye[2] - 20.0),
        shadow_middle=(x, scene.ground_height(x, z), z),
        splashes=_splashes(scene),
        sky=sky_span(views, aspect),
    )


def _staged(plan: ShotPlan, seed: int, aspect: float, num_frames: int, guests: Guests) -> Staged:
    """The world with everybody in it: those who run far need grass along their whole way."""
    seconds = num_frames / FPS
    roles = troupe_of(plan, seed=seed, guests=guests.bodies)
    if guests.place is not None:
        stage = guests.place.stage(aspect)
        far = distance_of_lead(plan, roles, stage, aspect=aspect, seed=seed) if roles else None
        given = guests.place.scene(aspect, far, face_of_lead(plan, roles))
        return direct(plan, roles, given, seed=seed, aspect=aspect, num_frames=num_frames)
    roam = roam_of(plan, roles, aspect=aspect, seconds=seconds, seed=seed)
    empty = build_scene(plan, seed=seed, aspect=aspect, roam_m=roam)
    return direct(plan, roles, empty, seed=seed, aspect=aspect, num_frames=num_frames)


def _sent_away(_x: float, _z: float) -> float:
    raise LookupError("the land stayed where it was built")


def _splashes(scene: Scene) -> NDArray[np.float32]:
    """Places on the ground in front of the stage where drops land; the open sea hides them."""
    on_sea = scene.water is not None and scene.water.surface is Surface.OCEAN
    if scene.weather is not Weather.RAIN or on_sea:
        return np.empty((0, 4), np.float32)
    rng = np.random.default_rng(scene.seed + 78)
    turn = rng.uniform(-1.0, 1.0, _SPLASHES)
    reach = np.exp(rng.uniform(math.log(_SPLASH_REACH_M[0]), math.log(_SPLASH_REACH_M[1]), _SPLASHES))
    x = scene.stage.eye[0] + np.sin(turn) * reach
    z = scene.stage.eye[2] - np.cos(turn) * reach
    lowest = scene.water.level_m if scene.water else -1e9
    y = [max(scene.ground_height(float(a), float(b)), lowest) for a, b in zip(x, z, strict=True)]
    return np.column_stack([x, np.array(y) + 0.01, z, rng.random(_SPLASHES)]).astype(np.float32)


def sky_span(views: tuple[View, ...], aspect: float) -> SkySpan:
    """The part of the sky that lies within any of the views, or whose mirror image does."""
    spans = [_span_of(view, aspect) for view in views]
    left, right, highest = zip(*spans, strict=True)
    return SkySpan(min(left), max(right), max(highest), len(views) / FPS)


def _span_of(view: View, aspect: float) -> tuple[float, float, float]:
    """The leftmost and rightmost azimuth and the greatest elevation of one view."""
    dx, dy, dz = (t - e for e, t in zip(view.eye, view.target, strict=True))
    pitch = abs(math.atan2(dy, math.hypot(dx, dz)))
    yaw = math.atan2(dx, -dz)
    up = math.radians(view.fov_deg) / 2.0
    highest = pitch + up
    # A row of the picture spreads the wider over azimuth the steeper it looks: its corner is the widest.
    half = math.tan(up) * aspect
    ahead = math.cos(pitch) - math.tan(up) * math.sin(pitch)
    if ahead <= 0.0:
        return -math.pi, math.pi, math.pi / 2.0
    aside = math.atan2(half, ahead)
    return yaw - aside, yaw + aside, min(highest, math.pi / 2.0)
