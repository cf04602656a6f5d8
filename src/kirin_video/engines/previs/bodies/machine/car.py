"""Cars: one smooth hull from sill to roof with real wheel arches; glass, lights and gaps lie on it."""

# ruff: noqa: PLR2004, E501 -- machines are made of measures
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Contact
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.forms import ball, box, loft, outwards, put, ring, sweep
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Wheel
from kirin_video.engines.previs.bodies.hard.skins import both, columns, panel
from kirin_video.engines.previs.bodies.machine.wheels import STEEL, road_wheel
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.mesh import Mesh

Floats = NDArray[np.float64]
Rgb = tuple[float, float, float]
Curve = tuple[tuple[float, float], ...]

GLASS: Rgb = (0.055, 0.075, 0.095)
DARK: Rgb = (0.045, 0.045, 0.05)
LAMP: Rgb = (0.93, 0.94, 0.92)
TAIL: Rgb = (0.72, 0.04, 0.04)
AMBER: Rgb = (0.95, 0.55, 0.10)
_PAINT_GLOSS, _GLASS_GLOSS = 0.55, 1.0
_SQUARE = 4.2
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
        wide = np.sign(cos) * np.abs(cos) ** (2.0 / _SQUARE)
        high = sin ** (2.0 / _SQUARE)
        cabin = np.clip((tall - 0.10) / 0.25, 0.0, 1.0)
        foot = self.waist(x) * 0.935 - 0.035 * cabin
        z = foot * wide * (1.0 - (self.shape.lean + 0.1 * (1.0 - cabin) * 0.0) * cabin * high)
        return np.stack([x, self.belt(x) + tall * high, z], -1)

    def glass(self, x: Floats, share: Floats) -> Floats:
        """Points of the right side's windows: ``share`` is how far up from the shoulder."""
        return self.cabin(x, np.arcsin(np.clip(share, 0.0, 1.0) ** (_SQUARE / 2.0)))

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


def car(order: Order, kit: Assembly) -> Mechanism:
    """A car by its shape's ``style``: sedan, sports, suv, hatch or vintage."""
    asked = order.kind.shape
    shape = SHAPES[str(asked.get("style", "sedan"))]
    hull = Hull(shape)
    paint = order.color("body") or (0.7, 0.1, 0.1)
    body = kit.bone("hull", (0.0, shape.sill, 0.0))
    kit.add(hull.mesh(paint), bone=body, gloss=_PAINT_GLOSS)
    _glaze(kit, hull, body)
    _trim(kit, hull, body, paint)
    for extra in asked.get("extras", ()):
        _EXTRAS[str(extra)](kit, hull, body, order)
    wheels = _wheels(kit, shape, order.color("wheels") or STEEL)
    return Mechanism(
        ride=Ride.WHEELS,
        hull=body,
        base_m=(shape.axles[1] - shape.axles[0]) * shape.length / 2.0,
        gauge_m=shape.width,
        speed=shape.speed,
        height_m=1.4,
        middle_m=shape.sill + 0.2,
        wheels=wheels,
        contacts=_contacts(shape, wheels),
        anchors=(
            ("head", body, (0.36 * shape.length, 0.75, 0.0)),
            (
                "top",
                body,
                (-0.05 * shape.length, float(hull.belt(np.array(0.0)) + hull.rise(np.array(0.0))), 0.0),
            ),
            ("seat", body, (0.0, 0.5, -0.35)),
        ),
    )


def _contacts(s: CarShape, wheels: tuple[Wheel, ...]) -> tuple[Contact, ...]:
    touching = [Contact(0, (w.pivot[0], 0.0, w.pivot[2]), 1.5 * s.wheel, 0.55) for w in wheels]
    below = [Contact(0, (f * s.length, 0.0, 0.0), 0.78 * s.width, 0.62) for f in (-0.33, 0.0, 0.33)]
    return (*touching, *below)


def _wheels(kit: Assembly, s: CarShape, rim: Rgb) -> tuple[Wheel, ...]:
    wide = 0.215
    tyre, rims = road_wheel(s.wheel, wide, rim, spokes=s.spokes or 12)
    found: list[Wheel] = []
    for axle in s.axles:
        for side in (1.0, -1.0):
            hub = (axle * s.length / 2.0, s.wheel, side * (s.width / 2.0 - wide / 2.0 - 0.025))
            bone = kit.bone(f"wheel{len(found)}", hub)
            turn = [("y", 180.0)] if side < 0.0 else []
            kit.add(put(tyre, hub, turn=turn), bone=bone, gloss=0.06)
            kit.add(put(rims, hub, turn=turn), bone=bone, gloss=0.7)
            found.append(Wheel(bone, hub, s.wheel))
    return tuple(found)


def _glaze(kit: Assembly, hull: Hull, body: int) -> None:
    """Side windows between the pillars, windscreen and rear window."""
    s = hull.shape
    half = s.length / 2.0
    ends = [s.glass[0], *[p + o for p in s.pillars for o in (-0.014, 0.014)], s.glass[1]]
    for first, last in zip(ends[::2], ends[1::2], strict=True):
        u, v = columns(
            first * half,
            last * half,
            lambda x: np.clip(0.05 / hull.rise(x), 0.0, 0.6),
            lambda x: np.clip(1.0 - 0.075 / hull.rise(x), 0.05, 0.86),
            across=20,
            round_m=0.0,
        )
        kept = (v[-1] - v[0]) * hull.rise(u[0]) > 0.012
        kit.add(
            *both(panel(hull.glass, u[:, kept], v[:, kept], GLASS, lift=0.007)), bone=body, gloss=_GLASS_GLOSS
        )
    rear_foot, rear_top, front_top, front_foot = (p * half for p in s.screens)
    for a, b in ((rear_foot, rear_top), (front_top, front_foot)):
        if abs(b - a) < 0.02:
            continue
        x = np.linspace(a + 0.015, b - 0.015, 12)
        first = math.asin(0.90 ** (_SQUARE / 2.0))
        turn = np.linspace(first, np.pi - first, 17)
        u, v = np.meshgrid(x, turn)
        kit.add(panel(hull.cabin, u, v, GLASS, lift=0.009), bone=body, gloss=_GLASS_GLOSS)


def _trim(kit: Assembly, hull: Hull, body: int, paint: Rgb) -> None:
    """Bumpers, lights, grille, plates, the gaps of the doors, handles, mirrors, arches' lips."""
    s = hull.shape
    half = s.length / 2.0
    for x in _gaps(s):
        u, v = columns(
            x * half - 0.006,
            x * half + 0.006,
            lambda x: hull.lower(x) + 0.05,
            lambda x: hull.belt(x) - 0.004,
            across=2,
            up=10,
        )
        kit.add(*both(panel(hull.side, u, v, DARK, lift=0.004)), bone=body, gloss=0.0, shades=False)
    u, v = columns(
        (s.axles[0] + 0.06) * half + hull.arch,
        s.axles[1] * half - hull.arch - 0.05,
        lambda x: 0.0 * x + s.sill + 0.005,
        lambda x: 0.0 * x + s.sill + 0.09,
        across=10,
        up=3,
    )
    kit.add(*both(panel(hull.side, u, v, (0.07, 0.07, 0.075), lift=0.012)), bone=body, gloss=0.1)
    front_y = float(hull.belt(np.array(half * 0.95)))
    for side in (1.0, -1.0):
        lamp_x, lamp_z = half * 0.905, side * float(hull.waist(np.array(half * 0.905))) * 0.80
        lamp_y = float(hull.belt(np.array(lamp_x))) - 0.035
        lens = ball((lamp_x, lamp_y, lamp_z), (0.17, 0.062, 0.135), LAMP, level=2, glow=0.5)
        kit.add(lens, bone=body, gloss=1.0)
        tail_x = -half * 0.965
        tail_z = side * float(hull.waist(np.array(tail_x))) * 0.82
        tail_y = float(hull.belt(np.array(tail_x))) - 0.06
        kit.add(
            ball((tail_x, tail_y, tail_z), (0.075, 0.06, 0.20), TAIL, level=2, glow=0.35),
            bone=body,
            gloss=0.9,
        )
        mirror_x = s.screens[3] * half - 0.18
        mirror_y = float(hull.belt(np.array(mirror_x))) + 0.075
        mirror_z = side * (float(hull.waist(np.array(mirror_x))) + 0.09)
        kit.add(
            ball((mirror_x, mirror_y, mirror_z), (0.075, 0.065, 0.10), paint, level=1),
            bone=body,
            gloss=_PAINT_GLOSS,
        )
        for pillar in (*s.pillars, s.glass[0] + 0.12)[:2]:
            x = (pillar + 0.06) * half if s.pillars else 0.0
            y = float(hull.belt(np.array(x))) - 0.09
            z = side * float(hull.side(np.array(x), np.array(y))[2])
            kit.add(
                box((x - 0.075, y - 0.014, z - 0.02), (x + 0.075, y + 0.014, z + 0.02), paint, round_m=0.012),
                bone=body,
                gloss=0.8,
            )
        for axle in s.axles:
            lip = [
                (axle * half + hull.arch * math.cos(a), s.wheel + hull.arch * math.sin(a))
                for a in np.linspace(-0.1, math.pi + 0.1, 15)
            ]
            path = [
                (x, y, side * (float(hull.side(np.array(x), np.array(max(y, s.sill + 0.02)))[2]) - 0.004))
                for x, y in lip
            ]
            kit.add(sweep(path, 0.022, paint, sides=5), bone=body, gloss=_PAINT_GLOSS)
    wide = float(hull.waist(np.array(half))) * 0.9
    kit.add(
        box(
            (half - 0.20, s.sill + 0.10, -wide),
            (half + 0.03, s.sill + 0.235, wide),
            paint,
            round_m=0.05,
            steps=2,
        ),
        bone=body,
        gloss=_PAINT_GLOSS,
    )
    kit.add(
        box(
            (half - 0.12, front_y - 0.24, -0.60 * wide),
            (half + 0.012, front_y - 0.10, 0.60 * wide),
            DARK,
            round_m=0.04,
            steps=2,
        ),
        bone=body,
        gloss=0.5,
    )
    kit.add(
        box(
            (half - 0.05, s.sill + 0.125, -0.24),
            (half + 0.042, s.sill + 0.215, 0.24),
            (0.88, 0.88, 0.84),
            round_m=0.01,
        ),
        bone=body,
    )
    tail_w = float(hull.waist(np.array(-half))) * 0.92
    kit.add(
        box(
            (-half - 0.03, s.sill + 0.10, -tail_w),
            (-half + 0.2, s.sill + 0.25, tail_w),
            paint,
            round_m=0.05,
            steps=2,
        ),
        bone=body,
        gloss=_PAINT_GLOSS,
    )
    kit.add(
        box(
            (-half - 0.012, s.sill + 0.30, -0.24),
            (-half + 0.06, s.sill + 0.39, 0.24),
            (0.88, 0.88, 0.84),
            round_m=0.01,
        ),
        bone=body,
    )
    for x, way, rim in ((half, 1.0, wide), (-half, -1.0, tail_w)):
        low, high = sorted((x - way * 0.45, x + way * 0.018))
        skirt = box((low, s.sill - 0.02, -1.02 * rim), (high, s.sill + 0.125, 1.02 * rim), DARK, round_m=0.05)
        kit.add(skirt, bone=body, gloss=0.1)
    for side in (0.45, -0.45):
        kit.add(
            sweep(
                [(-half - 0.03, s.sill + 0.02, side), (-half + 0.2, s.sill + 0.02, side)],
                0.03,
                STEEL,
                sides=10,
            ),
            bone=body,
            gloss=0.9,
        )


def _gaps(s: CarShape) -> tuple[float, ...]:
    """Where the doors' edges are."""
    half = s.length / 2.0
    front = s.axles[1] - (s.wheel * 1.17 + 0.10) / half
    rear = s.axles[0] + (s.wheel * 1.17 + 0.12) / half
    return (front, *s.pillars[-1:], rear) if s.pillars else (front, rear + 0.12)


def _sign(kit: Assembly, hull: Hull, body: int, order: Order) -> None:
    """A taxi's: a lit sign on the roof, chequers along the doors."""
    s = hull.shape
    x = -0.1 * s.length / 2.0
    y = float(hull.belt(np.array(x)) + hull.rise(np.array(x)))
    kit.add(
        box(
            (x - 0.11, y - 0.01, -0.30),
            (x + 0.11, y + 0.16, 0.30),
            (0.97, 0.93, 0.80),
            round_m=0.04,
            steps=2,
            glow=0.8,
        ),
        bone=body,
        gloss=0.5,
    )
    kit.add(box((x - 0.14, y - 0.02, -0.34), (x + 0.14, y + 0.02, 0.34), DARK, round_m=0.015), bone=body)
    step = 0.11
    for row in range(2):
        for k in range(-9, 9):
            if (k + row) % 2:
                u, v = columns(
                    k * step,
                    (k + 1) * step,
                    lambda x, r=row: hull.belt(x) - 0.32 + 0.075 * r,
                    lambda x, r=row: hull.belt(x) - 0.245 + 0.075 * r,
                    across=3,
                    up=2,
                )
                kit.add(*both(panel(hull.side, u, v, DARK, lift=0.003)), bone=body, gloss=0.3, shades=False)
    del order


def _light_bar(kit: Assembly, hull: Hull, body: int, order: Order) -> None:
    """Red and blue lamps on the roof."""
    s = hull.shape
    x = -0.06 * s.length / 2.0
    y = float(hull.belt(np.array(x)) + hull.rise(np.array(x)))
    kit.add(box((x - 0.16, y - 0.02, -0.56), (x + 0.16, y + 0.035, 0.56), DARK, round_m=0.02), bone=body)
    for low, high, color in ((0.06, 0.55, (0.85, 0.05, 0.06)), (-0.55, -0.06, (0.06, 0.18, 0.95))):
        kit.add(
            box(
                (x - 0.13, y + 0.03, low), (x + 0.13, y + 0.13, high), color, round_m=0.04, steps=2, glow=0.8
            ),
            bone=body,
            gloss=0.8,
        )
    kit.add(
        box((x - 0.12, y + 0.03, -0.06), (x + 0.12, y + 0.12, 0.06), (0.9, 0.9, 0.9), round_m=0.02), bone=body
    )
    del order


def _doors(kit: Assembly, hull: Hull, body: int, order: Order) -> None:
    """Doors in a second colour, as a police car has them."""
    s = hull.shape
    half = s.length / 2.0
    gaps = _gaps(s)
    color = order.color("doors") or (0.93, 0.93, 0.93)
    u, v = columns(
        gaps[-1] * half + 0.01,
        gaps[0] * half - 0.01,
        lambda x: 0.0 * x + s.sill + 0.10,
        lambda x: hull.belt(x) - 0.004,
        across=16,
        up=10,
    )
    kit.add(*both(panel(hull.side, u, v, color, lift=0.003)), bone=body, gloss=_PAINT_GLOSS, shades=False)


def _stripes(kit: Assembly, hull: Hull, body: int, order: Order) -> None:
    """Two stripes over bonnet and roof."""
    half = hull.shape.length / 2.0
    x = np.linspace(-0.93, 0.93, 60) * half
    for side in (1.0, -1.0):
        turn = np.pi / 2.0 - side * np.array([0.045, 0.10, 0.155])
        u, v = np.meshgrid(x, turn)
        color = order.color("stripes") or (0.95, 0.95, 0.95)
        kit.add(panel(hull.cabin, u, v, color, lift=0.004), bone=body, gloss=_PAINT_GLOSS, shades=False)


def _spoiler(kit: Assembly, hull: Hull, body: int, order: Order) -> None:
    """A wing over the tail."""
    s = hull.shape
    x = -0.90 * s.length / 2.0
    y = float(hull.belt(np.array(x)) + hull.rise(np.array(x)))
    paint = order.color("body") or DARK
    wide = 0.40 * s.width
    kit.add(
        box((x - 0.14, y + 0.13, -wide), (x + 0.12, y + 0.165, wide), paint, round_m=0.016),
        bone=body,
        gloss=_PAINT_GLOSS,
    )
    for z in (-0.7 * wide, 0.7 * wide):
        kit.add(
            box((x - 0.06, y - 0.06, z - 0.02), (x + 0.06, y + 0.14, z + 0.02), DARK, round_m=0.015),
            bone=body,
        )


def _round_lamps(kit: Assembly, hull: Hull, body: int, order: Order) -> None:
    """Big round head lamps and a chromed bumper."""
    s = hull.shape
    half = s.length / 2.0
    for side in (1.0, -1.0):
        x = half * 0.88
        z = side * float(hull.waist(np.array(x))) * 0.74
        y = float(hull.belt(np.array(x))) + 0.03
        kit.add(ball((x, y, z), (0.13, 0.13, 0.13), LAMP, level=2, glow=0.5), bone=body, gloss=1.0)
        kit.add(ring((x + 0.02, y, z), 0.135, 0.022, STEEL, axis="x"), bone=body, gloss=1.0)
    for x, way in ((half, 1.0), (-half, -1.0)):
        path = [
            (x - way * 0.28, s.sill + 0.2, -0.86 * s.width / 2.0),
            (x + way * 0.04, s.sill + 0.2, -0.5 * s.width / 2.0),
            (x + way * 0.09, s.sill + 0.2, 0.0),
            (x + way * 0.04, s.sill + 0.2, 0.5 * s.width / 2.0),
            (x - way * 0.28, s.sill + 0.2, 0.86 * s.width / 2.0),
        ]
        kit.add(sweep(path, 0.055, STEEL, sides=10, bend=5), bone=body, gloss=1.0)
    del order


def _spare(kit: Assembly, hull: Hull, body: int, order: Order) -> None:
    """A spare wheel on the tail and rails on the roof."""
    s = hull.shape
    half = s.length / 2.0
    tyre, rim = road_wheel(0.34, 0.2, order.color("wheels") or STEEL)
    for mesh, gloss in ((tyre, 0.06), (rim, 0.6)):
        kit.add(put(mesh, (-half - 0.02, s.sill + 0.62, 0.0), turn=[("y", -90.0)]), bone=body, gloss=gloss)
    for side in (1.0, -1.0):
        x = np.linspace(-0.72, 0.04, 9) * half
        y = hull.belt(x) + hull.rise(x) * 0.96 + 0.055
        z = np.full_like(x, side * 0.34 * s.width)
        path = np.stack([x, y, z], 1)
        path[[0, -1], 1] -= 0.07
        kit.add(sweep(path, 0.02, (0.12, 0.12, 0.13), sides=8), bone=body, gloss=0.5)


_EXTRAS = {
    "sign": _sign,
    "light_bar": _light_bar,
    "doors": _doors,
    "stripes": _stripes,
    "spoiler": _spoiler,
    "round_lamps": _round_lamps,
    "spare": _spare,
}
