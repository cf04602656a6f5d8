"""What runs on rails has in common: rails, bogies, hulls."""

# ruff: noqa: PLR0913, PLR0917 -- machines are made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.body import Contact
from kirin_video.engines.previs.bodies.hard import mechanism as mech
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Wheel
from kirin_video.engines.previs.bodies.hard.placing import outwards, put
from kirin_video.engines.previs.bodies.hard.skinned import loft
from kirin_video.engines.previs.bodies.hard.solids import box, prism
from kirin_video.engines.previs.bodies.machine.paint import DARK
from kirin_video.engines.previs.bodies.machine.wheels import train_wheel

Rgb = tuple[float, float, float]
_GAUGE, _RAIL_TOP = 0.75, 0.34
WHEEL = 0.46


def lay_rails(kit: Assembly, low: float, high: float) -> mech.Track:
    """Rails on sleepers in a bed of stones, in pieces, from before the train to behind it."""
    piece = 6.0
    count = min(round((high - low) / piece), 44)
    first = (low + high) / 2.0 - piece * (count - 1) / 2.0
    bones: list[int] = []
    for k in range(count):
        x = first + piece * k
        bone = kit.bone(f"rails{k}", (x, 0.0, 0.0))
        bones.append(bone)
        bed = prism(
            [(-1.7, -0.25), (1.7, -0.25), (1.25, 0.16), (-1.25, 0.16)],
            -piece / 2.0 - 0.02,
            piece / 2.0 + 0.02,
            (0.42, 0.40, 0.38),
        )
        kit.add(put(bed, (x, 0.0, 0.0), turn=[("y", 90.0)]), bone=bone, shades=False, gloss=0.0)
        for j in range(8):
            at = x - piece / 2.0 + (j + 0.5) * piece / 8.0
            kit.add(
                box((at - 0.11, 0.12, -1.15), (at + 0.11, 0.22, 1.15), (0.30, 0.24, 0.20), round_m=0.015),
                bone=bone,
                shades=False,
                gloss=0.0,
            )
        for z in (-_GAUGE, _GAUGE):
            kit.add(
                box(
                    (x - piece / 2.0 - 0.01, 0.2, z - 0.035),
                    (x + piece / 2.0 + 0.01, _RAIL_TOP, z + 0.035),
                    (0.50, 0.47, 0.45),
                    round_m=0.012,
                ),
                bone=bone,
                shades=False,
                gloss=0.7,
            )
    return mech.Track(tuple(bones), piece, first)


def bogie_at(
    kit: Assembly, body: int, x: float, wheels: list[Wheel], *, radius: float = WHEEL, gap: float = 1.2
) -> None:
    """Two axles below a carriage, in a frame."""
    kit.add(
        box((x - gap, _RAIL_TOP + 0.25, -0.95), (x + gap, _RAIL_TOP + 0.72, 0.95), DARK, round_m=0.08),
        bone=body,
    )
    for at in (x - 0.72 * gap, x + 0.72 * gap):
        axle_of(kit, at, wheels, radius)


def axle_of(
    kit: Assembly, x: float, wheels: list[Wheel], radius: float, color: Rgb = (0.22, 0.22, 0.24)
) -> None:
    """One axle with its two wheels."""
    hub = (x, _RAIL_TOP + radius, 0.0)
    bone = kit.bone(f"axle{len(wheels)}", hub)
    wheel = train_wheel(radius, color)
    for side in (1.0, -1.0):
        kit.add(
            put(wheel, (x, hub[1], side * _GAUGE), turn=[] if side > 0.0 else [("y", 180.0)]),
            bone=bone,
            gloss=0.4,
        )
    wheels.append(Wheel(bone, hub, radius))


def on_rails(
    body: int, rails: mech.Track, wheels: list[Wheel], span: tuple[float, float], speed: float, tall: float
) -> Mechanism:
    """The mechanism of what runs on rails; ``span`` is x of its ends."""
    low, high = span
    shade_at = np.linspace(low + 1.0, high - 1.0, 7).tolist()
    return Mechanism(
        ride=Ride.RAILS,
        hull=body,
        base_m=high - low,
        gauge_m=2.0 * _GAUGE,
        speed=speed,
        height_m=tall,
        middle_m=1.0,
        wheels=tuple(wheels),
        rails=rails,
        contacts=tuple(Contact(0, (x, 0.0, 0.0), 2.3, 0.5) for x in shade_at),
        anchors=(("head", body, (high, 0.55 * tall, 0.0)), ("top", body, (high - 3.0, tall, 0.0))),
    )


def coach_section(tall: float, half: float, around: int = 28) -> np.ndarray:
    """A rounded box standing on 0, its sides leaning in a little: (n, 2) of height and z."""
    turn = np.linspace(0.0, 2.0 * np.pi, around, endpoint=False) + np.pi / around
    cos, sin = np.cos(turn), np.sin(turn)
    flat = (np.abs(cos) ** 5 + np.abs(sin) ** 5) ** (-1.0 / 5.0)
    return np.stack([tall * (0.5 + 0.5 * sin * flat), half * cos * flat], 1)


def coachwork(
    kit: Assembly,
    body: int,
    stations: list[tuple[float, float, float, float]],
    paint: Rgb,
    floor: float,
    tall: float,
    half: float,
) -> None:
    """A carriage's skin: stations of x, width, height and lift as shares."""
    ring = coach_section(tall, half)
    rings = [
        np.stack([np.full(len(ring), x), floor + tall * lift + ring[:, 0] * high, ring[:, 1] * wide], 1)
        for x, wide, high, lift in stations
    ]
    kit.add(outwards(loft(np.array(rings), paint, crease_deg=40.0)), bone=body, gloss=0.5)
