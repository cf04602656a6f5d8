"""How time runs in a clip: when bodies, air and sky are at every frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from kirin_video.domain.frame_rate import FPS
from kirin_video.engines.previs.plan import Pace

_SLOW = 0.36
"""Slow motion, as a share of the true speed."""
_FAST = 2.2
_LAPSE_STORY, _LAPSE_AIR, _LAPSE_SKY = 3.0, 3.0, 70.0
"""In a time-lapse bodies and water hurry, as far as they can still be read; clouds race."""
_FROZEN_AT = 0.4
"""When time stands still, as a share of the clip: something should be going on by then."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds that have passed at every frame.

    Attributes:
        story_s: as bodies live them.
        air_s: as wind, water, fire and what falls live them.
        sky_s: as clouds live them.
    """

    story_s: tuple[float, ...]
    air_s: tuple[float, ...]
    sky_s: tuple[float, ...]

    @property
    def length_s(self) -> float:
        """How long the story is: past its latest moment."""
        return max(self.story_s) + 1.0 / FPS

    def between(self, first: int, end: int) -> Clock:
        """The clock of some of the frames."""
        return replace(
            self,
            story_s=self.story_s[first:end],
            air_s=self.air_s[first:end],
            sky_s=self.sky_s[first:end],
        )


def clock_of(pace: Pace, num_frames: int, tempo: Sequence[float] = ()) -> Clock:
    """The clock of a whole clip.

    Args:
        pace: how time runs.
        num_frames: how many, at 24 a second.
        tempo: how fast time runs at every frame, beside that; nothing says evenly.
    """
    real = [k / FPS for k in range(num_frames)]
    if tempo:
        real = [0.0, *accumulate(rate / FPS for rate in tempo[1:num_frames])]
    match pace:
        case Pace.REAL:
            return _even(real, 1.0, 1.0, 1.0)
        case Pace.SLOW_MOTION:
            return _even(real, _SLOW, _SLOW, _SLOW)
        case Pace.FAST_MOTION:
            return _even(real, _FAST, _FAST, _FAST)
        case Pace.TIME_LAPSE:
            return _even(real, _LAPSE_STORY, _LAPSE_AIR, _LAPSE_SKY)
        case Pace.REVERSE:
            return _even(real[::-1], 1.0, 1.0, 1.0)
        case Pace.FREEZE:
            return _even([_FROZEN_AT * real[-1]] * num_frames, 1.0, 1.0, 1.0)


def _even(seconds: list[float], story: float, air: float, sky: float) -> Clock:
    return Clock(*(tuple(rate * s for s in seconds) for rate in (story, air, sky)))
