"""The course of a road or a railway through open country, and how the land makes room for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.noise import Field, smoothstep
from kirin_video.engines.previs.terrain import Height
from kirin_video.engines.previs.ways import Floats, Way
from kirin_video.engines.previs.worlds.site import Site

_STEP_M = 2.0
_AHEAD_M, _BEHIND_M = 1500.0, 260.0
_EVEN_M = 60.0
"""Over so many metres a road evens out the land."""
_LEVEL_M = 150.0
"""So far from the viewer to both sides it is level: puddles mirror only what is."""
_SHOULDER_M = 1.1
_CUT_M = 0.16
"""How far below its surface the land under a way is, so that none of it comes through."""


@dataclass(frozen=True, slots=True)
class Line:
    """How a way is drawn on the map.

    Attributes:
        gap_m: how far from the viewer its middle is.
        bend_m: how far it swings to the other side, 30 to 200 metres ahead.
        sweep_m: how far it swings back after that.
        straight_m: how much further on each bend begins: so far it is straight.
    """

    gap_m: float = 6.2
    bend_m: float = 30.0
    sweep_m: float = 95.0
    straight_m: float = 0.0


def course(site: Site, line: Line, side: float) -> tuple[Floats, Floats]:
    """Z and x of a line that passes the viewer at one side, crosses the view and winds on.

    Args:
        site: whose chance decides how it winds.
        line: how it is drawn.
        side: the side it passes him at, 1.0 is right.
    """
    z = np.arange(-_AHEAD_M, _BEHIND_M + _STEP_M, _STEP_M)
    ahead = np.where(z < 0.0, np.maximum(-z - line.straight_m, 0.0), np.minimum(-z + line.straight_m, 0.0))
    wander = (
        site.noise(17).fbm(ahead / 300.0, np.full_like(ahead, 4.0), 2) * 22.0 * _step(120.0, 420.0, ahead)
    )
    swing = line.gap_m - line.bend_m * _step(25.0, 215.0, ahead) + line.sweep_m * _step(190.0, 500.0, ahead)
    swing = swing - 2.4 * line.sweep_m * _step(480.0, 1150.0, ahead) - 9.0 * _step(25.0, 190.0, -ahead)
    return z, side * swing + wander


def _step(low: float, high: float, x: Floats) -> Floats:
    s = np.clip((x - low) / (high - low), 0.0, 1.0)
    return s * s * (3.0 - 2.0 * s)


def evened(land: Height, x: Floats, z: Floats, level_m: float) -> Floats:
    """How high a way lies: level near the viewer, further on as high as the land is on the whole."""
    raw = land(x.astype(np.float32), z.astype(np.float32)).astype(float)
    reach = round(3.0 * _EVEN_M / _STEP_M)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) * _STEP_M / _EVEN_M) ** 2)
    smooth = np.convolve(np.pad(raw, reach, mode="edge"), weights / weights.sum(), mode="valid")
    return level_m + (smooth - level_m) * _step(_LEVEL_M, 2.6 * _LEVEL_M, np.abs(z))


def graded(way: Way, land: Height, *, ditch_m: float = 0.28, bank: float = 2.6) -> Height:
    """The land with a bed cut into it or heaped up on it for a way.

    Args:
        way: what it carries.
        land: as it was.
        ditch_m: how deep the ditches are beside it.
        bank: how many metres wide its banks are for every metre of height.
    """

    def height(x: Field, z: Field) -> Field:
        off = np.abs(way.off(x, z)).astype(np.float32)
        level = np.interp(z, way.z, way.y).astype(np.float32)
        before = land(x, z)
        edge = np.float32(way.half_m + _SHOULDER_M)
        wide = np.clip(bank * np.abs(before - level), 7.0, 80.0)
        free = np.clip((off - edge) / wide, 0.0, 1.0)
        free = free * free * (3.0 - 2.0 * free)
        far = np.float32(0.0035) * np.maximum(np.hypot(x, z) - 60.0, 0.0)
        cut = (_CUT_M + np.minimum(far, 1.2)) * smoothstep(way.half_m + 0.5, way.half_m - 0.2, off)
        ditch = ditch_m * np.exp(-(((off - edge - 1.3) / 0.8) ** 2))
        near = smoothstep(way.z[-1], way.z[-1] - 60.0, z) * smoothstep(way.z[0], way.z[0] + 80.0, z)
        bed = level + (before - level) * free - (cut + ditch) * (1.0 - 0.9 * free)
        return (before + (bed - before) * near).astype(np.float32)

    return height
