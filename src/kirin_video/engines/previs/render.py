"""Rendering a world, frame by frame, to finished video planes."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs.brushes import Brush, paint_together, start_brushes, stop_brushes
from kirin_video.engines.previs.canvas import canvas_size
from kirin_video.engines.previs.fisheye import canvas_of, is_bent
from kirin_video.engines.previs.glass import glass_for
from kirin_video.engines.previs.guests import Guests
from kirin_video.engines.previs.jit_cache import prepare_jit_cache
from kirin_video.engines.previs.plan import ShotPlan
from kirin_video.engines.previs.plate import Format, Plate
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.takes import prospects
from kirin_video.engines.previs.vantage import vantages

if TYPE_CHECKING:
    from kirin_video.engines.previs.finish import Finisher

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
    waiting: Sequence[Brush] = (),
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
        waiting: painting processes that were started before; they end with the clip.

    Yields:
        Finished planes, valid until the next frame is asked for.

    Raises:
        TaskFailure: GENERATION_FAILED when EGL or llvmpipe is missing.
    """
    prepare_jit_cache()
    glass = glass_for(plan, pro=pro)
    bent = is_bent(plan)
    canvas = (canvas_of if bent else canvas_size)(width, height, pro=pro)
    form = Format(*canvas, deep=pro or glass is not None, stirred=pro)
    shown = prospects(plan, seed=seed, aspect=width / height, num_frames=num_frames, guests=guests)
    equipped = ((replace(prospect, glass=glass, shutter=pro), fade) for prospect, fade in shown)
    painted = _painted(equipped, form, _brushes(form, num_frames, waiting))
    finisher = None
    try:
        for k, plate in enumerate(painted):
            finisher = finisher or _finishers()(width, height, seed=seed & 0xFFFF, canvas=canvas, bent=bent)
            yield finisher.finish(plate, k)
    finally:
        painted.close()


def _finishers() -> type[Finisher]:
    """What finishes frames, loaded when first asked for: numba is slow, and reads where its cache is."""
    from kirin_video.engines.previs.finish import Finisher  # noqa: PLC0415

    return Finisher


def _load_finishing() -> None:
    """Have what finishes frames at hand when the first is painted."""
    from kirin_video.engines.previs.finish import load  # noqa: PLC0415 -- as above

    load()


def _painted(shown: Iterator[tuple[Prospect, int]], form: Format, brushes: list[Brush]) -> Generator[Plate]:
    """Frames as read back from OpenGL, painted by several processes where there are any."""
    try:
        faded: list[NDArray[np.uint8]] = []
        for prospect, fade in shown:
            painted = (
                paint_together(prospect, brushes, meanwhile=_load_finishing)
                if brushes
                else paint_alone(prospect, form)
            )
            faded = yield from _joined(painted, faded, len(prospect.views) - fade)
    finally:
        stop_brushes(brushes)


def _joined(
    painted: Generator[Plate], before: list[NDArray[np.uint8]], alone: int
) -> Generator[Plate, None, list[NDArray[np.uint8]]]:
    """The frames of a take that it shows alone, the first ones faded in over those of the take before.

    Both takes have one camera: lens and shutter see the later one.

    Returns:
        The pixels of its further frames, to fade the next take in over.
    """
    after: list[NDArray[np.uint8]] = []
    for k, plate in enumerate(painted):
        if k < len(before):
            mixed = _mixed(before[k], plate.pixels, (k + 1) / (len(before) + 1))
            plate = replace(plate, pixels=mixed)  # noqa: PLW2901 -- from here on it is what was painted
        if k < alone:
            yield plate
        else:
            after.append(plate.pixels.copy())
    return after


def _mixed(one: NDArray[np.uint8], other: NDArray[np.uint8], share: float) -> NDArray[np.uint8]:
    """A share of one picture over another, in whole numbers."""
    weight = np.uint16(round(256 * share * share * (3.0 - 2.0 * share)))
    return ((one * (np.uint16(256) - weight) + other * weight) >> np.uint16(8)).astype(np.uint8)


def most_painters() -> int:
    """How many painting processes a clip has at most: one for every core; none where there is one."""
    painters = min(len(os.sched_getaffinity(0)), _MOST_PAINTERS)
    return painters if painters > 1 else 0


def _brushes(form: Format, num_frames: int, waiting: Sequence[Brush]) -> list[Brush]:
    """A painting process for every core; none where one process is as quick or no other is to be had.

    They get ready while the world is built here.
    """
    painters = most_painters() if num_frames >= _WORTH_SHARING else 0
    stop_brushes(waiting[painters:])
    try:
        return start_brushes(painters, form, waiting[:painters])
    except OSError as error:
        _log.warning("Painting in one process: others could not be started (%s).", error)
        return []


def paint_alone(prospect: Prospect, form: Format) -> Generator[Plate]:
    """Frames in order, painted in this process.

    Yields:
        Plates, valid until the next one is asked for.
    """
    from kirin_video.engines.previs.gl.context import open_context  # noqa: PLC0415 -- OpenGL only where it draws
    from kirin_video.engines.previs.gl.painter import Painter  # noqa: PLC0415

    context = open_context(len(os.sched_getaffinity(0)))
    try:
        painter = Painter(context, prospect, form.width, form.height)
        frames = vantages(prospect.views)
        if frames:
            painter.keep(painter.look(frames), frames)
        plate = form.plate()
        for k in range(len(prospect.views)):
            painter.draw(k)
            painter.expose(plate)
            yield plate
    finally:
        context.release()
