"""A clip that leads up to a picture: a photograph filmed the other way round in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kirin_video.domain.shot import FPS
from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs.photo.filming import Moment, fading
from kirin_video.engines.previs.photo.moves import eased
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.render import opening_frame, photo_scene
from kirin_video.engines.previs.plan import Move, ShotPlan

_OTHER_WAY: Final = {
    Move.PAN_LEFT: Move.PAN_RIGHT,
    Move.TILT_UP: Move.TILT_DOWN,
    Move.PUSH_IN: Move.PULL_OUT,
    Move.ORBIT_LEFT: Move.ORBIT_RIGHT,
    Move.TRACK_LEFT: Move.TRACK_RIGHT,
    Move.CRANE_UP: Move.CRANE_DOWN,
}
_FADE_S: Final = 2.2


def lead_to(
    rgb: Rgb, plan: ShotPlan, *, asked: bool, seed: int, num_frames: int
) -> tuple[Iterator[I420Frame], tuple[str, ...]]:
    """The frames of a clip whose last one is a picture, and what a caller should know.

    Args:
        rgb: the picture, of the clip's size.
        plan: move, weather and time, which give way to the picture's own towards the end.
        asked: whether the prompt asks for the move; otherwise the camera draws back onto the picture.
        seed: for everything random.
        num_frames: length of the clip.
    """
    both = {
        **_OTHER_WAY,
        **{there: back for back, there in _OTHER_WAY.items()},
        Move.TRACK_FORWARD: Move.PULL_OUT,
    }
    filmed = replace(plan, move=both.get(plan.move, plan.move)) if asked else replace(plan, move=Move.PUSH_IN)
    scene = photo_scene(rgb, filmed, seed=seed)

    def frames() -> Iterator[I420Frame]:
        filming = scene.filming(num_frames)
        last = max(num_frames - 1, 1)
        for index in range(num_frames - 1):
            left = num_frames - 1 - index
            strength = min(left / FPS / _FADE_S, 1.0)
            strength = strength * strength * (3.0 - 2.0 * strength)
            yield filming.at(Moment(eased(left / last), -left / FPS, strength, fading(left)))
        yield opening_frame(rgb)

    return frames(), scene.notes
