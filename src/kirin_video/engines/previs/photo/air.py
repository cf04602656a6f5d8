"""What lies over a photograph's sky and between its layers when the prompt asks for a light or a weather."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.plan import ShotPlan, TimeOfDay, Weather

Plane = NDArray[np.float32]

_FALLS: Final = 5.0
_MIRROR_FALLS: Final = 0.9
_MOST: Final = 0.92


@dataclass(frozen=True, slots=True)
class Veil:
    """What a sky fades to.

    Attributes:
        color: Y, Cb and Cr before the grade.
        low: how much at the horizon, 0 to 1.
        high: how much at the top of the picture.
        over_land: how much of it lies over the farthest land.
    """

    color: tuple[float, float, float]
    low: float
    high: float
    over_land: float = 0.0


_OF_TIME: Final = {
    TimeOfDay.NIGHT: Veil((62.0, 139.0, 122.0), 0.80, 0.92, 1.4),
    TimeOfDay.DUSK: Veil((176.0, 92.0, 166.0), 0.72, 0.12, 0.5),
    TimeOfDay.DAWN: Veil((196.0, 112.0, 146.0), 0.62, 0.10, 0.4),
}
_OF_WEATHER: Final = {
    Weather.CLOUDY: Veil((158.0, 129.0, 127.0), 0.45, 0.55),
    Weather.RAIN: Veil((128.0, 131.0, 126.0), 0.55, 0.72),
    Weather.SNOW: Veil((186.0, 129.0, 127.0), 0.70, 0.60),
    Weather.FOG: Veil((190.0, 129.0, 127.0), 0.95, 0.70),
}


def veil_of(plan: ShotPlan) -> Veil | None:
    """What the sky fades to; the time's colour before the weather's, which only makes it denser."""
    time, weather = _OF_TIME.get(plan.time), _OF_WEATHER.get(plan.weather)
    if time is None or weather is None:
        return time or weather
    return Veil(
        time.color, max(time.low, 0.9 * weather.low), max(time.high, 0.9 * weather.high), time.over_land
    )


def amounts(veil: Veil, y: Plane, height: int, horizon: float) -> Plane:
    """How much of the veil lies at rows of the picture, 0 to 1.

    Args:
        veil: what lies there.
        y: rows, pixels.
        height: of the picture, pixels.
        horizon: as a share of the height.
    """
    rise = np.clip(1.0 - y / np.float32(max(horizon, 0.1) * height), 0.0, 1.0).astype(np.float32)
    return (veil.low + (veil.high - veil.low) * np.sqrt(rise)).astype(np.float32)


def over_land(veil: Veil, airy: Plane, near: Plane, down: Plane) -> Plane:
    """How much of the veil lies over land, 0 to 1: as much as over the sky where only air is seen, or water.

    Args:
        veil: what lies there.
        airy: how much of the land is air or mirrors the sky, 0 to 1.
        near: its disparity.
        down: how far below the horizon, as a share of the picture's height; less than 0 above it.
    """
    mirrored = airy * np.float32(veil.low) * np.exp(-_MIRROR_FALLS * np.maximum(down, np.float32(0.0)))
    far = np.minimum(np.float32(veil.over_land) * np.exp(-_FALLS * near), _MOST)
    return np.maximum(mirrored, far * (0.5 + 0.5 * airy)).astype(np.float32)
