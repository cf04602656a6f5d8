"""The kernel that draws a frame: every layer sampled, laid over one another and finished, straight to I420.

Most cells of the grid see one layer only. Where a band of rows looks is worked out once, at its edges. Their
pixels go through the row in passes over short buffers, first where, then what, then how bright, because a
compiler makes vector code of loops that do one thing; the few cells at the layers' edges are laid over one
another pixel by pixel.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.layers import TILE_PX
from kirin_video.engines.previs.photo.sampling import (
    PER_PX,
    across,
    blended,
    byte_between,
    kind_at,
    quad,
    texel,
)
from kirin_video.engines.previs.photo.warp import NODE_PX

Plane = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Words = NDArray[np.uint32]
Pairs = NDArray[np.uint16]
Numbers = NDArray[np.int32]
Line = NDArray[np.float32]
Corners = tuple[np.float32, np.float32, np.float32, np.float32]

EMPTY = 0
MIXED = 1
OPAQUE = 2

LIT_COLOR = (208.0, 106.0, 142.0)
"""Y, Cb and Cr of a window with a lamp behind it."""

_THROUGH = np.float32(0.004)
_HALF_CELL = NODE_PX // 2
_BLUE, _RED, _ALPHA, _LIT = np.uint32(0), np.uint32(8), np.uint32(16), np.uint32(24)
_ZERO, _HALF, _ONE = np.float32(0.0), np.float32(0.5), np.float32(1.0)
_WHITE = np.float32(255.0)
_OF_BYTE = np.float32(1.0 / 255.0)
_EDGE = np.float32(1.01)
_MOST_SHOWN = 16
"""Layers that a cell may see: where visitors pass each other there are two of each, with their shades."""
_SURE = _MOST_SHOWN + 1
_MOST_TILES = 64
_PER_TILE = np.float32(1.0 / TILE_PX)
_NEXT = np.uint32(1)
_ROWS = 7
_EDGES = 6
_TOP_X, _DOWN_X, _TOP_Y, _DOWN_Y, _TOP_GAIN, _DOWN_GAIN = range(_EDGES)
_FX, _FY, _FIRST, _SECOND, _LAMP, _FAR, _GAIN = range(_ROWS)


class Stack(NamedTuple):
    """The layers as the kernel reads them; see :class:`layers.Textures`.

    Attributes:
        luma: its shape is that of the texels.
        two: each texel of it with the next, see :func:`fours.pairs`.
        chroma: as it is there.
        kinds: as they are there.
        tiles: as they are there.
        pad: pixels of invented margin.
    """

    luma: Bytes
    two: Pairs
    chroma: Words
    kinds: Bytes
    tiles: Bytes
    pad: int


class View(NamedTuple):
    """What a frame shows of the layers.

    Attributes:
        grids: x, y and haze amount (0 to 1) of every node of every layer, float32, (n, 3, rows, columns).
        opacity: of each layer, 0 to 1, float32, (n,).
        haze: Y, Cb and Cr that each layer fades to, float32, (n, 3).
        exposed: how much of the far rain or snow falls before each layer, 0 to 1, float32, (n,).
        light: gain of the light at every node, float32, (rows, columns).
        has_haze: whether any amount is above 0.
    """

    grids: Plane
    opacity: Plane
    haze: Plane
    exposed: Plane
    light: Plane
    has_haze: bool


class Finish(NamedTuple):
    """What lies over the layers.

    Attributes:
        tone: graded Y for every quarter step of Y, float32, (1025,).
        tint: gain of both chroma planes, then what is added to Cb and to Cr, for every Y, float32, (256, 3).
        has_grade: whether these change anything.
        lit: how brightly the windows shine, 0 to 1.
        cover: how much near and far drops or flakes cover a pixel, uint8, (2, H, W).
        cover_color: their Y, Cb and Cr, float32, (3,).
        has_cover: whether there are any.
    """

    tone: Plane
    tint: Plane
    has_grade: bool
    lit: np.float32
    cover: Bytes
    cover_color: Plane
    has_cover: bool


@njit(cache=True, nogil=True)
def draw(  # noqa: PLR0913, PLR0917 - a kernel takes its planes one by one
    stack: Stack, view: View, finish: Finish, out_y: Bytes, out_u: Bytes, out_v: Bytes
) -> None:
    """Draws one frame into ``out_y``, uint8, (H, W), ``out_u`` and ``out_v``, uint8, (H/2, W/2)."""
    height, width = out_y.shape
    cells = (width + NODE_PX - 1) // NODE_PX
    bands = (height + NODE_PX - 1) // NODE_PX
    lists = np.empty((cells, _SURE + 1), np.int32)
    numbers = np.zeros((_ROWS, cells * NODE_PX), np.float32)
    fine, coarse = (
        np.empty((_EDGES, cells * NODE_PX), np.float32),
        np.empty((4, cells * _HALF_CELL), np.float32),
    )
    bases = np.empty((2, cells * NODE_PX), np.uint32)
    fetched = np.empty((5, cells * NODE_PX), np.uint32)
    lines = np.empty((_MOST_SHOWN, 6), np.float32)
    words = stack.chroma.reshape(-1)
    for gy in range(bands):
        _seen(stack, view, gy, lists)
        _edges(stack, view, gy, lists, fine, coarse, bases)
        for py in range(gy * NODE_PX, min(gy * NODE_PX + NODE_PX, height)):
            fy = np.float32(py - gy * NODE_PX) * PER_PX
            _luma_row(stack, fy, fine, bases[0], fetched, numbers)
            if view.has_haze:
                _haze_luma(view, gy, fy, lists, numbers[_FIRST])
            _beside(stack, view, finish, gy, fy, lists, numbers)
            for gx in range(cells):
                if lists[gx, 0] > 1:
                    _lines(view, gy, fy, gx, lists, lines)
                    _mixed_luma(stack, words, view, finish, gx, lists, lines, numbers)
            _finish_luma(finish, numbers, py, out_y)
        for row in range(gy * _HALF_CELL, min(gy * _HALF_CELL + _HALF_CELL, height // 2)):
            fy = (np.float32(2 * row - gy * NODE_PX) + _HALF) * PER_PX
            _chroma_row(stack, fy, coarse, bases[1], fetched, numbers)
            if view.has_haze:
                _haze_chroma(view, gy, fy, lists, numbers)
            _beside(stack, view, finish, gy, fy, lists, numbers)
            for gx in range(cells):
                if lists[gx, 0] > 1:
                    _lines(view, gy, fy, gx, lists, lines)
                    _mixed_chroma(stack, words, view, finish, gx, lists, lines, numbers)
            _finish_chroma(finish, numbers, row, out_y, out_u, out_v)


@njit(cache=True, nogil=True)
def _edges(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    stack: Stack, view: View, gy: int, lists: Numbers, fine: Plane, coarse: Plane, bases: Words
) -> None:
    """Where a band's pixels look in their cells' front layers, for all its rows at once.

    Args:
        stack: the layers.
        view: what is seen of them.
        gy: the band.
        lists: see :func:`_seen`.
        fine: is written: x and y of luma texels at the band's upper edge, what is added to them to its lower
            edge, and the same of the light's gain.
        coarse: is written: the same of chroma texels, of every second pixel.
        bases: is written: the first texel of each pixel's layer, luma and chroma.
    """
    pad = np.float32(stack.pad)
    rows, stride = stack.luma.shape[1], stack.luma.shape[2]
    coarse_rows, coarse_stride = stack.chroma.shape[1], stack.chroma.shape[2]
    for gx in range(lists.shape[0]):
        layer, start, half = lists[gx, 1], gx * NODE_PX, gx * _HALF_CELL
        two = np.float32(2.0)
        _edge(_corners(view.grids, layer, 0, gy, gx, two, pad, stride), start, fine, _TOP_X)
        _edge(_corners(view.grids, layer, 1, gy, gx, two, pad, rows), start, fine, _TOP_Y)
        _half_edge(_corners(view.grids, layer, 0, gy, gx, _ONE, pad, coarse_stride), half, coarse, _TOP_X)
        _half_edge(_corners(view.grids, layer, 1, gy, gx, _ONE, pad, coarse_rows), half, coarse, _TOP_Y)
        left, right = view.light[gy, gx], view.light[gy, gx + 1]
        grows, below = (right - left) * PER_PX, view.light[gy + 1, gx] - left
        turns = (view.light[gy + 1, gx + 1] - right - below) * PER_PX
        for k in range(NODE_PX):
            fine[_TOP_GAIN, start + k] = left + grows * np.float32(k)
        for k in range(NODE_PX):
            fine[_DOWN_GAIN, start + k] = below + turns * np.float32(k)
        base = np.uint32(np.uint32(layer) * np.uint32(rows) * np.uint32(stride))
        for k in range(NODE_PX):
            bases[0, start + k] = base
        base = np.uint32(np.uint32(layer) * np.uint32(coarse_rows) * np.uint32(coarse_stride))
        for k in range(_HALF_CELL):
            bases[1, half + k] = base


@njit(cache=True, nogil=True)
def _corners(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    grids: Plane, layer: int, plane: int, gy: int, gx: int, scale: np.float32, pad: np.float32, count: int
) -> Corners:
    """Texels at a cell's upper left, per pixel to the right, to its lower edge, and both."""
    last = np.float32(count) - _EDGE
    here = texel(grids[layer, plane, gy, gx], scale, pad, last)
    right = texel(grids[layer, plane, gy, gx + 1], scale, pad, last)
    below = texel(grids[layer, plane, gy + 1, gx], scale, pad, last)
    both = texel(grids[layer, plane, gy + 1, gx + 1], scale, pad, last)
    return here, (right - here) * PER_PX, below - here, (both - below - right + here) * PER_PX


@njit(cache=True, nogil=True)
def _edge(corners: Corners, start: int, out: Plane, row: int) -> None:
    here, grows, below, turns = corners
    for k in range(NODE_PX):
        out[row, start + k] = here + grows * np.float32(k)
    for k in range(NODE_PX):
        out[row + 1, start + k] = below + turns * np.float32(k)


@njit(cache=True, nogil=True)
def _half_edge(corners: Corners, start: int, out: Plane, row: int) -> None:
    here, grows, below, turns = corners
    for k in range(_HALF_CELL):
        out[row, start + k] = here + grows * (np.float32(2 * k) + _HALF)
    for k in range(_HALF_CELL):
        out[row + 1, start + k] = below + turns * (np.float32(2 * k) + _HALF)


@njit(cache=True, nogil=True)
def _seen(stack: Stack, view: View, gy: int, lists: Numbers) -> None:
    """Which layers each cell of a band sees, front first, after their number; then a bit for each opaque one.

    One opaque layer ends a list. More layers than there is room for are as good as never seen through.
    """
    pad = np.float32(stack.pad)
    four = np.float32(_HALF_CELL)
    for gx in range(lists.shape[0]):
        shown = 0
        lists[gx, 1] = lists[gx, _SURE] = 0
        for above in range(stack.luma.shape[0]):
            layer = stack.luma.shape[0] - 1 - above
            x, step_x = across(view.grids, layer, 0, gy, _HALF, gx)
            y, step_y = across(view.grids, layer, 1, gy, _HALF, gx)
            kind = kind_at(stack.kinds, layer, x + step_x * four, y + step_y * four, pad)
            if kind == MIXED and view.opacity[layer] > _ZERO:
                kind = _looked_closer(stack, view, gy, gx, layer)
            if kind == EMPTY or view.opacity[layer] <= _ZERO:
                continue
            shown += 1
            lists[gx, shown] = layer
            if kind == OPAQUE:
                lists[gx, _SURE] |= np.int32(1) << np.int32(shown)
            if shown == _MOST_SHOWN or (kind == OPAQUE and view.opacity[layer] >= _ONE):
                break
        lists[gx, 0] = shown


@njit(cache=True, nogil=True)
def _looked_closer(stack: Stack, view: View, gy: int, gx: int, layer: int) -> int:
    """What a layer is in all that a cell sees of it, by the tiles that this touches."""
    tiles, grids = stack.tiles, view.grids
    low_x, high_x = _reach(grids[layer, 0], gy, gx)
    low_y, high_y = _reach(grids[layer, 1], gy, gx)
    pad = np.float32(stack.pad)
    left, right = _tile(low_x + pad, tiles.shape[2]), _tile(high_x + pad + _ONE, tiles.shape[2])
    top, bottom = _tile(low_y + pad, tiles.shape[1]), _tile(high_y + pad + _ONE, tiles.shape[1])
    if (right - left + 1) * (bottom - top + 1) > _MOST_TILES:
        return MIXED
    kind = tiles[layer, top, left]
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if tiles[layer, row, column] != kind:
                return MIXED
    return int(kind)


@njit(cache=True, nogil=True)
def _reach(plane: Plane, gy: int, gx: int) -> tuple[np.float32, np.float32]:
    """The least and the most of a cell's four nodes: what lies between them lies between these."""
    here, right, below, both = plane[gy, gx], plane[gy, gx + 1], plane[gy + 1, gx], plane[gy + 1, gx + 1]
    return min(here, right, below, both), max(here, right, below, both)


@njit(cache=True, nogil=True)
def _tile(at: np.float32, count: int) -> int:
    return min(max(int(at * _PER_TILE), 0), count - 1)


@njit(cache=True, nogil=True)
def _luma_row(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    stack: Stack, fy: np.float32, fine: Plane, bases: Words, fetched: Words, numbers: Plane
) -> None:
    """The Y of every cell's front layer into ``numbers[_FIRST]``, and the gain of the light."""
    two_of, stride = stack.two, np.uint32(stack.luma.shape[2])
    share_x, share_y, value, gain = numbers[_FX], numbers[_FY], numbers[_FIRST], numbers[_GAIN]
    index = fetched[0]
    # one array a loop: stores that cannot touch one another are made into vectors
    _at_row(fine[_TOP_X], fine[_DOWN_X], fy, share_x)
    _at_row(fine[_TOP_Y], fine[_DOWN_Y], fy, share_y)
    _at_row(fine[_TOP_GAIN], fine[_DOWN_GAIN], fy, gain)
    _split(share_x, share_y, stride, bases, index)
    for px in range(index.shape[0]):
        index[px] = quad(two_of, index[px], stride)
    for px in range(index.shape[0]):
        value[px] = blended(index[px], share_x[px], share_y[px])


@njit(cache=True, nogil=True)
def _at_row(top: Line, down: Line, fy: np.float32, out: Line) -> None:
    for px in range(top.shape[0]):
        out[px] = top[px] + down[px] * fy


@njit(cache=True, nogil=True)
def _haze_luma(view: View, gy: int, fy: np.float32, lists: Numbers, value: Plane) -> None:
    """Lays the haze before every cell's front layer."""
    for gx in range(lists.shape[0]):
        amount, grows = across(view.grids, lists[gx, 1], 2, gy, fy, gx)
        color = view.haze[lists[gx, 1], 0]
        for k in range(NODE_PX):
            px = gx * NODE_PX + k
            value[px] += (amount + grows * np.float32(k)) * (color - value[px])


@njit(cache=True, nogil=True)
def _split(x: Line, y: Line, stride: np.uint32, bases: Words, index: Words) -> None:
    """The index of every whole texel; leaves the fractions."""
    for px in range(bases.shape[0]):
        index[px] = np.uint32(bases[px] + np.uint32(np.int32(y[px])) * stride + np.uint32(np.int32(x[px])))
    for px in range(bases.shape[0]):
        x[px] -= np.float32(np.int32(x[px]))
    for px in range(bases.shape[0]):
        y[px] -= np.float32(np.int32(y[px]))


@njit(cache=True, nogil=True)
def _chroma_row(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    stack: Stack, fy: np.float32, coarse: Plane, bases: Words, fetched: Words, numbers: Plane
) -> None:
    """The Cb and Cr of every cell's front layer into ``numbers[_FIRST]`` and ``numbers[_SECOND]``."""
    flat, stride = stack.chroma.reshape(-1), np.uint32(stack.chroma.shape[2])
    half = coarse.shape[1]
    share_x, share_y = numbers[_FX, :half], numbers[_FY, :half]
    index, right, below, both = fetched[0, :half], fetched[1, :half], fetched[2, :half], fetched[3, :half]
    _at_row(coarse[_TOP_X], coarse[_DOWN_X], fy, share_x)
    _at_row(coarse[_TOP_Y], coarse[_DOWN_Y], fy, share_y)
    _split(share_x, share_y, stride, bases[:half], index)
    for px in range(half):
        at = index[px]
        under = np.uint32(at + stride)
        right[px], below[px] = flat[np.uint32(at + _NEXT)], flat[under]
        both[px] = flat[np.uint32(under + _NEXT)]
        index[px] = flat[at]
    _byte_of(index, right, below, both, _BLUE, share_x, share_y, numbers[_FIRST, :half])
    _byte_of(index, right, below, both, _RED, share_x, share_y, numbers[_SECOND, :half])


@njit(cache=True, nogil=True)
def _byte_of(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    here: Words, right: Words, below: Words, both: Words, shift: np.uint32, fx: Line, fy: Line, out: Line
) -> None:
    """Bilinear of one byte of four words, for a row."""
    low = np.uint32(255)
    for px in range(here.shape[0]):
        a, b = np.int32((here[px] >> shift) & low), np.int32((right[px] >> shift) & low)
        c, d = np.int32((below[px] >> shift) & low), np.int32((both[px] >> shift) & low)
        top = np.float32(a) + np.float32(b - a) * fx[px]
        out[px] = top + (np.float32(c) + np.float32(d - c) * fx[px] - top) * fy[px]


@njit(cache=True, nogil=True)
def _haze_chroma(view: View, gy: int, fy: np.float32, lists: Numbers, numbers: Plane) -> None:
    """The same for both chroma planes."""
    for gx in range(lists.shape[0]):
        amount, grows = across(view.grids, lists[gx, 1], 2, gy, fy, gx)
        for k in range(_HALF_CELL):
            px = gx * _HALF_CELL + k
            mist = amount + grows * np.float32(2 * k)
            numbers[_FIRST, px] += mist * (view.haze[lists[gx, 1], 1] - numbers[_FIRST, px])
            numbers[_SECOND, px] += mist * (view.haze[lists[gx, 1], 2] - numbers[_SECOND, px])


@njit(cache=True, nogil=True)
def _beside(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    stack: Stack, view: View, finish: Finish, gy: int, fy: np.float32, lists: Numbers, numbers: Plane
) -> None:
    """What the finish needs of the front layers: far weather before them, what is lit at night."""
    if finish.has_cover:
        for gx in range(lists.shape[0]):
            for k in range(NODE_PX):
                numbers[_FAR, gx * NODE_PX + k] = view.exposed[lists[gx, 1]]
    if finish.lit <= _ZERO:
        return
    flat = stack.chroma.reshape(-1)
    rows, stride = np.uint32(stack.chroma.shape[1]), np.uint32(stack.chroma.shape[2])
    pad = np.float32(stack.pad) + _HALF
    for gx in range(lists.shape[0]):
        layer = lists[gx, 1]
        x, dx = across(view.grids, layer, 0, gy, fy, gx)
        y, dy = across(view.grids, layer, 1, gy, fy, gx)
        for k in range(NODE_PX):
            u = texel(x + dx * np.float32(k), _ONE, pad, np.float32(stride) - _EDGE)
            v = texel(y + dy * np.float32(k), _ONE, pad, np.float32(rows) - _EDGE)
            at = (np.uint32(layer) * rows + np.uint32(v)) * stride + np.uint32(u)
            numbers[_LAMP, gx * NODE_PX + k] = np.float32(np.int32(flat[np.uint32(at)] >> _LIT)) * _OF_BYTE


@njit(cache=True, nogil=True)
def _mixed_luma(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    stack: Stack,
    words: Words,
    view: View,
    finish: Finish,
    gx: int,
    lists: Numbers,
    lines: Plane,
    numbers: Plane,
) -> None:
    """The Y of a cell's row where several layers are seen."""
    rows, stride = np.uint32(stack.luma.shape[1]), np.uint32(stack.luma.shape[2])
    word_rows, word_stride = np.uint32(stack.chroma.shape[1]), np.uint32(stack.chroma.shape[2])
    pad, two, sure = np.float32(stack.pad), np.float32(2.0), lists[gx, _SURE]
    for k in range(NODE_PX):
        step = np.float32(k)
        total, lamp, far, left = _ZERO, _ZERO, _ZERO, _ONE
        for shown in range(1, lists[gx, 0] + 1):
            layer = lists[gx, shown]
            x = lines[shown - 1, 0] + lines[shown - 1, 1] * step
            y = lines[shown - 1, 2] + lines[shown - 1, 3] * step
            mist = lines[shown - 1, 4] + lines[shown - 1, 5] * step
            alpha, is_sure = view.opacity[layer], (sure >> np.int32(shown)) & np.int32(1)
            if finish.lit > _ZERO or not is_sure:
                u = texel(x, _ONE, pad, np.float32(word_stride) - _EDGE)
                v = texel(y, _ONE, pad, np.float32(word_rows) - _EDGE)
                iu, iv = np.uint32(u), np.uint32(v)
                at = np.uint32((np.uint32(layer) * word_rows + iv) * word_stride + iu)
                fu, fv = u - np.float32(np.int32(iu)), v - np.float32(np.int32(iv))
                if not is_sure:
                    alpha *= byte_between(words, at, word_stride, _ALPHA, fu, fv) * _OF_BYTE
                    if alpha <= _ZERO:
                        continue
                if finish.lit > _ZERO:
                    lamp += left * alpha * byte_between(words, at, word_stride, _LIT, fu, fv) * _OF_BYTE
            weight = left * alpha
            u = texel(x, two, pad, np.float32(stride) - _EDGE)
            v = texel(y, two, pad, np.float32(rows) - _EDGE)
            iu, iv = np.uint32(u), np.uint32(v)
            at = np.uint32((np.uint32(layer) * rows + iv) * stride + iu)
            own = blended(
                quad(stack.two, at, stride), u - np.float32(np.int32(iu)), v - np.float32(np.int32(iv))
            )
            total += weight * (own + mist * (view.haze[layer, 0] - own))
            far += weight * view.exposed[layer]
            left -= weight
            if left < _THROUGH:
                break
        px = gx * NODE_PX + k
        scale = _ONE / max(_ONE - left, _THROUGH)
        numbers[_FIRST, px] = total * scale
        numbers[_LAMP, px] = lamp * scale
        numbers[_FAR, px] = far * scale


@njit(cache=True, nogil=True)
def _lines(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    view: View, gy: int, fy: np.float32, gx: int, lists: Numbers, lines: Plane
) -> None:
    """Where each layer of a cell is looked at on a row, and its haze: values at the left, steps per pixel."""
    for shown in range(lists[gx, 0]):
        for plane in range(3):
            value, step = across(view.grids, lists[gx, shown + 1], plane, gy, fy, gx)
            lines[shown, 2 * plane] = value
            lines[shown, 2 * plane + 1] = step


@njit(cache=True, nogil=True)
def _mixed_chroma(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    stack: Stack,
    flat: Words,
    view: View,
    finish: Finish,
    gx: int,
    lists: Numbers,
    lines: Plane,
    numbers: Plane,
) -> None:
    """The Cb and Cr of a cell's row where several layers are seen."""
    rows, stride = np.uint32(stack.chroma.shape[1]), np.uint32(stack.chroma.shape[2])
    pad, sure = np.float32(stack.pad), lists[gx, _SURE]
    for k in range(_HALF_CELL):
        step = np.float32(2 * k) + _HALF
        blue, red, lamp, far, left = _ZERO, _ZERO, _ZERO, _ZERO, _ONE
        for shown in range(1, lists[gx, 0] + 1):
            layer = lists[gx, shown]
            x = lines[shown - 1, 0] + lines[shown - 1, 1] * step
            y = lines[shown - 1, 2] + lines[shown - 1, 3] * step
            mist = lines[shown - 1, 4] + lines[shown - 1, 5] * step
            u = texel(x, _ONE, pad, np.float32(stride) - _EDGE)
            v = texel(y, _ONE, pad, np.float32(rows) - _EDGE)
            iu, iv = np.uint32(u), np.uint32(v)
            at = np.uint32((np.uint32(layer) * rows + iv) * stride + iu)
            fu, fv = u - np.float32(np.int32(iu)), v - np.float32(np.int32(iv))
            alpha = view.opacity[layer]
            if not (sure >> np.int32(shown)) & np.int32(1):
                alpha *= byte_between(flat, at, stride, _ALPHA, fu, fv) * _OF_BYTE
                if alpha <= _ZERO:
                    continue
            own_blue = byte_between(flat, at, stride, _BLUE, fu, fv)
            own_red = byte_between(flat, at, stride, _RED, fu, fv)
            weight = left * alpha
            blue += weight * (own_blue + mist * (view.haze[layer, 1] - own_blue))
            red += weight * (own_red + mist * (view.haze[layer, 2] - own_red))
            if finish.lit > _ZERO:
                lamp += weight * byte_between(flat, at, stride, _LIT, fu, fv) * _OF_BYTE
            far += weight * view.exposed[layer]
            left -= weight
            if left < _THROUGH:
                break
        scale = _ONE / max(_ONE - left, _THROUGH)
        numbers[_FIRST, gx * _HALF_CELL + k] = blue * scale
        numbers[_SECOND, gx * _HALF_CELL + k] = red * scale
        numbers[_LAMP, gx * NODE_PX + 2 * k] = lamp * scale
        numbers[_FAR, gx * NODE_PX + 2 * k] = far * scale


@njit(cache=True, nogil=True)
def _finish_luma(finish: Finish, numbers: Plane, py: int, out_y: Bytes) -> None:
    """A row of Y with the light, the grade, the lamps and the weather on it."""
    value, gain = numbers[_FIRST], numbers[_GAIN]
    black, quarter = np.float32(16.0), np.float32(4.0)
    width = out_y.shape[1]
    for px in range(width):
        value[px] = black + (value[px] - black) * gain[px]
    if finish.has_grade:
        for px in range(width):
            step = np.int32(value[px] * quarter + _HALF)
            value[px] = finish.tone[np.uint32(min(max(step, np.int32(0)), np.int32(1024)))]
    if finish.lit > _ZERO:
        for px in range(width):
            value[px] += numbers[_LAMP, px] * finish.lit * (np.float32(LIT_COLOR[0]) - value[px])
    if finish.has_cover:
        for px in range(width):
            near = np.float32(np.int32(finish.cover[0, py, px])) * _OF_BYTE
            far = np.float32(np.int32(finish.cover[1, py, px])) * _OF_BYTE * numbers[_FAR, px]
            value[px] += (near + far - near * far) * (finish.cover_color[0] - value[px])
    for px in range(width):
        out_y[py, px] = np.uint8(np.int32(min(max(value[px] + _HALF, _ZERO), _WHITE)))


@njit(cache=True, nogil=True)
def _finish_chroma(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    finish: Finish, numbers: Plane, row: int, out_y: Bytes, out_u: Bytes, out_v: Bytes
) -> None:
    """A row of Cb and Cr with the grade, by the Y that is already there, the lamps and the weather."""
    blue, red = numbers[_FIRST], numbers[_SECOND]
    neutral = np.float32(128.0)
    py = 2 * row
    width = out_u.shape[1]
    if finish.has_grade:
        for px in range(width):
            total = np.int32(out_y[py, 2 * px]) + np.int32(out_y[py, 2 * px + 1])
            total += np.int32(out_y[py + 1, 2 * px]) + np.int32(out_y[py + 1, 2 * px + 1])
            level = np.uint32(total >> 2)
            blue[px] = neutral + (blue[px] - neutral) * finish.tint[level, 0] + finish.tint[level, 1]
            red[px] = neutral + (red[px] - neutral) * finish.tint[level, 0] + finish.tint[level, 2]
    if finish.lit > _ZERO:
        for px in range(width):
            amount = numbers[_LAMP, 2 * px] * finish.lit
            blue[px] += amount * (np.float32(LIT_COLOR[1]) - blue[px])
            red[px] += amount * (np.float32(LIT_COLOR[2]) - red[px])
    if finish.has_cover:
        for px in range(width):
            near = np.float32(np.int32(finish.cover[0, py, 2 * px])) * _OF_BYTE
            far = np.float32(np.int32(finish.cover[1, py, 2 * px])) * _OF_BYTE * numbers[_FAR, 2 * px]
            amount = near + far - near * far
            blue[px] += amount * (finish.cover_color[1] - blue[px])
            red[px] += amount * (finish.cover_color[2] - red[px])
    for px in range(width):
        out_u[row, px] = np.uint8(np.int32(min(max(blue[px] + _HALF, _ZERO), _WHITE)))
        out_v[row, px] = np.uint8(np.int32(min(max(red[px] + _HALF, _ZERO), _WHITE)))
