"""Light, season, mood and simple looks: every pixel by itself, through tables, in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.edits import Air, Touch
from kirin_video.engines.previs.photo.colors import ycbcr
from kirin_video.engines.previs.plan import Color, Mood, Season, Style, TimeOfDay, Weather
from kirin_video.media.frames import I420Frame

Plane = NDArray[np.float32]

_BLACK: Final = 16.0
_WHITE: Final = 235.0


@dataclass(frozen=True, slots=True)
class Tone:
    """How brightness and colour change together.

    Attributes:
        gain: of the brightness.
        gamma: below 1.0 lifts the middle, above lowers it.
        contrast: around the middle grey.
        lift: what black is raised by, as a share of white.
        saturation: of the colours.
        shadows: added to Cb and Cr in the dark.
        lights: added to Cb and Cr in the bright.
    """

    gain: float = 1.0
    gamma: float = 1.0
    contrast: float = 1.0
    lift: float = 0.0
    saturation: float = 1.0
    shadows: tuple[float, float] = (0.0, 0.0)
    lights: tuple[float, float] = (0.0, 0.0)


_TIMES: Final = {
    TimeOfDay.DAWN: Tone(0.98, 1.04, 0.96, 0.02, 0.92, (4.0, 1.0), (-9.0, 8.0)),
    TimeOfDay.DAY: Tone(1.06, 0.94, 1.0, 0.0, 1.06, (0.0, 0.0), (-2.0, 1.0)),
    TimeOfDay.DUSK: Tone(0.90, 1.16, 1.06, 0.0, 1.04, (5.0, 3.0), (-20.0, 19.0)),
    TimeOfDay.NIGHT: Tone(0.40, 1.28, 1.10, 0.01, 0.42, (9.0, -3.0), (11.0, -8.0)),
}
_WEATHERS: Final = {
    Weather.CLEAR: Tone(1.04, 0.96, 1.03, 0.0, 1.10),
    Weather.CLOUDY: Tone(0.90, 1.03, 0.90, 0.01, 0.72, (2.0, -1.0), (2.0, -1.5)),
    Weather.RAIN: Tone(0.80, 1.08, 0.90, 0.01, 0.62, (3.5, -1.5), (3.0, -2.5)),
    Weather.SNOW: Tone(0.98, 0.96, 0.88, 0.03, 0.62, (3.0, -1.5), (2.5, -1.5)),
    Weather.FOG: Tone(0.97, 1.0, 0.90, 0.02, 0.72, (1.0, -0.5), (1.0, -0.5)),
}
_MOODS: Final = {
    Mood.NEUTRAL: Tone(),
    Mood.CALM: Tone(1.0, 0.98, 0.95, 0.02, 0.92),
    Mood.JOYFUL: Tone(1.06, 0.93, 1.0, 0.0, 1.18, (0.0, 0.0), (-3.0, 2.0)),
    Mood.COZY: Tone(0.97, 1.02, 1.0, 0.02, 1.02, (-2.0, 3.0), (-12.0, 9.0)),
    Mood.ROMANTIC: Tone(1.0, 0.97, 0.94, 0.03, 1.0, (3.0, 4.0), (-3.0, 8.0)),
    Mood.DREAMY: Tone(1.04, 0.92, 0.88, 0.05, 0.9, (4.0, 2.0), (2.0, 3.0)),
    Mood.EPIC: Tone(0.96, 1.08, 1.16, 0.0, 1.04, (6.0, -4.0), (-9.0, 7.0)),
    Mood.ENERGETIC: Tone(1.03, 0.97, 1.12, 0.0, 1.25),
    Mood.MELANCHOLIC: Tone(0.9, 1.05, 0.94, 0.02, 0.66, (5.0, -3.0), (3.0, -3.0)),
    Mood.LONELY: Tone(0.88, 1.06, 0.98, 0.01, 0.6, (6.0, -3.0), (3.0, -3.0)),
    Mood.MYSTERIOUS: Tone(0.78, 1.16, 1.08, 0.0, 0.7, (7.0, -6.0), (2.0, -4.0)),
    Mood.TENSE: Tone(0.84, 1.12, 1.2, 0.0, 0.72, (2.0, -5.0), (-4.0, 0.0)),
    Mood.DARK: Tone(0.66, 1.2, 1.12, 0.0, 0.66, (4.0, -2.0), (0.0, 0.0)),
}
_TOUCHES: Final = {
    Touch.WARMER: Tone(shadows=(-4.0, 4.0), lights=(-11.0, 9.0)),
    Touch.COOLER: Tone(shadows=(5.0, -4.0), lights=(11.0, -8.0)),
    Touch.BRIGHTER: Tone(1.08, 0.82),
    Touch.DARKER: Tone(0.82, 1.22),
    Touch.VIVID: Tone(contrast=1.05, saturation=1.38),
    Touch.MUTED: Tone(contrast=0.94, lift=0.02, saturation=0.62),
    Touch.CONTRAST: Tone(contrast=1.28, saturation=1.05),
    Touch.SOFT: Tone(contrast=0.78, lift=0.03),
}
LOOKS: Final = {Style.CINEMATIC: Tone(0.97, 1.04, 1.14, 0.0, 0.94, (6.0, -5.0), (-8.0, 6.0))}
"""The styles that are nothing but tones; the others are painted over everything."""

_TINT: Final = 0.55
_SETTLED: Final = 0.5


class Development:
    """A grade, ready to be applied to frames in place.

    Args:
        tones: one after the other.
        season: what the plants look like; None leaves them.
        tint: a colour laid over everything.
        settled: how much of the season's change shows, 0 to 1.
    """

    def __init__(
        self,
        tones: tuple[Tone, ...],
        season: Season | None = None,
        tint: Color | None = None,
        settled: float = 1.0,
    ) -> None:
        self._curve, self._tint = _curves(tones, tint)
        self._chroma = season_table(season, settled)

    @classmethod
    def of(cls, air: Air, style: Style) -> Development | None:
        """The grade that some air and style ask for; None where they ask for none."""
        tones = [_WEATHERS[weather] for weather in air.weathers]
        tones += [_TIMES[air.time]] if air.time else []
        tones += [_MOODS[air.mood]] if air.mood else []
        tones += [_TOUCHES[touch] for touch in air.touches]
        tones += [LOOKS[style]] if style in LOOKS else []
        if not tones and air.season is None and air.tint is None:
            return None
        if air.season is None and Weather.SNOW in air.weathers:
            return cls(tuple(tones), Season.WINTER, air.tint, _SETTLED)  # snow that falls comes to lie
        return cls(tuple(tones), air.season, air.tint)

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Develop a frame in place."""
        del index
        develop(frame.y, frame.u, frame.v, self._curve, self._tint, self._chroma)
        return frame


def _curves(tones: tuple[Tone, ...], tint: Color | None) -> tuple[Plane, Plane]:
    """Graded Y of each Y, float32 (256,); and by Y, the gain of Cb and Cr and what is added, (256, 3)."""
    level = ((np.arange(256, dtype=np.float64) - _BLACK) / (_WHITE - _BLACK)).clip(0, 1.08)
    added = np.zeros((256, 3))
    added[:, 0] = 1.0
    for tone in tones:
        shaded = tone.gain * level**tone.gamma
        bent = (
            0.5 + (shaded - 0.5) * tone.contrast if tone.contrast <= 1.0 else _s_curve(shaded, tone.contrast)
        )
        level = (tone.lift + (1 - tone.lift) * bent).clip(0, 1.06)
        dark, bright = (1 - level.clip(0, 1)) ** 2, level.clip(0, 1) ** 0.8
        body = (level / 0.06).clip(0, 1)
        added[:, 0] *= tone.saturation
        for column in (0, 1):
            shift = body * (tone.shadows[column] * dark + tone.lights[column] * bright)
            added[:, 1 + column] = added[:, 1 + column] * tone.saturation + shift
    if tint is not None:
        codes = ycbcr(np.array([[tint.rgb]], np.uint8))[0, 0]
        strength = _TINT * (1 - np.abs(level.clip(0, 1) - 0.5) * 1.2)
        added[:, 0] *= 1 - strength
        added[:, 1] += strength * (float(codes[1]) - 128)
        added[:, 2] += strength * (float(codes[2]) - 128)
    return (_BLACK + (_WHITE - _BLACK) * level).astype(np.float32), added.astype(np.float32)


def _s_curve(level: NDArray[np.float64], contrast: float) -> NDArray[np.float64]:
    """More contrast in the middle, without clipping the ends."""
    smooth = level.clip(0, 1) ** 2 * (3 - 2 * level.clip(0, 1))
    return level + (smooth - level) * min(1.0, 2 * (contrast - 1))


def season_table(season: Season | None, amount: float = 1.0) -> Plane:
    """What becomes of each pair of Cb and Cr: what is added to both, the gain and the lift of the brightness.

    Returns:
        float32, (256, 256, 4).
    """
    table = np.zeros((256, 256, 4), np.float32)
    table[..., 2] = 1.0
    if season is None:
        return table
    blue, red = np.meshgrid(np.arange(256) - 128.0, np.arange(256) - 128.0, indexing="ij")
    chroma, angle = np.hypot(blue, red), np.degrees(np.arctan2(red, blue))
    # plants lie between yellow (about 172 degrees) and green (about -130)
    off = np.abs((angle - 198.0 + 180.0) % 360.0 - 180.0)
    plant = amount * ((50.0 - off) / 16.0).clip(0, 1) * ((chroma - 4.0) / 10.0).clip(0, 1)
    gold, pale = np.radians(150.0), (3.0, -2.0)
    match season:
        case Season.AUTUMN:
            table[..., 0] = plant * (1.10 * chroma * np.cos(gold) - 6 - blue)
            table[..., 1] = plant * (1.10 * chroma * np.sin(gold) + 10 - red)
            table[..., 2] = 1.0 - 0.03 * plant
        case Season.WINTER:
            table[..., 0] = plant * (0.12 * blue + pale[0] - blue)
            table[..., 1] = plant * (0.12 * red + pale[1] - red)
            table[..., 2] = 1.0 - 0.30 * plant
            table[..., 3] = 92.0 * plant
        case Season.SPRING:
            table[..., 0] = plant * (-0.10 * chroma)
            table[..., 1] = plant * (-0.16 * chroma)
            table[..., 2] = 1.0 + 0.05 * plant
            table[..., 3] = 8.0 * plant
        case Season.SUMMER:
            table[..., 0] = plant * 0.22 * blue
            table[..., 1] = plant * 0.16 * red
    return table


@njit(cache=True, nogil=True, parallel=True)
def develop(  # noqa: PLR0913, PLR0917 - a kernel takes its tables one by one
    luma: NDArray[np.uint8],
    blue: NDArray[np.uint8],
    red: NDArray[np.uint8],
    curve: Plane,
    tint: Plane,
    table: Plane,
) -> None:
    """Develops planes in place."""
    rows, columns = blue.shape
    for row in prange(rows):
        for column in range(columns):
            b = blue[row, column]
            r = red[row, column]
            gain = table[b, r, 2]
            lift = table[b, r, 3]
            total = np.float32(0.0)
            for dy in range(2):
                for dx in range(2):
                    y = np.float32(luma[2 * row + dy, 2 * column + dx]) * gain + lift
                    y = min(max(y, np.float32(0.0)), np.float32(255.0))
                    level = np.int32(y)
                    step = y - np.float32(level)
                    above = min(level + np.int32(1), np.int32(255))
                    graded = curve[level] + (curve[above] - curve[level]) * step
                    total += graded
                    luma[2 * row + dy, 2 * column + dx] = np.uint8(
                        min(max(graded + np.float32(0.5), np.float32(0.0)), np.float32(255.0))
                    )
            mean = np.uint8(min(max(total * np.float32(0.25), np.float32(0.0)), np.float32(255.0)))
            scale = tint[mean, 0]
            b2 = (np.float32(b) - np.float32(128.0) + table[b, r, 0]) * scale + tint[mean, 1]
            r2 = (np.float32(r) - np.float32(128.0) + table[b, r, 1]) * scale + tint[mean, 2]
            blue[row, column] = np.uint8(min(max(b2 + np.float32(128.5), np.float32(0.0)), np.float32(255.0)))
            red[row, column] = np.uint8(min(max(r2 + np.float32(128.5), np.float32(0.0)), np.float32(255.0)))
