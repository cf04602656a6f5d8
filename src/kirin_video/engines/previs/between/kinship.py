"""Whether two pictures show one scene: features that both have, and the homography that most of them obey."""

# ruff: noqa: PLR2004 - the numbers are thresholds that were tuned by looking
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.between.crops import crop_of
from kirin_video.engines.previs.between.path import Path, path_of
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.side_by_side import both

Points = NDArray[np.float32]
Matrix = NDArray[np.float64]

_LOOKS: Final = (384, 1000), (640, 2500)
"""The longer side, pixels, and how many features are looked for: the second look is for what the first leaves
open. Whoever travels measures what is left beside the camera's way, so that a rough one does."""
_HARDLY: Final = 6
"""Pictures that have fewer features in common, right or wrong, show two scenes."""
_PLENTY: Final = 48
_RATIO: Final = 0.78
_NEAR_PX: Final = 3.0
_LEAST_MATCHES, _LEAST_SHARE = 16, 0.22
_LARGEST_SCALE: Final = 5.0
_AS_GOOD: Final = 0.86
"""A similarity that explains so much of what a homography does is believed instead: it bends nothing."""


@dataclass(frozen=True, slots=True)
class Kinship:
    """How two pictures of one scene are related.

    Attributes:
        path: the camera's way from the first to the last.
        matches: how many features agree with it; 0 where one picture is a part of the other.
        share: of all that both pictures seem to have.
        zoom: how much larger things are in the last picture.
        turn: by how many degrees they are turned clockwise.
        shift: how far the middle moves, as shares of width and height, rightwards and downwards.
    """

    path: Path
    matches: int
    share: float
    zoom: float
    turn: float
    shift: tuple[float, float]


def kinship(first: Rgb, last: Rgb) -> Kinship | None:
    """How two pictures of one size are related; None where they do not show one scene.

    Features are SIFT's (Lowe 2004), the fit is MAGSAC++ (Barath et al. 2020).
    """
    height, width = first.shape[:2]
    found: tuple[Matrix, int, float] | None = None
    scale = 1.0
    for longest, features in _LOOKS:
        scale = min(1.0, longest / max(width, height))
        greys = _grey(first, scale), _grey(last, scale)
        here, there = _matched(*greys, features)
        if len(here) < _HARDLY:
            break
        found = _by_features(here, there)
        if found is not None and found[1] >= _PLENTY:
            break
    found = found or _by_part(*(_grey(rgb, scale) for rgb in (first, last)))
    if found is None:
        return None
    matrix, matches, share = found
    shrink = np.diag([scale, scale, 1.0])
    whole = np.linalg.inv(shrink) @ matrix @ shrink
    whole /= whole[2, 2]
    if not _plausible(whole, width, height):
        return None
    path = path_of(whole, width, height)
    return None if path is None else _described(path, whole, matches, share)


def _by_features(here: Points, there: Points) -> tuple[Matrix, int, float] | None:
    """The homography that most features obey, how many and which share of all."""
    if len(here) < _LEAST_MATCHES:
        return None
    found = _fitted(here, there)
    if found is None:
        return None
    matrix, inliers = found
    share = float(inliers.mean())
    return (
        None
        if inliers.sum() < _LEAST_MATCHES or share < _LEAST_SHARE
        else (matrix, int(inliers.sum()), share)
    )


def _by_part(first: NDArray[np.uint8], last: NDArray[np.uint8]) -> tuple[Matrix, int, float] | None:
    """The same where one picture is an enlarged part of the other, as plain ones with few features are."""
    inwards = crop_of(first, last)
    if inwards is not None:
        return inwards, 0, 1.0
    outwards = crop_of(last, first)
    return None if outwards is None else (np.asarray(np.linalg.inv(outwards), np.float64), 0, 1.0)


def _grey(rgb: Rgb, scale: float) -> NDArray[np.uint8]:
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _matched(first: NDArray[np.uint8], last: NDArray[np.uint8], features: int) -> tuple[Points, Points]:
    """Where the same features are in both, (n, 2) each: each other's best, and clearly the best."""
    (points, told), (others, told_there) = both(
        lambda: _features(first, features), lambda: _features(last, features)
    )
    none = np.zeros((0, 2), np.float32)
    if len(points) < 4 or len(others) < 4:
        return none, none
    squares = _squares(told, told_there)
    forth, back = _best(squares), _best(np.ascontiguousarray(squares.T))
    pairs = [(i, j) for i, j in forth.items() if back.get(j) == i]
    if not pairs:
        return none, none
    here = np.array([points[i].pt for i, _ in pairs], np.float32)
    there = np.array([others[j].pt for _, j in pairs], np.float32)
    # features of several turns at one place count once
    _, once = np.unique(np.round(np.hstack([here, there])), axis=0, return_index=True)
    kept = np.sort(once)
    return here[kept], there[kept]


def _features(grey: NDArray[np.uint8], most: int) -> tuple[Sequence[cv2.KeyPoint], NDArray[np.float32]]:
    sift = cv2.SIFT.create(most, contrastThreshold=0.02)
    points, told = sift.detectAndCompute(grey, None)  # pyright: ignore[reportCallIssue,reportArgumentType]
    return points, np.asarray(told, np.float32)


def _squares(told: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """Squared distances of all descriptions from all others: float32, (n, m)."""
    lengths = np.einsum("ij,ij->i", told, told)[:, None] + np.einsum("ij,ij->i", others, others)[None, :]
    return (lengths - np.float32(2.0) * (told @ others.T)).astype(np.float32)


def _best(squares: NDArray[np.float32]) -> dict[int, int]:
    """For every row, the column that is nearest by far."""
    rows = np.arange(len(squares))
    nearest = np.argmin(squares, axis=1)
    least = squares[rows, nearest].copy()
    squares[rows, nearest] = np.inf
    second = squares.min(axis=1)
    squares[rows, nearest] = least
    clear = least < _RATIO**2 * second
    return {int(i): int(nearest[i]) for i in rows[clear]}


def _fitted(here: Points, there: Points) -> tuple[Matrix, NDArray[np.bool_]] | None:
    cv2.setRNGSeed(7)
    matrix, kept = cv2.findHomography(here, there, cv2.USAC_MAGSAC, _NEAR_PX, maxIters=4000, confidence=0.999)
    if _is_missing(matrix):
        return None
    inliers = np.asarray(kept).ravel() > 0
    cv2.setRNGSeed(7)
    plain, kept_plain = cv2.estimateAffinePartial2D(
        here, there, method=cv2.RANSAC, ransacReprojThreshold=_NEAR_PX, maxIters=4000
    )
    if not _is_missing(plain):
        inliers_plain = np.asarray(kept_plain).ravel() > 0
        if inliers_plain.sum() >= _AS_GOOD * inliers.sum():
            similar = np.vstack([np.asarray(plain, np.float64), [0.0, 0.0, 1.0]])
            return similar, inliers_plain
    return np.asarray(matrix, np.float64), inliers


def _is_missing(found: object) -> bool:
    """OpenCV gives None where nothing fits, and its types do not say so."""
    return found is None


def _plausible(matrix: Matrix, width: int, height: int) -> bool:
    """Whether a camera could have done it: nothing is folded, mirrored, or blown up beyond measure."""
    corners = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]], np.float64)
    seen = corners @ matrix.T
    if np.any(seen[:, 2] < 0.2) or np.any(seen[:, 2] > 5.0):
        return False
    at = seen[:, :2] / seen[:, 2:]
    sides = np.roll(at, -1, axis=0) - at
    following = np.roll(sides, -1, axis=0)
    turning = sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0]
    if np.any(turning <= 0.0):
        return False
    growth = float(np.sqrt(abs(_area(at)) / (width * height)))
    shared = cv2.intersectConvexConvex(at.astype(np.float32), corners[:, :2].astype(np.float32))[0]
    overlap = shared / (width * height)
    return 1.0 / _LARGEST_SCALE < growth < _LARGEST_SCALE and overlap > 0.04


def _area(at: Matrix) -> float:
    x, y = at.T
    return 0.5 * float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))


def _described(path: Path, matrix: Matrix, matches: int, share: float) -> Kinship:
    width, height = path.width, path.height
    middle = np.array([(width - 1) / 2, (height - 1) / 2, 1.0])
    there = matrix @ middle
    there = there[:2] / there[2]
    beside = matrix @ (middle + np.array([1.0, 0.0, 0.0]))
    step = beside[:2] / beside[2] - there
    corners = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]], np.float64) @ matrix.T
    growth = float(np.sqrt(abs(_area(corners[:, :2] / corners[:, 2:])) / (width * height)))
    shift = (float(there[0] - middle[0]) / width, float(there[1] - middle[1]) / height)
    turn = float(np.degrees(np.arctan2(step[1], step[0])))
    return Kinship(path, matches, share, growth, turn, shift)
