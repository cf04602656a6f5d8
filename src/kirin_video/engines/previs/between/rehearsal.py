"""A very small clip of every kind between two pictures: what is loaded for it is there for the next."""

from __future__ import annotations

from typing import Final

import numpy as np

from kirin_video.engines.previs.between.air import Air
from kirin_video.engines.previs.between.choosing import Choice, choose
from kirin_video.engines.previs.between.kinship import Kinship
from kirin_video.engines.previs.between.passages import Passage, passed
from kirin_video.engines.previs.between.path import Path
from kirin_video.engines.previs.between.render import travelled
from kirin_video.engines.previs.between.takes import Takes
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.plan import ShotPlan

_FRAMES: Final = 5
_UNLIKE: Final = Passage.PUSH_THROUGH, Passage.WHIP_RIGHT, Passage.INK
"""One of each way in which passages are drawn."""


def rehearse(rgb: Rgb, plan: ShotPlan) -> None:
    """Load kernels and words by their use.

    Args:
        rgb: any small picture, uint8, (h, w, 3).
        plan: any.
    """
    last = np.ascontiguousarray(rgb[:, ::-1])
    height, width = rgb.shape[:2]
    air = Air(plan, width, height, num_frames=_FRAMES, seed=0)
    choose(rgb, last, plan, "")
    takes = Takes(rgb, last, plan, air, num_frames=_FRAMES, seed=0)
    for passage in _UNLIKE:
        for _ in passed(takes, passage, air, width=width, height=height, num_frames=_FRAMES):
            pass
    still = Kinship(Path(np.zeros((3, 3)), width, height), 0, 1.0, 1.0, 0.0, (0.0, 0.0))
    for _ in travelled(rgb, last, plan, Choice(still, None, None, ()), air, 0).frames(_FRAMES):
        pass
