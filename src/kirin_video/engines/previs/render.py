"""Rendering a world, frame by frame, to finished video planes."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator, Iterator

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs.brushes import Brush, paint_together, start_brushes
from kirin_video.engines.previs.jit_cache import prepare_jit_cache
from kirin_video.engines.previs.plan import ShotPlan
from kirin_video.engines.previs.prospect import Guests, Prospect, survey

_WORTH_SHARING = 18
"""Clips of fewer frames are drawn here: every painting process has to start first."""

_MOST_PAINTERS = 4

_log = logging.getLogger(__name__)


def render_world(  # noqa: PLR0913 -- a clip is made of these
    plan: ShotPlan,
    *,
    seed: int,
    width: int,
    height: int,
    num_frames: int,
    guests: Guests | None = None,
) -> Iterator[I420Frame]:
    """Draw a plan.

    Args:
        plan: what will be shown.
        seed: what makes this one different; the same seed gives the same frames, bit for bit.
        width: even number of pixels.
        height: even number of pixels.
        num_frames: how many frames, at 24 a second.
        guests: subjects that bring their own bodies.

    Yields:
        Finished planes, valid until the next frame is asked for.

    Raises:
        TaskFailure: GENERATION_FAILED when EGL or llvmpipe is missing.
    """
    prepare_jit_cache()
    from kirin_video.engines.previs.finish import Finisher  # noqa: PLC0415 -- numba reads where its cache is

    finisher = Finisher(width, height, seed=seed & 0xFFFF)
    painted = _painted(plan, seed, (width, height), num_frames, guests)
    try:
        for k, pixels in enumerate(painted):
            yield finisher.finish(pixels, k)
    finally:
        painted.close()


def _painted(
    plan: ShotPlan, seed: int, size: tuple[int, int], num_frames: int, guests: Guests | None
) -> Generator[NDArray[np.uint8]]:
    """Frames as read back from OpenGL, painted by several processes where that pays and is allowed."""
    width, height = size
    # The painters start up while the world is built here.
    brushes = _brushes(size, num_frames)
    try:
        aspect = width / height
        prospect = survey(plan, seed=seed, aspect=aspect, num_frames=num_frames, guests=guests)
        yield from paint_together(prospect, brushes) if brushes else paint_alone(prospect, size)
    finally:
        for brush in brushes:
            brush.stop()


def _brushes(size: tuple[int, int], num_frames: int) -> list[Brush]:
    """A painting process for every core; none where one process is as quick or no other is to be had."""
    painters = min(len(os.sched_getaffinity(0)), _MOST_PAINTERS)
    if painters == 1 or num_frames < _WORTH_SHARING:
        return []
    try:
        return start_brushes(size, painters)
    except OSError as error:
        _log.warning("Painting in one process: others could not be started (%s).", error)
        return []


def paint_alone(prospect: Prospect, size: tuple[int, int]) -> Generator[NDArray[np.uint8]]:
    """Frames in order, painted in this process.

    Yields:
        Pixels, uint8, (H, W, 4), the bottom row first, valid until the next frame is asked for.
    """
    from kirin_video.engines.previs.gl.context import open_context  # noqa: PLC0415 -- OpenGL only where it draws
    from kirin_video.engines.previs.gl.painter import Painter  # noqa: PLC0415

    width, height = size
    context = open_context(len(os.sched_getaffinity(0)))
    try:
        painter = Painter(context, prospect, width, height)
        pixels = np.empty((height, width, 4), np.uint8)
        for k in range(len(prospect.views)):
            painter.draw(k)
            painter.read_into(pixels)
            yield pixels
    finally:
        context.release()
