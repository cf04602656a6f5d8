"""Open wings and tails: thin feathered panels, skinned along their bones."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.bird.frame import SIDES, TAIL_BONES, WING_BONES, Frame, Vec, sign_of
from kirin_video.engines.previs.bodies.bird.palette import Paints, shade
from kirin_video.engines.previs.bodies.bird.shape import BirdShape, Tail, Wing
from kirin_video.engines.previs.bodies.body import Shell, Skeleton
from kirin_video.engines.previs.bodies.surfaces import Finish, panel, ramp

_FEATHERS = Finish(fur=0.35, open=0.92)
_SKIN = Finish(fur=0.0, gloss=0.08, open=0.92)
_ROWS, _COLUMNS = 34, 7


def open_wings(s: BirdShape, f: Frame, p: Paints, bones: Skeleton) -> list[Shell]:
    """Both wings, spread."""
    if s.wing in {Wing.NONE, Wing.FLIPPER} or s.arms:
        return []
    return [_wing(s, f, p, bones, side) for side in SIDES]


def _wing(s: BirdShape, f: Frame, p: Paints, bones: Skeleton, side: str) -> Shell:
    t = np.linspace(0.0, 1.0, _ROWS)
    lead, trail = _outline(s.wing, t)
    v = np.linspace(0.0, 1.0, _COLUMNS)
    chord = lead[:, None] + (trail - lead)[:, None] * v
    root, out = f.wings[side][0], np.array([0.0, 0.0, sign_of(side)])
    # Cambered, as wings are: highest behind the leading edge; feathers bend up at the tip.
    rise = s.chord * (
        0.10 * np.sin(math.pi * v**0.7)[None] * (1.0 - t)[:, None] ** 0.5 + 0.10 * (t**2.5)[:, None]
    )
    points = (
        root
        + f.ahead * (chord * s.chord)[..., None]
        + out * (t * s.span)[:, None, None]
        + f.up * rise[..., None]
    )
    chain = [bones.index(f"wing_{side}{k}") for k in range(WING_BONES)]
    weights = np.repeat(ramp(len(bones), chain, t**0.85)[:, None], _COLUMNS, 1)
    colors = _wing_colors(s, p, t, v)
    if side == "l":
        points, colors, weights = points[::-1], colors[::-1], weights[::-1]
    return panel(points, colors, weights, 0.035 * s.chord, _SKIN if s.wing is Wing.SKIN else _FEATHERS)


def _outline(wing: Wing, t: Vec) -> tuple[Vec, Vec]:
    """Leading and trailing edge along the span, in chords, forwards positive."""
    if wing is Wing.POINTED:
        lead = (
            0.38
            + 0.34 * np.sin(math.pi * np.minimum(t / 0.75, 1.0))
            - 0.95 * np.maximum(t - 0.42, 0.0) ** 1.5
        )
        trail = -0.62 + 0.50 * t + 0.12 * np.sin(9.0 * math.pi * t) * 0.25
        return lead, np.minimum(trail, lead - 0.03 * (1.02 - t) - 0.004)
    if wing is Wing.SKIN:
        lead = (
            0.34 + 0.45 * np.sin(math.pi * np.minimum(t / 0.8, 1.0)) - 0.9 * np.maximum(t - 0.5, 0.0) ** 1.6
        )
        bays = np.abs(np.sin(math.pi * (t * 4.0)))
        trail = -0.95 + 0.62 * t + 0.26 * bays * (0.4 + 0.6 * (1.0 - t))
        return lead, np.minimum(trail, lead - 0.02)
    lead = 0.36 + 0.16 * np.sin(math.pi * t)
    scallop = np.abs(np.sin(math.pi * t * 9.0))
    trail = -0.66 + 0.05 * scallop - 0.10 * np.sin(math.pi * t)
    if wing is Wing.FINGERS:
        tip = np.clip((t - 0.70) / 0.30, 0.0, 1.0)
        lead = lead - 0.20 * tip**2
        fingers = 0.5 - 0.5 * np.cos(math.tau * np.minimum(tip * 3.5, 3.5))
        return lead, trail + tip * (0.34 * fingers + 0.30 * tip)
    round_ = np.sqrt(np.clip(1.0 - np.clip((t - 0.62) / 0.40, 0.0, 1.0) ** 2, 0.0, 1.0))
    return -0.1 + (lead + 0.1) * round_, -0.1 + (trail + 0.1) * round_


def _wing_colors(s: BirdShape, p: Paints, t: Vec, v: Vec) -> Vec:
    """Coverts in front, long feathers behind, darker tips, a line between feathers."""
    cover, long = np.array(p.of("wings")), np.array(p.of("wing_tips", "wings"))
    band = p.order.kind.colors.get("wing_band")
    far = np.clip((t[:, None] - 0.62) / 0.25, 0.0, 1.0)
    back = np.clip((v[None] - 0.48) / 0.10, 0.0, 1.0)
    share = np.maximum(far, back * (0.35 if s.wing is Wing.POINTED else 1.0))[..., None]
    colors = cover + (long - cover) * share
    if band is not None:
        here = np.clip(1.0 - np.abs(v[None] - 0.42) / 0.16, 0.0, 1.0)[..., None] * (1.0 - far[..., None])
        colors = colors + (np.array(band) - colors) * np.clip(1.6 * here, 0.0, 1.0)
    quills = 1.0 - 0.13 * (np.arange(len(t)) % 3 == 0)[:, None] * (v[None] > 0.45)  # noqa: PLR2004 -- a third
    return colors * quills[..., None]


def tail_of(s: BirdShape, f: Frame, p: Paints, bones: Skeleton) -> list[Shell]:
    """The tail's feathers."""
    if s.tail is Tail.LIZARD or s.tail_length <= 0.0:
        return []
    if s.tail is Tail.ARCH:
        return _arched(s, f, p, bones)
    if s.tail is Tail.TRAIN:
        return _train(s, f, p, bones)
    if s.tail is Tail.PLUME:
        return _plumes(s, f, p, bones)
    return [_fan(s, f, p, bones)]


def _fan(s: BirdShape, f: Frame, p: Paints, bones: Skeleton) -> Shell:
    u, t = np.linspace(-1.0, 1.0, 13), np.linspace(0.0, 1.0, 8)
    back = f.tail[-1] - f.tail[0]
    end = {Tail.FORK: 0.62 + 0.38 * np.abs(u), Tail.LONG: 1.0 - 0.30 * np.abs(u) ** 1.5}.get(
        s.tail, 0.94 + 0.06 * np.cos(math.pi * u / 2.0)
    )
    wide = s.body[2] * 0.34 + (s.tail_width - s.body[2] * 0.34) * t**0.8
    side = u[None] * wide[:, None]
    up = np.cross(np.array([0.0, 0.0, 1.0]), back / np.linalg.norm(back))
    up = up if up[1] > 0.0 or s.pitch > 60.0 else -up  # noqa: PLR2004 -- upright birds
    points = (
        f.tail[0] + back * (t[:, None] * end[None])[..., None] + np.array([0.0, 0.0, 1.0]) * side[..., None]
    )
    points = points - up * (0.25 * s.tail_width * (u**2)[None] * t[:, None])[..., None]
    base, tip = np.array(p.of("tail", "wings")), np.array(p.of("tail_tip", "tail", "wings"))
    colors = base + (tip - base) * np.clip((t - 0.62) / 0.12, 0.0, 1.0)[:, None, None] + 0.0 * points
    colors = colors * (1.0 - 0.14 * (np.arange(len(u)) % 2 == 0))[None, :, None]
    return _panelled(points, colors, t, bones, 0.05 * s.tail_width)


def _panelled(points: Vec, colors: Vec, t: Vec, bones: Skeleton, thick: float) -> Shell:
    chain = [bones.index(f"tail{k}") for k in range(TAIL_BONES)]
    weights = np.repeat(ramp(len(bones), chain, t)[:, None], points.shape[1], 1)
    return panel(points, colors, weights, thick, _FEATHERS)


def _ribbon(path: Vec, wide: Vec, across: Vec, colors: Vec, bones: Skeleton) -> Shell:
    """One long feather: a strip along a path (n, 3), half widths (n,), colours (n, 3)."""
    u = np.linspace(-1.0, 1.0, 5)
    points = path[:, None] + across * (wide[:, None] * u[None])[..., None]
    paint = np.repeat(colors[:, None], len(u), 1) * (1.0 - 0.10 * (np.abs(u) < 0.2))[None, :, None]  # noqa: PLR2004
    return _panelled(points, paint, np.linspace(0.0, 1.0, len(path)), bones, 0.12 * float(wide.max()))


def _arched(s: BirdShape, f: Frame, p: Paints, bones: Skeleton) -> list[Shell]:
    """Sickles that rise and fall over."""
    shells: list[Shell] = []
    t = np.linspace(0.0, 1.0, 14)
    for k in range(9):
        lean, z = 118.0 + 8.5 * k, (k % 3 - 1) * 0.28
        angle = np.radians(lean + 105.0 * t**1.3 * (0.55 + 0.05 * k))
        steps = np.stack([np.cos(angle), np.sin(angle), np.full_like(t, z * 0.5)], 1)
        path = f.tail[0] + np.cumsum(steps, 0) * s.tail_length * (1.15 - 0.05 * k) / len(t)
        wide = s.tail_width * 0.30 * np.sin(math.pi * (0.10 + 0.85 * t)) ** 0.7
        color = np.array(p.of("tail")) if k % 3 else np.array(p.of("tail_tip", "tail"))
        colors = np.repeat(color[None], len(t), 0)
        shells.append(_ribbon(path, wide, np.array([-0.42, 0.42, 0.8]), colors, bones))
    return shells


def _train(s: BirdShape, f: Frame, p: Paints, bones: Skeleton) -> list[Shell]:
    """A peacock's fan, upright, with eyes on it."""
    u, t = np.linspace(-1.0, 1.0, 61), np.linspace(0.0, 1.0, 22)
    angle = u * math.radians(97.0)
    ribs = 0.92 + 0.08 * np.abs(np.cos(angle * 9.0))
    r = s.tail_length * t[:, None] * ribs[None]
    lean = np.array([-0.34, 0.94, 0.0])
    points = f.tail[0] + lean * (r * np.cos(angle)[None])[..., None]
    points = points + np.array([0.0, 0.0, 1.0]) * (r * np.sin(angle)[None])[..., None]
    points = points + np.array([0.22, 0.0, 0.0]) * (r * t[:, None])[..., None]
    base, gold = np.array(p.of("tail")), np.array(p.of("tail_tip"))
    colors = np.broadcast_to(base, points.shape).copy() * (0.72 + 0.34 * t)[:, None, None]
    colors[:, ::2] *= 0.86
    for ring, start in ((0.90, 0.0), (0.66, 0.5), (0.44, 0.0)):
        place = angle / math.radians(194.0) * 13.0 + start
        near = np.hypot((place - np.round(place))[None] * 3.4 * ring, (t[:, None] - ring) * 9.5)
        for radius, color in (
            (1.0, gold),
            (0.62, np.array((0.05, 0.45, 0.55))),
            (0.34, np.array((0.06, 0.07, 0.32))),
        ):
            colors[near < radius] = color
    return [_panelled(points, colors, t, bones, 0.02 * s.tail_length)]


def _plumes(s: BirdShape, f: Frame, p: Paints, bones: Skeleton) -> list[Shell]:
    """Long streamers that fall and curl."""
    t = np.linspace(0.0, 1.0, 22)
    shells: list[Shell] = []
    for k in range(7):
        z = (k - 3) / 3.0
        path = f.tail[0] + np.stack(
            [
                -t * s.tail_length * (1.0 - 0.10 * abs(z)),
                (0.10 * np.sin(3.0 * t + k) - 0.16 * t * abs(z)) * s.tail_length * t,
                z * s.tail_width * t**0.8,
            ],
            1,
        )
        wide = s.tail_width * (0.14 + 0.16 * np.sin(math.pi * np.clip((t - 0.72) / 0.28, 0.0, 1.0)))
        base, tip = np.array(p.of("tail")), np.array(p.of("tail_tip", "tail"))
        colors = base + (tip - base) * (t**1.5)[:, None]
        colors[-5:-2] = np.array(shade(p.of("belly"), 1.05))
        shells.append(_ribbon(path, wide, np.array([0.0, 0.35, 1.0]), colors, bones))
    return shells
