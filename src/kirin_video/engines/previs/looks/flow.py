"""How things moved between two frames: small patches followed from coarse to fine.

Inverse compositional Lucas-Kanade on a grid of patches (Baker and Matthews, 2004), neighbours' answers being
candidates. OpenCV's dense flow is not used: its answer depends on the number of threads.
"""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.looks.jit import compiled
from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.planes import Plane, Real
from kirin_video.engines.previs.looks.raster import AREA, boxed, median_of_nine, resized
from kirin_video.engines.previs.sampling import bilinear

_SMALL_PX = 320
"""Motion is looked for in pictures about this wide."""

_STRIDE = 4
_PATCH = 8
_LEVELS = 4
_NOISE = 10.0
"""Sum of squared differences, over sixteen pixels, by which rest may be worse and is still believed."""


@compiled
def _misfit(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    now: Real, before: Real, x0: int, y0: int, dx: np.float32, dy: np.float32
) -> np.float32:
    """Sum of squared differences of a patch against one that lies (dx, dy) away in the frame before."""
    total = np.float32(0.0)
    for i in range(0, _PATCH, 2):
        for j in range(0, _PATCH, 2):
            error = bilinear(before, np.float32(x0 + j) + dx, np.float32(y0 + i) + dy) - now[y0 + i, x0 + j]
            total += error * error
    return total


@compiled
def _follow(  # noqa: C901, PLR0912 - one patch is followed in one go
    now: Real, before: Real, guess: Flow, found: Flow, trust: Real
) -> None:
    """Follow every patch of the grid, from a guess."""
    rows, columns = found.shape[0], found.shape[1]
    height, width = now.shape
    for gy in range(rows):
        for gx in range(columns):
            x0 = min(max(gx * _STRIDE - 2, 1), width - _PATCH - 1)
            y0 = min(max(gy * _STRIDE - 2, 1), height - _PATCH - 1)
            dx, dy = guess[gy, gx, 0], guess[gy, gx, 1]
            best = _misfit(now, before, x0, y0, dx, dy)
            for candidate in range(3):
                cx, cy = np.float32(0.0), np.float32(0.0)
                if candidate == 1 and gx > 0:
                    cx, cy = found[gy, gx - 1, 0], found[gy, gx - 1, 1]
                if candidate == 2 and gy > 0:
                    cx, cy = found[gy - 1, gx, 0], found[gy - 1, gx, 1]
                misfit = _misfit(now, before, x0, y0, cx, cy)
                # rest is believed first: noise must not move what stands still
                if misfit < best * np.float32(0.98) or (
                    candidate == 0 and misfit <= best * np.float32(1.02) + np.float32(24.0)
                ):
                    best, dx, dy = misfit, cx, cy
            hxx, hxy, hyy = np.float32(32.0), np.float32(0.0), np.float32(32.0)
            for i in range(_PATCH):
                for j in range(_PATCH):
                    sx = (now[y0 + i, x0 + j + 1] - now[y0 + i, x0 + j - 1]) * np.float32(0.5)
                    sy = (now[y0 + i + 1, x0 + j] - now[y0 + i - 1, x0 + j]) * np.float32(0.5)
                    hxx += sx * sx
                    hxy += sx * sy
                    hyy += sy * sy
            area = hxx * hyy - hxy * hxy
            from_x, from_y = dx, dy
            for _ in range(5):
                if best < np.float32(16.0):
                    break
                bx, by = np.float32(0.0), np.float32(0.0)
                for i in range(_PATCH):
                    for j in range(_PATCH):
                        sx = (now[y0 + i, x0 + j + 1] - now[y0 + i, x0 + j - 1]) * np.float32(0.5)
                        sy = (now[y0 + i + 1, x0 + j] - now[y0 + i - 1, x0 + j]) * np.float32(0.5)
                        error = (
                            bilinear(before, np.float32(x0 + j) + dx, np.float32(y0 + i) + dy)
                            - now[y0 + i, x0 + j]
                        )
                        bx += sx * error
                        by += sy * error
                step_x = (hyy * bx - hxy * by) / area
                step_y = (hxx * by - hxy * bx) / area
                dx -= step_x
                dy -= step_y
                if step_x * step_x + step_y * step_y < np.float32(0.0009):
                    break
            moved = max(abs(dx - from_x), abs(dy - from_y))
            last = _misfit(now, before, x0, y0, dx, dy)
            if moved > np.float32(6.0) or last > best:
                dx, dy, last = from_x, from_y, best
            at_rest = _misfit(now, before, x0, y0, np.float32(0.0), np.float32(0.0))
            if at_rest <= last * np.float32(1.15) + np.float32(_NOISE):
                dx, dy, last = np.float32(0.0), np.float32(0.0), at_rest
            found[gy, gx, 0], found[gy, gx, 1] = dx, dy
            least = np.float32(0.5) * (
                hxx + hyy - np.sqrt((hxx - hyy) * (hxx - hyy) + np.float32(4.0) * hxy * hxy)
            )
            trust[gy, gx] = least / (least + np.float32(900.0)) / (
                np.float32(1.0) + last * np.float32(0.002)
            ) + np.float32(0.002)


class FlowFinder:
    """Finds motion from frame to frame of one clip.

    Args:
        width: of the frames, pixels.
        height: of the frames, pixels.
    """

    def __init__(self, width: int, height: int) -> None:
        self._step = max(1, round(max(width, height) / _SMALL_PX))
        self._size = max(width // self._step, 16), max(height // self._step, 16)
        self._scale = width / self._size[0], height / self._size[1]
        self._before: list[Real] | None = None

    def next(self, y: Plane) -> Flow | None:
        """The motion since the frame before.

        Args:
            y: luma of the frame.

        Returns:
            A grid of ways; None for the first frame.
        """
        now = self._pyramid(y)
        before, self._before = self._before, now
        if before is None:
            return None
        flow: Flow | None = None
        trust: Real | None = None
        for here, there in zip(reversed(now), reversed(before), strict=True):
            rows, columns = -(-here.shape[0] // _STRIDE), -(-here.shape[1] // _STRIDE)
            if flow is None:
                guess = np.zeros((rows, columns, 2), np.float32)
            else:
                guess = resized(flow, columns, rows) * 2
            guess = np.ascontiguousarray(guess, np.float32)
            found, trust = np.empty_like(guess), np.empty((rows, columns), np.float32)
            _follow(here, there, guess, found, trust)
            flow = _agreed(found, trust)
        assert flow is not None
        return flow * np.array(self._scale, np.float32)

    def _pyramid(self, y: Plane) -> list[Real]:
        small = resized(y, *self._size, AREA)
        levels = [small.astype(np.float32)]
        while len(levels) < _LEVELS and min(levels[-1].shape) >= 4 * _PATCH:
            rows, columns = levels[-1].shape
            levels.append(resized(levels[-1], columns // 2, rows // 2, AREA))
        return levels


def _agreed(found: Flow, trust: Real) -> Flow:
    """Outliers voted down; patches that see nothing follow their neighbours."""
    out = np.empty_like(found)
    weight = boxed(trust, 5, 5)
    for axis in range(2):
        one = median_of_nine(found[..., axis])
        around = boxed(one * trust, 5, 5) / weight
        share = np.minimum(trust / np.float32(0.3), np.float32(0.85))
        out[..., axis] = around + (one - around) * share
    return out
