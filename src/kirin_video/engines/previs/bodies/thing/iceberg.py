"""Icebergs that somebody asks for."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import still
from kirin_video.engines.previs.icebergs import iceberg as berg
from kirin_video.engines.previs.noise import Noise

_SIZE_M = 12.0


def iceberg(order: Order, kit: Assembly) -> Mechanism:
    """An iceberg, the water's surface at its foot."""
    del order
    mesh = berg(np.random.default_rng(5), Noise(11), _SIZE_M)
    kit.add(mesh, gloss=0.25)
    tall = float(mesh.positions[:, 1].max())
    return still(2.7 * _SIZE_M, 2.0 * _SIZE_M, tall)
