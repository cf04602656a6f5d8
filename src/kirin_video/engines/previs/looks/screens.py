"""Screens: tiles that say at which darkness a place takes ink; hatching and dots come out of one comparison.

Whatever a screen inks at one darkness it inks at every greater one, so tones grow smoothly.
"""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.looks.planes import Plane, Real
from kirin_video.engines.previs.looks.raster import gained, less
from kirin_video.engines.previs.looks.textures import SIDE, draw_wrapped

_STROKES = 3400


def hatching(seed: int, *, length_px: float = 44.0, thickness: int = 1) -> Plane:
    """Pencil strokes: one way in the light tones, crossed in the dark ones."""
    random = np.random.default_rng(seed)
    tile = np.full((SIDE, SIDE), 250.0, np.float32)
    for rank in np.linspace(1.0, 0.0, _STROKES):
        angle = -0.80 if rank < 0.5 else 0.75 if rank < 0.8 else 0.08
        angle += random.normal(0, 0.07)
        x, y = random.uniform(0, SIDE, 2)
        reach = length_px * random.uniform(0.6, 1.3)
        steps = np.linspace(-0.5, 0.5, 6)
        bend = random.uniform(-0.06, 0.06) * reach
        way = np.stack(
            (
                x + reach * steps * np.cos(angle) - bend * (1 - 4 * steps**2) * np.sin(angle),
                y + reach * steps * np.sin(angle) + bend * (1 - 4 * steps**2) * np.cos(angle),
            ),
            axis=1,
        )
        draw_wrapped(tile, way, 22.0 + 220.0 * rank, thickness)
    return np.clip(tile, 0, 255).astype(np.uint8)


def dots(pitch_px: float) -> Plane:
    """Printed dots on a grid at 45 degrees: small in the light, run together in the dark."""
    count = max(round(SIDE / pitch_px / np.sqrt(2)), 4)
    at = np.arange(SIDE) * (2 * np.pi * count / SIDE)
    wave = np.cos(at[:, None] + at[None, :]) + np.cos(at[:, None] - at[None, :])
    flat = wave.ravel()
    order = np.empty(flat.size)
    order[np.argsort(flat)] = np.arange(flat.size) / flat.size
    return np.rint((1 - order.reshape(SIDE, SIDE)) * 250).astype(np.uint8)


def pressed(dark: Plane, screen: Plane, softness: float = 40.0) -> Plane:
    """The ink that a screen takes, 0 to 255, where ``dark`` is darker than its threshold."""
    return gained(less(dark, screen), 255.0 / softness)


def grained(values: Real) -> Plane:
    """Noise as a screen: every darkness inks its share of the area."""
    order = np.empty(values.size)
    order[np.argsort(values, axis=None)] = np.arange(values.size) / values.size
    return np.rint(order.reshape(values.shape) * 250).astype(np.uint8)
