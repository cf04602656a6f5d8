"""Drops on glass, as a lens shows them, and the blurred view behind them."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.plan import TimeOfDay
from kirin_video.engines.previs.shapes import Color
from kirin_video.engines.previs.swarms import Facing, Floats, Key, Look, Shape, Swarm, grown
from kirin_video.engines.previs.worlds.site import Site

VIEWS: dict[TimeOfDay, tuple[Color, Color, Color]] = {
    TimeOfDay.DAWN: ((0.74, 0.68, 0.70), (0.44, 0.48, 0.44), (0.30, 0.36, 0.30)),
    TimeOfDay.DAY: ((0.70, 0.75, 0.79), (0.42, 0.52, 0.46), (0.24, 0.36, 0.24)),
    TimeOfDay.DUSK: ((0.34, 0.34, 0.46), (0.26, 0.24, 0.32), (0.14, 0.15, 0.20)),
    TimeOfDay.NIGHT: ((0.15, 0.20, 0.32), (0.16, 0.17, 0.26), (0.10, 0.10, 0.15)),
}
"""The blurred view by the hour: sky, what is far, what is near."""


def glassy(  # noqa: PLR0913, PLR0917 -- what drops are
    site: Site, born: Floats, life: Floats, start: Floats, size: Floats, way: Floats, chance: Floats
) -> list[Swarm]:
    """Drops as a lens shows them: the ground dark above, the sky bright below."""
    sky, _, near = VIEWS[site.plan.time]
    dark = site.plan.time in {TimeOfDay.NIGHT, TimeOfDay.DUSK}
    deep: Color = (0.45 * near[0] ** 2, 0.45 * near[1] ** 2, 0.45 * near[2] ** 2)
    bright: Color = (0.9, 0.72, 0.46) if dark else (1.1 * sky[0], 1.1 * sky[1], 1.1 * sky[2])
    rim = Look(Shape.DROP, (Key(0.0, deep, 0.62),), core=deep, facing=Facing.UPRIGHT, glow=1.0, softness=0.10)
    light = Look(
        Shape.DROP, (Key(0.0, bright, 0.55 if dark else 0.85),), core=(1.0, 1.0, 1.0), facing=Facing.UPRIGHT,
        glow=1.0, softness=0.35,
    )  # fmt: skip
    below = start + np.array([0.0, 0.0, 0.001]) - np.stack([0 * life, 0.30 * size[:, 1], 0 * life], 1)
    return [
        grown(rim, born=born, life=life, start=start, size=size, velocity=way, chance=chance),
        grown(light, born=born, life=life, start=below, size=0.62 * size, velocity=way, chance=chance),
    ]
