"""An engine that has its clip ready, and takes as long as the prompt says: ``reel ms=300``.

The time passes in steps, for progress to be seen. ``refuse`` fails the task; ``crash`` ends the process. No
two runs give the same bytes.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import struct
import tempfile
import time
from pathlib import Path

import numpy as np

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.domain.shot import Shot
from kirin_video.engines.base import Feature, Progress, Rendering, Report
from kirin_video.media.encode import Mp4Writer

REELS = "KIRIN_CHAOS_REELS"
"""The variable that names the folder of clips, one of each size, made when first needed."""

_STEPS = 6


class ReelEngine:
    """Gives the same grey clip to everybody."""

    name = "reel"
    worker_class = "cpu"
    features = frozenset({Feature.TEXT, Feature.FIRST_FRAME})

    def render(self, shot: Shot, report: Report) -> Rendering:
        words = shot.prompt.source
        found = re.search(r"ms=(\d+)", words)
        for step in range(_STEPS):
            report(Progress("winding", step / _STEPS))
            time.sleep(int(found[1]) / 1000 / _STEPS if found else 0.0)
            if "crash" in words and step == _STEPS // 2:
                os.abort()
        if "refuse" in words:
            raise TaskFailure(Fault.CONTENT_POLICY, "This reel is not shown.")
        path = Path(tempfile.mkdtemp(dir=os.environ[REELS])) / "own.mp4"
        shutil.copyfile(_reel(shot), path)
        with path.open("ab") as file:  # a box of free space, which players pass over
            file.write(struct.pack(">I4s", 24, b"free") + secrets.token_bytes(16))
        return Rendering(file=path)


def _reel(shot: Shot) -> Path:
    folder = Path(os.environ[REELS])
    path = folder / f"{shot.width}x{shot.height}x{shot.num_frames}.mp4"
    if not path.exists():
        made = folder / f"{secrets.token_hex(8)}.mp4"
        frame = np.full((shot.height, shot.width, 3), 128, np.uint8)
        with Mp4Writer(made, shot.width, shot.height, quality=shot.quality) as writer:
            for _ in range(shot.num_frames):
                writer.write(frame)
        made.rename(path)
    return path
