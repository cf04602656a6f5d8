"""Frames drawn ahead of the encoder: several passes of the camera, each in a thread of its own."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from kirin_video.media.frames import I420Frame

_MOST_THREADS: Final = 8
_WAITING: Final = 2
"""Frames that may lie ready: who has drawn one goes on at once while the encoder is busy with another."""

Draw = Callable[[int], I420Frame]


def drawn_ahead(
    pass_of_camera: Callable[[], Draw], indices: range, *, opening: I420Frame | None = None
) -> Iterator[I420Frame]:
    """The frames of some indices in order, each valid until the next one is asked for.

    The kernels let go of Python's lock, so threads draw at once. A frame must be a function of its index
    alone. There is one buffer more than frames in hand: what was handed out is not drawn over.

    Args:
        pass_of_camera: makes what draws a frame by its index into a buffer of its own.
        indices: what to draw.
        opening: a frame that is there already and comes first; while it is encoded, others are drawn.
    """
    threads = max(1, min(len(os.sched_getaffinity(0)), _MOST_THREADS, len(indices)))
    in_hand = min(threads + _WAITING, len(indices))
    draws = [pass_of_camera() for _ in range(in_hand + 1)]
    waiting: deque[Future[I420Frame]] = deque()
    with ThreadPoolExecutor(threads, "photo") as pool:
        try:
            for turn, index in enumerate(indices[:in_hand]):
                waiting.append(pool.submit(draws[turn], index))
            if opening is not None:
                yield opening
            for turn in range(len(indices)):
                frame = waiting.popleft().result()
                if (later := turn + in_hand) < len(indices):
                    # its buffer is the one that the caller has just given back
                    waiting.append(pool.submit(draws[later % len(draws)], indices[later]))
                yield frame
        finally:
            pool.shutdown(cancel_futures=True)
