"""Bookcases, full of books."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.city.solids import soft_box, turned
from kirin_video.engines.previs.furnishings.surfaces import OAK
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, box


def shelf(rng: np.random.Generator, *, wide: float = 1.3, high: float = 2.0, rows: int = 5) -> Mesh:
    """A bookcase with its back at z = 0, open to +z, full of books and a few things."""
    deep = 0.32
    x = wide / 2.0
    parts = [
        box((-x, 0.0, 0.0), (x, high, 0.03), (0.46, 0.33, 0.22)),
        soft_box((-x - 0.03, 0.0, 0.0), (-x, high, deep), OAK, bevel=0.008),
        soft_box((x, 0.0, 0.0), (x + 0.03, high, deep), OAK, bevel=0.008),
    ]
    spines: list[Color] = [
        (0.62, 0.24, 0.20),
        (0.24, 0.36, 0.44),
        (0.82, 0.70, 0.46),
        (0.30, 0.42, 0.28),
        (0.78, 0.76, 0.70),
        (0.42, 0.30, 0.40),
        (0.80, 0.50, 0.26),
    ]
    for k in range(rows + 1):
        y = k * (high - 0.03) / rows
        parts.append(soft_box((-x, y, 0.0), (x, y + 0.03, deep), OAK, bevel=0.006))
        if k == rows:
            break
        at = -x + 0.03
        while at < x - 0.08:
            if rng.random() < 0.12:  # noqa: PLR2004 -- now and then a gap with a thing in it
                tone = spines[int(rng.integers(7))]
                parts.append(
                    turned(
                        [
                            (0.0, y + 0.03),
                            (0.05, y + 0.03),
                            (0.07, y + 0.12),
                            (0.03, y + 0.2),
                            (0.035, y + 0.22),
                        ],
                        tone,
                        sides=10,
                    ).moved((at + 0.1, 0.0, 0.17))
                )
                at += 0.22
                continue
            thick, tall = float(rng.uniform(0.025, 0.055)), float(rng.uniform(0.20, 0.31))
            parts.append(
                box(
                    (at, y + 0.03, 0.06),
                    (at + thick, y + 0.03 + tall, 0.06 + float(rng.uniform(0.17, 0.22))),
                    spines[int(rng.integers(7))],
                )
            )
            at += thick + 0.003
    return merge(parts)
