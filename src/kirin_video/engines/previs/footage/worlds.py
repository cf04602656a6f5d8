"""A drawn world behind a subject that was filmed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs.plan import Framing, Move
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.render import render_world


def background_world(
    words: str, *, seed: int, width: int, height: int, num_frames: int
) -> Iterator[I420Frame]:
    """Frames of a world as its words describe it, seen by a camera that stands still.

    Raises:
        TaskFailure: GENERATION_FAILED when this machine cannot draw.
    """
    plan = read_plan(words, seed=seed)
    calm = replace(plan, move=Move.STILL, beats=(), framing=Framing())
    return render_world(calm, seed=seed, width=width, height=height, num_frames=num_frames)
