"""The city's colours, and which of its windows are lit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from kirin_video.engines.previs.city.solids import Rgb, blended, shaded
from kirin_video.engines.previs.plan import TimeOfDay

T = TypeVar("T")

BRICKS: tuple[Rgb, ...] = ((0.54, 0.31, 0.25), (0.60, 0.38, 0.29), (0.47, 0.31, 0.28))
PLASTERS: tuple[Rgb, ...] = (
    (0.74, 0.58, 0.37),
    (0.77, 0.70, 0.57),
    (0.72, 0.53, 0.47),
    (0.52, 0.58, 0.48),
    (0.48, 0.56, 0.62),
    (0.70, 0.47, 0.35),
    (0.64, 0.59, 0.53),
    (0.76, 0.66, 0.46),
)
TRIMS: tuple[Rgb, ...] = ((0.82, 0.76, 0.65), (0.80, 0.78, 0.73), (0.70, 0.62, 0.50))
FRAMES: tuple[Rgb, ...] = ((0.84, 0.82, 0.77), (0.17, 0.26, 0.23), (0.27, 0.18, 0.13), (0.20, 0.24, 0.32))
ACCENTS: tuple[Rgb, ...] = (
    (0.54, 0.20, 0.16),
    (0.18, 0.33, 0.29),
    (0.20, 0.28, 0.40),
    (0.68, 0.49, 0.22),
    (0.24, 0.42, 0.44),
    (0.42, 0.25, 0.29),
    (0.33, 0.38, 0.25),
)
ROOFS: tuple[Rgb, ...] = ((0.52, 0.24, 0.16), (0.29, 0.31, 0.35), (0.44, 0.27, 0.20), (0.35, 0.33, 0.33))
PAINTS: tuple[Rgb, ...] = (
    (0.62, 0.13, 0.10),
    (0.76, 0.53, 0.16),
    (0.16, 0.42, 0.46),
    (0.74, 0.69, 0.58),
    (0.33, 0.48, 0.60),
    (0.36, 0.42, 0.26),
    (0.17, 0.22, 0.34),
    (0.66, 0.34, 0.20),
)
FLOWERS: tuple[Rgb, ...] = ((0.72, 0.16, 0.18), (0.80, 0.45, 0.52), (0.82, 0.62, 0.18), (0.74, 0.70, 0.72))

CREAM: Rgb = (0.84, 0.78, 0.66)
IRON: Rgb = (0.15, 0.17, 0.18)
STONE: Rgb = (0.57, 0.54, 0.49)
SLAB: Rgb = (0.60, 0.56, 0.50)
KERB: Rgb = (0.66, 0.63, 0.58)
ASPHALT: Rgb = (0.31, 0.305, 0.31)
PAINT_WHITE: Rgb = (0.80, 0.78, 0.73)
WOOD: Rgb = (0.46, 0.29, 0.17)
LEAF: Rgb = (0.34, 0.42, 0.21)
BARK: Rgb = (0.33, 0.24, 0.17)
LAMP: Rgb = (1.0, 0.77, 0.43)

_WARM: tuple[Rgb, ...] = ((1.0, 0.68, 0.33), (1.0, 0.76, 0.45), (0.98, 0.58, 0.26))
_COOL: Rgb = (0.74, 0.87, 1.0)
_GLASS: tuple[Rgb, ...] = ((0.25, 0.32, 0.37), (0.30, 0.38, 0.43), (0.38, 0.46, 0.50), (0.21, 0.27, 0.32))
_LIT_SHARE = {TimeOfDay.DAWN: 0.22, TimeOfDay.DAY: 0.0, TimeOfDay.DUSK: 0.5, TimeOfDay.NIGHT: 0.55}
_SHOPS_OPEN = {TimeOfDay.DAWN: 0.3, TimeOfDay.DAY: 0.0, TimeOfDay.DUSK: 0.95, TimeOfDay.NIGHT: 0.85}


def pick(rng: np.random.Generator, choices: Sequence[T]) -> T:
    """One of a sequence."""
    return choices[int(rng.integers(len(choices)))]


def chance(rng: np.random.Generator, odds: float) -> bool:
    """True with these odds."""
    return bool(rng.random() < odds)


def tinted(rng: np.random.Generator, color: Rgb, spread: float = 0.05) -> Rgb:
    """A colour a hand would mix again: a little lighter or darker, warmer or cooler."""
    tone = 1.0 + spread * float(rng.uniform(-1.0, 1.0))
    warmth = 0.4 * spread * float(rng.uniform(-1.0, 1.0))
    return color[0] * tone * (1.0 + warmth), color[1] * tone, color[2] * tone * (1.0 - warmth)


@dataclass(frozen=True, slots=True)
class Pane:
    """What one pane of glass looks like.

    Attributes:
        color: sRGB albedo.
        glow: 0..1, how strongly it shines in the dark.
    """

    color: Rgb
    glow: float


@dataclass(frozen=True, slots=True)
class Lights:
    """Decides room by room what is lit."""

    rng: np.random.Generator
    time: TimeOfDay

    def room(self) -> Pane:
        """A room's windows."""
        rng = self.rng
        draw, dim = float(rng.random()), float(rng.uniform(0.10, 0.30))
        glass, warm, cool = pick(rng, _GLASS), pick(rng, _WARM), chance(rng, 0.1)
        if draw >= _LIT_SHARE[self.time]:
            return Pane(glass, 0.0)
        return Pane(_COOL if cool else warm, dim)

    def shop(self) -> Pane:
        """A shop's windows: brighter, and open later."""
        rng = self.rng
        draw, dim = float(rng.random()), float(rng.uniform(0.24, 0.34))
        glass, warm = pick(rng, _GLASS), pick(rng, _WARM[:2])
        if draw >= _SHOPS_OPEN[self.time]:
            return Pane(blended(glass, (0.52, 0.42, 0.28), 0.45), 0.0)
        return Pane(warm, dim)

    @property
    def lamps(self) -> float:
        """How much of the street lamps' light falls on things, 0..1."""
        return {TimeOfDay.DAWN: 0.35, TimeOfDay.DAY: 0.0, TimeOfDay.DUSK: 0.7, TimeOfDay.NIGHT: 1.0}[
            self.time
        ]


def varied(pane: Pane, rng: np.random.Generator) -> Pane:
    """The same room seen through another window."""
    tone = float(rng.uniform(0.9, 1.08))
    return Pane(shaded(pane.color, tone), pane.glow * tone)
