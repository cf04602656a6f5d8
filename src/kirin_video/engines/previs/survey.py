"""Building the world of a plan and measuring all that its painters need."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.celestial import with_disc_in_view
from kirin_video.engines.previs.clock import Clock, clock_of
from kirin_video.engines.previs.daylight import with_its_hours
from kirin_video.engines.previs.effects.conjure import conjured
from kirin_video.engines.previs.guests import Guests
from kirin_video.engines.previs.journeys import manned
from kirin_video.engines.previs.light import Rgb
from kirin_video.engines.previs.plan import ShotPlan, Weather
from kirin_video.engines.previs.prospect import Prospect, SkySpan, sent_away
from kirin_video.engines.previs.scene import build_scene
from kirin_video.engines.previs.scenery import Scene, Surface
from kirin_video.engines.previs.staging import (
    Staged,
    arriving,
    at_platform,
    bustling,
    direct,
    distance_of_lead,
    enlivened,
    face_of_lead,
    riding,
    roam_of,
    troupe_of,
    with_a_beholder,
)
from kirin_video.engines.previs.staging.footing import footing_of
from kirin_video.engines.previs.staging.passages import passages_of
from kirin_video.engines.previs.staging.surfing import surging
from kirin_video.engines.previs.staging.table_guests import with_table_guests

_SPLASHES = 500
_FAR_M, _HILLS_M = 70.0, np.geomspace(70.0, 1500.0, 28)
"""How far away trees and houses may hide the sun or the moon, and hills."""
_SPLASH_REACH_M = (1.5, 24.0)


def _sky_from(scene: Scene, view: View) -> Callable[[Rgb], bool]:
    """Whether nothing hides the sky in a direction; what stands there is found at the first question."""
    eye, found = np.array(view.eye), cache(lambda: footing_of(scene))

    def is_open(way: Rgb) -> bool:
        ground = found()
        far = eye + _HILLS_M[:, None] * np.array(way)
        over_hills = (far[:, 1] > ground.terrain(far[:, 0], far[:, 2])).all()
        return bool(over_hills and ground.solids.sees(eye, eye + _FAR_M * np.array(way), 0.0))

    return is_open


def survey(
    plan: ShotPlan, *, seed: int, aspect: float, num_frames: int, guests: Guests | None = None
) -> Prospect:
    """Build the world of a plan and measure what its painters need.

    Args:
        plan: what will be shown.
        seed: what makes this one different.
        aspect: width over height of the picture.
        num_frames: how many views.
        guests: subjects that bring their own bodies, and a place that is a picture.
    """
    guests, plan = guests or Guests(), with_a_beholder(manned(at_platform(plan)))
    clock = clock_of(plan.pace, num_frames, guests.tempo)
    staged = _staged(plan, seed, aspect, clock, guests)
    views = staged.views
    scene = replace(staged.scene, sheet=guests.sheet)
    if guests.place is None:
        scene = surging(plan, scene, views, np.array(clock.story_s))
        scene = with_disc_in_view(scene, plan, views, aspect, _sky_from(scene, views[0]))
        scene = with_its_hours(plan, scene, seed=seed, aspect=aspect, num_frames=num_frames)
        scene = bustling(plan, scene, views, times=np.array(clock.story_s), seed=seed)
        scene = with_table_guests(plan, scene, views, times=np.array(clock.story_s), seed=seed)
        scene = arriving(plan, scene, times=np.array(clock.story_s), seed=seed)
        scene = riding(plan, scene, times=np.array(clock.story_s), seed=seed)
        scene = enlivened(plan, scene, views, times=np.array(clock.story_s), seed=seed)
    scene = conjured(plan, scene, views, times=clock.air_s, aspect=aspect, seed=seed)
    x, z = scene.shadow_center
    water = scene.water
    return Prospect(
        scene=replace(scene, stage=replace(scene.stage, ground=sent_away)),
        views=views,
        mist_floor_m=water.level_m if water else scene.ground_height(0.0, scene.stage.eye[2] - 20.0),
        shadow_middle=(x, scene.ground_height(x, z), z),
        splashes=_splashes(scene),
        sky=sky_span(views, aspect, max(clock.sky_s)),
        clock=clock,
        cuts=frozenset(passage.first for passage in passages_of(plan, num_frames) if passage.cut) - {0},
    )


def _staged(plan: ShotPlan, seed: int, aspect: float, clock: Clock, guests: Guests) -> Staged:
    """The world with everybody in it: those who run far need grass along their whole way."""
    roles = troupe_of(plan, seed=seed, guests=guests.bodies)
    if guests.place is not None:
        stage = guests.place.stage(aspect)
        far = distance_of_lead(plan, roles, stage, aspect=aspect, seed=seed) if roles else None
        given = guests.place.scene(aspect, far, face_of_lead(plan, roles))
        return direct(plan, roles, given, seed=seed, aspect=aspect, clock=clock, camera=guests.camera)
    roam = roam_of(plan, roles, aspect=aspect, seconds=clock.length_s, seed=seed)
    empty = build_scene(plan, seed=seed, aspect=aspect, roam_m=roam)
    return direct(plan, roles, empty, seed=seed, aspect=aspect, clock=clock, camera=guests.camera)


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


def sky_span(views: tuple[View, ...], aspect: float, seconds: float) -> SkySpan:
    """The part of the sky that lies within any of the views, or whose mirror image does.

    Args:
        views: of all frames.
        aspect: width over height of the picture.
        seconds: until when clouds drift.
    """
    spans = [_span_of(view, aspect) for view in views]
    left, right, highest = zip(*spans, strict=True)
    return SkySpan(min(left), max(right), max(highest), seconds)


def _span_of(view: View, aspect: float) -> tuple[float, float, float]:
    """The leftmost and rightmost azimuth and the greatest elevation of one view."""
    dx, dy, dz = (t - e for e, t in zip(view.eye, view.target, strict=True))
    pitch = abs(math.atan2(dy, math.hypot(dx, dz)))
    yaw = math.atan2(dx, -dz)
    tall = math.tan(math.radians(view.fov_deg) / 2.0)
    cos, sin = abs(math.cos(math.radians(view.roll_deg))), abs(math.sin(math.radians(view.roll_deg)))
    # Of a camera that leans, the level picture that has room for its own.
    half, tall = tall * (aspect * cos + sin), tall * (cos + aspect * sin)
    highest = pitch + math.atan(tall)
    # A row of the picture spreads the wider over azimuth the steeper it looks: its corner is the widest.
    ahead = math.cos(pitch) - tall * math.sin(pitch)
    if ahead <= 0.0:
        return -math.pi, math.pi, math.pi / 2.0
    aside = math.atan2(half, ahead)
    return yaw - aside, yaw + aside, min(highest, math.pi / 2.0)
