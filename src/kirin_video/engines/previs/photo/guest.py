"""Somebody who comes into a photograph: a layer of its own that moves by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.layers import Layer

Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Guest:
    """One who comes in.

    Attributes:
        layer: how it looks at rest, at the picture's size.
        near: its disparity: what of the picture is nearer hides it.
        stir: takes coordinates in the picture, a grid of float32, (3, rows, columns), to those in the layer,
            in place, at a time in seconds.
        opacity: 0 to 1 at a time in seconds; 0 at the first frame.
    """

    layer: Layer
    near: float
    stir: Callable[[Plane, float], None]
    opacity: Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Ground:
    """What guests need to know of a picture.

    Attributes:
        rgb: the picture, uint8, (H, W, 3).
        subject: where its own subject is, bool, at the working size.
        land: the disparity of everything but sky and subject, float32, at the working size.
        horizon: the row where land and sky meet, as a share of the height; None where no sky tells.
        subject_near: the subject's disparity.
        leaves: where it is green and busy, 0 to 1, float32, at the working size.
    """

    rgb: NDArray[np.uint8]
    subject: NDArray[np.bool_]
    land: Plane
    horizon: float | None
    subject_near: float
    leaves: Plane


Invite = Callable[[Ground], Sequence[Guest]]
"""Says who comes into a picture."""
