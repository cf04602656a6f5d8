"""Boats: a hull of curved ribs, and what stands on its deck. The waterline is at y = 0."""

# ruff: noqa: PLR0913, PLR2004, C901, PLR0912 -- machines are made of measures
from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Contact
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.forms import (
    ball,
    box,
    disc,
    lathe,
    loft,
    outwards,
    prism,
    put,
    ring,
    rounded,
    sweep,
    wing,
)
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Spinner, Swing
from kirin_video.engines.previs.bodies.hard.plates import flank, front
from kirin_video.engines.previs.bodies.machine.coach import DARK, GLASS, LAMP, shade
from kirin_video.engines.previs.bodies.machine.wheels import STEEL
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.mesh import Mesh, merge

Rgb = tuple[float, float, float]
Floats = NDArray[np.float64]
WOOD: Rgb = (0.50, 0.33, 0.19)
_DECK: Rgb = (0.66, 0.50, 0.33)


def hull(
    length: float,
    beam: float,
    depth: float,
    side: float,
    colors: tuple[Rgb, Rgb, Rgb],
    *,
    bow: float = 0.35,
    stern: float = 0.75,
    sheer: float = 0.35,
    full: float = 0.55,
    deck_low: float = 0.12,
    deck: Rgb = _DECK,
) -> Mesh:
    """A hull with a deck, closed.

    Args:
        length: over all, metres.
        beam: at its widest.
        depth: of the keel below the water.
        side: height of the rail amidships over the water.
        colors: below the water, of the sides, of the rail.
        bow: how much further the bow reaches above than below, as a share of the depth and side.
        stern: width of the stern as a share of the beam.
        sheer: how much the rail rises to the bow, as a share of the side's height.
        full: how far forward it is wide, 0 to 1.
        deck_low: how far below the rail the deck lies, metres.
        deck: its colour.
    """
    shares = 0.5 - 0.5 * np.cos(np.linspace(0.0, math.pi, 25))
    wide = np.where(
        shares < full,
        stern + (1.0 - stern) * np.sin(0.5 * math.pi * shares / full) ** 0.9,
        np.cos(0.5 * math.pi * np.clip((shares - full) / (1.0 - full), 0.0, 1.0)) ** 0.75,
    )
    wide = np.maximum(wide, 0.012)
    rail = side * (
        1.0
        + sheer * np.maximum((shares - 0.35) / 0.65, 0.0) ** 2
        + 0.35 * sheer * np.maximum((0.35 - shares) / 0.35, 0.0) ** 2
    )
    keel = (
        -depth
        * np.clip(1.15 - 1.1 * np.maximum((shares - 0.72) / 0.28, 0.0) ** 2.0, 0.0, 1.0)
        * np.clip(0.45 + shares / 0.18 * 0.55, 0.0, 1.0)
    )
    profile = [(0.0, 0.0), (0.50, 0.05), (0.82, 0.30), (0.94, 0.55), (0.985, 0.80), (1.0, 0.93), (1.0, 1.0)]
    inner = [(0.955, 1.0), (0.95, None), (0.0, None)]
    rings: list[Floats] = []
    for s, w, top, low in zip(shares.tolist(), wide.tolist(), rail.tolist(), keel.tolist(), strict=True):
        half = 0.5 * beam * w
        pts: list[tuple[float, float, float]] = []
        for across, up in profile:
            y = low + (top - low) * up
            lead = bow * (y + depth) * max(s - 0.55, 0.0) / 0.45
            sharp = across ** (1.0 + 0.9 * max(s - 0.5, 0.0))
            pts.append((length * (s - 0.5) + lead - bow * 0.5 * side, y, half * sharp))
        lead = pts[-1][0]
        for across, up in inner:
            y = top if up is not None else top - deck_low
            pts.append((lead, y, max(half * across - (0.04 if half > 0.1 else 0.0), 0.0)))
        right = np.array(pts)
        left = right[-2:0:-1] * np.array([1.0, 1.0, -1.0])
        rings.append(np.concatenate([right, left]))
    grid = np.array(rings)
    count = grid.shape[1]
    height = (grid[:-1, :, 1] + np.roll(grid[:-1, :, 1], -1, 1)) / 2.0
    paint = np.empty((len(rings) - 1, count, 3))
    paint[:] = colors[1]
    paint[height < 0.06 * side] = colors[0]
    for at in (5, 6, count - 6, count - 7):
        paint[:, at] = colors[2]
    for at in (7, 8, count - 8, count - 9):
        paint[:, at] = deck
    return outwards(loft(grid, paint, crease_deg=42.0))


def cloth(
    corners: tuple[tuple[float, float, float], ...],
    belly: float,
    color: Rgb,
    *,
    stripes: Rgb | None = None,
    bands: int = 0,
) -> Mesh:
    """A sail of three or four corners (tack, clew, peak, throat), filled towards +z; seen from both sides."""
    n = 10
    a, b, c, d = (np.array(p, float) for p in (corners if len(corners) == 4 else (*corners, corners[-1])))
    u, v = np.meshgrid(np.linspace(0.0, 1.0, n), np.linspace(0.0, 1.0, n + 2))
    uu, vv = u[..., None], v[..., None]
    points = (a * (1 - uu) + b * uu) * (1 - vv) + (d * (1 - uu) + c * uu) * vv
    fill = np.sin(math.pi * np.clip(u * 0.92 + 0.04, 0.0, 1.0)) * np.sin(
        math.pi * np.clip(v * 0.85 + 0.08, 0.0, 1.0)
    )
    points[..., 2] += belly * fill
    at = np.arange(u.size).reshape(u.shape)
    quads = np.stack([at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]], -1).reshape(-1, 4)
    faces = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    tones = np.tile(np.array(color, float), (len(quads), 1))
    if stripes is not None and bands:
        row = np.repeat(np.arange(n + 1), n - 1)
        tones[(row * bands // (n + 1)) % 2 == 1] = stripes
    flat = points.reshape(-1, 3)
    paint = np.tile(tones, (2, 1))
    return merge(
        [
            creased(flat, faces, paint, crease_deg=80.0),
            creased(flat - np.array([0.0, 0.0, 0.004]), faces[:, ::-1], paint, crease_deg=80.0),
        ]
    )


def _afloat(
    body: int,
    length: float,
    beam: float,
    tall: float,
    speed: float,
    *,
    swings: tuple[Swing, ...] = (),
    spinners: tuple[Spinner, ...] = (),
    deck: float = 0.5,
    ride: Ride = Ride.BOAT,
) -> Mechanism:
    return Mechanism(
        ride=ride,
        hull=body,
        base_m=length,
        gauge_m=beam,
        speed=speed,
        height_m=tall,
        middle_m=0.0,
        swings=swings,
        spinners=spinners,
        contacts=tuple(Contact(0, (f * length, 0.0, 0.0), 0.7 * beam, 0.5) for f in (-0.3, 0.0, 0.3)),
        anchors=(
            ("saddle", body, (-0.1 * length, deck, 0.0)),
            ("seat", body, (-0.1 * length, deck, 0.0)),
            ("top", body, (0.0, deck, 0.0)),
            ("head", body, (0.4 * length, deck + 0.3, 0.0)),
        ),
    )


def sailboat(order: Order, kit: Assembly) -> Mechanism:
    """A sloop with a main sail and a jib that the wind fills."""
    paint = order.color("body") or (0.93, 0.92, 0.88)
    white: Rgb = order.color("sail") or (0.95, 0.93, 0.87)
    jib: Rgb = order.color("jib") or white
    body = kit.bone("hull", (0.0, 0.0, 0.0))
    kit.add(
        hull(7.6, 2.3, 0.5, 0.72, ((0.20, 0.27, 0.38), paint, WOOD), bow=0.55, sheer=0.45),
        bone=body,
        gloss=0.5,
    )
    cabin = prism(
        rounded([(-0.6, 0.6), (1.7, 0.62), (1.1, 1.12), (-0.5, 1.14)], 0.12),
        -0.62,
        0.62,
        (0.93, 0.92, 0.88),
        round_m=0.10,
    )
    kit.add(cabin, bone=body, gloss=0.4)
    for k in range(3):
        kit.add(
            flank(-0.35 + 0.45 * k, -0.05 + 0.45 * k, 0.80, 0.98, 0.62, GLASS, round_m=0.08),
            bone=body,
            gloss=1.0,
        )
    kit.add(sweep([(0.75, 0.6, 0.0), (0.72, 9.6, 0.0)], [0.075, 0.045], WOOD, sides=12), bone=body, gloss=0.4)
    rig = kit.bone("boom", (0.74, 1.5, 0.0), body)
    kit.add(sweep([(0.7, 1.55, 0.0), (-3.0, 1.50, 0.42)], 0.05, WOOD, sides=10), bone=rig, gloss=0.4)
    kit.add(
        cloth(((0.62, 1.66, 0.0), (-2.92, 1.62, 0.40), (0.58, 9.4, 0.02)), 0.55, white),
        bone=rig,
        shades=False,
    )
    kit.add(
        cloth(((3.9, 1.25, 0.0), (1.0, 1.40, 0.30), (0.85, 8.3, 0.02)), 0.42, jib), bone=body, shades=False
    )
    for a, b in (
        ((3.95, 1.15, 0.0), (0.74, 8.5, 0.0)),
        ((-3.6, 0.95, 0.0), (0.72, 9.5, 0.0)),
        ((0.7, 0.8, 1.05), (0.72, 7.4, 0.0)),
        ((0.7, 0.8, -1.05), (0.72, 7.4, 0.0)),
    ):
        kit.add(sweep([a, b], 0.012, (0.25, 0.25, 0.27), sides=4), bone=body, shades=False)
    kit.add(
        sweep([(-3.1, 0.95, 0.0), (-2.3, 1.05, 0.12)], 0.03, WOOD, sides=6),
        box((-2.9, 0.62, -0.75), (-1.0, 0.80, -0.45), _DECK, round_m=0.03),
        box((-2.9, 0.62, 0.45), (-1.0, 0.80, 0.75), _DECK, round_m=0.03),
        bone=body,
    )
    pennant = kit.bone("pennant", (0.72, 9.6, 0.0), body)
    kit.add(
        cloth(((0.7, 9.30, 0.0), (0.0, 9.42, 0.05), (0.7, 9.55, 0.0)), 0.05, (0.80, 0.15, 0.12)),
        bone=pennant,
        shades=False,
    )
    swings = (
        Swing(rig, (0.74, 1.5, 0.0), (0.0, 1.0, 0.0), 2.5, period_s=4.7),
        Swing(pennant, (0.72, 9.4, 0.0), (0.0, 1.0, 0.0), 16.0, period_s=0.9),
    )
    return _afloat(body, 7.6, 2.3, 9.6, 3.2, swings=swings, deck=0.62)


def rowboat(order: Order, kit: Assembly) -> Mechanism:
    """A small open boat with oars, or a slim canoe (``canoe``)."""
    canoe = bool(order.kind.shape.get("canoe", False))
    paint = order.color("body") or WOOD
    body = kit.bone("hull", (0.0, 0.0, 0.0))
    length, beam = (4.6, 0.85) if canoe else (3.9, 1.45)
    inside = shade(WOOD, 1.15)
    kit.add(
        hull(
            length,
            beam,
            0.16,
            0.42,
            (shade(paint, 0.62), paint, inside),
            bow=0.6,
            stern=0.05 if canoe else 0.62,
            sheer=0.6 if canoe else 0.4,
            full=0.5,
            deck_low=0.36,
            deck=inside,
        ),
        bone=body,
        gloss=0.3,
    )
    for x in (-1.0, 0.9) if canoe else (-1.15, 0.0, 1.05):
        wide = 0.42 * beam * (1.0 if abs(x) < 0.5 else 0.84)
        kit.add(box((x - 0.13, 0.28, -wide), (x + 0.13, 0.33, wide), _DECK, round_m=0.02), bone=body)
    if canoe:
        kit.add(
            sweep([(-0.2, 0.46, -0.5), (0.5, 0.5, 0.75)], 0.018, _DECK, sides=6),
            ball((0.56, 0.5, 0.86), (0.09, 0.02, 0.17), _DECK, level=2),
            bone=body,
        )
        return _afloat(body, length, beam, 0.6, 1.8, deck=0.33)
    swings: list[Swing] = []
    for side in (1.0, -1.0):
        lock = (-0.25, 0.47, side * 0.70)
        oar = kit.bone("oar", lock, body)
        kit.add(
            sweep([(-0.12, 0.58, side * 0.08), lock, (-0.55, 0.06, side * 1.85)], 0.023, _DECK, sides=8),
            bone=oar,
        )
        blade = ball((-0.62, -0.02, side * 2.08), (0.09, 0.06, 0.28), _DECK, level=2)
        kit.add(blade, bone=oar)
        swings += [Swing(oar, lock, (0.0, 1.0, 0.0), side * 24.0, stride_m=2.2)]
    return _afloat(body, length, beam, 0.6, 1.5, swings=tuple(swings), deck=0.33)


def ship(order: Order, kit: Assembly) -> Mechanism:
    """A steel ship: ``load`` cargo (containers), cruise (decks) or fishing (a small trawler)."""
    load = str(order.kind.shape.get("load", "cruise"))
    paint = order.color("body") or (0.12, 0.18, 0.30)
    white: Rgb = (0.93, 0.93, 0.91)
    funnel: Rgb = order.color("funnel") or (0.80, 0.22, 0.14)
    body = kit.bone("hull", (0.0, 0.0, 0.0))
    length, beam, side = (13.0, 4.2, 1.5) if load == "fishing" else (60.0, 9.5, 4.6)
    kit.add(
        hull(
            length,
            beam,
            0.3 * side,
            side,
            ((0.55, 0.13, 0.11), paint, white if load != "cargo" else shade(paint, 0.8)),
            bow=0.75,
            stern=0.8,
            sheer=0.45 if load != "fishing" else 0.7,
            full=0.6,
            deck_low=0.25,
            deck=(0.52, 0.50, 0.47) if load != "fishing" else _DECK,
        ),
        bone=body,
        gloss=0.4,
    )
    radar: tuple[float, float, float]
    if load == "fishing":
        kit.add(
            box((0.2, 1.2, -1.2), (3.2, 3.5, 1.2), white, round_m=0.15, steps=2),
            box((-0.05, 3.45, -1.4), (3.5, 3.65, 1.4), funnel, round_m=0.08),
            bone=body,
            gloss=0.4,
        )
        kit.add(
            front(3.2, 2.5, 3.2, -1.0, 1.0, GLASS, round_m=0.1),
            flank(0.6, 2.9, 2.5, 3.2, 1.2, GLASS, round_m=0.1),
            bone=body,
            gloss=1.0,
        )
        kit.add(
            sweep([(-0.6, 1.3, 0.0), (-0.6, 6.6, 0.0)], 0.09, WOOD),
            sweep([(-0.6, 2.6, 0.0), (-4.6, 5.4, 0.0)], 0.06, WOOD),
            sweep([(-0.6, 6.4, 0.0), (-4.5, 5.4, 0.0)], 0.02, DARK, sides=4),
            sweep([(-0.6, 6.4, 0.0), (5.6, 2.3, 0.0)], 0.02, DARK, sides=4),
            bone=body,
        )
        kit.add(
            box((-4.4, 1.3, -0.9), (-2.6, 1.8, 0.9), (0.2, 0.42, 0.5), round_m=0.08),
            lathe(
                [(0.0, 1.3), (0.5, 1.3), (0.5, 1.6), (0.0, 1.6)],
                (0.8, 0.5, 0.15),
                at=(4.0, 0.2, 0.0),
                sides=16,
            ),
            bone=body,
        )
        for x in (-4.0, -2.0, 1.5, 3.5):
            for s in (1.0, -1.0):
                kit.add(
                    ring((x, 0.75, s * (2.12 if x < 3.0 else 1.9)), 0.24, 0.10, DARK, axis="z", sides=14),
                    bone=body,
                )
        radar = (1.6, 3.9, 0.0)
    elif load == "cargo":
        colors = [
            (0.72, 0.20, 0.15),
            (0.18, 0.40, 0.62),
            (0.85, 0.55, 0.18),
            (0.25, 0.48, 0.32),
            (0.80, 0.78, 0.72),
            (0.42, 0.30, 0.48),
        ]
        rng = np.random.default_rng(order.seed)
        for k in range(6):
            for row in range(4):
                for layer in range(int(rng.integers(2, 4))):
                    x, z, y = -11.5 + 6.2 * k, -3.9 + 1.98 * row, 4.5 + 2.1 * layer
                    kit.add(
                        box(
                            (x, y, z),
                            (x + 5.9, y + 2.05, z + 1.9),
                            colors[int(rng.integers(6))],
                            round_m=0.06,
                        ),
                        bone=body,
                        gloss=0.2,
                    )
        kit.add(
            box((-25.5, 4.4, -4.2), (-18.5, 12.0, 4.2), white, round_m=0.2, steps=2),
            box((-21.5, 11.9, -5.0), (-18.0, 14.2, 5.0), white, round_m=0.2, steps=2),
            bone=body,
            gloss=0.3,
        )
        kit.add(front(-18.0, 12.5, 13.7, -4.6, 4.6, GLASS, round_m=0.2), bone=body, gloss=1.0)
        for y in (6.0, 8.0, 10.0):
            for k in range(5):
                kit.add(
                    flank(-25.0 + 1.3 * k, -24.2 + 1.3 * k, y, y + 0.9, 4.2, GLASS, round_m=0.1),
                    bone=body,
                    gloss=1.0,
                )
        kit.add(
            box((-25.0, 12.0, -1.6), (-22.4, 15.4, 1.6), funnel, round_m=0.3, steps=2), bone=body, gloss=0.3
        )
        kit.add(sweep([(24.0, 6.0, 0.0), (24.0, 12.0, 0.0)], 0.2, white), bone=body)
        radar = (-19.5, 15.2, 0.0)
    else:
        for k, (x0, x1, half) in enumerate(
            ((-26.0, 18.0, 4.3), (-25.0, 15.5, 4.1), (-24.0, 13.0, 3.9), (-22.5, 10.5, 3.6))
        ):
            y = 4.4 + 2.1 * k
            outline = rounded([(x0, -half), (x1, -half), (x1 + 2.2, 0.0), (x1, half), (x0, half)], 1.2, 5)
            kit.add(prism(outline, y, y + 2.02, white, axis="y", round_m=0.12), bone=body, gloss=0.35)
            for j in range(int((x1 - x0 - 1.5) / 1.6)):
                kit.add(
                    flank(
                        x0 + 1.0 + 1.6 * j, x0 + 2.1 + 1.6 * j, y + 0.65, y + 1.5, half, GLASS, round_m=0.12
                    ),
                    bone=body,
                    gloss=1.0,
                )
        kit.add(
            prism(
                rounded([(4.0, -4.6), (10.0, -4.6), (11.8, 0.0), (10.0, 4.6), (4.0, 4.6)], 0.8),
                12.8,
                14.8,
                white,
                axis="y",
                round_m=0.12,
            ),
            bone=body,
            gloss=0.35,
        )
        kit.add(flank(5.0, 9.5, 13.4, 14.3, 4.6, GLASS, round_m=0.15), bone=body, gloss=1.0)
        for x in (-14.0, -5.0):
            kit.add(
                put(
                    lathe(
                        [(1.7, 0.0), (1.6, 3.6), (1.65, 3.65), (1.6, 5.0), (1.3, 5.0), (0.0, 4.8)],
                        [funnel, funnel, DARK, DARK, DARK],
                        sides=26,
                    ),
                    (x, 12.6, 0.0),
                    turn=[("z", 8.0)],
                    size=(1.3, 1.0, 0.85),
                ),
                bone=body,
                gloss=0.4,
            )
        for x in (-20.0, -14.0, -8.0, -2.0, 4.0):
            for s in (1.0, -1.0):
                kit.add(
                    ball((x, 7.7, s * 4.5), (1.6, 0.5, 0.5), (0.90, 0.48, 0.12), level=2),
                    bone=body,
                    gloss=0.4,
                )
        kit.add(
            sweep([(12.5, 12.0, 0.0), (12.0, 20.0, 0.0)], [0.25, 0.1], white),
            sweep([(-22.0, 12.0, 0.0), (-22.5, 18.0, 0.0)], [0.22, 0.1], white),
            bone=body,
        )
        for s in range(22):
            x = -24.0 + 2.0 * s
            for way in (1.0, -1.0):
                kit.add(ball((x, 3.2, way * 4.70), (0.28, 0.28, 0.06), GLASS, level=1), bone=body, gloss=1.0)
        radar = (7.0, 15.6, 0.0)
    spin = kit.bone("radar", radar, body)
    size = 0.5 if load == "fishing" else 1.5
    kit.add(
        box(
            (radar[0] - 0.1, radar[1], radar[2] - size),
            (radar[0] + 0.1, radar[1] + 0.2 * size, radar[2] + size),
            white,
            round_m=0.05,
        ),
        bone=spin,
    )
    kit.add(sweep([(radar[0], radar[1] - 1.4 * size, 0.0), radar], 0.1 * size, white, sides=8), bone=body)
    spinner = Spinner(spin, radar, (0.0, 1.0, 0.0), 0.35, always=True)
    return _afloat(
        body, length, beam, 3.0 * side, 2.6 if load == "fishing" else 5.0, spinners=(spinner,), deck=side
    )


def galleon(order: Order, kit: Assembly) -> Mechanism:
    """A pirates' ship: three masts of square sails, a high stern, a black flag."""
    paint = order.color("body") or (0.30, 0.19, 0.12)
    sail = order.color("sail") or (0.86, 0.80, 0.68)
    body = kit.bone("hull", (0.0, 0.0, 0.0))
    gold: Rgb = (0.78, 0.60, 0.22)
    kit.add(
        hull(
            24.0,
            6.2,
            0.9,
            2.7,
            (shade(paint, 0.6), paint, gold),
            bow=0.6,
            stern=0.78,
            sheer=0.55,
            full=0.6,
            deck_low=0.5,
        ),
        bone=body,
        gloss=0.25,
    )
    for y0, y1, x1, half in ((2.6, 4.5, -5.6, 2.5), (4.4, 6.0, -8.2, 2.3)):
        castle = prism(
            rounded(
                [(-13.0 + 0.12 * (y0 - 2.6), y0 - 1.0), (x1, y0 - 0.6), (x1 - 0.1, y1), (-13.6, y1 + 0.35)],
                0.15,
            ),
            -half,
            half,
            shade(paint, 1.1),
            round_m=0.12,
        )
        kit.add(castle, bone=body, gloss=0.25)
        for k in range(4):
            x = -12.4 + 1.5 * k
            if x + 0.8 < x1:
                kit.add(
                    flank(x, x + 0.8, y0 + 0.75, y0 + 1.55, half, (0.95, 0.75, 0.35), round_m=0.1, glow=0.35),
                    bone=body,
                    gloss=0.6,
                )
        kit.add(
            flank(-13.2, x1 - 0.05, y1 - 0.28, y1 - 0.12, half, gold, round_m=0.0, lift=0.03),
            bone=body,
            gloss=0.7,
        )
    for k in range(5):
        x = -4.6 + 2.4 * k
        for s in (1.0, -1.0):
            z = s * (3.02 if k < 4 else 2.75)
            kit.add(
                box((x - 0.38, 1.25, z - 0.06), (x + 0.38, 1.95, z + 0.06), DARK, round_m=0.03),
                put(
                    lathe(
                        [(0.16, 0.0), (0.12, 0.9), (0.16, 0.95), (0.0, 0.95)],
                        (0.16, 0.16, 0.17),
                        axis="z",
                        sides=12,
                    ),
                    (x, 1.6, z),
                    turn=[] if s > 0.0 else [("y", 180.0)],
                ),
                bone=body,
                gloss=0.4,
            )
    kit.add(sweep([(9.5, 3.6, 0.0), (17.0, 6.6, 0.0)], [0.28, 0.12], WOOD, sides=10), bone=body)
    swings: list[Swing] = []
    for x, tall in ((6.2, 16.5), (-0.6, 18.5), (-8.4, 14.5)):
        kit.add(
            sweep([(x, 2.0, 0.0), (x - 0.3, tall, 0.0)], [0.32, 0.14], WOOD, sides=10),
            lathe(
                [(0.35, 0.0), (0.7, 0.6), (0.66, 0.6), (0.3, 0.05), (0.0, 0.05)],
                WOOD,
                at=(x - 0.2, tall * 0.72, 0.0),
                sides=16,
            ),
            bone=body,
        )
        rig = kit.bone("yard", (x, 8.0, 0.0), body)
        for low, high, wide in ((0.30, 0.62, 4.6), (0.65, 0.90, 3.6)):
            y0, y1 = tall * low + 1.0, tall * high + 0.6
            kit.add(sweep([(x, y1, -wide), (x, y1, wide)], 0.13, WOOD, sides=8), bone=rig)
            square = cloth(
                (
                    (-wide * 1.02, y0, 0.0),
                    (wide * 1.02, y0, 0.0),
                    (wide * 0.94, y1, 0.0),
                    (-wide * 0.94, y1, 0.0),
                ),
                1.15,
                sail,
            )
            kit.add(put(square, (x + 0.1, 0.0, 0.0), turn=[("y", 90.0)]), bone=rig, shades=False)
        swings.append(Swing(rig, (x, 8.0, 0.0), (0.0, 1.0, 0.0), 2.2, period_s=5.3, phase=0.1 * x))
        for s in (1.0, -1.0):
            for off in (-1.1, 0.0, 1.1):
                kit.add(
                    sweep([(x + off, 3.0, s * 2.9), (x - 0.2, tall * 0.72, 0.0)], 0.035, DARK, sides=4),
                    bone=body,
                    shades=False,
                )
    kit.add(cloth(((16.0, 6.4, 0.0), (7.0, 5.2, 0.3), (6.1, 14.0, 0.0)), 0.7, sail), bone=body, shades=False)
    flag = kit.bone("flag", (-0.9, 18.5, 0.0), body)
    kit.add(
        cloth(
            ((-0.9, 18.2, 0.0), (-3.4, 18.1, 0.2), (-3.4, 19.8, 0.2), (-0.9, 19.8, 0.0)),
            0.25,
            (0.05, 0.05, 0.055),
        ),
        sweep([(-0.9, 18.0, 0.0), (-0.9, 20.0, 0.0)], 0.06, WOOD, sides=6),
        bone=flag,
        shades=False,
    )
    skull: Rgb = (0.93, 0.92, 0.88)
    for s in (0.34, -0.14):
        kit.add(
            ball((-2.15, 19.1, 0.12 + s), (0.34, 0.34, 0.06), skull, level=2),
            box((-2.9, 18.55, 0.09 + s), (-1.4, 18.67, 0.15 + s), skull, round_m=0.03),
            bone=flag,
            shades=False,
        )
    swings.append(Swing(flag, (-0.9, 19.0, 0.0), (0.0, 1.0, 0.0), 14.0, period_s=1.4))
    return _afloat(body, 24.0, 6.2, 20.0, 3.4, swings=tuple(swings), deck=2.4)


def submarine(order: Order, kit: Assembly) -> Mechanism:
    """A round little submarine with a tower, portholes and a propeller."""
    paint = order.color("body") or (0.93, 0.74, 0.12)
    body = kit.bone("hull", (0.0, 1.3, 0.0))
    profile = [
        (0.0, -4.6),
        (0.30, -4.55),
        (0.75, -3.6),
        (1.15, -2.0),
        (1.3, -0.4),
        (1.3, 1.6),
        (1.2, 2.7),
        (0.92, 3.5),
        (0.5, 4.0),
        (0.0, 4.15),
    ]
    knots = np.array(profile)
    fine = np.linspace(0.0, len(profile) - 1.0, 34)
    from kirin_video.engines.previs.bodies.hard.forms import curved  # noqa: PLC0415 -- one shape needs it

    smooth = curved(knots, fine)
    smooth[:, 0] = np.maximum(smooth[:, 0], 0.0)
    smooth[[0, -1], 0] = 0.0
    kit.add(
        lathe(smooth, paint, axis="x", at=(0.0, 1.4, 0.0), sides=36, crease_deg=70.0), bone=body, gloss=0.6
    )
    tower = prism(
        rounded([(-0.9, 2.3), (1.3, 2.3), (1.0, 3.7), (-0.7, 3.7)], 0.25), -0.42, 0.42, paint, round_m=0.2
    )
    kit.add(
        tower,
        sweep([(0.35, 3.6, 0.0), (0.35, 4.6, 0.0), (0.62, 4.75, 0.0)], 0.08, STEEL, sides=10),
        bone=body,
        gloss=0.6,
    )
    for x in (-1.2, 0.0, 1.2, 2.4):
        for s in (1.0, -1.0):
            z = 1.3 if x < 2.0 else 1.2
            kit.add(
                ring((x, 1.55, s * (z - 0.02)), 0.27, 0.07, STEEL, sides=22),
                disc((x, 1.55, s * (z + 0.02)), 0.24, GLASS, axis="z" if s > 0.0 else "-z", sides=22),
                bone=body,
                gloss=1.0,
            )
    for s in (1.0, -1.0):
        kit.add(wing((-3.0, 1.4, s * 0.7), (-3.5, 1.4, s * 2.0), (1.1, 0.7), paint), bone=body, gloss=0.5)
        kit.add(wing((1.0, 3.0, s * 0.4), (0.8, 3.0, s * 1.3), (0.7, 0.5), paint), bone=body, gloss=0.5)
        kit.add(
            wing((-3.0, 1.4 + s * 0.7, 0.0), (-3.6, 1.4 + s * 1.8, 0.0), (1.1, 0.7), paint),
            bone=body,
            gloss=0.5,
        )
    kit.add(ball((3.9, 1.5, 0.0), (0.2, 0.28, 0.28), LAMP, level=2, glow=0.7), bone=body, gloss=1.0)
    hub = (-4.7, 1.4, 0.0)
    screw = kit.bone("screw", hub, body)
    for k in range(4):
        kit.add(
            put(
                ball((0.0, 0.42, 0.0), (0.05, 0.4, 0.16), (0.72, 0.55, 0.25), level=2),
                hub,
                turn=[("y", 25.0), ("x", 90.0 * k)],
            ),
            bone=screw,
            gloss=0.8,
        )
    kit.add(ball(hub, (0.2, 0.14, 0.14), (0.72, 0.55, 0.25), level=2), bone=screw, gloss=0.8)
    return _afloat(
        body,
        8.8,
        2.6,
        4.8,
        2.4,
        spinners=(Spinner(screw, hub, (1.0, 0.0, 0.0), 2.0),),
        deck=3.7,
        ride=Ride.DIVER,
    )
