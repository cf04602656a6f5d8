"""Filling a hole with texture from around it: patches matched over scales.

The method is the completion of Wexler, Shechtman and Irani ("Space-Time Completion of Video", 2007) with
the search of Barnes et al. ("PatchMatch", 2009), written for one thread and a fixed order, so that the
same picture and seed give the same bytes.
"""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numba import njit
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb

Mask = NDArray[np.bool_]
Canvas = NDArray[np.float32]
Match = NDArray[np.int32]

_RADIUS = 3
_COARSEST_PX = 48
_FINEST_PX = 400
_FINE_REACH = 12


@dataclass(frozen=True, slots=True)
class _Level:
    """One scale: ``state`` is 0 where known, 1 in the hole, 2 where it does not matter."""

    rgb: NDArray[np.float32]
    state: NDArray[np.uint8]
    source: Mask


def filled(rgb: Rgb, hole: Mask, usable: Mask, deepest_px: float, seed: int) -> Rgb:
    """The picture with ``hole`` painted over, using only patches that lie in ``usable``.

    Args:
        rgb: uint8, (h, w, 3).
        hole: what to paint, bool, (h, w).
        usable: where texture may be taken from, bool, (h, w); the hole itself never is.
        deepest_px: how far from its rim the hole gets texture; farther in it is only smooth, as it never
            comes to light.
        seed: for the search.
    """
    levels = _pyramid(rgb, hole, usable & ~hole, deepest_px)
    first = levels[0]
    start = cv2.inpaint(
        np.clip(first.rgb, 0, 255).astype(np.uint8), (~first.source).astype(np.uint8), 4, cv2.INPAINT_TELEA
    )
    canvas = np.where(first.state[..., None] > 0, start, first.rgb).astype(np.float32)
    match: NDArray[np.int32] | None = None
    for index, level in enumerate(levels):
        centers = _source_centers(level.source)
        if not centers.any():
            return _plain_fill(rgb, hole)
        if index > 0:
            canvas = _grown(canvas, level)
        match = _seeded_match(match, level.state, centers, seed + index)
        rounds = 6 if index < 2 else 2 if index < len(levels) - 1 else 1
        # what the coarse levels found is only made finer by the others
        reach = max(level.state.shape) // 2 if index < 2 else _FINE_REACH
        for turn in range(rounds):
            _search(canvas, level.state, centers, match, (2, reach), seed * 31 + index * 7 + turn)
            canvas = _vote(canvas, level.state, match)
    if match is not None:
        match[levels[-1].state != 1] = -1
    return _finished(rgb, hole, usable & ~hole, canvas, match)


def load() -> None:
    """Loads the kernels, for which the first of all fills otherwise waits."""
    rgb = np.random.default_rng(1).integers(0, 256, (64, 64, 3), np.uint8)
    hole = np.zeros((64, 64), np.bool_)
    hole[28:36, 28:36] = True
    filled(rgb, hole, ~hole, 8.0, seed=1)
    # pictures so small have no detail to be copied
    _copy_detail(rgb.copy(), rgb, hole, ~hole, np.full((32, 32, 2), 16, np.int32))


def _plain_fill(rgb: Rgb, hole: Mask) -> Rgb:
    """Diffusion only, where there is no texture to take."""
    return np.asarray(cv2.inpaint(rgb, hole.astype(np.uint8), 5, cv2.INPAINT_TELEA), np.uint8)


def _pyramid(rgb: Rgb, hole: Mask, source: Mask, deepest_px: float) -> list[_Level]:
    """Coarse to fine."""
    depth = cv2.distanceTransform((~source).astype(np.uint8), cv2.DIST_L2, 3)
    # pixels that are neither to be filled nor to be taken from are left out of every comparison
    ignored = (np.asarray(depth) > deepest_px) | (~hole & ~source)
    longest = max(rgb.shape[:2])
    size = float(min(longest, _FINEST_PX))
    known = _first_known(rgb, (hole, source, ignored), size / longest)
    levels: list[_Level] = []
    while True:
        levels.append(_level(known))
        if size <= _COARSEST_PX:
            return levels[::-1]
        size = (
            max(size * 0.6, float(_COARSEST_PX)) if size * 0.6 > _COARSEST_PX * 0.8 else float(_COARSEST_PX)
        )
        known = _shrunk(known, size / longest, rgb.shape)


@dataclass(frozen=True, slots=True)
class _Known:
    """A picture with shares of each pixel: in the hole, usable, of no matter; float32."""

    rgb: NDArray[np.float32]
    hole: NDArray[np.float32]
    source: NDArray[np.float32]
    ignored: NDArray[np.float32]


def _first_known(rgb: Rgb, masks: tuple[Mask, Mask, Mask], scale: float) -> _Known:
    """A picture at a share of its size, shrunk as bytes, which is soonest done."""
    size = max(8, round(rgb.shape[1] * scale)), max(8, round(rgb.shape[0] * scale))
    hole, source, ignored = (
        np.asarray(cv2.resize(255 * mask.view(np.uint8), size, interpolation=cv2.INTER_AREA), np.float32)
        / np.float32(255)
        for mask in masks
    )
    plain = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.float32)
    usable = cv2.resize(cv2.copyTo(rgb, masks[1].view(np.uint8)), size, interpolation=cv2.INTER_AREA)
    return _Known(_cleaned(plain, np.asarray(usable, np.float32), source), hole, source, ignored)


def _cleaned(plain: Canvas, usable: Canvas, share: NDArray[np.float32]) -> Canvas:
    """Colours of what is usable only, where any of it is."""
    weight = share[..., None]
    return np.where(weight > 0.05, usable / np.maximum(weight, np.float32(0.05)), plain).astype(np.float32)


def _shrunk(known: _Known, scale: float, shape: tuple[int, ...]) -> _Known:
    """The same at a share of the first picture's shape, colours averaged over what is usable only."""
    size = max(8, round(shape[1] * scale)), max(8, round(shape[0] * scale))
    planes = [
        np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)
        for plane in (known.rgb, known.hole, known.source, known.ignored)
    ]
    weighed = cv2.resize(known.rgb * known.source[..., None], size, interpolation=cv2.INTER_AREA)
    return _Known(_cleaned(planes[0], np.asarray(weighed, np.float32), planes[2]), *planes[1:])


def _level(known: _Known) -> _Level:
    hole = known.hole > 0.02
    state = np.where(known.ignored > 0.6, 2, hole).astype(np.uint8)
    return _Level(known.rgb, state, (known.source > 0.95) & ~hole)


def _source_centers(source: Mask) -> Mask:
    """Where a whole patch is known."""
    side = 2 * _RADIUS + 1
    centers = cv2.erode(source.astype(np.uint8), np.ones((side, side), np.uint8)) > 0
    centers[:_RADIUS] = False
    centers[-_RADIUS:] = False
    centers[:, :_RADIUS] = False
    centers[:, -_RADIUS:] = False
    return centers


def _grown(canvas: NDArray[np.float32], level: _Level) -> NDArray[np.float32]:
    height, width = level.state.shape
    bigger = cv2.resize(canvas, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.where(level.state[..., None] > 0, bigger, level.rgb).astype(np.float32)


def _seeded_match(
    match: Match | None, state: NDArray[np.uint8], centers: Mask, seed: int
) -> NDArray[np.int32]:
    """The match of the level below, scaled up; random where there is none or it became unusable."""
    height, width = state.shape
    candidates = np.argwhere(centers).astype(np.int32)
    random = np.random.default_rng(seed)
    draw = (np.asarray(random.uniform(0, 1, height * width), np.float64) * len(candidates)).astype(np.int64)
    fresh = candidates[draw].reshape(height, width, 2)
    if match is None:
        return np.ascontiguousarray(fresh)
    old_height, old_width = match.shape[:2]
    rows = np.minimum((np.arange(height, dtype=np.int64) * old_height) // height, old_height - 1)
    columns = np.minimum((np.arange(width, dtype=np.int64) * old_width) // width, old_width - 1)
    offset = match[rows][:, columns] - _grid(rows, columns)
    scale = np.array([height / old_height, width / old_width])
    here = _grid(np.arange(height, dtype=np.int64), np.arange(width, dtype=np.int64))
    there = np.rint(here + offset * scale).astype(np.int32)
    there[..., 0] = np.clip(there[..., 0], 0, height - 1)
    there[..., 1] = np.clip(there[..., 1], 0, width - 1)
    usable = centers[there[..., 0], there[..., 1]]
    return np.ascontiguousarray(np.where(usable[..., None], there, fresh), np.int32)


def _grid(rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """(row, column) of every crossing, int64, (len(rows), len(columns), 2)."""
    out = np.empty((len(rows), len(columns), 2), np.int64)
    out[..., 0] = rows[:, None]
    out[..., 1] = columns[None, :]
    return out


def _finished(
    rgb: Rgb, hole: Mask, source: Mask, canvas: NDArray[np.float32], match: NDArray[np.int32] | None
) -> Rgb:
    """The fill at full size: detail copied along the matches, diffusion-smooth where they fail."""
    height, width = hole.shape
    smooth = cv2.resize(
        np.clip(np.rint(canvas), 0, 255).astype(np.uint8), (width, height), interpolation=cv2.INTER_CUBIC
    )
    out = rgb.copy()
    cv2.copyTo(np.asarray(smooth, np.uint8), hole.view(np.uint8), out)
    if match is not None and match.shape[:2] != hole.shape:
        _copy_detail(out, rgb, hole, source, match)
    return out


@njit(cache=True, nogil=True)
def _distance(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    canvas: Canvas, state: NDArray[np.uint8], ty: int, tx: int, sy: int, sx: int, best: np.float32
) -> np.float32:
    """Squared difference of two patches, stopped once above ``best``; what is known counts double."""
    height, width = state.shape
    total = np.float32(0.0)
    weights = np.float32(0.0)
    for dy in range(-_RADIUS, _RADIUS + 1):
        y = ty + dy
        if y < 0 or y >= height:
            continue
        for dx in range(-_RADIUS, _RADIUS + 1):
            x = tx + dx
            if x < 0 or x >= width or state[y, x] == 2:
                continue
            a = canvas[y, x, 0] - canvas[sy + dy, sx + dx, 0]
            b = canvas[y, x, 1] - canvas[sy + dy, sx + dx, 1]
            c = canvas[y, x, 2] - canvas[sy + dy, sx + dx, 2]
            weight = np.float32(1.0) if state[y, x] else np.float32(2.0)
            total += weight * (a * a + b * b + c * c)
            weights += weight
        if total > best * np.float32(98.0):
            return np.float32(1e30)
    # a gentle preference for what lies near and level keeps horizons and floors where they are
    drift = np.float32(abs(sy - ty)) / np.float32(height) + np.float32(0.5) * np.float32(
        abs(sx - tx)
    ) / np.float32(width)
    return total / max(weights, np.float32(1.0)) + np.float32(450.0) * drift


@njit(cache=True, nogil=True)
def _search(  # noqa: C901, PLR0913, PLR0917 - one loop, kept whole for the compiler
    canvas: Canvas,
    state: NDArray[np.uint8],
    centers: Mask,
    match: Match,
    effort: tuple[int, int],
    seed: int,
) -> None:
    """Improves the match of every hole pixel: from neighbours, then at random, ever nearer.

    ``effort`` is how often, and how far away a random match may lie.
    """
    height, width = state.shape
    rounds, farthest = effort
    dice = np.uint64(seed * 2654435761 + 88172645463325252)
    for turn in range(rounds):
        forwards = turn % 2 == 0
        step = -1 if forwards else 1
        for row in range(height):
            y = row if forwards else height - 1 - row
            for column in range(width):
                x = column if forwards else width - 1 - column
                if state[y, x] != 1:
                    continue
                my = match[y, x, 0]
                mx = match[y, x, 1]
                best = _distance(canvas, state, y, x, my, mx, np.float32(1e30))
                for side in range(2):
                    ny = y + (step if side == 0 else 0)
                    nx = x + (step if side == 1 else 0)
                    if ny < 0 or ny >= height or nx < 0 or nx >= width or state[ny, nx] != 1:
                        continue
                    sy = match[ny, nx, 0] + (y - ny)
                    sx = match[ny, nx, 1] + (x - nx)
                    if 0 <= sy < height and 0 <= sx < width and centers[sy, sx]:
                        distance = _distance(canvas, state, y, x, sy, sx, best)
                        if distance < best:
                            best, my, mx = distance, sy, sx
                reach = farthest
                while reach >= 1:
                    dice ^= dice << np.uint64(13)
                    dice ^= dice >> np.uint64(7)
                    dice ^= dice << np.uint64(17)
                    span = np.uint64(2 * reach + 1)
                    sy = my + np.int64((dice >> np.uint64(8)) % span) - reach
                    sx = mx + np.int64((dice >> np.uint64(36)) % span) - reach
                    if 0 <= sy < height and 0 <= sx < width and centers[sy, sx]:
                        distance = _distance(canvas, state, y, x, sy, sx, best)
                        if distance < best:
                            best, my, mx = distance, sy, sx
                    reach //= 2
                match[y, x, 0] = my
                match[y, x, 1] = mx


@njit(cache=True, nogil=True)
def _vote(canvas: Canvas, state: NDArray[np.uint8], match: Match) -> Canvas:
    """Each hole pixel becomes the weighted mean of what the patches over it say."""
    height, width = state.shape
    out = canvas.copy()
    reach = 2
    for y in range(height):
        for x in range(width):
            if state[y, x] != 1:
                continue
            r = np.float32(0.0)
            g = np.float32(0.0)
            b = np.float32(0.0)
            weights = np.float32(0.0)
            for dy in range(-reach, reach + 1):
                for dx in range(-reach, reach + 1):
                    ny = y + dy
                    nx = x + dx
                    if ny < 0 or ny >= height or nx < 0 or nx >= width or state[ny, nx] != 1:
                        continue
                    sy = match[ny, nx, 0] - dy
                    sx = match[ny, nx, 1] - dx
                    weight = np.float32(1.0) / np.float32(1.0 + dy * dy + dx * dx)
                    r += weight * canvas[sy, sx, 0]
                    g += weight * canvas[sy, sx, 1]
                    b += weight * canvas[sy, sx, 2]
                    weights += weight
            out[y, x, 0] = r / weights
            out[y, x, 1] = g / weights
            out[y, x, 2] = b / weights
    return out


@njit(cache=True, nogil=True)
def _copy_detail(base: Rgb, rgb: Rgb, hole: Mask, source: Mask, match: Match) -> None:
    """Blends what four neighbouring matches copy at full size into ``base``."""
    height, width = hole.shape
    rows, columns = match.shape[0], match.shape[1]
    scale_y = height / rows
    scale_x = width / columns
    for y in range(height):
        for x in range(width):
            if not hole[y, x]:
                continue
            v = (y + 0.5) / scale_y - 0.5
            u = (x + 0.5) / scale_x - 0.5
            iy = int(v + 1.0) - 1
            ix = int(u + 1.0) - 1
            r = 0.0
            g = 0.0
            b = 0.0
            weights = 0.0
            for dy in range(2):
                for dx in range(2):
                    my = min(max(iy + dy, 0), rows - 1)
                    mx = min(max(ix + dx, 0), columns - 1)
                    weight = (1.0 - abs(v - (iy + dy))) * (1.0 - abs(u - (ix + dx)))
                    sy = y + round((match[my, mx, 0] - my) * scale_y)
                    sx = x + round((match[my, mx, 1] - mx) * scale_x)
                    if (
                        match[my, mx, 0] >= 0
                        and weight > 0.0
                        and 0 <= sy < height
                        and 0 <= sx < width
                        and source[sy, sx]
                    ):
                        r += weight * rgb[sy, sx, 0]
                        g += weight * rgb[sy, sx, 1]
                        b += weight * rgb[sy, sx, 2]
                        weights += weight
            if weights > 0.05:
                base[y, x, 0] = np.uint8(r / weights + 0.5)
                base[y, x, 1] = np.uint8(g / weights + 0.5)
                base[y, x, 2] = np.uint8(b / weights + 0.5)
