"""Hulls of curved ribs, sails, and how boats float. The waterline is at y = 0."""

# ruff: noqa: PLR0913, PLR2004 -- machines are made of measures
from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Contact
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Spinner, Swing
from kirin_video.engines.previs.bodies.hard.placing import outwards
from kirin_video.engines.previs.bodies.hard.skinned import loft
from kirin_video.engines.previs.mesh import Mesh, merge

Rgb = tuple[float, float, float]
Floats = NDArray[np.float64]
WOOD: Rgb = (0.50, 0.33, 0.19)
DECK: Rgb = (0.66, 0.50, 0.33)


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
    deck: Rgb = DECK,
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


def floating(
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
    """The mechanism of what floats: ``deck`` is how high its deck is, ``tall`` its highest point."""
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
