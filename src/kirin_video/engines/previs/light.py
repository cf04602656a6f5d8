"""Light and air: what the sun, the sky and the weather do to every surface."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from kirin_video.engines.previs.plan import TimeOfDay, Weather

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Light:
    """Everything the shaders know about light; colours are linear, 1.0 about a white wall in the sun.

    Attributes:
        sun: unit vector towards the key light, the sun or the moon.
        sun_color: the key light on a surface that faces it.
        horizon: the sky just above the horizon on the side of the key light.
        horizon_away: the same on the opposite side.
        zenith: the sky overhead.
        glow: what the key light adds to the sky around it.
        bounce: light from the ground.
        disc: brightness of the sun or moon itself; 0 where clouds hide it.
        disc_radius_rad: its apparent radius.
        haze_per_m: density of the air; the distance at which half is lost is about 0.7 / haze.
        mist_per_m: density of the mist that lies on the ground.
        mist_height_m: the height at which the mist has thinned to a third.
        cover: share of the sky under cloud, 0 to 1.
        cloud_lit: the bright side of clouds.
        cloud_shade: their dark side.
        stars: brightness of the stars, 0 to 1.
        lamps: how much windows and lamps shine, 0 to 1.
        exposure: multiplies everything before the tone curve.
        saturation: 1.0 leaves colours as they are.
        wind: strength of the wind, 1.0 a light breeze.
        caustics: how much moving water above gathers the key light into bright lines, 0 to 1.
    """

    sun: Rgb
    sun_color: Rgb
    horizon: Rgb
    horizon_away: Rgb
    zenith: Rgb
    glow: Rgb
    bounce: Rgb
    disc: float
    disc_radius_rad: float
    haze_per_m: float
    mist_per_m: float
    mist_height_m: float
    cover: float
    cloud_lit: Rgb
    cloud_shade: Rgb
    stars: float
    lamps: float
    exposure: float
    saturation: float
    wind: float
    caustics: float = 0.0


def direction(azimuth_deg: float, elevation_deg: float) -> Rgb:
    """The unit vector of a direction; azimuth 0 is straight ahead (-z), positive to the right."""
    a, e = math.radians(azimuth_deg), math.radians(elevation_deg)
    return (math.sin(a) * math.cos(e), math.sin(e), -math.cos(a) * math.cos(e))


def light_for(time: TimeOfDay, weather: Weather, turn_deg: float = 0.0) -> Light:
    """The light of a time of day in a weather.

    Args:
        time: the time of day.
        weather: what is in the air.
        turn_deg: moves the key light sideways; worlds use it to compose.
    """
    clear = _clear_sky(time, turn_deg)
    if weather is Weather.CLEAR:
        return clear
    if weather is Weather.CLOUDY:
        return _cloudy(clear)
    return _overcast(clear, weather, time)


def _clear_sky(time: TimeOfDay, turn_deg: float) -> Light:
    if time is TimeOfDay.DAWN:
        return _dawn(turn_deg)
    if time is TimeOfDay.DAY:
        return _day(turn_deg)
    if time is TimeOfDay.DUSK:
        return _dusk(turn_deg)
    return _night(turn_deg)


def _day(turn_deg: float) -> Light:
    return Light(
        sun=direction(-118.0 + turn_deg, 40.0), sun_color=(2.55, 2.22, 1.70),
        horizon=(0.46, 0.64, 0.80), horizon_away=(0.42, 0.61, 0.80), zenith=(0.030, 0.125, 0.42),
        glow=(0.50, 0.42, 0.30), bounce=(0.26, 0.24, 0.17), disc=0.0, disc_radius_rad=0.012,
        haze_per_m=0.00042, mist_per_m=0.0, mist_height_m=10.0,
        cover=0.47, cloud_lit=(1.70, 1.64, 1.54), cloud_shade=(0.42, 0.50, 0.64),
        stars=0.0, lamps=0.0, exposure=0.80, saturation=1.08, wind=1.0,
    )  # fmt: skip


def _dawn(turn_deg: float) -> Light:
    return Light(
        sun=direction(-19.0 + turn_deg, 6.5), sun_color=(2.20, 1.22, 0.68),
        horizon=(0.80, 0.45, 0.29), horizon_away=(0.36, 0.31, 0.40), zenith=(0.095, 0.175, 0.36),
        glow=(0.80, 0.40, 0.18), bounce=(0.20, 0.16, 0.14), disc=5.0, disc_radius_rad=0.019,
        haze_per_m=0.00085, mist_per_m=0.0042, mist_height_m=5.0,
        cover=0.48, cloud_lit=(1.25, 0.62, 0.42), cloud_shade=(0.27, 0.24, 0.36),
        stars=0.0, lamps=0.25, exposure=0.94, saturation=1.08, wind=0.6,
    )  # fmt: skip


def _dusk(turn_deg: float) -> Light:
    return Light(
        sun=direction(17.0 + turn_deg, 5.0), sun_color=(2.20, 0.92, 0.38),
        horizon=(0.80, 0.27, 0.085), horizon_away=(0.25, 0.18, 0.29), zenith=(0.045, 0.065, 0.225),
        glow=(1.05, 0.36, 0.09), bounce=(0.17, 0.12, 0.11), disc=4.5, disc_radius_rad=0.022,
        haze_per_m=0.0008, mist_per_m=0.0012, mist_height_m=6.0,
        cover=0.50, cloud_lit=(1.35, 0.42, 0.17), cloud_shade=(0.20, 0.13, 0.25),
        stars=0.12, lamps=0.8, exposure=0.76, saturation=1.10, wind=0.7,
    )  # fmt: skip


def _night(turn_deg: float) -> Light:
    return Light(
        sun=direction(20.0 + turn_deg, 13.5), sun_color=(0.30, 0.38, 0.54),
        horizon=(0.075, 0.125, 0.215), horizon_away=(0.050, 0.092, 0.175), zenith=(0.010, 0.024, 0.072),
        glow=(0.085, 0.110, 0.150), bounce=(0.020, 0.028, 0.045), disc=1.9, disc_radius_rad=0.020,
        haze_per_m=0.0008, mist_per_m=0.0020, mist_height_m=6.0,
        cover=0.30, cloud_lit=(0.20, 0.25, 0.35), cloud_shade=(0.045, 0.068, 0.125),
        stars=1.0, lamps=1.0, exposure=1.0, saturation=0.94, wind=0.6,
    )  # fmt: skip


def _cloudy(clear: Light) -> Light:
    """A broken cover: softer sun, greyer sky."""
    grey = _mean(clear.horizon) * 0.92
    return replace(
        clear,
        sun_color=_scaled(clear.sun_color, 0.62),
        horizon=_mixed(clear.horizon, (grey, grey, grey * 1.04), 0.35),
        horizon_away=_mixed(clear.horizon_away, (grey * 0.8, grey * 0.82, grey * 0.88), 0.35),
        zenith=_mixed(_scaled(clear.zenith, 1.25), (grey * 0.4, grey * 0.43, grey * 0.5), 0.4),
        disc=clear.disc * 0.35,
        cover=0.74,
        cloud_shade=_scaled(clear.cloud_shade, 0.86),
        stars=clear.stars * 0.7,
        lamps=max(clear.lamps, 0.1),
        saturation=clear.saturation * 0.95,
        wind=1.3,
    )


def _overcast(clear: Light, weather: Weather, time: TimeOfDay) -> Light:
    """Rain, snow and fog: a closed sky that keeps a memory of the hour's colour."""
    level = {TimeOfDay.DAWN: 0.36, TimeOfDay.DAY: 0.52, TimeOfDay.DUSK: 0.26, TimeOfDay.NIGHT: 0.105}[time]
    tint = {
        TimeOfDay.DAWN: (1.10, 0.98, 0.98),
        TimeOfDay.DAY: (0.88, 1.0, 1.13),
        TimeOfDay.DUSK: (1.12, 0.92, 0.96),
        TimeOfDay.NIGHT: (0.72, 0.98, 1.46),
    }[time]
    level *= {Weather.RAIN: 0.74, Weather.SNOW: 0.92, Weather.FOG: 1.05}.get(weather, 1.0)
    veil = _scaled(tint, level)
    haze = {Weather.RAIN: 0.0034, Weather.SNOW: 0.0032, Weather.FOG: 0.024}.get(weather, 0.004)
    dark = time is TimeOfDay.NIGHT
    return replace(
        clear,
        sun_color=_scaled(_mixed(clear.sun_color, _scaled(tint, _mean(clear.sun_color)), 0.6), 0.20),
        horizon=veil,
        horizon_away=_scaled(veil, 0.92),
        zenith=_scaled(veil, 0.94 if weather is Weather.FOG else 0.66),
        glow=_scaled(clear.glow, 0.45 if weather is Weather.FOG else 0.12),
        bounce=_scaled(veil, 0.42 if weather is Weather.SNOW else 0.30),
        disc=0.0,
        haze_per_m=haze,
        mist_per_m=0.012 if weather is Weather.FOG else 0.0015,
        mist_height_m=8.0,
        cover=0.0 if weather is Weather.FOG else 0.97,
        cloud_lit=_scaled(veil, 1.10),
        cloud_shade=_scaled(veil, 0.50),
        stars=0.0,
        lamps=1.0 if dark else max(clear.lamps, 0.45),
        saturation=clear.saturation * 0.90,
        exposure=clear.exposure * (1.12 if dark else 1.0),
        wind=1.6 if weather is Weather.RAIN else 0.8,
    )


def overcast(light: Light, time: TimeOfDay) -> Light:
    """A light under a closed grey sky from which nothing falls."""
    grey = _overcast(light, Weather.CLOUDY, time)
    return replace(grey, haze_per_m=1.6 * light.haze_per_m, mist_per_m=light.mist_per_m, wind=1.2)


def _mean(color: Rgb) -> float:
    return sum(color) / 3.0


def _scaled(color: Rgb, factor: float) -> Rgb:
    return (color[0] * factor, color[1] * factor, color[2] * factor)


def _mixed(a: Rgb, b: Rgb, share: float) -> Rgb:
    return (
        a[0] + (b[0] - a[0]) * share,
        a[1] + (b[1] - a[1]) * share,
        a[2] + (b[2] - a[2]) * share,
    )
