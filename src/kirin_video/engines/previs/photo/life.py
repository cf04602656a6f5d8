"""What moves by itself in a photograph: clouds, water, leaves, hair, fire, and the light on everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]

_DRIFT: Final = 13.0
"""How fast clouds go, pixels a second of a 1280 wide frame."""

_DRIFT_FROM: Final = 0.5
"""Over this share of the width clouds gather speed: there the sky stretches instead of running out."""

_RIPPLES: Final = 26.0
_SHORTEST: Final = 0.22


@dataclass(frozen=True, slots=True)
class Life:
    """What can move, for each layer, sampled like its disparity; float32, (n, rows, columns).

    Attributes:
        water: 0 to 1.
        leaves: 0 to 1.
        hair: 0 to 1.
        fire: 0 to 1.
        drift: 1 on the layer of the sky, 0 elsewhere; float32, (n,).
        horizon: the row from which water comes towards the camera, as a share of the height.
        plain: whether the picture is drawn: its light stands still.
        calm_light: whether only the light is left to move.
        phases: the seeded phases of all waves, float32, (8,).
        unit: pixels for one pixel of a 1280 wide frame.
        size: width and height of the picture.
        sway: which layer stands and shifts its weight, where its foot is and how much, in pixels; None for
            nobody.
    """

    water: Plane
    leaves: Plane
    hair: Plane
    fire: Plane
    drift: Plane
    horizon: float
    plain: bool
    calm_light: bool
    phases: Plane
    unit: float
    size: tuple[int, int]
    sway: tuple[int, float, float] | None


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
        _drift(life, grid, time_s)
    if life.sway is not None and life.sway[0] == layer:
        _shift_weight(life.sway[1], life.sway[2] * ramp, grid, time_s)
    if life.water[layer].any():
        water = at_nodes(life.water[layer], grid)
        down = _below(life, grid[1])
        dx, dy = ripples(grid[0] / np.float32(unit), down, time_s, phases)
        grid[0] += water * np.float32(ramp * unit) * dx
        grid[1] += water * np.float32(ramp * unit) * dy
    for plane, motion in ((life.leaves, flutter), (life.hair, strands), (life.fire, licking)):
        if plane[layer].any():
            amount = at_nodes(plane[layer], grid) * np.float32(ramp * unit)
            dx, dy = motion(grid[0] / np.float32(unit), grid[1] / np.float32(unit), time_s, phases)
            grid[0] += amount * dx
            grid[1] += amount * dy


def _drift(life: Life, grid: Plane, time_s: float) -> None:
    """Clouds go to the right, those high up faster; where they come from the sky stretches."""
    width, height = life.size
    unit, phases = life.unit, life.phases
    ramp = _gentle(abs(time_s) / 0.8)
    rise = np.clip(1.0 - grid[1] / np.float32(max(life.horizon, 0.15) * height), 0.0, 1.0)
    source = grid[0] if time_s >= 0.0 else np.float32(width) - grid[0]
    gather = np.clip(source / np.float32(_DRIFT_FROM * width), 0.0, 1.0)
    gather = gather * gather * (3.0 - 2.0 * gather)
    way = np.float32(unit * _DRIFT * _eased_time(time_s, 1.2))
    grid[0] -= way * gather * (0.45 + 0.55 * rise)
    x, y = grid[0] / np.float32(unit), grid[1] / np.float32(unit)
    grid[1] += np.float32(ramp * unit * 1.2) * gather * np.sin(0.011 * x + 0.5 * time_s + phases[0])
    grid[0] += np.float32(ramp * unit * 1.5) * gather * np.sin(0.013 * y + 0.4 * time_s + phases[1])


def _shift_weight(foot: float, amount: float, grid: Plane, time_s: float) -> None:
    """Somebody who stands sways from the foot up, and breathes."""
    up = np.maximum(np.float32(foot) - grid[1], np.float32(0.0))
    share = np.minimum(up / np.float32(max(foot, 1.0)), np.float32(1.0))
    grid[0] -= np.float32(amount) * share * np.float32(np.sin(1.5 * time_s) * min(1.0, abs(time_s)))
    grid[1] += np.float32(0.35 * amount) * share * np.float32(np.sin(2.9 * time_s))


def _below(life: Life, y: Plane) -> Plane:
    """How far rows are on the way from the horizon to the foot of the picture, 0 to 1."""
    height = life.size[1]
    start = life.horizon * height
    return np.clip((y - np.float32(start)) / np.float32(max(height - start, 1.0)), 0.02, 1.2).astype(
        np.float32
    )


def ripples(x: Plane, down: Plane, time_s: float, phases: Plane) -> tuple[Plane, Plane]:
    """How far water shifts what is seen in it: longer and larger towards the camera, never below a cell."""
    rows = np.log(down)
    size = np.clip((down - 0.04) / (_SHORTEST - 0.04), 0.0, 1.0) * (0.35 + 0.65 * down)
    along = x / np.maximum(down, np.float32(0.12))
    wave = np.sin(_RIPPLES * rows - 2.6 * time_s + 0.012 * along + phases[2])
    cross = np.sin(0.62 * _RIPPLES * rows - 1.9 * time_s - 0.021 * along + phases[3])
    return size * (3.2 * wave + 1.8 * cross), size * (1.3 * cross + 0.5 * wave)


def glitter(life: Life, layer: int, light: Plane, time_s: float) -> None:
    """Bands of light that run over the water towards the camera, and fire that flickers, in place.

    Args:
        life: what can move.
        layer: the layer that lies open.
        light: gain at every node, float32, (rows, columns).
        time_s: as for :func:`stir`.
    """
    ramp = _gentle(abs(time_s) / 0.8)
    rows, columns = light.shape
    if life.water[layer].any():
        x = (np.arange(columns, dtype=np.float32) * np.float32(8.0 / life.unit))[None, :]
        down = _below(life, (np.arange(rows, dtype=np.float32) * np.float32(8.0))[:, None])
        _, dy = ripples(x, down, time_s, life.phases)
        start = ripples(x, down, 0.0, life.phases)[1]
        light += ramp * 0.055 * life.water[layer][:rows, :columns] * (dy - start)
    if life.fire[layer].any():
        beat = 0.6 * np.sin(11.3 * time_s) + 0.4 * np.sin(17.9 * time_s + 1.0) + 0.3 * np.sin(5.1 * time_s)
        glow = np.asarray(cv2.GaussianBlur(life.fire[layer], (0, 0), 6.0), np.float32)
        light += np.float32(ramp * 0.09 * beat) * np.clip(1.6 * glow, 0, 1)[:rows, :columns]


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


def strands(x: Plane, y: Plane, time_s: float, phases: Plane) -> tuple[Plane, Plane]:
    """How far air moves hair and fur, in units of a 1280 wide frame."""
    sway = np.sin(1.7 * time_s + 0.014 * y + phases[5]) + 0.5 * np.sin(2.9 * time_s - 0.02 * x + phases[6])
    return 2.0 * sway, 0.5 * np.sin(1.3 * time_s + 0.018 * x + phases[4])


def licking(x: Plane, y: Plane, time_s: float, phases: Plane) -> tuple[Plane, Plane]:
    """How far flames and what rises from them move, in units of a 1280 wide frame: waves that run upwards."""
    rise = 0.075 * y + 9.0 * time_s
    tongue = np.sin(rise + 0.03 * x + phases[3]) + 0.6 * np.sin(1.7 * rise - 0.05 * x + phases[4])
    return 2.6 * tongue, 2.4 * np.sin(0.06 * y + 7.3 * time_s + phases[5])


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


def at_nodes(plane: Plane, grid: Plane) -> Plane:
    """A plane of what was found, sampled every 8 pixels, read at the grid's points."""
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
