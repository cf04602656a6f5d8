"""Layers that give the picture: how much is in front at a soft edge, and in which colours."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Plane = NDArray[np.float32]

_ZERO, _HALF, _ONE = np.float32(0.0), np.float32(0.5), np.float32(1.0)
_WHITE = np.float32(255.0)
_TELLING = np.float32(1.0 / 3000.0)
"""Squared distance of both sides' colours from which they tell how much of each there is."""
_LEAST = np.float32(0.02)
_DIFFERS = np.float32(0.03)
_SUFFICES = np.float32(1.8)


@njit(cache=True, nogil=True)
def unmix(  # noqa: PLR0913, PLR0917 - a kernel takes its planes one by one
    rgb: Bytes,
    front: Bytes,
    plate: Bytes,
    rough: Plane,
    core: NDArray[np.bool_],
    box: tuple[int, int, int, int],
    alpha: Plane,
    clean: Bytes,
) -> None:
    """Refits alpha to the colours on both sides and solves for the colours in front.

    Args:
        rgb: the picture, (h, w, 3).
        front: what is in front, without what shines through at its edge, (h, w, 3).
        plate: what is behind, (h, w, 3).
        rough: how much is in front, 0 to 1, (h, w).
        core: where it is for sure: there alpha suffices for any colour in front to give the picture, (h, w).
        box: all that is not wholly behind: left, top, right and bottom.
        alpha: is written, (h, w).
        clean: the colours in front; is written, (h, w, 3).
    """
    left, top, right, bottom = box
    for y in range(top, bottom):
        for x in range(left, right):
            share = rough[y, x]
            if _ZERO < share < _ONE:
                share = _fitted(rgb, front, plate, y, x, share)
            if core[y, x] and share < _ONE:
                share = max(share, _sufficient(rgb, plate, y, x))
            alpha[y, x] = share
            for c in range(3):
                if share > _LEAST:
                    behind = np.float32(plate[y, x, c])
                    value = behind + (np.float32(rgb[y, x, c]) - behind) / share
                    clean[y, x, c] = np.uint8(min(max(value + _HALF, _ZERO), _WHITE))
                else:
                    clean[y, x, c] = front[y, x, c]


@njit(cache=True, nogil=True)
def _fitted(  # noqa: PLR0913, PLR0917 - a kernel takes its numbers one by one
    rgb: Bytes, front: Bytes, plate: Bytes, y: int, x: int, share: np.float32
) -> np.float32:
    """Where between both sides' colours the picture's lies, as far as these differ enough to tell."""
    length, along = _ZERO, _ZERO
    for c in range(3):
        behind = np.float32(plate[y, x, c])
        axis = np.float32(front[y, x, c]) - behind
        length += axis * axis
        along += axis * (np.float32(rgb[y, x, c]) - behind)
    told = min(max(along / max(length, _ONE), _ZERO), _ONE)
    return share + min(length * _TELLING, _ONE) * (told - share)


@njit(cache=True, nogil=True)
def _sufficient(rgb: Bytes, plate: Bytes, y: int, x: int) -> np.float32:
    """How much any colour in front has to cover of the plate to give the picture."""
    needed = _ZERO
    for c in range(3):
        behind = np.float32(plate[y, x, c])
        change = np.float32(rgb[y, x, c]) - behind
        room = _WHITE - behind if change > _ZERO else behind
        needed = max(needed, abs(change) / max(room, _ONE))
    return min(_SUFFICES * needed, _ONE) if needed > _DIFFERS else _ZERO


@njit(cache=True, nogil=True)
def lay_over(together: Plane, rgb: Bytes, alpha: Plane) -> None:
    """Lays a layer over others, in place.

    Args:
        together: the others, float32, (h, w, 3).
        rgb: the layer's colours, (h, w, 3).
        alpha: how much of it there is, 0 to 1, (h, w).
    """
    for y in range(rgb.shape[0]):
        for x in range(rgb.shape[1]):
            share = alpha[y, x]
            if share > _ZERO:
                for c in range(3):
                    under = together[y, x, c]
                    together[y, x, c] = under + (np.float32(rgb[y, x, c]) - under) * share


@njit(cache=True, nogil=True)
def missed(rgb: Bytes, together: Plane, least: np.float32, most: np.float32) -> Plane:
    """Where layers over one another miss the picture: 0 up to a difference of ``least``, 1 from ``most``.

    Args:
        rgb: the picture, (h, w, 3).
        together: what the layers give, float32, (h, w, 3).
        least: of 0 to 255.
        most: of 0 to 255.

    Returns:
        0 to 1, float32, (h, w).
    """
    out = np.empty(rgb.shape[:2], np.float32)
    for y in range(rgb.shape[0]):
        for x in range(rgb.shape[1]):
            apart = _ZERO
            for c in range(3):
                apart = max(apart, abs(np.float32(rgb[y, x, c]) - together[y, x, c]))
            out[y, x] = min(max((apart - least) / (most - least), _ZERO), _ONE)
    return out
