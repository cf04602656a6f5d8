"""The sky that a plan asks for: stars and northern lights over any world, a moon that is in the picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.camera import View, offset
from kirin_video.engines.previs.light import Light, Rgb, direction
from kirin_video.engines.previs.plan import (
    Action,
    Phenomenon,
    RelationKind,
    Setting,
    ShotPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.scenery import Scene

_UNDER_A_ROOF = frozenset({Setting.ROOM, Setting.KITCHEN, Setting.STAGE, Setting.STUDIO, Setting.UNDERWATER})
_SHINING = {
    TimeOfDay.NIGHT: Phenomenon.MOON,
    TimeOfDay.DAWN: Phenomenon.SUN,
    TimeOfDay.DUSK: Phenomenon.SUN,
}
"""What is looked up at, or at the horizon."""
_SEEN = frozenset({RelationKind.FACING, RelationKind.TOWARDS})
"""How somebody stands to what he looks at."""
_DARK_ZENITH: Rgb = (0.005, 0.011, 0.040)
_DARK_HORIZON: Rgb = (0.038, 0.060, 0.105)
_GALAXY, _STARS = 0.42, 1.5
_LOWEST_DEG, _HIGHEST_DEG = 4.0, 60.0
"""How high a moon may stand that is moved into the picture."""
_FROM_MIDDLE = 0.52, -0.52, 0.78, -0.78, 0.26, -0.26
"""How far from the middle of the picture it then is, as a share of the half width: the first open one."""
_FROM_TOP = 0.55


def under_the_stars(scene: Scene, plan: ShotPlan) -> Scene:
    """The scene under a darker, open sky where the plan asks for stars or northern lights at night.

    Clouds give way to what was asked for; under rain, snow and fog the sky stays closed.
    """
    asked = {Phenomenon.STARS, Phenomenon.AURORA} & set(plan.phenomena)
    if not asked or plan.setting in _UNDER_A_ROOF or plan.time is not TimeOfDay.NIGHT:
        return scene
    if plan.weather not in {Weather.CLEAR, Weather.CLOUDY}:
        return scene
    sky = replace(
        scene.sky,
        milky_way=max(scene.sky.milky_way, _GALAXY if Phenomenon.STARS in asked else 0.12),
        aurora=1.0 if Phenomenon.AURORA in asked else 0.0,
    )
    if plan.setting in {Setting.NIGHT_SKY, Setting.SPACE}:
        return replace(scene, sky=sky)
    return replace(scene, sky=sky, light=_darkened(scene.light, moonlit=Phenomenon.MOON in plan.phenomena))


def _darkened(light: Light, *, moonlit: bool) -> Light:
    """A night light whose sky lets the stars shine; the moon still models the land."""
    return replace(
        light,
        zenith=_DARK_ZENITH,
        horizon=_DARK_HORIZON,
        horizon_away=_DARK_HORIZON,
        glow=light.glow if moonlit else (0.02, 0.025, 0.035),
        disc=light.disc if moonlit else 0.0,
        cover=0.0,
        mist_per_m=0.4 * light.mist_per_m,
        stars=_STARS,
    )


def with_disc_in_view(
    scene: Scene,
    plan: ShotPlan,
    views: Sequence[View],
    aspect: float,
    is_open: Callable[[Rgb], bool] = lambda _way: True,
) -> Scene:
    """The scene with its moon, or its sun that rises or sets, in the picture where the plan asks for it.

    Where it cannot be seen, it goes to the upper third of the first picture, on the side it was nearer to if
    the sky is open there; a sun goes no higher than it stands.

    Args:
        scene: the world, everybody in it.
        plan: what is shown.
        views: of all frames.
        aspect: width over height of the picture.
        is_open: whether nothing hides the sky in a direction from the first view.
    """
    asked = _SHINING.get(plan.time) in plan.phenomena or _watch_the_sun(plan)
    if not asked or scene.light.disc <= 0.0 or plan.setting in _UNDER_A_ROOF:
        return scene
    if _is_seen(scene.light.sun, views[0], aspect) and is_open(scene.light.sun):
        return scene
    highest = _HIGHEST_DEG if plan.time is TimeOfDay.NIGHT else _elevation_deg(scene.light.sun)
    places = [_place_in(views[0], scene.light.sun, aspect, aside, highest) for aside in _FROM_MIDDLE]
    # A sun behind a hill would only darken what it lit before; a moon is at least told by its glow.
    hidden = places[0] if plan.time is TimeOfDay.NIGHT else scene.light.sun
    free = next((way for way in places if is_open(way)), hidden)
    return replace(scene, light=replace(scene.light, sun=free))


def _is_seen(way: Rgb, view: View, aspect: float) -> bool:
    """Whether a direction is well within a picture."""
    yaw, pitch, _ = offset(view.eye, view.target)
    tall = math.tan(math.radians(view.fov_deg) / 2.0)
    ahead = np.array(direction(math.degrees(yaw), math.degrees(pitch)))
    right = np.array([math.cos(yaw), 0.0, math.sin(yaw)])
    depth, off = float(np.dot(way, ahead)), float(np.dot(way, right))
    above = float(np.dot(way, np.cross(right, ahead)))
    return depth > 0.0 and abs(off) < 0.85 * tall * aspect * depth and abs(above) < 0.85 * tall * depth


def _watch_the_sun(plan: ShotPlan) -> bool:
    """Whether nobody is there, or who is looks at nothing but the distance, while the sun rises or sets."""
    if plan.time not in {TimeOfDay.DAWN, TimeOfDay.DUSK}:
        return False
    if not plan.subjects:
        return True
    lead = plan.subjects[0]
    return Action.LOOK in {lead.action, *lead.also} and not any(r.kind in _SEEN for r in lead.relations)


def _elevation_deg(way: Rgb) -> float:
    return math.degrees(math.asin(min(max(way[1], -1.0), 1.0)))


def _place_in(view: View, old: Rgb, aspect: float, aside: float, highest_deg: float) -> Rgb:
    """A direction in the upper part of a picture, so far aside where the old one is nearer."""
    yaw, pitch, _ = offset(view.eye, view.target)
    tall = math.tan(math.radians(view.fov_deg) / 2.0)
    side = 1.0 if math.sin(math.atan2(old[0], -old[2]) - yaw) >= 0.0 else -1.0
    azimuth = yaw + side * math.atan(aside * tall * aspect)
    elevation = math.degrees(pitch + math.atan(_FROM_TOP * tall))
    return direction(math.degrees(azimuth), max(min(elevation, highest_deg), _LOWEST_DEG))
