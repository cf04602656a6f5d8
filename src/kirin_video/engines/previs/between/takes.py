"""Both pictures as takes of their own: the first moves away from how it was sent, the last arrives at it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.between.air import Air
from kirin_video.engines.previs.between.side_by_side import both
from kirin_video.engines.previs.photo.filming import Filming, Moment, fading
from kirin_video.engines.previs.photo.moves import FOCAL, Aim, eased
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.render import opening_frame, photo_scene
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
        leading_back = replace(plan, move=opposite(plan.move))
        scenes = both(
            lambda: photo_scene(first, plan, seed=seed),
            lambda: photo_scene(last, leading_back, seed=seed + 1),
        )
        self.parts = scenes[0].parts, scenes[1].parts
        height, width = first.shape[:2]
        self.middles = _middle(self.parts[0].aim, height, width), _middle(self.parts[1].aim, height, width)
        self._orders = scenes[0].orders(num_frames), scenes[1].orders(num_frames)

    def a_pass(self) -> Pass:
        """Both takes, drawn into buffers of their own."""
        filmings = Filming(self._orders[0]), Filming(self._orders[1])
        return Pass(self._ends, filmings, self._air, self._last)


class Pass:
    """Draws any moment of both takes; a frame of a take is valid until the next of that take is asked for."""

    def __init__(
        self, ends: tuple[I420Frame, I420Frame], filmings: tuple[Filming, Filming], air: Air, last: int
    ) -> None:
        self._ends, self._filmings = ends, filmings
        self._air, self._last = air, last

    def first(self, index: int) -> I420Frame:
        """A frame of the first picture's take."""
        return self._ends[0] if index == 0 else self._filmings[0].at(self._moment(index, index, 1.0))

    def last(self, index: int) -> I420Frame:
        """A frame of the last picture's take."""
        away = self._last - index
        return self._ends[1] if away == 0 else self._filmings[1].at(self._moment(index, away, -1.0))

    def _moment(self, index: int, away: int, sign: float) -> Moment:
        share = away / max(self._last, 1)
        return Moment(eased(share), sign * away / FPS, self._air.strength(index), fading(away), dry=True)


def _middle(aim: Aim, height: int, width: int) -> tuple[float, float]:
    """Where a picture's subject is, as shares of width and height; the middle where none stands out."""
    longest = FOCAL * max(width, height)
    return 0.5 + aim.x * longest / width, 0.5 + aim.y * longest / height
