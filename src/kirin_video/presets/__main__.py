"""Draws one preset: ``python -m kirin_video.presets NUMBER FOLDER`` writes 0.png, 1.png ... there."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

from kirin_video.presets.catalogue import SIDE_PX
from kirin_video.presets.clay import draw
from kirin_video.presets.subjects import SUBJECTS, VIEWS


def main() -> None:
    """Draw the preset of the first argument into the folder of the second."""
    subject, folder = SUBJECTS[int(sys.argv[1])], Path(sys.argv[2])
    for view, (yaw, pitch) in enumerate(VIEWS):
        Image.fromarray(draw(subject, yaw, pitch, SIDE_PX)).save(folder / f"{view}.png")


if __name__ == "__main__":
    main()
