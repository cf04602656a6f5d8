"""A picnic: a checked blanket with a basket, plates, fruit and a bottle."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, Rgb, paint_of, shade, still
from kirin_video.engines.previs.mesh import Mesh

_LONG_M, _WIDE_M = 1.9, 1.5
_ROWS, _COLUMNS = 9, 11
_WICKER: Rgb = (0.66, 0.45, 0.22)
_APPLE: Rgb = (0.80, 0.16, 0.12)


def picnic(order: Order, kit: Assembly) -> Mechanism:
    """A blanket on the ground with everything on it."""
    kit.add(_blanket(paint_of(order, "body", (0.80, 0.16, 0.14)), (0.96, 0.94, 0.90)), shades=False)
    _basket(kit, (0.35, 0.02, -0.28))
    for x, z in ((-0.45, 0.25), (0.25, 0.35), (-0.35, -0.35)):
        rim = [(0.0, 0.0), (0.08, 0.0), (0.125, 0.014), (0.12, 0.018), (0.0, 0.008)]
        kit.add(lathe(rim, (0.95, 0.95, 0.94), at=(x, 0.02, z), sides=32), gloss=0.6)
    kit.add(box((-0.52, 0.03, 0.20), (-0.40, 0.085, 0.30), (0.86, 0.66, 0.36), round_m=0.02), gloss=0.1)
    for x, z in ((0.22, 0.33), (0.29, 0.38), (0.27, 0.29)):
        kit.add(ball((x, 0.065, z), 0.038, _APPLE, level=2), gloss=0.5)
    flask = [(0.0, 0.0), (0.04, 0.0), (0.042, 0.17), (0.016, 0.22), (0.015, 0.29), (0.0, 0.29)]
    kit.add(lathe(softened(flask, 2), (0.12, 0.34, 0.20), at=(-0.02, 0.02, -0.02), sides=24), gloss=0.8)
    return still(_LONG_M, _WIDE_M, 0.48)


def _blanket(first: Rgb, second: Rgb) -> Mesh:
    """Checks of two colours and of the one between them, lying a little wavy."""
    x, z = np.meshgrid(np.linspace(-0.5, 0.5, _COLUMNS + 1), np.linspace(-0.5, 0.5, _ROWS + 1), indexing="ij")
    high = 0.016 + 0.006 * np.sin(9.0 * x + 4.0 * z)
    points = np.stack([x * _LONG_M, high, z * _WIDE_M], -1).reshape(-1, 3)
    at = np.arange(len(points)).reshape(_COLUMNS + 1, _ROWS + 1)
    a, b, c, d = (part.reshape(-1) for part in (at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]))
    dark = (np.arange(_COLUMNS) % 2)[:, None] + (np.arange(_ROWS) % 2)[None, :]
    shares = dark.reshape(-1, 1) / 2.0
    tones = np.array(second) * (1.0 - shares) + np.array(first) * shares
    return creased(
        points,
        np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)]),
        np.concatenate([tones, tones]),
    )


def _basket(kit: Assembly, at: tuple[float, float, float]) -> None:
    """A basket with a handle and a cloth over its rim."""
    side = [(0.0, 0.0), (0.15, 0.0), (0.19, 0.20), (0.175, 0.205), (0.0, 0.19)]
    tones = [shade(_WICKER, 0.7), _WICKER, shade(_WICKER, 1.15), CREAM]
    kit.add(lathe(side, tones, at=at, sides=28), gloss=0.1)
    x, y, z = at
    turn = np.linspace(0.0, math.pi, 9)
    handle = np.stack([x + 0.0 * turn, y + 0.18 + 0.24 * np.sin(turn), z + 0.18 * np.cos(turn)], 1)
    kit.add(sweep(handle, 0.013, shade(_WICKER, 0.85), sides=7, bend=2), gloss=0.1)
