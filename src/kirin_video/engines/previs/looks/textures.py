"""Paper, canvas, grain and hatching: square tiles that continue at their borders, made from a seed."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.looks.planes import Plane, Real
from kirin_video.engines.previs.looks.raster import line

SIDE = 512
"""Pixels along a tile."""


def noise(seed: int, *, finest_px: float, coarsest_px: float, slope: float = 1.0) -> Real:
    """Noise between two sizes of grain, mean 0 and deviation 1: float32, (SIDE, SIDE).

    Args:
        seed: the same seed, the same noise.
        finest_px: the shortest wave.
        coarsest_px: the longest wave.
        slope: how much stronger the long waves are; 0 is as strong.
    """
    spectrum = np.fft.rfft2(np.random.default_rng(seed).normal(size=(SIDE, SIDE)))
    rate = np.hypot(np.fft.fftfreq(SIDE)[:, None], np.fft.rfftfreq(SIDE)[None, :])
    rate[0, 0] = 1.0
    band = np.exp(-((rate * finest_px) ** 4)) * (1 - np.exp(-((rate * coarsest_px) ** 4)))
    spectrum *= band * rate**-slope
    values = np.fft.irfft2(spectrum, (SIDE, SIDE))
    return ((values - values.mean()) / values.std()).astype(np.float32)


def as_tile(values: Real, deviation: float, middle: float = 128.0) -> Plane:
    """Noise as bytes around a middle."""
    return np.clip(np.rint(middle + values * deviation), 0, 255).astype(np.uint8)


def cold_pressed(seed: int) -> Real:
    """Watercolour paper: bumps of a few pixels over a gentle cockle."""
    bumps = noise(seed, finest_px=3.0, coarsest_px=9.0, slope=0.4)
    return 0.8 * bumps + 0.45 * noise(seed + 1, finest_px=10.0, coarsest_px=60.0)


def rice_paper(seed: int) -> Real:
    """Thin paper: soft clouds and long fibres."""
    fibres = np.zeros((SIDE, SIDE), np.float32)
    random = np.random.default_rng(seed)
    for _ in range(420):
        x, y, turn = random.uniform(0, SIDE), random.uniform(0, SIDE), random.uniform(0, np.pi)
        length, bend = random.uniform(10, 46), random.uniform(-0.8, 0.8)
        steps = np.linspace(-0.5, 0.5, 9)
        way = np.stack(
            (
                x + length * (steps * np.cos(turn) - bend * steps**2 * np.sin(turn)),
                y + length * (steps * np.sin(turn) + bend * steps**2 * np.cos(turn)),
            ),
            axis=1,
        )
        draw_wrapped(fibres, way, random.uniform(0.4, 1.0), 1)
    clouds = noise(seed + 1, finest_px=14.0, coarsest_px=150.0)
    return 0.6 * clouds + 0.4 * noise(seed + 2, finest_px=2.0, coarsest_px=6.0, slope=0.0) + 1.4 * fibres


def woven(seed: int, thread_px: float = 4.0) -> Real:
    """Canvas: threads over and under."""
    count = round(SIDE / (2 * thread_px))
    at = np.arange(SIDE) * (2 * np.pi * count / SIDE)
    weave = np.sin(at)[:, None] * np.sin(at)[None, :]
    threads = np.abs(np.cos(at / 2))[:, None] + np.abs(np.cos(at / 2))[None, :]
    rough = noise(seed, finest_px=2.0, coarsest_px=12.0, slope=0.5)
    return (0.9 * weave + 0.5 * (threads - threads.mean()) + 0.5 * rough).astype(np.float32)


def draw_wrapped(tile: Real, way: np.ndarray, value: float, thickness: int) -> None:
    """Draw a smooth line onto a tile that goes on at the other side."""
    low, high = way.min(axis=0) - thickness - 2, way.max(axis=0) + thickness + 2
    for dy in (-SIDE, 0, SIDE):
        for dx in (-SIDE, 0, SIDE):
            if low[0] + dx > SIDE or high[0] + dx < 0 or low[1] + dy > SIDE or high[1] + dy < 0:
                continue
            line(tile, way + np.array((dx, dy)), value, thickness)
