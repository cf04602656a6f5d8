"""Blurring what is out of focus, at half the picture's size.

What lies behind the sharp subject and what lies before it are two layers. Each pixel of a layer gathers
from a disc around it the pixels whose own discs reach it (scatter as gather, after Potmesil and Chakravarty
1981). The subject is in neither layer: it neither smears over what is behind it nor gets a halo of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.compiling import compiled
from kirin_video.engines.previs.gl.matrices import FAR_M, NEAR_M
from kirin_video.engines.previs.glass import SHARP, STEPS

Plane = NDArray[np.uint8]
Floats = NDArray[np.float32]

_TAPS = 15
_TILE = 8
_WIDE = 1.6
"""Radii above this are smoothed."""
_LEAST = 0.35
"""Radii below this, in pixels of half size, are left alone."""


@compiled
def blur_codes(depth: NDArray[np.uint16], focus: NDArray[np.float64], out: Plane) -> None:
    """How blurred every pixel is, as in `glass`.

    Args:
        depth: (H, W), OpenGL's depth buffer, which holds inverse distances.
        focus: (4,), as a plate tells it.
        out: (H, W), in the same order of rows.
    """
    nearest, slope = np.float32(1.0 / NEAR_M), np.float32((1.0 / NEAR_M - 1.0 / FAR_M) / 65535.0)
    strength, most = np.float32(focus[0] * STEPS), np.float32(focus[3] * STEPS)
    near, far = np.float32(focus[1]), np.float32(focus[2])
    for i in range(depth.shape[0]):
        for j in range(depth.shape[1]):
            inverse = nearest - slope * np.float32(depth[i, j])
            behind = max(far - inverse, np.float32(0.0)) + min(near - inverse, np.float32(0.0))
            blur = min(max(behind * strength, -most), most)
            out[i, j] = np.uint8(blur + np.float32(SHARP + 0.5))


@compiled
def _halve(y: Plane, blur: Plane, layers: Floats, radii: Floats) -> None:
    """Brightness of both layers and their radii at half size.

    Args:
        y: luma, (H, W).
        blur: (H, W), the bottom row first.
        layers: (2, H / 2, W / 2, 3), what is behind and what is before; only the luma is written.
        radii: (2, H / 2, W / 2).
    """
    height = y.shape[0]
    rows, columns = radii.shape[1], radii.shape[2]
    for i in range(rows):
        for j in range(columns):
            behind, before = np.int32(0), np.int32(0)
            for k in range(4):
                s = np.int32(blur[height - 1 - 2 * i - (k >> 1), 2 * j + (k & 1)]) - SHARP
                behind, before = max(behind, s), min(before, s)
            far, far_count, near, near_count = np.int32(0), np.int32(0), np.int32(0), np.int32(0)
            for k in range(4):
                s = np.int32(blur[height - 1 - 2 * i - (k >> 1), 2 * j + (k & 1)]) - SHARP
                value = np.int32(y[2 * i + (k >> 1), 2 * j + (k & 1)])
                # Of a border only the pixels on the layer's side count.
                if 2 * s >= behind:
                    far += value
                    far_count += 1
                if 2 * s <= before:
                    near += value
                    near_count += 1
            layers[0, i, j, 0] = np.float32(far) / np.float32(max(far_count, 1))
            layers[1, i, j, 0] = np.float32(near) / np.float32(max(near_count, 1))
            radii[0, i, j] = np.float32(behind) / np.float32(STEPS)
            radii[1, i, j] = np.float32(-before) / np.float32(STEPS)


@compiled
def _spread(radii: Floats, tiles: Floats, reach: Floats) -> None:
    """The largest radius in every tile and those around it, and in every tile."""
    rows, columns = tiles.shape
    tiles[:] = np.float32(0.0)
    for i in range(radii.shape[0]):
        for j in range(radii.shape[1]):
            tile = min(i // _TILE, rows - 1), min(j // _TILE, columns - 1)
            tiles[tile] = max(tiles[tile], radii[i, j])
    for i in range(rows):
        for j in range(columns):
            most = np.float32(0.0)
            for m in range(max(i - 1, 0), min(i + 2, rows)):
                for n in range(max(j - 1, 0), min(j + 2, columns)):
                    most = max(most, tiles[m, n])
            reach[i, j] = most


@compiled
def _gather(  # noqa: PLR0913, PLR0917 -- numba kernels take arrays, not objects
    layer: Floats, radii: Floats, reach: Floats, taps: Floats, out: Floats, cover: Floats
) -> None:
    """Blur one layer.

    Args:
        layer: (h, w, 3), its colours.
        radii: (h, w), of its pixels' discs; 0 where it is not.
        reach: (h / 8, w / 8), the largest radius near by.
        taps: (n, 3), places in a disc of radius 1, and how far from its middle they are.
        out: (h, w, 3), the blurred colours, not weighed by the cover.
        cover: (h, w), how much of a pixel the layer covers, 0 to 1.
    """
    rows, columns = radii.shape
    count = np.float32(taps.shape[0])
    for i in range(rows):
        for j in range(columns):
            most = reach[min(i // _TILE, reach.shape[0] - 1), min(j // _TILE, reach.shape[1] - 1)]
            if most < _LEAST:
                cover[i, j] = np.float32(0.0)
                continue
            own = radii[i, j]
            # A pixel of the layer looks as far as its own disc reaches, others as far as any near by.
            size = own if own >= _LEAST else most
            first = np.float32(1.0) if own >= _LEAST else np.float32(0.0)
            total = first
            a, b, c = layer[i, j, 0] * first, layer[i, j, 1] * first, layer[i, j, 2] * first
            covered = first
            for k in range(taps.shape[0]):
                dx, dy = taps[k, 0] * size, taps[k, 1] * size
                # Positive numbers are rounded by cutting off.
                m = min(max(i - 64 + np.int64(dy + np.float32(64.5)), 0), rows - 1)
                n = min(max(j - 64 + np.int64(dx + np.float32(64.5)), 0), columns - 1)
                disc = radii[m, n]
                if disc < _LEAST:
                    continue
                weight = min(
                    max(disc - taps[k, 2] * size + np.float32(1.0), np.float32(0.0)), np.float32(1.0)
                )
                total += weight
                a += layer[m, n, 0] * weight
                b += layer[m, n, 1] * weight
                c += layer[m, n, 2] * weight
                share = size / max(disc, np.float32(0.7))
                covered += weight * share * share
            scale = np.float32(1.0) / max(total, np.float32(1e-6))
            out[i, j, 0], out[i, j, 1], out[i, j, 2] = a * scale, b * scale, c * scale
            cover[i, j] = (
                min(covered / count, np.float32(1.0)) if total > np.float32(0.0) else np.float32(0.0)
            )


@compiled
def _soften(out: Floats, cover: Floats, radii: Floats, smooth: Floats) -> None:
    """The mean of every pixel of a layer and its neighbours, where discs are wide: few taps leave a grain."""
    rows, columns = radii.shape
    for i in range(rows):
        for j in range(columns):
            smooth[i, j, 0], smooth[i, j, 1], smooth[i, j, 2] = out[i, j, 0], out[i, j, 1], out[i, j, 2]
            if radii[i, j] < _WIDE or i == 0 or j == 0 or i == rows - 1 or j == columns - 1:
                continue
            a, b, c, total = np.float32(0.0), np.float32(0.0), np.float32(0.0), np.float32(0.0)
            for m in range(i - 1, i + 2):
                for n in range(j - 1, j + 2):
                    weight = cover[m, n]
                    total += weight
                    a += out[m, n, 0] * weight
                    b += out[m, n, 1] * weight
                    c += out[m, n, 2] * weight
            if total > np.float32(0.0):
                scale = np.float32(1.0) / total
                smooth[i, j, 0], smooth[i, j, 1], smooth[i, j, 2] = a * scale, b * scale, c * scale


@compiled
def _lay(  # noqa: PLR0913, PLR0917 -- numba kernels take arrays, not objects
    y: Plane, u: Plane, v: Plane, codes: Plane, radii: Floats, blurred: Floats, cover: Floats
) -> None:
    """Lay both blurred layers over the picture: the back by each pixel's own blur, the front by its cover."""
    height, width = y.shape
    rows, columns = u.shape
    for row in range(height):
        i = row >> 1
        i2 = min(max(i + (1 if row & 1 else -1), 0), rows - 1)
        for x in range(width):
            j = x >> 1
            j2 = min(max(j + (1 if x & 1 else -1), 0), columns - 1)
            value = np.float32(y[row, x])
            blur = (np.float32(codes[height - 1 - row, x]) - np.float32(SHARP)) / np.float32(STEPS)
            if blur > _LEAST:
                back, weights = np.float32(0.0), np.float32(0.0)
                for k in range(4):
                    m, n = (i if k < 2 else i2), (j if k & 1 == 0 else j2)  # noqa: PLR2004 -- the four around
                    w = (np.float32(3.0) if k < 2 else np.float32(1.0)) * (  # noqa: PLR2004
                        np.float32(3.0) if k & 1 == 0 else np.float32(1.0)
                    )
                    w = w if cover[0, m, n] > np.float32(0.0) else np.float32(0.0)
                    back += w * blurred[0, m, n, 0]
                    weights += w
                share = min((blur - np.float32(_LEAST)) * np.float32(2.0), np.float32(1.0))
                if weights > np.float32(0.0):
                    value += (back / weights - value) * share
            a, b = cover[1, i, j] * np.float32(9.0), cover[1, i2, j] * np.float32(3.0)
            c, d = cover[1, i, j2] * np.float32(3.0), cover[1, i2, j2]
            front = a + b + c + d
            if front > np.float32(0.0):
                shine = a * blurred[1, i, j, 0] + b * blurred[1, i2, j, 0]
                shine += c * blurred[1, i, j2, 0] + d * blurred[1, i2, j2, 0]
                value += (shine / front - value) * front / np.float32(16.0)
            y[row, x] = np.uint8(value + np.float32(0.5))
    for i in range(rows):
        for j in range(columns):
            share = min(
                max((radii[0, i, j] - np.float32(_LEAST)) * np.float32(2.0), np.float32(0.0)), np.float32(1.0)
            )
            if cover[0, i, j] <= np.float32(0.0):
                share = np.float32(0.0)
            front = cover[1, i, j]
            a, b = np.float32(u[i, j]), np.float32(v[i, j])
            a += (blurred[0, i, j, 1] - a) * share
            b += (blurred[0, i, j, 2] - b) * share
            a += (blurred[1, i, j, 1] - a) * front
            b += (blurred[1, i, j, 2] - b) * front
            u[i, j], v[i, j] = np.uint8(a + np.float32(0.5)), np.uint8(b + np.float32(0.5))


class Defocus:
    """Blurs planes by how far out of focus their pixels are; it owns every buffer it needs.

    Args:
        width: even number of pixels.
        height: even number of pixels.
    """

    def __init__(self, width: int, height: int) -> None:
        rows, columns = height // 2, width // 2
        self._layers = np.zeros((2, rows, columns, 3), np.float32)
        self._blurred = np.zeros_like(self._layers)
        self._rough = np.zeros((rows, columns, 3), np.float32)
        self._radii = np.zeros((2, rows, columns), np.float32)
        self._cover = np.zeros_like(self._radii)
        self._tiles = np.zeros((max(rows // _TILE, 1), max(columns // _TILE, 1)), np.float32)
        self._reach = np.zeros_like(self._tiles)
        turn = np.arange(_TAPS) * 2.399963
        away = np.sqrt((np.arange(_TAPS) + 0.5) / _TAPS)
        self._taps = np.stack([np.cos(turn) * away, np.sin(turn) * away, away], 1).astype(np.float32)

    def apply(self, blur: Plane, y: Plane, u: Plane, v: Plane) -> None:
        """Blur planes in place.

        Args:
            blur: uint8, (H, W), the bottom row first, as in `glass`.
            y: luma, uint8, (H, W).
            u: blue difference, uint8, (H / 2, W / 2).
            v: red difference, uint8, (H / 2, W / 2).
        """
        _halve(y, blur, self._layers, self._radii)
        self._layers[..., 1] = u
        self._layers[..., 2] = v
        for k in range(2):
            _spread(self._radii[k], self._tiles, self._reach)
            parts = self._layers[k], self._radii[k], self._reach
            _gather(*parts, self._taps, self._rough, self._cover[k])
            _soften(self._rough, self._cover[k], self._radii[k], self._blurred[k])
        _lay(y, u, v, blur, self._radii, self._blurred, self._cover)
