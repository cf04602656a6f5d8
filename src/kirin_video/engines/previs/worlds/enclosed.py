"""The light under a roof: no sky and no sun, a little from everywhere, and whatever lamps hang there."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.light import Light, Rgb, direction, light_for
from kirin_video.engines.previs.plan import TimeOfDay, Weather


def under_lamps(level: float, tint: Rgb = (1.0, 0.96, 0.88), *, haze_per_m: float = 0.0) -> Light:
    """The light of a place that only lamps light.

    Args:
        level: how bright its walls are, linear.
        tint: the colour of that.
        haze_per_m: density of the air.
    """
    air = (level * tint[0], level * tint[1], level * tint[2])
    return replace(
        light_for(TimeOfDay.DAY, Weather.CLEAR),
        sun=direction(-8.0, 34.0),
        sun_color=(0.0, 0.0, 0.0),
        horizon=air,
        horizon_away=air,
        zenith=air,
        glow=(0.0, 0.0, 0.0),
        bounce=(0.6 * air[0], 0.55 * air[1], 0.5 * air[2]),
        disc=0.0,
        haze_per_m=haze_per_m,
        mist_per_m=0.0,
        cover=0.0,
        stars=0.0,
        lamps=1.0,
        exposure=1.05,
        saturation=1.04,
        wind=0.0,
        caustics=0.0,
    )
