"""The hull of a car: one smooth skin from sill to roof with real wheel arches."""

# ruff: noqa: E501, PLR2004 -- machines are made of measures
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.hard.placing import outwards
from kirin_video.engines.previs.bodies.hard.skinned import loft
from kirin_video.engines.previs.mesh import Mesh

Floats = NDArray[np.float64]
Rgb = tuple[float, float, float]
Curve = tuple[tuple[float, float], ...]
DARK: Rgb = (0.045, 0.045, 0.05)
PAINT_GLOSS, GLASS_GLOSS = 0.55, 1.0
SQUARE = 4.2
"""The exponent of a cabin's section: 2 is round, more is squarer."""


@dataclass(frozen=True, slots=True)
class CarShape:
    """The lines of a car; curves run from tail to nose, x as a share of half its length.

    Attributes:
        length: bumper to bumper, metres.
        width: over the doors.
        shoulder: height of the edge below the windows.
        top: height of deck, rear window, roof, windscreen and bonnet.
        plan: half the width as a share of the widest.
        axles: x of the rear and the front axle, shares.
        wheel: radius, metres.
        sill: height of its underside.
        glass: x of the rear end and of the front end of the side windows, shares.
        pillars: x between the windows.
        screens: x of the rear window's foot and top, and of the windscreen's top and foot.
        lean: how much narrower the roof is than the shoulder.
        speed: metres a second.
        spokes: of its rims.
    """

    length: float
    width: float
    shoulder: Curve
    top: Curve
    plan: Curve
    axles: tuple[float, float]
    wheel: float
    sill: float
    glass: tuple[float, float]
    pillars: tuple[float, ...]
    screens: tuple[float, float, float, float]
    lean: float = 0.20
    speed: float = 9.0
    spokes: int = 5


_PLAN: Curve = (
    (-1.0, 0.80),
    (-0.95, 0.90),
    (-0.78, 0.975),
    (-0.4, 1.0),
    (0.3, 1.0),
    (0.7, 0.97),
    (0.9, 0.88),
    (0.97, 0.78),
    (1.0, 0.66),
)
SHAPES: dict[str, CarShape] = {
    "sedan": CarShape(
        4.6, 1.84,
        ((-1.0, 0.74), (-0.96, 0.86), (-0.7, 0.94), (-0.2, 0.93), (0.3, 0.90), (0.6, 0.86), (0.88, 0.76), (0.97, 0.67), (1.0, 0.60)),
        ((-1.0, 0.76), (-0.96, 0.93), (-0.9, 1.0), (-0.72, 1.03), (-0.36, 1.37), (-0.15, 1.44), (0.06, 1.42), (0.36, 1.0), (0.6, 0.94), (0.88, 0.82), (0.97, 0.71), (1.0, 0.62)),
        _PLAN, (-0.60, 0.62), 0.335, 0.20, (-0.66, 0.36), (-0.10,), (-0.72, -0.40, 0.03, 0.37),
    ),
    "sports": CarShape(
        4.4, 1.92,
        ((-1.0, 0.66), (-0.96, 0.78), (-0.7, 0.86), (-0.5, 0.87), (-0.1, 0.79), (0.3, 0.76), (0.58, 0.78), (0.85, 0.62), (0.97, 0.48), (1.0, 0.40)),
        ((-1.0, 0.70), (-0.96, 0.85), (-0.88, 0.90), (-0.6, 1.0), (-0.3, 1.16), (-0.12, 1.19), (0.04, 1.16), (0.36, 0.83), (0.58, 0.81), (0.85, 0.66), (0.97, 0.51), (1.0, 0.42)),
        ((-1.0, 0.84), (-0.95, 0.93), (-0.75, 1.0), (-0.55, 1.0), (-0.1, 0.94), (0.25, 0.95), (0.6, 0.99), (0.85, 0.93), (0.96, 0.80), (1.0, 0.62)),
        (-0.60, 0.60), 0.345, 0.15, (-0.46, 0.34), (), (-0.72, -0.32, 0.01, 0.38), 0.24, 13.0, 10,
    ),
    "suv": CarShape(
        4.7, 1.94,
        ((-1.0, 0.86), (-0.96, 1.02), (-0.7, 1.10), (0.3, 1.08), (0.6, 1.02), (0.88, 0.92), (0.97, 0.80), (1.0, 0.70)),
        ((-1.0, 0.95), (-0.96, 1.20), (-0.86, 1.62), (-0.6, 1.72), (-0.1, 1.74), (0.10, 1.70), (0.38, 1.20), (0.6, 1.12), (0.88, 1.0), (0.97, 0.86), (1.0, 0.74)),
        _PLAN, (-0.60, 0.62), 0.39, 0.30, (-0.86, 0.38), (-0.48, 0.0), (-0.95, -0.84, 0.09, 0.39), 0.16, 9.0, 6,
    ),
    "hatch": CarShape(
        3.9, 1.76,
        ((-1.0, 0.74), (-0.95, 0.88), (-0.6, 0.94), (0.3, 0.91), (0.62, 0.84), (0.88, 0.72), (0.97, 0.62), (1.0, 0.54)),
        ((-1.0, 0.80), (-0.95, 1.0), (-0.82, 1.34), (-0.55, 1.46), (-0.1, 1.49), (0.1, 1.45), (0.44, 1.0), (0.64, 0.92), (0.88, 0.79), (0.97, 0.66), (1.0, 0.56)),
        _PLAN, (-0.60, 0.62), 0.32, 0.20, (-0.80, 0.44), (-0.12,), (-0.94, -0.80, 0.08, 0.45),
    ),
    "open": CarShape(
        4.6, 1.90,
        ((-1.0, 0.66), (-0.96, 0.80), (-0.7, 0.88), (-0.5, 0.88), (-0.1, 0.83), (0.3, 0.83), (0.58, 0.80), (0.85, 0.68), (0.97, 0.54), (1.0, 0.46)),
        ((-1.0, 0.70), (-0.96, 0.85), (-0.88, 0.92), (-0.62, 0.95), (-0.5, 0.88), (-0.1, 0.83), (0.25, 0.84), (0.34, 0.89), (0.58, 0.85), (0.85, 0.72), (0.97, 0.57), (1.0, 0.48)),
        ((-1.0, 0.84), (-0.95, 0.93), (-0.75, 1.0), (-0.3, 1.0), (0.25, 0.99), (0.6, 0.98), (0.85, 0.92), (0.96, 0.80), (1.0, 0.64)),
        (-0.62, 0.62), 0.345, 0.18, (-0.46, 0.30), (), (-0.72, -0.32, 0.10, 0.36), 0.10, 10.0, 8,
    ),
    "vintage": CarShape(
        4.1, 1.66,
        ((-1.0, 0.52), (-0.93, 0.74), (-0.7, 0.90), (-0.3, 0.93), (0.3, 0.93), (0.55, 0.88), (0.8, 0.76), (0.95, 0.58), (1.0, 0.44)),
        ((-1.0, 0.55), (-0.93, 0.82), (-0.75, 1.10), (-0.45, 1.42), (-0.15, 1.52), (0.12, 1.49), (0.32, 1.06), (0.55, 0.98), (0.8, 0.85), (0.95, 0.63), (1.0, 0.47)),
        ((-1.0, 0.55), (-0.9, 0.80), (-0.6, 0.97), (0.0, 1.0), (0.5, 0.98), (0.85, 0.80), (1.0, 0.52)),
        (-0.62, 0.64), 0.335, 0.24, (-0.58, 0.33), (-0.12,), (-0.75, -0.46, 0.10, 0.33), 0.20, 7.0, 0,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hull:
    """The surface of a car's body.

    Attributes:
        shape: its lines.
    """

    shape: CarShape

    def curve(self, points: Curve, x: Floats, soft: float = 0.035) -> Floats:
        """A curve at places along the car, metres, its corners rounded."""
        s = self.shape
        knots = np.array(points)
        share = np.asarray(np.asarray(x, np.float64) / (s.length / 2.0), np.float64)
        offs = np.linspace(-2.0, 2.0, 9)
        weights = np.exp(-(offs**2))
        nearby: list[Floats] = [
            np.interp(share + soft * off / 1.4, knots[:, 0], knots[:, 1]) for off in offs.tolist()
        ]
        return np.asarray(np.average(np.stack(nearby), axis=0, weights=weights), np.float64)

    def waist(self, x: Floats) -> Floats:
        """Half the width at a place."""
        return self.curve(self.shape.plan, x) * self.shape.width / 2.0

    def belt(self, x: Floats) -> Floats:
        """Height of the shoulder."""
        return self.curve(self.shape.shoulder, x)

    def rise(self, x: Floats) -> Floats:
        """How much higher the top is than the shoulder."""
        return np.maximum(self.curve(self.shape.top, x, 0.028) - self.belt(x), 0.015)

    def side(self, x: Floats, y: Floats) -> Floats:
        """Points of the flank below the shoulder."""
        t = (y - self.shape.sill) / np.maximum(self.belt(x) - self.shape.sill, 0.05)
        z = self.waist(x) * np.interp(
            t, [0.0, 0.12, 0.35, 0.62, 0.85, 0.95, 1.0], [0.925, 0.95, 0.98, 1.0, 0.985, 0.968, 0.935]
        )
        return np.stack([x, y, z], -1)

    def cabin(self, x: Floats, turn: Floats) -> Floats:
        """Points above the shoulder; ``turn`` is 0 at the right shoulder, pi at the left one."""
        tall = self.rise(x)
        cos, sin = np.cos(turn), np.maximum(np.sin(turn), 0.0)
        wide = np.sign(cos) * np.abs(cos) ** (2.0 / SQUARE)
        high = sin ** (2.0 / SQUARE)
        cabin = np.clip((tall - 0.10) / 0.25, 0.0, 1.0)
        foot = self.waist(x) * 0.935 - 0.035 * cabin
        z = foot * wide * (1.0 - (self.shape.lean + 0.1 * (1.0 - cabin) * 0.0) * cabin * high)
        return np.stack([x, self.belt(x) + tall * high, z], -1)

    def turn_at(self, x: Floats, z: Floats) -> Floats:
        """The turn of the cabin's point so far beside the middle line; undoes ``cabin``."""
        cabin = np.clip((self.rise(x) - 0.10) / 0.25, 0.0, 1.0)
        foot, high = self.waist(x) * 0.935 - 0.035 * cabin, np.ones_like(z)
        wide = z / foot
        for _ in range(3):
            wide = np.clip(z / (foot * (1.0 - self.shape.lean * cabin * high)), -0.98, 0.98)
            high = (1.0 - np.abs(wide) ** SQUARE) ** (1.0 / SQUARE)
        return np.arccos(np.sign(wide) * np.abs(wide) ** (SQUARE / 2.0))

    def glass(self, x: Floats, share: Floats) -> Floats:
        """Points of the right side's windows: ``share`` is how far up from the shoulder."""
        return self.cabin(x, np.arcsin(np.clip(share, 0.0, 1.0) ** (SQUARE / 2.0)))

    @property
    def arch(self) -> float:
        """Radius of the wheel arches."""
        return self.shape.wheel * 1.17

    def lower(self, x: Floats) -> Floats:
        """Height of the body's lower edge: the sill, or a wheel arch."""
        s = self.shape
        low = np.full_like(x, s.sill)
        for axle in s.axles:
            off = x - axle * s.length / 2.0
            low = np.maximum(
                low, s.wheel + np.sqrt(np.maximum(self.arch**2 - off**2, 0.0)) * (np.abs(off) < self.arch)
            )
        return low

    def stations(self) -> Floats:
        """Places along the car at which its section is taken, the arches' edges doubled."""
        s = self.shape
        half = s.length / 2.0
        ends = half * (1.0 - (1.0 - np.cos(np.linspace(0.0, np.pi / 2.0, 6))) ** 1.5)
        places = [np.linspace(-0.9, 0.9, 21) * half, ends, -ends]
        for axle in s.axles:
            around = self.arch * np.cos(np.linspace(0.0, np.pi, 14)[1:-1])
            edge = np.array([self.arch - 1e-4, self.arch + 2e-3])
            places.append(axle * half + np.concatenate([around, edge, -edge]))
        found = np.unique(np.concatenate(places))
        return found[np.concatenate([[True], np.diff(found) > 5e-4])]

    def mesh(self, paint: Rgb) -> Mesh:
        """The closed body: flanks, cabin, wheel houses and floor."""
        x = self.stations()
        low, belt = self.lower(x), self.belt(x)
        rows = 9
        up = np.linspace(0.0, 1.0, rows)[None] ** 0.9
        flank = self.side(
            np.broadcast_to(x[:, None], (len(x), rows)), low[:, None] + (belt - low)[:, None] * up
        )
        turns = np.concatenate(
            [np.linspace(0.0, 0.5, 4)[1:] ** 1.0 * 0.5 + 0.0, np.linspace(0.30, 1.30, 5), [np.pi / 2.0]]
        )
        turns = np.unique(turns)
        roof = self.cabin(
            np.broadcast_to(x[:, None], (len(x), len(turns))), np.broadcast_to(turns, (len(x), len(turns)))
        )
        inside = self.waist(x) - 0.34
        floor = np.full_like(x, self.shape.sill)
        under = np.stack(
            [
                np.stack([x, floor, 0.0 * x], -1),
                np.stack([x, floor, inside], -1),
                np.stack([x, np.maximum(low - 0.002, floor), inside], -1),
            ],
            1,
        )
        right = np.concatenate([under, flank, roof], 1)
        left = right[:, -2:0:-1] * np.array([1.0, 1.0, -1.0])
        ring_ = np.concatenate([right, left], 1)
        colors = np.empty((len(x) - 1, ring_.shape[1], 3))
        colors[:] = paint
        colors[:, :3] = DARK
        colors[:, -3:] = DARK
        return outwards(loft(ring_, colors, crease_deg=33.0))


def door_gaps(s: CarShape) -> tuple[float, ...]:
    """Where the doors' edges are."""
    half = s.length / 2.0
    front = s.axles[1] - (s.wheel * 1.17 + 0.10) / half
    rear = s.axles[0] + (s.wheel * 1.17 + 0.12) / half
    return (front, *s.pillars[-1:], rear) if s.pillars else (front, rear + 0.12)
