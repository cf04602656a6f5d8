"""Oil paint: three coats of strokes, broad, narrow and fine, thick enough to catch the light."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kirin_video.engines.previs.looks.canvas import Canvas
from kirin_video.engines.previs.looks.lines import edge_strength
from kirin_video.engines.previs.looks.look import Flow
from kirin_video.engines.previs.looks.mixing import lit
from kirin_video.engines.previs.looks.planes import Plane, Real, frame_of, saturated, scale_of
from kirin_video.engines.previs.looks.raster import AREA, blurred, leaning, resized, slope, toned
from kirin_video.engines.previs.looks.smoothing import flattened
from kirin_video.engines.previs.looks.strokes import Coat, Model, Strokes, brushes, paint_strokes
from kirin_video.engines.previs.looks.textures import as_tile, noise, woven
from kirin_video.engines.previs.looks.watching import Sight, Watcher
from kirin_video.engines.previs.plan import Style
from kirin_video.media.frames import I420Frame


@dataclass(frozen=True, slots=True)
class OilStyle:
    """How paint is put on.

    Attributes:
        coats: broad to fine, reference pixels.
        colour: times the colours.
        jitter: how far luma and colours stray from stroke to stroke, levels.
        curl: how far directions stray, radians.
        swirl: how much strokes follow currents of their own where the picture gives no direction.
        relief: how much the thickness of paint catches the light.
        flat_px: how large the areas are that strokes take their colours from.
    """

    coats: tuple[Coat, ...]
    colour: float
    jitter: tuple[float, float]
    curl: float
    swirl: float
    relief: float
    flat_px: float


OIL = OilStyle(
    coats=(Coat(38.0, 13.0, 8.5, 0.0), Coat(24.0, 7.5, 6.0, 13.0), Coat(13.0, 4.0, 3.8, 34.0)),
    colour=1.25,
    jitter=(5.0, 2.5),
    curl=0.35,
    swirl=0.6,
    relief=0.30,
    flat_px=5.0,
)
IMPRESSIONIST = OilStyle(
    coats=(Coat(30.0, 11.0, 8.0, 0.0), Coat(21.0, 7.0, 6.2, 9.0), Coat(14.0, 4.4, 4.4, 30.0)),
    colour=1.6,
    jitter=(13.0, 9.0),
    curl=0.25,
    swirl=1.6,
    relief=0.42,
    flat_px=6.0,
)


class OilLook:
    """Paints frames in oil.

    Args:
        style: how.
        width: of the frames, pixels.
        height: of the frames, pixels.
        seed: of canvas, brushes and strokes.
    """

    def __init__(self, style: OilStyle, width: int, height: int, seed: int) -> None:
        self._style, self._size = style, (width, height)
        self._scale = scale = max(scale_of(width, height), 0.3)
        self._watcher = Watcher(width, height)
        self._canvas = Canvas(width, height, scale)
        self._weave = as_tile(woven(seed), 3.4)
        currents = noise(seed + 3, finest_px=60.0, coarsest_px=400.0, slope=1.6)
        self._currents = as_tile(currents, 60.0)
        self._brushes = [brushes(seed + k, 1.0 / (1 + k)) for k in range(len(style.coats))]
        self._coats = [
            Strokes(
                Coat(c.length_px * scale, c.width_px * scale, max(c.pitch_px * scale, 1.5), c.least),
                *(width, height),
                salt=seed + 100 * k,
            )
            for k, c in enumerate(style.coats)
        ]
        self._colour = saturated(style.colour)
        self._y = np.empty((height, width), np.uint8)
        self._thick = np.empty((height, width), np.uint8)
        self._u = np.empty((height // 2, width // 2), np.uint8)
        self._v = np.empty((height // 2, width // 2), np.uint8)

    def cut(self) -> None:
        """Begin a new shot with the next frame."""
        self._watcher.forget()

    def apply(self, frame: I420Frame, motion: Flow | None = None) -> I420Frame:
        """Paint the next frame."""
        style = self._style
        sight = self._watcher.next(frame, motion)
        self._canvas.move(sight)
        model = self._model(sight)
        self._prime(model)
        fine = replace(model, planes=np.stack((sight.half, sight.u, sight.v)))
        for coat, brush in zip(self._coats, self._brushes, strict=True):
            coat.follow(fine if coat is self._coats[-1] else model)
            strokes = coat.painted(style.jitter, style.curl)
            paint_strokes(strokes, brush, np.float32(1.0), 6, self._y, self._thick)
            paint_strokes(strokes, brush, np.float32(0.5), 7, self._u, self._v)
        y = self._in_the_light()
        return frame_of(y, toned(self._u, self._colour), toned(self._v, self._colour))

    def _model(self, sight: Sight) -> Model:
        scale = self._scale
        planes = flattened(sight.half, sight.u, sight.v, max(self._style.flat_px * scale / 2, 1.0))
        edges = edge_strength(sight.half, *_quarter(sight.half))
        detail = blurred(edges, max(2.5 * scale, 0.8))
        return Model(planes, self._ways(sight, planes[0]), detail, sight.flow)

    def _ways(self, sight: Sight, flat: Plane) -> Real:
        """Along the edges; between them along currents that go with the canvas."""
        columns, rows = _quarter(sight.half)
        small = resized(flat, columns, rows, AREA)
        gx, gy = slope(blurred(small.astype(np.float32), 1.0), 1 / 32)
        # twice the angle of the tangent, as strong as the edge
        double = np.dstack((gy * gy - gx * gx, -2 * gx * gy))
        double = blurred(double, max(4.0 * self._scale, 1.5))
        current = resized(self._canvas.laid(self._currents), columns, rows, AREA)
        turn = (current.astype(np.float32) - 128) * np.float32(self._style.swirl / 40.0) + np.float32(0.6)
        double[..., 0] += np.float32(0.35) * np.cos(turn)
        double[..., 1] += np.float32(0.35) * np.sin(turn)
        length = np.sqrt((double**2).sum(axis=2, keepdims=True)) + np.float32(1e-6)
        return (double / length).astype(np.float32)

    def _prime(self, model: Model) -> None:
        """What shows between strokes: the picture itself, thinly painted."""
        width, height = self._size
        self._y[:] = resized(model.planes[0], width, height)
        self._u[:], self._v[:] = model.planes[1], model.planes[2]
        self._thick[:] = 60

    def _in_the_light(self) -> Plane:
        """Light from the upper left on ridges of paint, over the weave."""
        y = self._y + leaning(self._thick, -self._style.relief / 2)
        return lit(np.clip(y, 16, 235).astype(np.uint8), self._canvas.laid(self._weave))


def _quarter(half: Plane) -> tuple[int, int]:
    return max(half.shape[1] // 2, 4), max(half.shape[0] // 2, 4)


_STYLES = {Style.OIL: OIL, Style.IMPRESSIONIST: IMPRESSIONIST}


def make(style: Style, width: int, height: int, seed: int) -> OilLook:
    """The look of a style; see `catalogue.make_look`."""
    return OilLook(_STYLES[style], width, height, seed)
