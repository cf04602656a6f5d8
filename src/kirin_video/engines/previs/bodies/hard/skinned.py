"""Skins over sections and paths: lofts, round bars, wings."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Vector
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.outlines import Floats, Rgb, curved
from kirin_video.engines.previs.bodies.hard.placing import facing_out
from kirin_video.engines.previs.bodies.hard.turned import ring_faces
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.shapes import tube


def loft(
    sections: NDArray[np.floating],
    color: NDArray[np.floating] | Rgb,
    *,
    crease_deg: float = 38.0,
    caps: tuple[bool, bool] = (True, True),
) -> Mesh:
    """A skin over closed rings (k, m, 3), each counter-clockwise seen from the last one's side.

    ``color`` may be (k - 1, m, 3), for every quad; caps take those half-way round.
    """
    count, around = sections.shape[:2]
    points = sections.reshape(-1, 3).astype(float)
    faces = [ring_faces(count, around)]
    tones = np.asarray(color, float)
    quads = np.broadcast_to(tones, (count - 1, around, 3)).reshape(-1, 3)
    paint = [quads, quads]
    fan = np.arange(int(around), dtype=np.int64)
    for last, wanted in enumerate(caps):
        if wanted:
            ring = fan + (count - 1) * around * last
            hub = np.full(around, len(points))
            points = np.concatenate([points, points[ring].mean(0)[None]])
            nxt = np.roll(ring, -1)
            faces.append(np.stack([hub, ring, nxt] if last else [hub, nxt, ring], 1))
            paint.append(
                np.repeat(quads[-around // 2][None] if last else quads[around // 2][None], around, 0)
            )
    return creased(points, np.concatenate(faces), np.concatenate(paint), crease_deg=crease_deg)


def sweep(
    path: Sequence[Vector] | Floats,
    radius: Sequence[float] | float,
    color: Rgb,
    *,
    sides: int = 10,
    bend: int = 1,
) -> Mesh:
    """A round bar along a path, its ends closed; ``bend`` > 1 rounds it with so many steps a stretch."""
    points = np.array(path, float)
    thick = np.broadcast_to(np.array(radius, float), len(points)).copy()
    if bend > 1:
        fine = np.linspace(0.0, len(points) - 1.0, bend * (len(points) - 1) + 1)
        thick = np.interp(fine, np.arange(len(points)), thick)
        points = curved(points, fine)
    ends = [points[0], *points, points[-1]]
    mesh = tube(_parted(np.array(ends)), np.array([1e-4, *thick, 1e-4]), sides, color)
    return facing_out(mesh)


def _parted(points: Floats) -> Floats:
    """Ends moved out by next to nothing, so that every stretch has a direction."""
    points[0] += (points[1] - points[2]) * 1e-3
    points[-1] += (points[-2] - points[-3]) * 1e-3
    return points


def wing(root: Vector, tip: Vector, chords: tuple[float, float], color: Rgb, *, thick: float = 0.12) -> Mesh:
    """A smooth blade from root to tip, leading edge along +x, thin at its trailing edge.

    Args:
        root: its leading edge at one end.
        tip: its leading edge at the other.
        chords: how long it is along x there.
        color: sRGB.
        thick: its thickness as a share of its chord.
    """
    a, b = np.array(root, float), np.array(tip, float)
    way = b - a
    side = np.array([0.0, -way[2], way[1]])
    side /= max(float(np.linalg.norm(side)), 1e-9)
    around = np.linspace(0.0, 2.0 * math.pi, 14, endpoint=False)
    back = 0.5 - 0.5 * np.cos(around)
    rise = 0.62 * np.sin(around) * (1.0 - back) ** 0.5 * thick
    rings: list[Floats] = []
    for share in (0.0, 0.35, 0.7, 0.96, 1.0):
        chord = (chords[0] + (chords[1] - chords[0]) * share) * (0.86 if share == 1.0 else 1.0)
        flat = 0.35 if share == 1.0 else 1.0
        lead = a + way * share
        rings.append(lead - np.outer(back * chord, [1.0, 0.0, 0.0]) + np.outer(rise * chord * flat, side))
    return facing_out(loft(np.array(rings), color, crease_deg=60.0))
