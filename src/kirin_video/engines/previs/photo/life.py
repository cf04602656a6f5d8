"""What moves by itself in a photograph: clouds, water, leaves, and the light on everything."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Life:
    """What can move, for each layer, sampled like its disparity; float32, (n, rows, columns).

    Attributes:
        water: 0 to 1.
        leaves: 0 to 1.
        drift: 1 on the layer of the sky, 0 elsewhere; float32, (n,).
        calm_light: whether only the light is left to move.
        phases: the seeded phases of all waves, float32, (8,).
        unit: pixels for one pixel of a 1280 wide frame.
    """

    water: Plane
    leaves: Plane
    drift: Plane
    calm_light: bool
    phases: Plane
    unit: float


def stir(life: Life, layer: int, grid: Plane, time_s: float) -> None:
    """Adds the motion of one layer at a moment to its grid of coordinates, in place.

    Args:
        life: what can move.
        layer: which layer.
        grid: x, y and disparity of every node, float32, (3, rows, columns).
        time_s: seconds since the picture itself is shown; negative before it is.
    """
    ramp = _gentle(abs(time_s) / 0.8)
    phases, unit = life.phases, life.unit
    if life.drift[layer]:
        grid[0] -= np.float32(unit * 7.0 * _eased_time(time_s, 1.2))
        x, y = grid[0] / np.float32(unit), grid[1] / np.float32(unit)
        grid[1] += np.float32(ramp * unit * 1.2) * np.sin(0.011 * x + 0.5 * time_s + phases[0])
        grid[0] += np.float32(ramp * unit * 1.5) * np.sin(0.013 * y + 0.4 * time_s + phases[1])
    for plane, motion in ((life.water, waves), (life.leaves, flutter)):
        if plane[layer].any():
            sway = _at(plane[layer], grid) * np.float32(ramp * unit)
            dx, dy = motion(grid[0] / np.float32(unit), grid[1] / np.float32(unit), time_s, phases)
            grid[0] += sway * dx
            grid[1] += sway * dy


def waves(x: Plane, y: Plane, time_s: float, phases: Plane) -> tuple[Plane, Plane]:
    """How far water shifts what is seen in it, in units of a 1280 wide frame."""
    wave = np.sin(0.19 * y - 2.3 * time_s + 0.021 * x + phases[2])
    cross = np.sin(0.11 * y + 1.7 * time_s - 0.034 * x + phases[3])
    return 1.6 * wave + 0.9 * cross, 0.5 * cross


def flutter(x: Plane, y: Plane, time_s: float, phases: Plane) -> tuple[Plane, Plane]:
    """How far wind moves leaves, in units of a 1280 wide frame."""
    gust = 0.65 + 0.35 * np.sin(0.9 * time_s - 0.006 * x + phases[4])
    quick = np.sin(2.1 * time_s + 0.045 * x + 0.03 * y + phases[5])
    bend = np.sin(1.3 * time_s + 0.017 * x - 0.012 * y + phases[6])
    return gust * (1.5 * bend + 0.7 * quick), gust * (0.6 * quick)


def breathing(phases: Plane, shape: tuple[int, int], time_s: float, *, calm: bool) -> Plane:
    """Gain of the light at every node: soft patches that wander, stronger where nothing else lives."""
    rows, columns = shape
    x = (np.arange(columns, dtype=np.float32) / np.float32(columns))[None, :]
    y = (np.arange(rows, dtype=np.float32) / np.float32(rows))[:, None]
    amount = 0.022 if calm else 0.009
    patches = (
        np.sin(4.2 * x + 1.7 * y + 0.55 * time_s + phases[0])
        + np.sin(-2.6 * x + 3.9 * y + 0.43 * time_s + phases[1])
        + 0.8 * np.sin(0.9 * time_s + phases[7])
    )
    start = np.sin(4.2 * x + 1.7 * y + phases[0]) + np.sin(-2.6 * x + 3.9 * y + phases[1])
    start = start + 0.8 * np.sin(phases[7])
    return (1.0 + amount * 0.5 * (patches - start)).astype(np.float32)


def _at(plane: Plane, grid: Plane) -> Plane:
    """A life plane, sampled every 8 pixels, read at the grid's points."""
    x, y = grid[0] / np.float32(8), grid[1] / np.float32(8)
    return np.asarray(cv2.remap(plane, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _gentle(u: float) -> float:
    """Smoothstep from 0 to 1."""
    u = min(max(u, 0.0), 1.0)
    return u * u * (3 - 2 * u)


def _eased_time(time_s: float, ramp_s: float) -> float:
    """Time that starts to flow slowly: its integral of a linear ramp; before the start, its mirror image."""
    if time_s < 0.0:
        return -_eased_time(-time_s, ramp_s)
    if time_s < ramp_s:
        return time_s * time_s / (2 * ramp_s)
    return time_s - ramp_s / 2
