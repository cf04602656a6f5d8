"""Blue and white: what is painted under the glaze of porcelain."""

# ruff: noqa: PLR0913, PLR0917 -- a dab has a wall, a place, a size and a colour
from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball
from kirin_video.engines.previs.bodies.hard.turned import ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import Rgb

Floats = NDArray[np.float64]

_COBALT: Rgb = (0.10, 0.20, 0.56)
_PALE: Rgb = (0.28, 0.42, 0.74)
_ASKED = "blue and white"
"""The colour that asks for it."""


def is_painted(order: Order) -> bool:
    """Whether the plan asks for blue and white."""
    asked = order.subject.color_of("body")
    return asked is not None and asked.name == _ASKED


def blue_and_white(kit: Assembly, line: Floats, low: float, high: float, *, flowers: int = 5) -> None:
    """Paint a turned wall: bands at both ends, peonies and scrolls of leaves between them.

    Args:
        kit: the body.
        line: (n, 2), radius and height of the wall, from below, as it was turned.
        low: height where the picture begins, metres.
        high: and where it ends.
        flowers: how many peonies there are round it.
    """
    tall = high - low
    for share, thick in ((0.0, 0.030), (0.07, 0.012), (0.93, 0.012), (1.0, 0.030)):
        y = low + share * tall
        kit.add(
            ring((0.0, y, 0.0), 1.008 * _radius(line, y), thick * tall, _COBALT, axis="y", sides=44),
            gloss=0.6,
        )
    for k in range(flowers):
        turn = 2.0 * math.pi * k / flowers
        _peony(kit, line, turn, low + 0.5 * tall, 0.17 * tall)
        _scroll(kit, line, turn + math.pi / flowers, low + 0.5 * tall, 0.3 * tall, math.pi / flowers)


def _radius(line: Floats, y: float) -> float:
    """How wide the outer wall is at a height: it is told from the widest point down and up."""
    widest = int(line[:, 0].argmax())
    part = line[: widest + 1] if y <= line[widest, 1] else line[widest:][::-1]
    rising: Floats = part[np.argsort(part[:, 1], kind="stable")]
    return float(np.interp(y, rising[:, 1], rising[:, 0]))


def _spot(kit: Assembly, line: Floats, turn: float, y: float, size: tuple[float, float], color: Rgb) -> None:
    """A dab of the brush on the wall: half as wide and as high as ``size``."""
    step = 0.2 * max(size)
    slope = (_radius(line, y + step) - _radius(line, y - step)) / (2.0 * step)
    dab = ball((0.0, 0.0, 0.0), (0.14 * min(size), size[1], size[0]), color, level=1)
    leaning = put(dab, (1.012 * _radius(line, y), y, 0.0), turn=[("z", -math.degrees(math.atan(slope)))])
    kit.add(put(leaning, turn=[("y", math.degrees(turn))]), gloss=0.6, shades=False)


def _peony(kit: Assembly, line: Floats, turn: float, y: float, size: float) -> None:
    """A flower of two rings of petals."""
    wide = max(_radius(line, y), 1e-4)
    for count, far, dab, color in ((8, 0.78, 0.36, _COBALT), (5, 0.36, 0.27, _PALE)):
        for k in range(count):
            a = 2.0 * math.pi * k / count
            at = turn + far * size * math.cos(a) / wide
            _spot(kit, line, at, y + far * size * math.sin(a), (dab * size, dab * size), color)
    _spot(kit, line, turn, y, (0.16 * size, 0.16 * size), _COBALT)


def _scroll(kit: Assembly, line: Floats, turn: float, y: float, swing: float, half: float) -> None:
    """A tendril from flower to flower, with leaves on both sides."""
    path: list[tuple[float, float, float]] = []
    for k in range(13):
        s = k / 6.0 - 1.0
        at, up = turn + 0.72 * half * s, y + swing * math.sin(math.pi * s)
        r = 1.012 * _radius(line, up)
        path.append((r * math.cos(at), up, -r * math.sin(at)))
        if k % 3 == 1:
            _spot(kit, line, at, up + 0.24 * swing, (0.2 * swing, 0.11 * swing), _PALE)
            _spot(kit, line, at, up - 0.24 * swing, (0.2 * swing, 0.11 * swing), _COBALT)
    kit.add(sweep(path, 0.045 * swing, _COBALT, sides=5), gloss=0.6, shades=False)
