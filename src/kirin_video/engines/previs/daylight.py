"""A day that goes by within a clip: the sun's path, light and lamps at every frame of a time-lapse."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import pairwise

from kirin_video.engines.previs.daybreak import kindled
from kirin_video.engines.previs.light import Light, Rgb, direction
from kirin_video.engines.previs.plan import Pace, Setting, ShotPlan, TimeOfDay
from kirin_video.engines.previs.scene import build_scene
from kirin_video.engines.previs.scenery import Hour, Scene

_ROUND = (TimeOfDay.NIGHT, TimeOfDay.DAWN, TimeOfDay.DAY, TimeOfDay.DUSK)
"""The hours in the order in which they follow each other."""
_DARK = {TimeOfDay.NIGHT: 1.0, TimeOfDay.DAWN: 0.30, TimeOfDay.DAY: 0.0, TimeOfDay.DUSK: 0.42}
_UNLIT = frozenset(
    {
        *(Setting.ROOM, Setting.KITCHEN, Setting.STAGE, Setting.STUDIO, Setting.SPACE, Setting.UNDERWATER),
        Setting.NIGHT_SKY,
    }
)
"""Where no day goes by."""
_SWING_DEG, _ARCH_DEG = 58.0, 16.0
"""How far the sun goes round in a clip that stays within an hour, and how much it climbs and sinks."""
_BELOW_DEG = -3.5
"""Where a sun has set."""


def passes(plan: ShotPlan) -> bool:
    """Whether the hours go by within a plan's clip."""
    return plan.pace is Pace.TIME_LAPSE and plan.setting not in _UNLIT


def with_its_hours(plan: ShotPlan, scene: Scene, *, seed: int, aspect: float, num_frames: int) -> Scene:
    """The scene with the light of every frame, and with windows that light up, where the hours go by.

    Args:
        plan: what is shown; its beats may name later hours.
        scene: the world at the plan's first hour, everybody in it.
        seed: of the world.
        aspect: width over height of the picture.
        num_frames: how many.
    """
    if not passes(plan) or num_frames < 2:  # noqa: PLR2004 -- one frame has no later one
        return scene
    named = [plan.time, *(beat.time for beat in plan.beats if beat.time is not None)]
    path = _through(named)
    if len(path) == 1:
        return replace(scene, hours=_within_hour(scene.light, path[0], num_frames))
    worlds = {
        time: scene if time is plan.time else build_scene(replace(plan, time=time), seed=seed, aspect=aspect)
        for time in dict.fromkeys(path)
    }
    darkest = max(worlds, key=_DARK.__getitem__)
    parts = scene.parts
    if darkest is not plan.time and len(worlds[darkest].parts) >= len(parts):
        parts = tuple(kindled(day, night) for day, night in zip(parts, worlds[darkest].parts, strict=False))
    hours = _along([(worlds[time].light, _DARK[time]) for time in path], num_frames)
    if darkest is plan.time:
        # Who begins at night keeps its windows: their lamps go out with the light's own.
        hours = tuple(replace(hour, darkness=0.0) for hour in hours)
    return replace(scene, parts=parts, hours=hours)


def _through(named: Sequence[TimeOfDay]) -> list[TimeOfDay]:
    """The named hours with those that lie between them."""
    path = [named[0]]
    for time in named[1:]:
        while path[-1] is not time:
            path.append(_ROUND[(_ROUND.index(path[-1]) + 1) % len(_ROUND)])
    return path


def _within_hour(light: Light, time: TimeOfDay, count: int) -> tuple[Hour, ...]:
    """The sun goes on a little; a rising one climbs, a setting one sinks."""
    azimuth, elevation = _angles(light.sun)
    slope = {TimeOfDay.DAWN: 12.0, TimeOfDay.DUSK: -7.0}.get(time, 0.0)
    hours: list[Hour] = []
    for k in range(count):
        u = k / (count - 1)
        up = elevation + slope * (u - 0.5 if slope < 0.0 else u)
        if not slope:
            up += _ARCH_DEG * (0.5 - 2.0 * (u - 0.5) ** 2 - 0.33) * min(elevation / 30.0, 1.0)
        turn = (_SWING_DEG if not slope else 0.35 * _SWING_DEG) * (u - 0.5)
        warmth = 1.0 + (0.35 * u if slope > 0.0 else -0.45 * u if slope < 0.0 else 0.0)
        lit = replace(
            light,
            sun=direction(azimuth + turn, up),
            exposure=light.exposure * (1.0 + 0.25 * (warmth - 1.0)),
            sun_color=_scaled(light.sun_color, max(warmth, 0.1)),
        )
        hours.append(Hour(lit, 0.0))
    return tuple(hours)


def _along(keys: Sequence[tuple[Light, float]], count: int) -> tuple[Hour, ...]:
    """The light between several hours, evenly spread over a clip."""
    spans = list(pairwise(keys))
    hours: list[Hour] = []
    for k in range(count):
        at = min(k / (count - 1) * len(spans), len(spans) - 1e-6)
        (one, dark), (other, darker) = spans[int(at)]
        u = at - int(at)
        eased = u * u * (3.0 - 2.0 * u)
        hours.append(Hour(_between(one, other, eased), dark + (darker - dark) * eased))
    wind = keys[0][0].wind
    # Clouds keep their pace: how far they have come depends on it.
    return tuple(replace(hour, light=replace(hour.light, wind=wind)) for hour in hours)


def _between(one: Light, other: Light, u: float) -> Light:
    """A light between two; where one is the sun's and one the moon's, the sun sets before the moon rises."""
    mixed = {
        field.name: _mixed(getattr(one, field.name), getattr(other, field.name), u) for field in fields(one)
    }
    light = replace(one, **mixed)
    (a0, e0), (a1, e1) = _angles(one.sun), _angles(other.sun)
    moon_then, moon_now = max(other.sun_color) < 0.6, max(one.sun_color) < 0.6  # noqa: PLR2004 -- as the sky has it
    if moon_then == moon_now:
        turn = (a1 - a0 + 180.0) % 360.0 - 180.0
        return replace(light, sun=direction(a0 + turn * u, e0 + (e1 - e0) * u))
    near = one if u < 0.5 else other  # noqa: PLR2004 -- half way
    share = 1.0 - 2.0 * u if u < 0.5 else 2.0 * u - 1.0  # noqa: PLR2004
    azimuth, elevation = _angles(near.sun)
    up = _BELOW_DEG + (elevation - _BELOW_DEG) * share
    return replace(
        light, sun=direction(azimuth, up), sun_color=_scaled(near.sun_color, share), disc=near.disc,
        disc_radius_rad=near.disc_radius_rad,
    )  # fmt: skip


def _mixed(a: float | Rgb, b: float | Rgb, u: float) -> float | Rgb:
    if isinstance(a, tuple) and isinstance(b, tuple):
        x, y, z = (p + (q - p) * u for p, q in zip(a, b, strict=True))
        return x, y, z
    assert not isinstance(a, tuple)
    assert not isinstance(b, tuple)
    return a + (b - a) * u


def _angles(way: Rgb) -> tuple[float, float]:
    """Azimuth and elevation of a direction, degrees, as `light.direction` has them."""
    return math.degrees(math.atan2(way[0], -way[2])), math.degrees(math.asin(max(-1.0, min(way[1], 1.0))))


def _scaled(color: Rgb, factor: float) -> Rgb:
    return color[0] * factor, color[1] * factor, color[2] * factor
