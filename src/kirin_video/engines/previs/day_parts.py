"""Parts of the day that have a light of their own: high noon, the golden hour, the blue hour."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from kirin_video.engines.previs.light import Light, Rgb
from kirin_video.engines.previs.plan import DayPart, Setting, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Scene

_OPEN = frozenset({Weather.CLEAR, Weather.CLOUDY})
_TIMES = {
    DayPart.NOON: frozenset({TimeOfDay.DAY}),
    DayPart.GOLDEN_HOUR: frozenset({TimeOfDay.DUSK, TimeOfDay.DAWN}),
    DayPart.BLUE_HOUR: frozenset({TimeOfDay.DUSK, TimeOfDay.DAWN}),
}
"""The times whose light a part of the day is a kind of."""
_INSIDE = frozenset(
    {Setting.ROOM, Setting.KITCHEN, Setting.STAGE, Setting.STUDIO, Setting.SPACE, Setting.UNDERWATER}
)
_HIGH_DEG, _LOW_DEG = 66.0, 11.0


def in_day_part(scene: Scene, plan: ShotPlan) -> Scene:
    """The scene in the light of a plan's part of the day; rain, snow and fog have none."""
    part = plan.day_part
    if part is None or plan.time not in _TIMES[part] or plan.weather not in _OPEN or plan.setting in _INSIDE:
        return scene
    return replace(scene, light=_LIGHTS[part](scene.light))


def _noon(light: Light) -> Light:
    """A high white sun over short shadows."""
    return replace(
        light,
        sun=_raised(light.sun, _HIGH_DEG),
        sun_color=(2.85, 2.62, 2.20),
        glow=(0.30, 0.28, 0.24),
        horizon=_mixed(light.horizon, (0.56, 0.72, 0.86), 0.6),
        horizon_away=_mixed(light.horizon_away, (0.52, 0.69, 0.86), 0.6),
        cover=min(light.cover, 0.30),
    )


def _golden(light: Light) -> Light:
    """A low sun that gilds everything; the sky is still blue."""
    return replace(
        light,
        sun=_raised(light.sun, _LOW_DEG),
        sun_color=(2.85, 1.58, 0.62),
        horizon=(1.00, 0.66, 0.32),
        horizon_away=(0.50, 0.44, 0.42),
        zenith=(0.13, 0.24, 0.44),
        glow=(1.15, 0.66, 0.24),
        bounce=(0.26, 0.19, 0.12),
        cover=min(light.cover, 0.40),
        cloud_lit=(1.65, 1.02, 0.56),
        cloud_shade=(0.38, 0.33, 0.38),
        stars=0.0,
        lamps=0.35 * light.lamps,
        exposure=0.86,
        haze_per_m=1.25 * light.haze_per_m,
    )


def _blue(light: Light) -> Light:
    """The sun is gone: a deep blue sky, a last warm rim, lamps that burn."""
    return replace(
        light,
        sun=_raised(light.sun, 24.0),
        sun_color=(0.20, 0.27, 0.46),
        horizon=(0.26, 0.26, 0.40),
        horizon_away=(0.085, 0.165, 0.40),
        zenith=(0.026, 0.070, 0.250),
        glow=(0.10, 0.06, 0.05),
        bounce=(0.035, 0.048, 0.085),
        disc=0.0,
        cover=min(light.cover, 0.30),
        cloud_lit=(0.24, 0.28, 0.48),
        cloud_shade=(0.085, 0.115, 0.25),
        stars=0.25,
        lamps=1.0,
        exposure=0.98,
        saturation=1.10,
    )


_LIGHTS: dict[DayPart, Callable[[Light], Light]] = {
    DayPart.NOON: _noon,
    DayPart.GOLDEN_HOUR: _golden,
    DayPart.BLUE_HOUR: _blue,
}


def _raised(sun: Rgb, elevation_deg: float) -> Rgb:
    """The same side of the sky at another height."""
    flat = max(math.hypot(sun[0], sun[2]), 1e-6)
    cos, sin = math.cos(math.radians(elevation_deg)), math.sin(math.radians(elevation_deg))
    return sun[0] / flat * cos, sin, sun[2] / flat * cos


def _mixed(a: Rgb, b: Rgb, share: float) -> Rgb:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share
