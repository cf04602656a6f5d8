"""What most clips need before their first frame, loaded before there is a shot."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.jit_cache import prepare_jit_cache

if TYPE_CHECKING:
    from kirin_video.engines.previs.brushes import Brush

_WIDTH = 96
_HEIGHT = 54
_FRAMES = 2


def warm() -> Iterator[str]:
    """Load words, kernels and what worlds are made of, a step at a time.

    Kernels are loaded by their use on a small picture, along the way of a real one: called with other types
    than theirs they would be compiled again. Nothing is kept of it, and OpenGL is left alone: painters are
    processes of their own, and a context would cost 150 MiB here.

    Yields:
        What the step was for.
    """
    prepare_jit_cache()
    # Each import waits for its step: the server's processes load none of this, and a shot may come between.
    from kirin_video.engines.previs.reading import read_plan  # noqa: PLC0415

    plan = read_plan("", seed=0)
    yield "words"

    from kirin_video.engines.previs.photo import patchfill  # noqa: PLC0415

    patchfill.load()
    yield "kernels"

    from kirin_video.engines.previs.photo.render import photo_scene  # noqa: PLC0415

    for _ in photo_scene(_small_picture(), plan, seed=0).frames(_FRAMES):
        pass
    yield "pictures"

    from kirin_video.engines.previs.between.rehearsal import rehearse  # noqa: PLC0415

    rehearse(_small_picture(), plan)
    yield "ways between pictures"

    import_module("kirin_video.engines.previs.render")
    from kirin_video.engines.previs import finish  # noqa: PLC0415

    finish.load()
    yield "painting"

    from kirin_video.engines.previs.takes import prospects  # noqa: PLC0415

    for _ in prospects(plan, seed=0, aspect=_WIDTH / _HEIGHT, num_frames=_FRAMES):
        pass
    yield "worlds"


def painters() -> list[Brush]:
    """Painting processes with OpenGL at hand, which wait for a world.

    Raises:
        OSError: no processes or no memory are to be had.
    """
    from kirin_video.engines.previs.brushes import start_brushes  # noqa: PLC0415
    from kirin_video.engines.previs.render import most_painters  # noqa: PLC0415

    return start_brushes(most_painters())


def _small_picture() -> NDArray[np.uint8]:
    """A sky over rough ground, uint8, (H, W, 3)."""
    sky = np.linspace(220, 150, _HEIGHT, dtype=np.float32)[:, None, None]
    rough = np.random.default_rng(0).normal(90, 20, (_HEIGHT, _WIDTH, 3))
    is_ground = (np.arange(_HEIGHT) > _HEIGHT // 2)[:, None, None]
    return np.where(is_ground, rough, sky).clip(0, 255).astype(np.uint8)
