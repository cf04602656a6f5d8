"""A painting process: draws its share of a clip into shared memory. Started by ``brushes``; dies with it."""

from __future__ import annotations

import io
import json
import mmap
import os
import pickle
import sys
from typing import Any

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.errors import TaskFailure
from kirin_video.engines.previs.gl.context import open_context
from kirin_video.engines.previs.gl.painter import Painter
from kirin_video.engines.previs.plate import Format, Plate
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.vantage import vantages
from kirin_video.heap import return_freed_blocks

_READY = b"f"


def main() -> int:
    """Paint what is ordered into the memory that the first argument names; 0 when all is done."""
    said = os.dup(1)
    # Drivers may print; the pipe is for the protocol only.
    os.dup2(2, 1)
    try:
        _paint(int(sys.argv[1]), said)
    except BrokenPipeError:
        return 0
    except TaskFailure as failure:
        os.write(said, failure.message.encode())
        return 1
    except Exception as error:  # whatever it is, the caller must hear of it; the log gets the whole story
        os.write(said, f"A world could not be painted: {type(error).__name__}: {error}".encode())
        raise
    return 0


def _paint(memory: int, said: int) -> None:
    # Drivers take a while to load: meanwhile the world is built by whoever started us.
    context: moderngl.Context | None = open_context(0)
    with os.fdopen(0, "rb", buffering=0, closefd=False) as told:
        while (task := _hear(told)) is not None:
            order, prospect = task
            context = context or open_context(0)
            form, (first, step) = Format(**order["format"]), order["frames"]
            plates, sight = _shared(memory, form, order)
            slots = len(plates)
            painter = Painter(context, prospect, form.width, form.height)
            frames = vantages(prospect.views)
            if frames:
                seen = painter.look(frames[first::step])
                packed = np.packbits(seen)
                sight[: len(packed)] = packed
                os.write(said, _READY)
                # Whoever started us adds what the others saw.
                if told.read(1) == b"":
                    return
                painter.keep(np.unpackbits(sight, count=len(seen)).astype(np.bool_), frames)
            return_freed_blocks()
            for turn, k in enumerate(range(first, len(prospect.views), step)):
                if turn >= slots and told.read(1) == b"":
                    return
                painter.draw(k)
                painter.expose(plates[turn % slots])
                os.write(said, _READY)
            # All that a scene holds of the driver's memory goes with its context. Few clips have another.
            context.release()
            context = None


def _shared(memory: int, form: Format, order: dict[str, Any]) -> tuple[list[Plate], NDArray[np.uint8]]:
    """The plates, and where we tell what we saw."""
    slots = int(order["slots"])
    held = mmap.mmap(memory, form.bytes * slots + order["sight_bytes"])
    plates = [form.plate(held, form.bytes * k) for k in range(slots)]
    return plates, np.frombuffer(held, np.uint8, offset=form.bytes * slots)


def _hear(told: io.FileIO) -> tuple[dict[str, Any], Prospect] | None:
    """The order and its clip; None when whoever started us has gone.

    Before a further order lies the memory of frames that was given back meanwhile: all of it is free again.
    """
    line = told.readline().lstrip(_READY)
    if not line:
        return None
    task: dict[str, Any] = json.loads(line)
    content = bytearray(task["prospect_bytes"])
    rest = memoryview(content)
    while rest:
        count = told.readinto(rest)
        if not count:
            return None
        rest = rest[count:]
    prospect: Prospect = pickle.loads(content)  # noqa: S301 -- from our own parent, over our own pipe
    return task, prospect


if __name__ == "__main__":
    sys.exit(main())
