"""Frames of footage above those of a new shot that borrows from it, at the same shares of both: one PNG.

python scripts/feature_sheet.py walk.mp4 "A castle by a lake, in the style of <<<video_1>>>" sheet.png
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import FPS, Clip, Quality, Shot
from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs import PrevisEngine
from kirin_video.media.footage import Footage
from kirin_video.media.probe import probe_clip

COLUMNS = 6
SIZE = (320, 180)


def small(frame: I420Frame) -> np.ndarray:
    """A frame as RGB."""
    from kirin_video.engines.previs.footage.survey import rgb_of  # noqa: PLC0415 -- OpenCV is slow to import

    return rgb_of(frame)


def row(frames: list[np.ndarray]) -> np.ndarray:
    """Some frames side by side, from the first to the last."""
    chosen = np.linspace(0, len(frames) - 1, COLUMNS).round().astype(int)
    return np.concatenate([frames[k] for k in chosen.tolist()], axis=1)


def main() -> None:
    """Make the sheet, and print what was noted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("footage", type=Path)
    parser.add_argument("prompt")
    parser.add_argument("sheet", type=Path)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    known = probe_clip(asked.footage)
    clip = Clip(
        path=asked.footage,
        width=known.width,
        height=known.height,
        duration_s=known.duration_s,
        has_sound=known.has_sound,
    )
    shot = Shot(
        prompt=read_prompt(asked.prompt),
        quality=Quality.STD,
        width=SIZE[0],
        height=SIZE[1],
        num_frames=asked.seconds * FPS,
        seed=asked.seed,
        feature=clip,
    )
    rendering = PrevisEngine().render(shot, lambda _: None)
    assert rendering.frames is not None
    new = [small(frame) for frame in rendering.frames if isinstance(frame, I420Frame)]
    with Footage() as footage:
        old = [small(frame) for frame in footage.frames(clip, *SIZE, round(clip.duration_s * FPS))]
    Image.fromarray(np.concatenate([row(old), row(new)], axis=0)).save(asked.sheet)
    print("\n".join(rendering.notes))


if __name__ == "__main__":
    main()
