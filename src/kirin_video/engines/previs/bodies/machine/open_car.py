"""What an open car has in place of a roof: a cockpit with seats, a windscreen in its frame, and a wheel."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.skins import panel
from kirin_video.engines.previs.bodies.hard.solids import box
from kirin_video.engines.previs.bodies.machine.car_hull import Hull, Rgb

_LEATHER: Rgb = (0.46, 0.27, 0.15)
_FLOOR: Rgb = (0.05, 0.045, 0.045)
_FRAME: Rgb = (0.74, 0.75, 0.78)
_ROWS = (0.02, -0.36)
"""Where the hips of those in front and in the rear are, as shares of half the length."""
_ASIDE_M, _HIPS_M = 0.37, 0.50
"""How far from the middle they sit, and how high their hips are."""
_COCKPIT = -0.56, 0.27


def open_up(kit: Assembly, hull: Hull, bone: int) -> None:
    """Lay the cockpit on an open car's deck: its inside is dark, and seats stand out of it."""
    half = hull.shape.length / 2.0
    along = np.linspace(_COCKPIT[0] * half, _COCKPIT[1] * half, 14)
    across = np.linspace(0.30, math.pi - 0.30, 13)
    kit.add(panel(hull.cabin, *np.meshgrid(along, across), _FLOOR, lift=0.012), bone=bone, gloss=0.05)
    for row in _ROWS:
        x = row * half - 0.16
        top = float(hull.belt(np.array(x))) + 0.17
        for side in (1.0, -1.0):
            z = side * _ASIDE_M
            low, high = (x - 0.12, top - 0.42, z - 0.25), (x + 0.02, top, z + 0.25)
            kit.add(box(low, high, _LEATHER, round_m=0.07, steps=2), bone=bone, gloss=0.25)
            low, high = (x - 0.11, top - 0.02, z - 0.13), (x - 0.01, top + 0.17, z + 0.13)
            kit.add(box(low, high, _LEATHER, round_m=0.05, steps=2), bone=bone, gloss=0.25)
    _windscreen(kit, hull, bone)
    _wheel(kit, hull, bone)


def _windscreen(kit: Assembly, hull: Hull, bone: int) -> None:
    """Its frame: what is seen through its glass is seen without it."""
    foot = _COCKPIT[1] * hull.shape.length / 2.0 + 0.16
    low = float(hull.belt(np.array(foot))) + 0.02
    wide = float(hull.waist(np.array(foot))) * 0.86
    path = [(foot, low, -wide), (foot - 0.27, low + 0.37, -0.88 * wide)]
    path += [(foot - 0.29, low + 0.40, share * wide) for share in (-0.80, -0.4, 0.0, 0.4, 0.80)]
    path += [(foot - 0.27, low + 0.37, 0.88 * wide), (foot, low, wide)]
    kit.add(sweep(path, 0.022, _FRAME, sides=8), bone=bone, gloss=0.9)


def _wheel(kit: Assembly, hull: Hull, bone: int) -> None:
    x, y, z = _hub(hull)
    turns = np.linspace(0.0, math.tau, 25)
    rim = [(x + 0.09 * math.sin(a), y + 0.155 * math.sin(a), z + 0.18 * math.cos(a)) for a in turns]
    kit.add(sweep(rim, 0.017, _FLOOR, sides=6), bone=bone, gloss=0.2)


def _hub(hull: Hull) -> tuple[float, float, float]:
    """The middle of the steering wheel."""
    x = _ROWS[0] * hull.shape.length / 2.0 + 0.44
    return x, float(hull.belt(np.array(x))) + 0.10, -_ASIDE_M


def seats_of(hull: Hull, bone: int) -> tuple[tuple[str, int, tuple[float, float, float]], ...]:
    """Where people sit in it, the driver first, and where his hands are."""
    half = hull.shape.length / 2.0
    hips = [(row * half, _HIPS_M, side * _ASIDE_M) for row in _ROWS for side in (-1.0, 1.0)]
    x, y, z = _hub(hull)
    return (
        ("saddle", bone, hips[0]),
        *((f"place{k}", bone, at) for k, at in enumerate(hips)),
        ("wheel_l", bone, (x, y + 0.06, z - 0.165)),
        ("wheel_r", bone, (x, y + 0.06, z + 0.165)),
    )
