"""The shapes of the presets. Each stands on the ground, looks towards +z and is about two units tall."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import reduce
from types import MappingProxyType
from typing import Final

import numpy as np

from kirin_video.presets.clay import Clay, Subject
from kirin_video.presets.fields import (
    Distances,
    Points,
    ball,
    box,
    cone,
    egg,
    joined,
    melted,
    mirrored,
    moved,
    plate,
    ring,
    rod,
    turned,
    without,
)

_RED: Final = Clay((0.62, 0.035, 0.03), gloss=0.55, polish=90.0)
_GLOSSY_WHITE: Final = Clay((0.82, 0.80, 0.76), gloss=0.5, polish=90.0)
_GREY: Final = Clay((0.34, 0.36, 0.39))
_DARK: Final = Clay((0.035, 0.04, 0.05), gloss=0.45, polish=70.0)
_ORANGE: Final = Clay((0.80, 0.25, 0.045))
_GLOW: Final = Clay((0.30, 0.85, 0.88), gloss=0.5, polish=60.0)
_PAPER: Final = Clay((0.24, 0.50, 0.70), gloss=0.02)
_YELLOW: Final = Clay((0.86, 0.52, 0.035), gloss=0.45, polish=60.0)
_BLUE: Final = Clay((0.055, 0.20, 0.58))
_DEEP_BLUE: Final = Clay((0.03, 0.10, 0.36))
_CREAM: Final = Clay((0.82, 0.72, 0.55))
_WALL: Final = Clay((0.80, 0.72, 0.58), gloss=0.04)
_ROOF: Final = Clay((0.52, 0.09, 0.05), gloss=0.08)
_BRICK: Final = Clay((0.42, 0.17, 0.11), gloss=0.03)
_PANE: Final = Clay((0.10, 0.20, 0.27), gloss=0.7, polish=120.0)
_DOOR: Final = Clay((0.09, 0.25, 0.22), gloss=0.15)
_NEEDLES: Final = Clay((0.05, 0.22, 0.09), gloss=0.05)
_BARK: Final = Clay((0.22, 0.115, 0.06), gloss=0.03)
_BENDS: Final = 9
_WOOD: Final = Clay((0.50, 0.27, 0.12), gloss=0.22, polish=40.0)


def _red_ball(p: Points) -> Mapping[Clay, Distances]:
    q = turned(turned(moved(p, (0.0, 1.0, 0.0)), 24.0, "z"), 14.0, "x")
    whole = ball(q, 1.0)
    stripe = np.abs(q[1]) - np.float32(0.17)
    # The stripe lies in a shallow groove, as if it were another clay.
    groove = np.float32(0.012) * np.exp(-((np.abs(stripe) / np.float32(0.02)) ** 2))
    return {_RED: np.maximum(whole + groove, -stripe), _GLOSSY_WHITE: np.maximum(whole + groove, stripe)}


def _robot(p: Points) -> Mapping[Clay, Distances]:
    m = mirrored(p)
    head = box(moved(p, (0.0, 1.62, 0.0)), (0.46, 0.36, 0.38), 0.13)
    face = box(moved(p, (0.0, 1.62, 0.36)), (0.34, 0.22, 0.06), 0.055)
    body = box(moved(p, (0.0, 0.82, 0.0)), (0.44, 0.40, 0.33), 0.16)
    neck = cone(moved(p, (0.0, 1.24, 0.0)), 0.1, 0.15, 0.15, 0.02)
    legs = rod(m, (0.22, 0.42, 0.0), (0.22, 0.2, 0.0), 0.11)
    feet = box(moved(m, (0.235, 0.11, 0.06)), (0.17, 0.11, 0.25), 0.085)
    arms = rod(m, (0.5, 1.02, 0.0), (0.68, 0.66, 0.08), 0.1)
    shoulders = ball(moved(m, (0.47, 1.03, 0.0)), 0.15)
    hands = ball(moved(m, (0.69, 0.6, 0.1)), 0.15)
    ears = cone(turned(moved(m, (0.49, 1.62, 0.0)), 90.0, "z"), 0.06, 0.15, 0.15, 0.03)
    aerial = rod(p, (0.0, 1.95, 0.0), (0.0, 2.16, 0.0), 0.03)
    tip = ball(moved(p, (0.0, 2.22, 0.0)), 0.085)
    eyes = egg(moved(m, (0.15, 1.66, 0.415)), (0.075, 0.09, 0.03))
    mouth = rod(m, (0.0, 1.505, 0.425), (0.1, 1.53, 0.42), 0.018)
    chest = cone(turned(moved(p, (0.0, 0.9, 0.32)), 90.0, "x"), 0.04, 0.15, 0.15, 0.025)
    button = ball(moved(p, (0.0, 0.9, 0.36)), 0.075)
    return {
        _GREY: joined(melted(head, neck, 0.08), body, legs, arms, aerial),
        _ORANGE: joined(feet, hands, ears, tip, shoulders, chest),
        _DARK: face,
        _GLOW: joined(eyes, mouth, button),
    }


def _paper_boat(p: Points) -> Mapping[Clay, Distances]:
    q = p
    m = np.stack((np.abs(q[0]), q[1], np.abs(q[2])))
    thickness = 0.014
    bow, keel, rim = (1.42, 0.98, 0.0), (0.62, 0.03, 0.0), (0.0, 0.60, 0.50)
    middle = (0.0, 0.03, 0.16)
    hull = joined(
        plate(m, (bow, rim, keel), thickness),
        plate(m, (keel, rim, middle), thickness),
        plate(m, ((0.0, 0.03, 0.0), keel, middle), thickness),
    )
    peak = (0.0, 1.52, 0.0)
    sail = joined(
        plate(m, (peak, (0.66, 0.42, 0.03), (0.0, 0.36, 0.20)), thickness),
        plate(m, (peak, (0.66, 0.42, 0.0), (0.0, 0.36, 0.0)), thickness),
    )
    # The fold along the rim shows as a second, lower edge.
    fold = plate(m, ((1.3, 0.86, 0.03), (0.0, 0.50, 0.515), (0.0, 0.24, 0.36)), thickness * 0.7)
    return {_PAPER: joined(hull, sail, fold)}


def _teapot(p: Points) -> Mapping[Clay, Distances]:
    body = egg(moved(p, (0.0, 0.78, 0.0)), (0.86, 0.74, 0.86))
    foot = cone(moved(p, (0.0, 0.06, 0.0)), 0.06, 0.46, 0.42, 0.03)
    belly = melted(body, foot, 0.12)
    lid = egg(moved(p, (0.0, 1.40, 0.0)), (0.44, 0.15, 0.44))
    collar = cone(moved(p, (0.0, 1.40, 0.0)), 0.045, 0.48, 0.47, 0.035)
    knob = ball(moved(p, (0.0, 1.66, 0.0)), 0.12)
    stem = cone(moved(p, (0.0, 1.54, 0.0)), 0.06, 0.07, 0.06)
    spout = _bent(p, ((0.62, 0.56), (1.22, 0.60), (1.00, 1.16), (1.42, 1.36)), 0.25, 0.095)
    bore = rod(p, (1.32, 1.30, 0.0), (1.62, 1.46, 0.0), 0.058)
    handle = _bent(p, ((-0.62, 1.18), (-1.56, 1.52), (-1.52, 0.28), (-0.70, 0.46)), 0.085, 0.085)
    pot = melted(melted(belly, handle, 0.08), spout, 0.14)
    lidded = joined(lid, collar, melted(knob, stem, 0.08))
    return {_YELLOW: joined(without(pot, bore, 0.03), lidded)}


def _bird(p: Points) -> Mapping[Clay, Distances]:
    m = mirrored(p)
    body = egg(turned(moved(p, (0.0, 0.92, -0.04)), -24.0, "x"), (0.62, 0.60, 0.78))
    head = ball(moved(p, (0.0, 1.62, 0.32)), 0.45)
    tail = box(turned(moved(p, (0.0, 0.86, -0.98)), 16.0, "x"), (0.20, 0.045, 0.42), 0.04)
    back = melted(melted(body, head, 0.34), tail, 0.22)
    breast = egg(turned(moved(p, (0.0, 0.98, 0.56)), -16.0, "x"), (0.44, 0.60, 0.42))
    front = np.maximum(back - np.float32(0.012), breast)
    wing = egg(turned(turned(moved(m, (0.58, 0.96, -0.14)), -20.0, "x"), 12.0, "y"), (0.13, 0.38, 0.60))
    tuft = rod(p, (0.0, 2.02, 0.26), (0.0, 2.20, 0.10), 0.06, 0.02)
    upper = rod(p, (0.0, 1.60, 0.70), (0.0, 1.53, 1.02), 0.115, 0.018)
    eyes = ball(moved(m, (0.205, 1.70, 0.665)), 0.075)
    legs = rod(m, (0.22, 0.42, 0.02), (0.22, 0.06, 0.06), 0.04)
    toes = joined(
        *(
            rod(m, (0.22, 0.045, 0.05), (0.22 + 0.22 * math.sin(a), 0.04, 0.05 + 0.26 * math.cos(a)), 0.042)
            for a in (-0.5, 0.0, 0.5, math.pi)
        )
    )
    return {
        _BLUE: melted(back, tuft, 0.08),
        _DEEP_BLUE: wing,
        _CREAM: front,
        _ORANGE: joined(upper, legs, toes),
        _DARK: eyes,
    }


def _house(p: Points) -> Mapping[Clay, Distances]:
    m = mirrored(p)
    room = box(moved(p, (0.0, 0.5, 0.0)), (0.80, 0.5, 0.66), 0.03)
    # The gables: what is under both slopes of the roof, as thick as the room is deep.
    slope = math.radians(42.0)
    under = (m[0] - np.float32(0.83)) * np.float32(math.sin(slope)) + (p[1] - np.float32(0.98)) * np.float32(
        math.cos(slope)
    )
    gable = np.maximum.reduce((under, np.abs(p[2]) - np.float32(0.66), np.float32(0.9) - p[1]))
    roof = box(turned(moved(m, (0.46, 1.385, 0.0)), -42.0, "z"), (0.70, 0.07, 0.82), 0.035)
    chimney = box(moved(p, (0.42, 1.68, -0.22)), (0.14, 0.36, 0.14), 0.02)
    pot = cone(moved(p, (0.42, 2.08, -0.22)), 0.07, 0.09, 0.08, 0.02)
    step = box(moved(p, (0.0, 0.05, 0.76)), (0.30, 0.05, 0.14), 0.02)
    door = box(moved(p, (0.0, 0.42, 0.66)), (0.19, 0.35, 0.035), 0.02)
    knob = ball(moved(p, (0.12, 0.42, 0.705)), 0.028)
    frames, panes = _windows(p, m)
    return {
        _WALL: joined(room, gable),
        _ROOF: roof,
        _BRICK: joined(chimney, pot, step),
        _DOOR: door,
        _GLOSSY_WHITE: joined(frames, knob),
        _PANE: panes,
    }


def _windows(p: Points, m: Points) -> tuple[Distances, Distances]:
    """Two in front, one in each side, a round one in the gable: their frames and panes."""
    both = np.stack((m[0], m[1], np.abs(m[2])))
    front, side = moved(m, (0.50, 0.60, 0.66)), moved(both, (0.80, 0.60, 0.30))
    attic = moved(p, (0.0, 1.26, 0.66))
    disc = cone(turned(attic, 90.0, "x"), 0.02, 0.14, 0.14)
    frames = joined(
        without(box(front, (0.165, 0.20, 0.035), 0.015), box(front, (0.125, 0.16, 0.1))),
        box(front, (0.018, 0.17, 0.03)),
        box(front, (0.14, 0.018, 0.03)),
        without(box(side, (0.035, 0.20, 0.165), 0.015), box(side, (0.1, 0.16, 0.125))),
        box(side, (0.03, 0.17, 0.018)),
        box(side, (0.03, 0.018, 0.14)),
        ring(attic, 0.15, 0.032),
    )
    panes = joined(box(front, (0.14, 0.175, 0.018)), box(side, (0.018, 0.175, 0.14)), disc)
    return frames, panes


_TIERS: Final = ((0.42, 0.86, 0.88, 0.0), (0.96, 0.76, 0.70, 0.5), (1.46, 0.82, 0.50, 0.2))
"""Bottom, height, radius and turn of each tier of the pine."""


def _pine(p: Points) -> Mapping[Clay, Distances]:
    angle = np.arctan2(p[2], p[0])
    tiers: list[Distances] = []
    for bottom, height, radius, turn in (
        (0.42, 0.86, 0.88, 0.0),
        (0.96, 0.76, 0.70, 0.5),
        (1.46, 0.82, 0.50, 0.2),
    ):
        q = moved(p, (0.0, bottom + height / 2, 0.0))
        # Boughs: the hem of a tier swings in and out, and hangs lower where it swings out.
        swing = np.cos(9.0 * (angle + turn)).astype(np.float32)
        low = np.clip(0.5 - q[1] / np.float32(height), 0.0, 1.0)
        wide = q.copy()
        wide[1] += 0.05 * swing * low
        tiers.append(
            (cone(wide, height / 2, radius, 0.045, 0.045) - 0.05 * swing * low * low) * np.float32(0.72)
        )
    trunk = melted(
        cone(moved(p, (0.0, 0.24, 0.0)), 0.26, 0.19, 0.15, 0.02),
        cone(moved(p, (0.0, 0.02, 0.0)), 0.03, 0.27, 0.22, 0.02),
        0.12,
    )
    return {_NEEDLES: reduce(lambda a, b: melted(a, b, 0.03), tiers), _BARK: trunk}


def _chair(p: Points) -> Mapping[Clay, Distances]:
    m = mirrored(p)
    seat = box(moved(p, (0.0, 0.92, 0.0)), (0.56, 0.06, 0.54), 0.05)
    front_legs = rod(m, (0.45, 0.90, 0.44), (0.50, 0.06, 0.49), 0.075, 0.055)
    back_legs = rod(m, (0.45, 0.90, -0.44), (0.50, 0.06, -0.54), 0.075, 0.055)
    posts = rod(m, (0.46, 0.92, -0.45), (0.50, 2.05, -0.66), 0.07, 0.06)
    top = box(turned(moved(p, (0.0, 2.0, -0.655)), -10.0, "x"), (0.56, 0.13, 0.05), 0.045)
    rail = box(turned(moved(p, (0.0, 1.24, -0.515)), -10.0, "x"), (0.48, 0.05, 0.04), 0.03)
    slats = joined(
        rod(m, (0.0, 1.24, -0.515), (0.0, 1.95, -0.648), 0.045),
        rod(m, (0.24, 1.24, -0.515), (0.245, 1.95, -0.648), 0.045),
    )
    sides = rod(m, (0.475, 0.44, 0.46), (0.475, 0.44, -0.49), 0.04)
    across = rod(m, (0.0, 0.56, 0.465), (0.47, 0.56, 0.465), 0.038)
    return {_WOOD: joined(seat, front_legs, back_legs, posts, top, rail, slats, sides, across)}


def _bent(p: Points, course: tuple[tuple[float, float], ...], radius_a: float, radius_b: float) -> Distances:
    """A bent rod in the plane z = 0, along the cubic curve of four control points x, y (Bezier's)."""
    t = np.linspace(0.0, 1.0, _BENDS + 1)
    weights = np.stack(((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3))
    places = [(float(x), float(y), 0.0) for x, y in weights.T @ np.asarray(course)]
    radii = [float(radius_a + (radius_b - radius_a) * each) for each in t]
    links = zip(places[:-1], places[1:], radii[:-1], radii[1:], strict=True)
    return joined(*(rod(p, a, b, ra, rb) for a, b, ra, rb in links))


SUBJECTS: Final[Mapping[int, Subject]] = MappingProxyType(
    {
        1: Subject(_red_ball, centre=1.0, reach=1.2),
        2: Subject(_robot, centre=1.16, reach=1.24),
        3: Subject(_paper_boat, centre=0.74, reach=1.52),
        4: Subject(_teapot, centre=0.90, reach=1.56),
        5: Subject(_bird, centre=1.08, reach=1.56),
        6: Subject(_house, centre=1.02, reach=1.4),
        7: Subject(_pine, centre=1.15, reach=1.3),
        8: Subject(_chair, centre=1.06, reach=1.32),
    }
)
"""The shape of each preset, by its number."""

VIEWS: Final = ((0.0, 9.0), (38.0, 18.0), (90.0, 10.0), (212.0, 18.0))
"""Yaw and pitch of each picture, in degrees: the front, a three-quarter view, the side, the back."""
