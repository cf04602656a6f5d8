"""Dense motion between small frames: DIS flow (Kroeger et al. 2016)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Grey = NDArray[np.uint8]


class Flow:
    """Measures motion.

    Args:
        careful: whether to take three times as long, for frames that lie further apart.
    """

    def __init__(self, *, careful: bool = False) -> None:
        fast, faster = cv2.DISOPTICAL_FLOW_PRESET_FAST, cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST
        self._dis = cv2.DISOpticalFlow.create(fast if careful else faster)

    def between(self, here: Grey, there: Grey) -> Plane:
        """Where each point of one frame is in another, relative to itself: float32, (h, w, 2), in pixels."""
        motion = np.zeros((*here.shape, 2), np.float32)
        return np.asarray(self._dis.calc(here, there, motion), np.float32)


def carried(plane: Plane, motion: Plane) -> Plane:
    """A plane of one frame as it looks in another, along the motion from the other to the one."""
    height, width = plane.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    moved = cv2.remap(
        plane, x + motion[..., 0], y + motion[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(moved, np.float32)
