"""What moves of itself between two pictures of one scene: water and leaves that either picture shows."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.between.aiming import SWAY_STEP
from kirin_video.engines.previs.between.fields import Fields
from kirin_video.engines.previs.photo import life
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.regions import Regions, find_regions, find_sky
from kirin_video.engines.previs.photo.scene import working_copy
from kirin_video.engines.previs.photo.superpixels import split
from kirin_video.engines.previs.side_by_side import both

Plane = NDArray[np.float32]

_USUAL_HORIZON = 0.45


class Stirring:
    """Life in the view half way, as displacements that are nothing at both ends.

    Args:
        found: what either picture shows, see :func:`what_lives`.
        fields: how both lie in the view half way.
        shape: height and width of the pictures.
        seed: of the waves.
    """

    def __init__(
        self, found: tuple[Regions, Regions], fields: Fields, shape: tuple[int, ...], *, seed: int
    ) -> None:
        self._horizons = tuple(each.horizon or _USUAL_HORIZON for each in found)
        rows, columns = (side // SWAY_STEP for side in fields.sure_first.shape)
        step = fields.step * SWAY_STEP
        height, width = shape
        self._unit = max(width, height) / 1280.0
        x = fields.origin[0] + np.arange(columns, dtype=np.float32) * np.float32(step)
        y = fields.origin[1] + np.arange(rows, dtype=np.float32) * np.float32(step)
        self._at = np.meshgrid(x, y)
        self._water, self._leaves = (
            np.maximum(
                *(
                    self._brought(plane, matrix, shape)
                    for plane, matrix in (
                        (getattr_(found[0]), fields.first_from),
                        (getattr_(found[1]), fields.last_from),
                    )
                )
            )
            for getattr_ in (_water_of, _leaves_of)
        )
        self._calm = not (self._water.any() or self._leaves.any())
        self._phases = np.random.default_rng([seed, 5]).uniform(0, 2 * np.pi, 8).astype(np.float32)
        self._still = np.zeros((2, 1, 1), np.float32)

    def horizon(self, way: float) -> float:
        """Where the ground ends, as a share of the frame's height."""
        return self._horizons[0] + (self._horizons[1] - self._horizons[0]) * way

    def sway(self, time_s: float, held: float) -> Plane:
        """How far what lives is from where it was photographed, pixels of the view half way: (2, h, w)."""
        if self._calm:
            return self._still
        x, y = (plane / np.float32(self._unit) for plane in self._at)
        shift = np.zeros((2, *x.shape), np.float32)
        for plane, motion in ((self._water, life.waves), (self._leaves, life.flutter)):
            if plane.any():
                amount = plane * np.float32(self._unit * held)
                dx, dy = motion(x, y, time_s, self._phases)
                shift[0] += amount * dx
                shift[1] += amount * dy
        return shift

    def light(self, shape: tuple[int, ...], time_s: float, held: float) -> Plane:
        """Gain of the light at every node: it wanders a little."""
        gain = life.breathing(self._phases, (shape[0], shape[1]), time_s, calm=self._calm)
        return (1.0 + held * (gain - 1.0)).astype(np.float32)

    def _brought(self, plane: Plane, matrix: NDArray[np.float64], shape: tuple[int, ...]) -> Plane:
        """A plane of a picture, of any size, in the view half way."""
        x, y = self._at
        below = matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2]
        u = (matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]) / below * (plane.shape[1] / shape[1])
        v = (matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]) / below * (plane.shape[0] / shape[0])
        brought = cv2.remap(
            plane,
            u.astype(np.float32),
            v.astype(np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(brought, np.float32)


def what_lives(first: Rgb, last: Rgb, *, sea_expected: bool) -> tuple[Regions, Regions]:
    """Sky, water and leaves of both pictures.

    Args:
        first: the picture that opens the clip.
        last: the one that ends it.
        sea_expected: whether the prompt speaks of the sea or a beach.
    """
    return both(
        lambda: _regions(first, sea_expected=sea_expected), lambda: _regions(last, sea_expected=sea_expected)
    )


def _water_of(found: Regions) -> Plane:
    return found.water


def _leaves_of(found: Regions) -> Plane:
    return found.leaves


def _regions(rgb: Rgb, *, sea_expected: bool) -> Regions:
    small = working_copy(rgb)
    pieces = split(small)
    sky = find_sky(small, pieces)
    return find_regions(small, pieces, sky, np.zeros_like(sky), sea_expected=sea_expected)
