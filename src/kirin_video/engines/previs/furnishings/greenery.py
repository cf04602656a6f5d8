"""Plants in pots."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.city.solids import turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import tube
from kirin_video.engines.previs.trees import leaves


def pot_plant(seed: int) -> Mesh:
    """A leafy plant of a metre in a clay pot."""
    rng = np.random.default_rng(seed)
    pot = turned(
        [(0.0, 0.0), (0.13, 0.0), (0.18, 0.30), (0.20, 0.30), (0.20, 0.34), (0.16, 0.34), (0.0, 0.31)],
        (0.72, 0.42, 0.30),
        sides=16,
    )
    stems = [
        tube(
            np.array([[0, 0.3, 0], [0.1 * np.cos(a), 0.6, 0.1 * np.sin(a)]]),
            np.array([0.012, 0.008]),
            5,
            (0.34, 0.40, 0.20),
        )
        for a in (0.3, 2.4, 4.4)
    ]
    crown = leaves(
        rng,
        np.array([0.0, 0.78, 0.0]),
        np.array([0.34, 0.34, 0.34]),
        70,
        0.13,
        ((0.16, 0.32, 0.14), (0.36, 0.52, 0.22)),
        np.array([0.0, 0.5, 0.0]),
    )
    inner = leaves(
        rng,
        np.array([0.0, 0.72, 0.0]),
        np.array([0.2, 0.24, 0.2]),
        40,
        0.12,
        ((0.14, 0.28, 0.12), (0.28, 0.42, 0.18)),
        np.array([0.0, 0.5, 0.0]),
    )
    return merge([pot, *stems, crown, inner])
