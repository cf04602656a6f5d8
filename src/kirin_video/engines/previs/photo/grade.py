"""The light of the prompt over a photograph: a gentle grade that comes in slowly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.plan import ShotPlan, TimeOfDay, Weather

_BLACK = 16.0
_WHITE = 235.0


@dataclass(frozen=True, slots=True)
class Grade:
    """How the light changes when fully on; all zero or one leaves the picture alone.

    Attributes:
        gain: of the brightness.
        gamma: below 1.0 lifts the middle, above lowers it.
        saturation: of the colours.
        shadows: added to Cb and Cr in the dark.
        lights: added to Cb and Cr in the bright.
    """

    gain: float = 1.0
    gamma: float = 1.0
    saturation: float = 1.0
    shadows: tuple[float, float] = (0.0, 0.0)
    lights: tuple[float, float] = (0.0, 0.0)

    @property
    def changes_nothing(self) -> bool:
        """Whether this is the picture's own light."""
        return self == Grade()


_TIMES = {
    TimeOfDay.DAWN: Grade(0.97, 1.08, 0.92, (4.0, 1.0), (-7.0, 6.0)),
    TimeOfDay.DAY: Grade(),
    TimeOfDay.DUSK: Grade(0.84, 1.16, 0.96, (5.0, 5.0), (-15.0, 14.0)),
    TimeOfDay.NIGHT: Grade(0.52, 1.30, 0.50, (12.0, -4.0), (7.0, -5.0)),
}

_WEATHERS = {
    Weather.CLEAR: Grade(),
    Weather.CLOUDY: Grade(0.92, 1.05, 0.82, (2.0, -1.0), (1.0, -1.0)),
    Weather.RAIN: Grade(0.82, 1.10, 0.72, (3.0, -1.5), (2.0, -2.0)),
    Weather.SNOW: Grade(0.97, 1.00, 0.74, (3.0, -1.5), (2.0, -1.5)),
    Weather.FOG: Grade(0.97, 1.00, 0.85),
}


def grade_for(plan: ShotPlan) -> Grade:
    """The grade of a plan's time and weather together."""
    time, weather = _TIMES[plan.time], _WEATHERS[plan.weather]
    return Grade(
        time.gain * weather.gain,
        time.gamma * weather.gamma,
        time.saturation * weather.saturation,
        (time.shadows[0] + weather.shadows[0], time.shadows[1] + weather.shadows[1]),
        (time.lights[0] + weather.lights[0], time.lights[1] + weather.lights[1]),
    )


def tone_curve(grade: Grade, strength: float) -> NDArray[np.float32]:
    """Graded Y for every quarter step of Y from 0 to 256: float32, (1025,)."""
    level = np.arange(1025, dtype=np.float32) / 4
    relative = np.clip((level - _BLACK) / (_WHITE - _BLACK), 0, None)
    graded = _BLACK + (_WHITE - _BLACK) * grade.gain * relative**grade.gamma
    inside = np.where(level > _BLACK, graded, level)
    return (level + strength * (inside - level)).astype(np.float32)


def tint_curve(grade: Grade, strength: float) -> NDArray[np.float32]:
    """Gain of the chroma and what is added to Cb and Cr, for every graded Y: float32, (256, 3)."""
    relative = np.clip((np.arange(256, dtype=np.float32) - _BLACK) / (_WHITE - _BLACK), 0, 1)
    dark, bright = (1 - relative) ** 2, relative**0.7
    # black and white themselves keep little tint
    body = np.clip(relative / 0.06, 0, 1)
    curve = np.empty((256, 3), np.float32)
    curve[:, 0] = 1 + strength * (grade.saturation - 1)
    for column, (shadow, light) in enumerate(zip(grade.shadows, grade.lights, strict=True), start=1):
        curve[:, column] = strength * body * (shadow * dark + light * bright)
    return curve
