"""Both pictures as takes of their own: the first moves away from how it was sent, the last arrives at it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, TypeVar

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.between.air import Air
from kirin_video.engines.previs.photo.filming import Filming, Moment, fading
from kirin_video.engines.previs.photo.moves import FOCAL, Aim, eased
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.render import opening_frame, photo_scene
from kirin_video.engines.previs.photo.scene import Parts
from kirin_video.engines.previs.plan import Move, ShotPlan
from kirin_video.media.frames import I420Frame

_OPPOSITE: Final[dict[Move, Move]] = {
    Move.STILL: Move.STILL,
    Move.PAN_LEFT: Move.PAN_RIGHT,
    Move.TILT_UP: Move.TILT_DOWN,
    Move.PUSH_IN: Move.PULL_OUT,
    Move.TRACK_FORWARD: Move.PULL_OUT,
    Move.ORBIT_LEFT: Move.ORBIT_RIGHT,
    Move.TRACK_LEFT: Move.TRACK_RIGHT,
    Move.CRANE_UP: Move.CRANE_DOWN,
}


def opposite(move: Move) -> Move:
    """The move that leads back: what a camera that arrives by ``move`` has done, seen from its end."""
    if move in _OPPOSITE:
        return _OPPOSITE[move]
    return next(there for there, back in _OPPOSITE.items() if back is move)


_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Places:
    """What a passage is about.

    Attributes:
        first: the middle of the first picture's subject, as shares of width and height.
        last: the same of the last picture.
        seed: of everything random.
    """

    first: tuple[float, float]
    last: tuple[float, float]
    seed: int


class Takes:
    """Both takes over the length of one clip, without rain and snow.

    Args:
        first: the picture that opens the clip.
        last: the one that ends it, of the same size.
        plan: what was asked.
        air: light and weather.
        num_frames: length of the clip.
        seed: of everything random.
    """

    def __init__(  # noqa: PLR0913 - what takes are made of
        self, first: Rgb, last: Rgb, plan: ShotPlan, air: Air, *, num_frames: int, seed: int
    ) -> None:
        self._ends = opening_frame(first), opening_frame(last)
        self._last, self._air = num_frames - 1, air
        self._size = first.shape[1], first.shape[0]
        self._seed = seed
        leading_back = replace(plan, move=opposite(plan.move))
        # the first take's frames do not wait until the last picture is ready
        self._beside = ThreadPoolExecutor(1, "take")
        self._orders_of_last = self._beside.submit(
            lambda: photo_scene(last, leading_back, seed=seed + 1).orders(num_frames)
        )
        self._orders_of_first = photo_scene(first, plan, seed=seed).orders(num_frames)

    def parts(self) -> tuple[Parts, Parts]:
        """Both pictures taken apart; waits for the last."""
        return self._orders_of_first.parts, self._orders_of_last.result().parts

    def places(self) -> Places:
        """Where both subjects are; waits for the last."""
        first, last = (_middle(parts.aim, *self._size) for parts in self.parts())
        return Places(first, last, self._seed)

    def later(self, make: Callable[[Places], _Made]) -> Future[_Made]:
        """What is made once both subjects are known, beside the first frames."""
        return self._beside.submit(lambda: make(self.places()))

    def a_pass(self) -> Pass:
        """Both takes, drawn into buffers of their own."""
        first = Filming(self._orders_of_first)
        return Pass(self._ends, first, lambda: Filming(self._orders_of_last.result()), self._air, self._last)


class Pass:
    """Draws any moment of both takes; a frame of a take is valid until the next of that take is asked for."""

    def __init__(
        self,
        ends: tuple[I420Frame, I420Frame],
        filming: Filming,
        filming_of_last: Callable[[], Filming],
        air: Air,
        last: int,
    ) -> None:
        self._ends, self._filming, self._filming_of_last = ends, filming, cache(filming_of_last)
        self._air, self._last = air, last

    def first(self, index: int) -> I420Frame:
        """A frame of the first picture's take."""
        return self._ends[0] if index == 0 else self._filming.at(self._moment(index, index, 1.0))

    def last(self, index: int) -> I420Frame:
        """A frame of the last picture's take."""
        away = self._last - index
        return self._ends[1] if away == 0 else self._filming_of_last().at(self._moment(index, away, -1.0))

    def _moment(self, index: int, away: int, sign: float) -> Moment:
        share = away / max(self._last, 1)
        return Moment(eased(share), sign * away / FPS, self._air.strength(index), fading(away), dry=True)


def _middle(aim: Aim, width: int, height: int) -> tuple[float, float]:
    """Where a picture's subject is, as shares of width and height; the middle where none stands out."""
    longest = FOCAL * max(width, height)
    return 0.5 + aim.x * longest / width, 0.5 + aim.y * longest / height
