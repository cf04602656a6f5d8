"""Rendering a world, frame by frame, to finished video planes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kirin_video.domain.shot import FPS
from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs.camera import view_at
from kirin_video.engines.previs.jit_cache import prepare_jit_cache
from kirin_video.engines.previs.plan import ShotPlan
from kirin_video.engines.previs.scene import build_scene

_THREADS = 2


def render_world(
    plan: ShotPlan, *, seed: int, width: int, height: int, num_frames: int
) -> Iterator[I420Frame]:
    """Draw a plan.

    Args:
        plan: what will be shown.
        seed: what makes this one different; the same seed gives the same frames, bit for bit.
        width: even number of pixels.
        height: even number of pixels.
        num_frames: how many frames, at 24 a second.

    Yields:
        Finished planes, valid until the next frame is asked for.

    Raises:
        TaskFailure: GENERATION_FAILED when EGL or llvmpipe is missing.
    """
    prepare_jit_cache()
    from kirin_video.engines.previs.finish import Finisher  # noqa: PLC0415
    from kirin_video.engines.previs.gl.context import open_context  # noqa: PLC0415
    from kirin_video.engines.previs.gl.painter import Painter  # noqa: PLC0415

    context = open_context(_THREADS)
    try:
        scene = build_scene(plan, seed=seed, aspect=width / height)
        painter = Painter(context, scene, width, height)
        finisher = Finisher(width, height, seed=seed & 0xFFFF)
        pixels = np.empty((height, width, 4), np.uint8)
        for k in range(num_frames):
            u = k / max(num_frames - 1, 1)
            painter.draw(view_at(scene.stage, plan.move, plan.energy, u), k / FPS)
            painter.read_into(pixels)
            yield finisher.finish(pixels, k)
    finally:
        context.release()
