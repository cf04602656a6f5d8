"""Rendering a world, frame by frame, to finished video planes."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs.brushes import Brush, paint_together, start_brushes
from kirin_video.engines.previs.glass import Glass, glass_for
from kirin_video.engines.previs.guests import Guests
from kirin_video.engines.previs.jit_cache import prepare_jit_cache
from kirin_video.engines.previs.plan import ShotPlan
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.takes import prospects
from kirin_video.engines.previs.vantage import vantages

_WORTH_SHARING = 18
"""Clips of fewer frames are drawn here: every painting process has to start first."""

_MOST_PAINTERS = 4

_log = logging.getLogger(__name__)


def render_world(  # noqa: PLR0913 -- what, how large and how long are independent
    plan: ShotPlan,
    *,
    seed: int,
    width: int,
    height: int,
    num_frames: int,
    pro: bool = False,
    guests: Guests | None = None,
) -> Iterator[I420Frame]:
    """Draw a plan.

    Args:
        plan: what will be shown.
        seed: what makes this one different; the same seed gives the same frames, bit for bit.
        width: even number of pixels.
        height: even number of pixels.
        num_frames: how many frames, at 24 a second.
        pro: whether more may be spent on each picture: subjects stand out as through a real lens.
        guests: what the shot brings along from outside.

    Yields:
        Finished planes, valid until the next frame is asked for.

    Raises:
        TaskFailure: GENERATION_FAILED when EGL or llvmpipe is missing.
    """
    prepare_jit_cache()
    from kirin_video.engines.previs.finish import Finisher  # noqa: PLC0415 -- numba reads where its cache is

    glass = glass_for(plan, pro=pro)
    finisher = Finisher(width, height, seed=seed & 0xFFFF, defocus=glass is not None)
    shown = prospects(plan, seed=seed, aspect=width / height, num_frames=num_frames, guests=guests)
    painted = _painted(shown, (width, height), num_frames, glass)
    try:
        for k, pixels in enumerate(painted):
            yield finisher.finish(pixels, k)
    finally:
        painted.close()


def _painted(
    shown: Iterator[tuple[Prospect, int]], size: tuple[int, int], num_frames: int, glass: Glass | None
) -> Generator[NDArray[np.uint8]]:
    """Frames as read back from OpenGL, painted by several processes where that pays and is allowed."""
    # The painters start up while the world is built here.
    brushes = _brushes(size, num_frames)
    try:
        faded: list[NDArray[np.uint8]] = []
        for prospect, fade in shown:
            seen = replace(prospect, glass=glass)
            painted = paint_together(seen, brushes) if brushes else paint_alone(seen, size)
            faded = yield from _joined(painted, faded, len(prospect.views) - fade)
    finally:
        for brush in brushes:
            brush.stop()


def _joined(
    painted: Generator[NDArray[np.uint8]], before: list[NDArray[np.uint8]], alone: int
) -> Generator[NDArray[np.uint8], None, list[NDArray[np.uint8]]]:
    """The frames of a take that it shows alone, the first ones faded in over those of the take before.

    Returns:
        Its further frames, to fade the next take in over.
    """
    after: list[NDArray[np.uint8]] = []
    for k, pixels in enumerate(painted):
        shown = _mixed(before[k], pixels, (k + 1) / (len(before) + 1)) if k < len(before) else pixels
        if k < alone:
            yield shown
        else:
            after.append(shown.copy())
    return after


def _mixed(one: NDArray[np.uint8], other: NDArray[np.uint8], share: float) -> NDArray[np.uint8]:
    """A share of one picture over another, in whole numbers."""
    weight = np.uint16(round(256 * share * share * (3.0 - 2.0 * share)))
    return ((one * (np.uint16(256) - weight) + other * weight) >> np.uint16(8)).astype(np.uint8)


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
        frames = vantages(prospect.views)
        if frames:
            painter.keep(painter.look(frames), frames)
        pixels = np.empty((height, width, 4), np.uint8)
        for k in range(len(prospect.views)):
            painter.draw(k)
            painter.read_into(pixels)
            yield pixels
    finally:
        context.release()
