"""A painting process: draws its share of a clip into shared memory. Started by ``brushes``."""

from __future__ import annotations

import ctypes
import json
import mmap
import os
import signal
import sys
from typing import Any

import numpy as np

from kirin_video.domain.errors import TaskFailure
from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.camera import view_at
from kirin_video.engines.previs.gl.context import open_context
from kirin_video.engines.previs.gl.painter import Painter
from kirin_video.engines.previs.plan import Move, Setting, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.scene import build_scene

_PR_SET_PDEATHSIG = 1
_READY = b"f"


def main() -> int:
    """Paint what the first argument orders; 0 when all is done."""
    _die_with_parent()
    order: dict[str, Any] = json.loads(sys.argv[1])
    said = os.dup(1)
    # Drivers may print; the pipe is for the protocol only.
    os.dup2(2, 1)
    try:
        _paint(order, said)
    except BrokenPipeError:
        return 0
    except TaskFailure as failure:
        os.write(said, failure.message.encode())
        return 1
    except Exception as error:  # whatever it is, the caller must hear of it; the log gets the whole story
        os.write(said, f"A world could not be painted: {type(error).__name__}: {error}".encode())
        raise
    return 0


def _paint(order: dict[str, Any], said: int) -> None:
    width, height = order["size"]
    first, total, step = order["frames"]
    plan = _plan(order["plan"])
    slots, frame_bytes = order["slots"], width * height * 4
    memory = mmap.mmap(order["memory"], frame_bytes * slots)
    scene = build_scene(plan, seed=order["seed"], aspect=width / height)
    painter = Painter(open_context(0), scene, width, height)
    for turn, k in enumerate(range(first, total, step)):
        if turn >= slots and os.read(0, 1) == b"":
            return
        pixels = np.frombuffer(memory, np.uint8, frame_bytes, (turn % slots) * frame_bytes)
        u = k / max(total - 1, 1)
        painter.draw(view_at(scene.stage, plan.move, plan.energy, u), k / FPS)
        painter.read_into(pixels.reshape(height, width, 4))
        os.write(said, _READY)


def _plan(words: dict[str, Any]) -> ShotPlan:
    return ShotPlan(
        Setting(words["setting"]),
        TimeOfDay(words["time"]),
        Weather(words["weather"]),
        Move(words["move"]),
        energy=float(words["energy"]),
    )


def _die_with_parent() -> None:
    """Linux kills us when whoever started us ends; elsewhere the closed pipe ends us a frame later."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
