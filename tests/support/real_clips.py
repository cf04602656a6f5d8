"""Small real clips, and tasks that have them: as a worker would have made them, without one."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from kirin_video.domain.shot import Quality
from kirin_video.media.encode import Mp4Writer

WIDTH, HEIGHT = 160, 90


@cache
def moving_bar(frames: int = 24, shade: int = 60) -> bytes:
    """An MP4 of a light bar that moves one step a frame over a ground of some shade."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        with Mp4Writer(path, WIDTH, HEIGHT, quality=Quality.STD) as writer:
            for index in range(frames):
                frame = np.full((HEIGHT, WIDTH, 3), shade, np.uint8)
                left = index * (WIDTH - 16) // frames
                frame[:, left : left + 16] = 235
                writer.write(frame)
        return path.read_bytes()
