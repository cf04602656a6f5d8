"""What is worn under shoes: skis and skates."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.palette import Rgb
from kirin_video.engines.previs.bodies.person.worn.wardrobe import Wardrobe
from kirin_video.engines.previs.bodies.trims import bead, horn


def skis(w: Wardrobe, color: Rgb) -> None:
    """A long narrow board below each foot, its tip turned up."""
    for side in SIDES:
        _, _, ankle, ball, _ = w.f.legs[side]
        foot, z = f"foot_{side}", float(ball[2])
        middle = np.array([float(ankle[0]) + 0.03, 0.004, z])
        w.skin.trim(bead(middle, (0.455, 0.0060, 0.026), color, level=3), foot, gloss=0.6)
        tip = [middle + np.array(at) for at in ((0.37, 0.001, 0.0), (0.44, 0.008, 0.0), (0.49, 0.035, 0.0))]
        w.skin.trim(horn(tip, (0.013, 0.014, 0.005), color, color, sides=8), foot, gloss=0.6)
        binding = bead(
            middle + np.array([-0.005, 0.012, 0.0]), (0.085, 0.010, 0.027), (0.1, 0.1, 0.11), level=1
        )
        w.skin.trim(binding, foot, gloss=0.4)


def skates(w: Wardrobe, color: Rgb) -> None:
    """A blade below each boot."""
    del color
    steel = (0.80, 0.82, 0.86)
    for side in SIDES:
        _, _, ankle, ball, _ = w.f.legs[side]
        middle = np.array([0.5 * float(ankle[0] + ball[0]) + 0.005, -0.012, float(ball[2])])
        w.skin.trim(bead(middle, (0.088, 0.012, 0.0035), steel, level=2), f"foot_{side}", gloss=0.95)
