"""Pieces set side by side: stained glass in lead, mosaic in mortar."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.looks.canvas import Canvas
from kirin_video.engines.previs.looks.cells import Cells
from kirin_video.engines.previs.looks.exposure import Exposure
from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.mixing import inked, lit
from kirin_video.engines.previs.looks.planes import Paint, Plane, Real, bytes_of, frame_of, paint, scale_of
from kirin_video.engines.previs.looks.raster import blurred, halved, resized, slope, toned
from kirin_video.engines.previs.looks.smoothing import flattened
from kirin_video.engines.previs.looks.textures import as_tile, noise
from kirin_video.engines.previs.looks.tracking import hashed
from kirin_video.engines.previs.looks.watching import Watcher
from kirin_video.engines.previs.plan import Style
from kirin_video.media.frames import I420Frame


@dataclass(frozen=True, slots=True)
class PieceStyle:
    """Pieces and what holds them.

    Attributes:
        pitch_px: distance of pieces, reference pixels.
        order: how regular they are, see `Cells`.
        joint_px: width of the joints, reference pixels.
        joint: their colour.
        joint_cover: how opaque they are.
        colour: times the colours.
        stray: how far luma strays from piece to piece, levels.
        ripple: deviation of the glass's or stone's own grain.
        bulge: how much lighter the middle of a piece is than its border.
        relief: how much joints throw light and shade.
        middle: where the median tone is brought to.
    """

    pitch_px: float
    order: float
    joint_px: float
    joint: Paint
    joint_cover: float
    colour: float
    stray: float
    ripple: float
    bulge: float
    relief: float
    middle: float


STAINED_GLASS = PieceStyle(
    pitch_px=30.0,
    order=26.0,
    joint_px=4.6,
    joint=paint(18, 18, 22),
    joint_cover=1.0,
    colour=2.1,
    stray=9.0,
    ripple=6.0,
    bulge=0.30,
    relief=0.0,
    middle=0.5,
)
MOSAIC = PieceStyle(
    pitch_px=12.5,
    order=58.0,
    joint_px=2.3,
    joint=paint(206, 198, 184),
    joint_cover=0.62,
    colour=1.35,
    stray=8.0,
    ripple=3.0,
    bulge=0.0,
    relief=0.5,
    middle=0.46,
)


class PieceLook:
    """Sets frames in pieces.

    Args:
        style: in which.
        width: of the frames, pixels.
        height: of the frames, pixels.
        seed: of their grain.
    """

    def __init__(self, style: PieceStyle, width: int, height: int, seed: int) -> None:
        self._style, self._size, self._scale = style, (width, height), max(scale_of(width, height), 0.3)
        self._seed = seed
        self._watcher = Watcher(width, height)
        self._exposure = Exposure(style.middle, 0.6)
        self._canvas = Canvas(width, height, self._scale)
        self._grain = as_tile(noise(seed, finest_px=5.0, coarsest_px=50.0, slope=0.8), style.ripple)
        self._cells = Cells(width, height, style.pitch_px * self._scale / 2, style.order)

    def cut(self) -> None:
        """Begin a new shot with the next frame."""
        self._watcher.forget()

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Set the next frame."""
        style, scale, (width, height) = self._style, self._scale, self._size
        sight = self._watcher.next(frame, motion)
        self._canvas.move(sight)
        flat = flattened(sight.half, sight.u, sight.v, max(2.0 * scale, 1.0))
        flat[0] = toned(flat[0], self._exposure.table(sight))
        self._cells.follow(sight, flat)
        planes = self._filled()
        border = _borders(self._cells.labels, self._cells.painted[0])
        joint = self._joints(border)
        y = resized(planes[0], width, height)
        y = lit(y, self._canvas.laid(self._grain))
        y = lit(y, self._light(border))
        small = halved(joint)
        return frame_of(
            inked(y, joint, style.joint.y, style.joint_cover),
            inked(planes[1], small, style.joint.u, style.joint_cover),
            inked(planes[2], small, style.joint.v, style.joint_cover),
        )

    def _filled(self) -> list[Plane]:
        """Each piece in its colour."""
        style = self._style
        colours, numbers = self._cells.painted
        y = colours[:, 0] + style.stray * (hashed(numbers, self._seed % 997) - 0.5) * 2
        u, v = (128 + style.colour * (colours[:, k] - 128) for k in (1, 2))
        labels = self._cells.labels
        return [np.clip(bytes_of(values), 16, 235)[labels] for values in (y, u, v)]

    def _joints(self, border: Plane) -> Plane:
        """The joints as a cover at full size, as wide as asked and smooth."""
        width, height = self._size
        wide = self._style.joint_px * self._scale
        soft = blurred(border, max(wide * 0.34, 0.7))
        large = resized(soft, width, height)
        return toned(large, _SHARP)

    def _light(self, border: Plane) -> Plane:
        """Light through the middle of glass; light on the edges of stone."""
        style, (width, height) = self._style, self._size
        out = np.full(border.shape, 128.0, np.float32)
        if style.bulge:
            near = blurred(border, max(style.pitch_px * self._scale * 0.12, 0.8)).astype(np.float32)
            out += 128 * style.bulge * (0.35 - np.clip(near / 130, 0, 1))
        if style.relief:
            soft = blurred(border, max(0.9 * self._scale, 0.6)).astype(np.float32)
            across, down = slope(soft, 1 / 4)
            out += (across + down) * np.float32(style.relief * 0.16)
        return resized(bytes_of(out), width, height)


_THIN = 165
"""How wide a joint between two pieces of one colour is, of 255."""

_SHARP = bytes_of(255 * np.clip((np.arange(256) / 255 - 0.20) / 0.22, 0, 1))


def _borders(labels: NDArray[np.int32], colours: Real) -> Plane:
    """Where the piece to the right or below is another: 255 between unlike ones, less between like ones."""
    out = np.zeros(labels.shape, np.uint8)
    for here, there, to in (
        (labels[:, :-1], labels[:, 1:], out[:, :-1]),
        (labels[:-1], labels[1:], out[:-1]),
    ):
        at = np.flatnonzero((here != there).ravel())
        i, j = np.divmod(at, here.shape[1])
        unlike = np.abs(colours[here[i, j]] - colours[there[i, j]]).sum(axis=1)
        to[i, j] = np.maximum(to[i, j], (_THIN + (255 - _THIN) * np.clip(unlike / 40, 0, 1)).astype(np.uint8))
    return out


_STYLES = {Style.STAINED_GLASS: STAINED_GLASS, Style.MOSAIC: MOSAIC}


def make(style: Style, width: int, height: int, seed: int) -> PieceLook:
    """The look of a style; see `catalogue.make_look`."""
    return PieceLook(_STYLES[style], width, height, seed)
