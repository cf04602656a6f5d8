"""An engine for tests: a colour ramp, at the speed and with the mishaps that the prompt asks for.

``ramp ms=40`` takes 40 ms a frame; ``ramp crash`` ends the process; ``ramp raise`` raises; ``ramp refuse``
fails the task; ``ramp short`` makes a frame too few; ``ramp small`` makes frames of another size;
``ramp chatter`` prints; ``ramp file`` gives a finished file.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.domain.shot import Shot
from kirin_video.engines.base import Feature, Progress, Rendering, Report
from kirin_video.media.encode import Mp4Writer


class RampEngine:
    """Draws frame k of n as the grey k / n."""

    name = "ramp"
    worker_class = "cpu"
    features = frozenset({Feature.TEXT, Feature.FIRST_FRAME})

    def render(self, shot: Shot, report: Report) -> Rendering:
        report(Progress("mixing colours", 0.5))
        words = shot.prompt.source
        if "raise" in words:
            raise RuntimeError("the secret path is /etc/ramp")
        if "refuse" in words:
            raise TaskFailure(Fault.CONTENT_POLICY, "The ramp does not draw this.")
        if "chatter" in words:
            sys.stdout.write("not a message\n")
            os.write(1, b"{}\n")
        if "file" in words:
            return Rendering(file=_file(shot, words), job_id="upstream-1")
        return Rendering(frames=_frames(shot, words), notes=("It is only a ramp.",), facts={"steps": 3})


def _file(shot: Shot, words: str) -> Path:
    path = Path(tempfile.mkdtemp()) / "upstream.mp4"
    with Mp4Writer(path, shot.width, shot.height, quality=shot.quality) as writer:
        for frame in _frames(shot, words):
            writer.write(frame)
    return path


def _frames(shot: Shot, words: str) -> Iterator[NDArray[np.uint8]]:
    found = re.search(r"ms=(\d+)", words)
    pause_s = int(found[1]) / 1000 if found else 0.0
    shape = (shot.height // 2, shot.width // 2) if "small" in words else (shot.height, shot.width)
    for index in range(shot.num_frames - ("short" in words)):
        if "crash" in words and index == 3:
            os.abort()
        time.sleep(pause_s)
        yield np.full((*shape, 3), 255 * index // shot.num_frames, np.uint8)


class WillingEngine(RampEngine):
    """Takes whatever a request may bring, and draws its ramp."""

    name = "willing"
    features = frozenset(Feature)
