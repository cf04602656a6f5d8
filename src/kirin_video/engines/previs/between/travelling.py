"""The frames between two pictures of one scene: the camera goes the way that leads from one to the other."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.between import aiming, two_warps
from kirin_video.engines.previs.between.air import Air
from kirin_video.engines.previs.between.detour import Detour
from kirin_video.engines.previs.between.fields import Fields
from kirin_video.engines.previs.between.path import Matrix, Path, eased, swell
from kirin_video.engines.previs.between.sheets import Sheet, sheets_of
from kirin_video.engines.previs.between.stirring import Stirring
from kirin_video.engines.previs.photo.ahead import Draw, drawn_ahead
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.render import opening_frame
from kirin_video.engines.previs.side_by_side import both
from kirin_video.media.frames import I420Frame, new_i420

Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Change:
    """When the last picture takes over from the first; all as shares of the way.

    Attributes:
        middle: when half of it has.
        alike: how long it takes where both agree.
        unlike: how long it takes where they do not.
        late: what is added to the middle, at the fields' size, float32, (h, w).
    """

    middle: float
    alike: float
    unlike: float
    late: Plane


class Travelling:
    """The camera's way between two pictures, frame by frame.

    Args:
        first: the picture that opens the clip.
        last: the one that ends it, of the same size.
        path: the camera's way.
        fields: what moves beside it.
        zoom: how much larger things are in the last picture.
        change: when the last picture takes over.
        detour: what the prompt's camera does on the way.
        stirring: what moves of itself.
        air: light and weather on the way.
    """

    def __init__(  # noqa: PLR0913 - a passage is made of these
        self,
        first: Rgb,
        last: Rgb,
        *,
        path: Path,
        fields: Fields,
        zoom: float,
        change: Change,
        detour: Detour,
        stirring: Stirring,
        air: Air,
    ) -> None:
        self._first, self._last = first, last
        self._path, self._fields, self._zoom = path, fields, zoom
        self._detour, self._stirring, self._air = detour, stirring, air
        height, width = first.shape[:2]
        levels = 1 + max(0, math.ceil(abs(math.log2(zoom)) - 0.3))
        self._sheets = both(
            lambda: sheets_of(first, levels if zoom < 1.0 else 1),
            lambda: sheets_of(last, levels if zoom > 1.0 else 1),
        )
        self._size = np.array([width, height], np.int64)
        self._forth, self._back = (
            np.ascontiguousarray(np.moveaxis(flow, 2, 0)) for flow in (fields.forth, fields.back)
        )
        self._change = change
        self._when = np.array([change.middle, change.alike, change.unlike], np.float32)
        self._place = np.array([*fields.origin, 1.0 / fields.step], np.float32)

    def frames(self, num_frames: int) -> Iterator[I420Frame]:
        """The clip's frames, in order; each is valid until the next is asked for."""
        opening = opening_frame(self._first)
        between = range(1, num_frames - 1)
        yield from drawn_ahead(lambda: self._a_pass(num_frames), between, opening=opening)
        if num_frames > 1:
            yield opening_frame(self._last)

    def _a_pass(self, num_frames: int) -> Draw:
        """What draws frames into a buffer of its own."""
        height, width = self._first.shape[:2]
        grid = np.zeros((two_warps.PLANES, *two_warps.grid_shape(width, height)), np.float32)
        out = new_i420(width, height)

        def draw(index: int) -> I420Frame:
            self._draw(index, num_frames, grid, out)
            return out

        return draw

    def _draw(self, index: int, num_frames: int, grid: Plane, out: I420Frame) -> None:
        share = index / (num_frames - 1)
        way, held = eased(share), swell(share)
        strength = self._air.strength(index)
        self._aim(way, held, index / FPS, grid)
        height = self._first.shape[0]
        hazy = self._air.haze(height, self._stirring.horizon(way), strength)
        rows = np.minimum(np.arange(grid.shape[1], dtype=np.int64) * two_warps.NODE_PX, height - 1)
        grid[5] = hazy[rows][:, None]
        finish = two_warps.Finish(
            self._stirring.light(grid.shape[1:], index / FPS, held),
            self._air.haze_color,
            self._air.tone(strength),
            self._air.tint(strength),
        )
        here, there = (
            _fitting(sheets, minified)
            for sheets, minified in zip(
                self._sheets, (self._zoom ** (-way), self._zoom ** (1.0 - way)), strict=True
            )
        )
        two_warps.draw(here, there, grid, finish, out.y, out.u, out.v)
        self._air.fall(out, index)

    def _aim(self, way: float, held: float, time_s: float, grid: Plane) -> None:
        fields = self._fields
        to_middle = self._path.over(0.5 - way) @ np.linalg.inv(self._detour.at(way, held))
        aiming.aim(
            _flat(to_middle),
            _flat(fields.first_from),
            _flat(fields.last_from),
            self._forth,
            self._back,
            fields.sure_first,
            fields.sure_last,
            self._change.late,
            self._place,
            np.float32(way),
            self._when,
            self._stirring.sway(time_s, held),
            self._size,
            grid,
        )


def _flat(matrix: Matrix) -> Plane:
    return np.ascontiguousarray(matrix, np.float32)


def _fitting(sheets: tuple[Sheet, ...], minified: float) -> Sheet:
    """The sheet that a view showing its picture so many times smaller should read."""
    level = max(0, math.floor(math.log2(max(minified, 1.0)) + 0.3))
    return sheets[min(level, len(sheets) - 1)]
