"""Several processes painting one clip: each draws every n-th frame into shared memory.

llvmpipe's own threads leave cores idle between its stages; a process for every core, each drawing whole
frames on one thread, keeps them busy. The frames are the same, bit for bit.
"""

from __future__ import annotations

import json
import mmap
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Generator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

import kirin_video
from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.engines.previs.plate import Format, Plate
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.vantage import vantages

READY = b"f"
"""What a painter says on its output for every frame; anything else is its complaint."""

_CHILD = "kirin_video.engines.previs.brush_child"
_SLOTS = 2
"""Frames that one painter may be ahead."""

_SIGHT_BYTES = 1 << 20
"""Room for what painters have seen, a bit for each triangle: eight million of them."""


class Brush:
    """One painting process and the frames it shares; it starts at once and waits for its orders.

    Raises:
        OSError: processes or shared memory are not to be had here.
    """

    def __init__(self) -> None:
        self._next = 0
        self._plates: list[Plate] = []
        self._sight = np.empty(0, np.uint8)
        self._form: Format | None = None
        self._memory = os.memfd_create("kirin-frames")
        try:
            self._process = subprocess.Popen(  # noqa: S603 -- our own module, no shell
                [sys.executable, "-m", "kirin_video.lifeline", str(os.getpid()), _CHILD, str(self._memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=(self._memory,),
                env=_environment(),
            )
        except OSError:
            os.close(self._memory)
            raise

    @property
    def lives(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def lay_out(self, form: Format) -> None:
        """Make room for plates, once; before the first order.

        Raises:
            OSError: so much memory is not to be had here.
        """
        size = form.bytes * _SLOTS + _SIGHT_BYTES
        os.ftruncate(self._memory, size)
        held = mmap.mmap(self._memory, size)
        self._plates = [form.plate(held, form.bytes * k) for k in range(_SLOTS)]
        self._sight = np.frombuffer(held, np.uint8, _SIGHT_BYTES, form.bytes * _SLOTS)
        self._form = form

    def begin(self, prospect: bytes, frames: tuple[int, int]) -> None:
        """Tell the process what to paint; it may be told again when all frames were read and released.

        Args:
            prospect: the clip, pickled.
            frames: the number of its first frame, and the step to each next one.
        """
        assert self._form is not None
        self._next = 0
        order = {
            "format": asdict(self._form),
            "slots": _SLOTS,
            "sight_bytes": _SIGHT_BYTES,
            "frames": frames,
            "prospect_bytes": len(prospect),
        }
        self._say(json.dumps(order).encode() + b"\n" + prospect)

    def next_plate(self) -> Plate:
        """Wait for this painter's next frame; it is valid until ``release`` is called.

        Raises:
            TaskFailure: GENERATION_FAILED when the painter gave up.
        """
        self._await()
        self._next += 1
        return self._plates[(self._next - 1) % _SLOTS]

    def release(self) -> None:
        """Give the frame's memory back to the painter."""
        self._say(READY)

    def sight(self) -> NDArray[np.uint8]:
        """Wait for what this painter has seen: uint8, (n,), a bit for each triangle; it may be written to.

        The painter goes on when ``release`` is called, with what stands there then.

        Raises:
            TaskFailure: GENERATION_FAILED when the painter gave up.
        """
        self._await()
        return self._sight

    def _await(self) -> None:
        said = _pipe(self._process.stdout).read(1)
        if said != READY:
            raise TaskFailure(Fault.GENERATION_FAILED, self._complaint(said))

    def _say(self, words: bytes) -> None:
        try:
            _pipe(self._process.stdin).write(words)
            _pipe(self._process.stdin).flush()
        except BrokenPipeError:
            # It has painted its last frame, or its end will show at the next one.
            return

    def _complaint(self, said: bytes) -> str:
        words = (said + _pipe(self._process.stdout).read()).decode("utf-8", "replace").strip()
        return words or f"A painting process ended early (exit code {self._process.wait()})."

    def kill(self) -> None:
        """Have the process end, whatever it does, without waiting for it."""
        self._process.kill()

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.kill()
        self._process.wait()
        os.close(self._memory)
        for pipe in (self._process.stdin, self._process.stdout):
            _close(_pipe(pipe))


def stop_brushes(brushes: Sequence[Brush]) -> None:
    """End processes; all of them tidy up at the same time."""
    for brush in brushes:
        brush.kill()
    for brush in brushes:
        brush.stop()


def start_brushes(painters: int, form: Format | None = None, waiting: Sequence[Brush] = ()) -> list[Brush]:
    """Painting processes that get ready while the world is built; whoever starts them stops them.

    Args:
        painters: how many.
        form: of their plates; without one they have to be laid out before they can be told to paint.
        waiting: those that were started before.

    Raises:
        OSError: processes or shared memory are not to be had here; none is left running.
    """
    brushes = [brush for brush in waiting if brush.lives]
    for brush in waiting:
        if not brush.lives:
            brush.stop()
    try:
        while len(brushes) < painters:
            brushes.append(Brush())
        if form is not None:
            for brush in brushes:
                brush.lay_out(form)
    except OSError:
        stop_brushes(brushes)
        raise
    return brushes


def paint_together(
    prospect: Prospect, brushes: list[Brush], meanwhile: Callable[[], object] = lambda: None
) -> Generator[Plate]:
    """Frames in order, each painted by the next process in turn.

    Args:
        prospect: the clip.
        brushes: the processes.
        meanwhile: done while they get ready.

    Yields:
        Plates, valid until the next one is asked for.

    Raises:
        TaskFailure: GENERATION_FAILED when a painter gave up.
    """
    # One way only, from this process to its own children.
    sent = pickle.dumps(prospect, pickle.HIGHEST_PROTOCOL)
    for first, brush in enumerate(brushes):
        brush.begin(sent, (first, len(brushes)))
    meanwhile()
    if vantages(prospect.views):
        _share_sight(brushes)
    for k in range(len(prospect.views)):
        brush = brushes[k % len(brushes)]
        yield brush.next_plate()
        brush.release()


def _share_sight(brushes: list[Brush]) -> None:
    """Each painter looks from some of the frames; tell all what any of them has seen."""
    sights = [brush.sight() for brush in brushes]
    seen = np.bitwise_or.reduce(sights)
    for brush, sight in zip(brushes, sights, strict=True):
        sight[:] = seen
        brush.release()


def _environment() -> dict[str, str]:
    """The environment with our package findable, wherever it was imported from, and numpy on one thread.

    There is a painter for every core: threads of OpenBLAS would only spin in each other's way.
    """
    root = str(Path(kirin_video.__file__).parent.parent)
    path = os.environ.get("PYTHONPATH")
    paths = f"{root}{os.pathsep}{path}" if path else root
    return {**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"}


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return
