"""The kernel that draws a frame: every layer sampled, laid over one another and finished, straight to I420.

Most cells of the grid see one layer only. Their pixels go through the row in passes over short buffers, first
where, then what, then how bright, because a compiler makes vector code of loops that do one thing; the few
cells at the layers' edges are laid over one another pixel by pixel.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.sampling import (
    PER_PX,
    across,
    blended,
    byte_between,
    kind_at,
    texel,
)
from kirin_video.engines.previs.photo.warp import NODE_PX

Plane = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Words = NDArray[np.uint32]
Numbers = NDArray[np.int32]

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
_ROWS = 7
_FX, _FY, _FIRST, _SECOND, _LAMP, _FAR, _GAIN = range(_ROWS)


class Stack(NamedTuple):
    """The layers as the kernel reads them; see :class:`layers.Textures`."""

    luma: Words
    chroma: Words
    kinds: Bytes
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
    flat, words = stack.luma.reshape(-1), stack.chroma.reshape(-1)
    for gy in range(bands):
        lists = np.empty((cells, _MOST_SHOWN + 1), np.int32)
        _seen(stack, view, gy, lists)
        index = np.empty(cells * NODE_PX, np.uint32)
        numbers = np.zeros((_ROWS, cells * NODE_PX), np.float32)
        lines = np.empty((_MOST_SHOWN, 6), np.float32)
        for py in range(gy * NODE_PX, min(gy * NODE_PX + NODE_PX, height)):
            fy = np.float32(py - gy * NODE_PX) * PER_PX
            _luma_row(stack, view, gy, fy, lists, index, numbers)
            _beside(stack, view, finish, gy, fy, lists, numbers)
            for gx in range(cells):
                if lists[gx, 0] > 1:
                    _lines(view, gy, fy, gx, lists, lines)
                    _mixed_luma(stack, flat, words, view, finish, gx, lists, lines, numbers)
            _finish_luma(finish, numbers, py, out_y)
        for row in range(gy * _HALF_CELL, min(gy * _HALF_CELL + _HALF_CELL, height // 2)):
            fy = (np.float32(2 * row - gy * NODE_PX) + _HALF) * PER_PX
            _chroma_row(stack, view, gy, fy, lists, index, numbers)
            _beside(stack, view, finish, gy, fy, lists, numbers)
            for gx in range(cells):
                if lists[gx, 0] > 1:
                    _lines(view, gy, fy, gx, lists, lines)
                    _mixed_chroma(stack, words, view, finish, gx, lists, lines, numbers)
            _finish_chroma(finish, numbers, row, out_y, out_u, out_v)


@njit(cache=True, nogil=True)
def _seen(stack: Stack, view: View, gy: int, lists: Numbers) -> None:
    """Which layers each cell of a band sees, front first, after their number.

    One opaque layer ends a list. More layers than there is room for are as good as never seen through.
    """
    pad = np.float32(stack.pad)
    four = np.float32(_HALF_CELL)
    for gx in range(lists.shape[0]):
        shown = 0
        lists[gx, 1] = 0
        for above in range(stack.luma.shape[0]):
            layer = stack.luma.shape[0] - 1 - above
            x, step_x = across(view.grids, layer, 0, gy, _HALF, gx)
            y, step_y = across(view.grids, layer, 1, gy, _HALF, gx)
            kind = kind_at(stack.kinds, layer, x + step_x * four, y + step_y * four, pad)
            if kind == EMPTY or view.opacity[layer] <= _ZERO:
                continue
            shown += 1
            lists[gx, shown] = layer
            if shown == _MOST_SHOWN or (kind == OPAQUE and view.opacity[layer] >= _ONE):
                break
        lists[gx, 0] = shown


@njit(cache=True, nogil=True)
def _luma_row(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    stack: Stack, view: View, gy: int, fy: np.float32, lists: Numbers, index: Words, numbers: Plane
) -> None:
    """The Y of every cell's front layer into ``numbers[_FIRST]``, and the gain of the light."""
    flat = stack.luma.reshape(-1)
    rows, stride = np.uint32(stack.luma.shape[1]), np.uint32(stack.luma.shape[2])
    pad, two, reach = np.float32(stack.pad), np.float32(2.0), np.float32(NODE_PX)
    last_u, last_v = np.float32(stride) - _EDGE, np.float32(rows) - _EDGE
    share_x, share_y, value, gain = numbers[_FX], numbers[_FY], numbers[_FIRST], numbers[_GAIN]
    for gx in range(lists.shape[0]):
        layer = lists[gx, 1]
        x, dx = across(view.grids, layer, 0, gy, fy, gx)
        y, dy = across(view.grids, layer, 1, gy, fy, gx)
        u = texel(x, two, pad, last_u)
        v = texel(y, two, pad, last_v)
        du = (texel(x + dx * reach, two, pad, last_u) - u) * PER_PX
        dv = (texel(y + dy * reach, two, pad, last_v) - v) * PER_PX
        light = view.light[gy, gx] * (_ONE - fy) + view.light[gy + 1, gx] * fy
        end = view.light[gy, gx + 1] * (_ONE - fy) + view.light[gy + 1, gx + 1] * fy
        slope = (end - light) * PER_PX
        base = np.uint32(np.uint32(layer) * rows * stride)
        start = gx * NODE_PX
        # one array a loop: stores that cannot touch one another are made into vectors
        for k in range(NODE_PX):
            share_x[start + k] = u + du * np.float32(k)
        for k in range(NODE_PX):
            share_y[start + k] = v + dv * np.float32(k)
        for k in range(NODE_PX):
            gain[start + k] = light + slope * np.float32(k)
        for k in range(NODE_PX):
            index[start + k] = base
    _split(share_x, share_y, stride, index)
    for px in range(index.shape[0]):
        index[px] = flat[index[px]]
    for px in range(index.shape[0]):
        value[px] = blended(index[px], share_x[px], share_y[px])
    if view.has_haze:
        _haze_luma(view, gy, fy, lists, value)


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
def _split(x: Plane, y: Plane, stride: np.uint32, index: Words) -> None:
    """Adds whole texels to the index and leaves their fractions."""
    for px in range(index.shape[0]):
        index[px] = np.uint32(index[px] + np.uint32(np.int32(y[px])) * stride + np.uint32(np.int32(x[px])))
    for px in range(x.shape[0]):
        x[px] -= np.float32(np.int32(x[px]))
    for px in range(y.shape[0]):
        y[px] -= np.float32(np.int32(y[px]))


@njit(cache=True, nogil=True)
def _chroma_row(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    stack: Stack, view: View, gy: int, fy: np.float32, lists: Numbers, index: Words, numbers: Plane
) -> None:
    """The Cb and Cr of every cell's front layer into ``numbers[_FIRST]`` and ``numbers[_SECOND]``."""
    flat = stack.chroma.reshape(-1)
    rows, stride = np.uint32(stack.chroma.shape[1]), np.uint32(stack.chroma.shape[2])
    pad, reach = np.float32(stack.pad), np.float32(NODE_PX)
    last_u, last_v = np.float32(stride) - _EDGE, np.float32(rows) - _EDGE
    share_x, share_y, blue, red = numbers[_FX], numbers[_FY], numbers[_FIRST], numbers[_SECOND]
    for gx in range(lists.shape[0]):
        layer = lists[gx, 1]
        x, dx = across(view.grids, layer, 0, gy, fy, gx)
        y, dy = across(view.grids, layer, 1, gy, fy, gx)
        u = texel(x + dx * _HALF, _ONE, pad, last_u)
        v = texel(y + dy * _HALF, _ONE, pad, last_v)
        du = (texel(x + dx * (reach + _HALF), _ONE, pad, last_u) - u) * PER_PX
        dv = (texel(y + dy * (reach + _HALF), _ONE, pad, last_v) - v) * PER_PX
        base = np.uint32(np.uint32(layer) * rows * stride)
        start = gx * _HALF_CELL
        for k in range(_HALF_CELL):
            share_x[start + k] = u + du * np.float32(2 * k)
        for k in range(_HALF_CELL):
            share_y[start + k] = v + dv * np.float32(2 * k)
        for k in range(_HALF_CELL):
            index[start + k] = base
    half = lists.shape[0] * _HALF_CELL
    _split(share_x[:half], share_y[:half], stride, index[:half])
    for px in range(lists.shape[0] * _HALF_CELL):
        blue[px] = byte_between(flat, index[px], stride, _BLUE, share_x[px], share_y[px])
        red[px] = byte_between(flat, index[px], stride, _RED, share_x[px], share_y[px])
    if view.has_haze:
        for gx in range(lists.shape[0]):
            amount, grows = across(view.grids, lists[gx, 1], 2, gy, fy, gx)
            for k in range(_HALF_CELL):
                px = gx * _HALF_CELL + k
                mist = amount + grows * np.float32(2 * k)
                blue[px] += mist * (view.haze[lists[gx, 1], 1] - blue[px])
                red[px] += mist * (view.haze[lists[gx, 1], 2] - red[px])


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
    flat: Words,
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
    pad, two = np.float32(stack.pad), np.float32(2.0)
    for k in range(NODE_PX):
        step = np.float32(k)
        total, lamp, far, left = _ZERO, _ZERO, _ZERO, _ONE
        for shown in range(1, lists[gx, 0] + 1):
            layer = lists[gx, shown]
            x = lines[shown - 1, 0] + lines[shown - 1, 1] * step
            y = lines[shown - 1, 2] + lines[shown - 1, 3] * step
            mist = lines[shown - 1, 4] + lines[shown - 1, 5] * step
            u = texel(x, _ONE, pad, np.float32(word_stride) - _EDGE)
            v = texel(y, _ONE, pad, np.float32(word_rows) - _EDGE)
            iu, iv = np.uint32(u), np.uint32(v)
            at = np.uint32((np.uint32(layer) * word_rows + iv) * word_stride + iu)
            fu, fv = u - np.float32(np.int32(iu)), v - np.float32(np.int32(iv))
            alpha = byte_between(words, at, word_stride, _ALPHA, fu, fv) * _OF_BYTE * view.opacity[layer]
            if alpha <= _ZERO:
                continue
            weight = left * alpha
            if finish.lit > _ZERO:
                lamp += weight * byte_between(words, at, word_stride, _LIT, fu, fv) * _OF_BYTE
            u = texel(x, two, pad, np.float32(stride) - _EDGE)
            v = texel(y, two, pad, np.float32(rows) - _EDGE)
            iu, iv = np.uint32(u), np.uint32(v)
            at = np.uint32((np.uint32(layer) * rows + iv) * stride + iu)
            own = blended(flat[at], u - np.float32(np.int32(iu)), v - np.float32(np.int32(iv)))
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
    pad = np.float32(stack.pad)
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
            alpha = byte_between(flat, at, stride, _ALPHA, fu, fv) * _OF_BYTE * view.opacity[layer]
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
