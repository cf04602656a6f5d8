# ruff: noqa: ANN401, E501, PLR0913, PLR0917, PLR2004 -- rows as TOML has them, measures of lumps
"""Fish, sharks, dolphins, whales, seals and snakes: one long body that waves, with fins."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.bird.palette import Paints, Rgb, mixed
from kirin_video.engines.previs.bodies.body import Body, Contact, Shell
from kirin_video.engines.previs.bodies.creature.rig import Rig, point
from kirin_video.engines.previs.bodies.creature.undulation import SPINE, Undulation
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.surfaces import Finish, loft, panel, ramp, rigid, shares
from kirin_video.engines.previs.bodies.trims import bead, eyeball
from kirin_video.engines.previs.coats import PLAIN, Coat, Pattern
from kirin_video.engines.previs.plan import Action

Floats = NDArray[np.float64]

_RINGS, _SIDES = 34, 18


def build_swimmer(order: Order) -> Body:
    """Build one long body.

    Its row's ``profile`` holds stations from the nose to the end of the tail: place (0 to 1), height above
    the axis, depth below it, half width; all in units of its length.
    """
    row, p, rig = order.kind.shape, Paints(order), Rig()
    ends = np.linspace(0.5, -0.5, SPINE + 1)
    low = float(np.max(np.array(row["profile"])[:, 2]))
    axis = low if row.get("crawls") or row.get("lies") else 0.0
    for k in range(SPINE):
        rig.bone(f"spine{k}", (ends[k], axis, 0.0), k - 1)
    rig.shells.append(_hull(row, p, order, axis))
    _add_fins(rig, row, p, axis)
    _add_face(rig, row, p, axis, order.detail)
    factor = rig.factor(order)
    joints = np.stack([ends[:-1] * factor, np.full(SPINE, axis * factor), np.zeros(SPINE)], 1)
    motion = Undulation(row, joints, factor)
    return rig.finish(
        order,
        factor,
        motion,
        head="spine0",
        face=2.4 * low,
        anchors={"saddle": (SPINE // 3, (0.1 * factor, (axis + low) * factor, 0.0))},
        contacts=(Contact(SPINE // 2, point((0.0, 0.0, 0.0)), 0.3 * factor, 0.4),) if axis else (),
        tall=motion.reach_m(Action.SWIM) if not axis else 0.0,
    )


def _hull(row: Any, p: Paints, order: Order, axis: float) -> Shell:
    stations = np.array(row["profile"])
    t = np.linspace(0.0, 1.0, _RINGS) ** 1.05
    top, deep, wide = (np.interp(t, stations[:, 0], stations[:, k]) for k in (1, 2, 3))
    top, deep, wide = (
        np.convolve(np.pad(v, 1, "edge"), (0.25, 0.5, 0.25), "valid") for v in (top, deep, wide)
    )
    angle = np.linspace(0.0, math.tau, _SIDES, endpoint=False)
    sin, cos = np.sin(angle), np.cos(angle)
    y = axis + np.where(sin > 0.0, top[:, None], deep[:, None]) * sin
    x = np.broadcast_to((0.5 - t)[:, None], y.shape)
    points = np.stack([x, y, wide[:, None] * cos], -1)
    colors = _hull_colors(row, p, t, sin)
    weights = np.repeat(ramp(SPINE, range(SPINE), t)[:, None], _SIDES, 1)
    pattern = row.get("pattern")
    coat = PLAIN if not pattern else Coat(
        Pattern(pattern), p.of("pattern"), float(row.get("pattern_per_m", 6.0)), float(row.get("balance", 0.4)),
        order.seed,
    )  # fmt: skip
    return loft(points, colors, weights, Finish(gloss=0.30, fur=0.0, coat=coat, open=0.92))


def _hull_colors(row: Any, p: Paints, t: Floats, sin: Floats) -> Floats:
    back, belly = np.array(p.of("body")), np.array(p.of("belly"))
    border = float(row.get("border", -0.15))
    share = np.clip((border - sin) / 0.22, 0.0, 1.0)
    colors = np.repeat((back + (belly - back) * share[:, None])[None], len(t), 0)
    for start, end in row.get("bands", ()):
        inside = (t > start) & (t < end)
        rim = (t > start - 0.03) & (t < end + 0.03) & ~inside
        colors[rim] = np.array(p.order.kind.colors.get("rim", (0.06, 0.05, 0.06)))
        colors[inside] = np.array(p.order.kind.colors.get("bands", (0.97, 0.96, 0.93)))
    if "patch" in row:
        # The white behind an orca's eye.
        here = (np.abs(t - row["patch"])[:, None] < 0.055) & (np.abs(sin - 0.42)[None] < 0.22)
        colors[here] = belly
    return colors


def _add_fins(rig: Rig, row: Any, p: Paints, axis: float) -> None:
    for fin in row.get("fins", ()):
        kind, at, size, sweep = fin[0], float(fin[1]), float(fin[2]), float(fin[3])
        chord = float(fin[4]) if len(fin) > 4 else size * 0.8
        color = p.of("fins")
        stations = np.array(row["profile"])
        top, deep, wide = (float(np.interp(at, stations[:, 0], stations[:, k])) for k in (1, 2, 3))
        x = 0.5 - at
        if kind == "dorsal":
            _fin(rig, (x, axis + 0.82 * top, 0.0), (0, 1, 0), size, sweep, chord, at, color, p)
        elif kind == "anal":
            _fin(rig, (x, axis - 0.82 * deep, 0.0), (0, -1, 0), size, sweep, chord, at, color, p)
        elif kind == "side":
            for z in (-1.0, 1.0):
                root = (x, axis - 0.45 * deep, z * 0.82 * wide)
                _fin(rig, root, (0, -0.42, 0.9 * z), size, sweep, chord, at, color, p)
        elif kind == "tail":
            for y in (-1.0, 1.0):
                _fin(rig, (x, axis, 0.0), (0, y, 0), size, sweep, chord, 1.0, color, p)
        elif kind == "fluke":
            for z in (-1.0, 1.0):
                _fin(rig, (x, axis, 0.0), (0, 0, z), size, sweep, chord, 1.0, color, p)


def _fin(
    rig: Rig,
    root: tuple[float, float, float],
    out: tuple[float, float, float],
    size: float,
    sweep: float,
    chord: float,
    at: float,
    color: Rgb,
    p: Paints,
) -> None:
    """A swept fin: its leading edge runs back by ``sweep`` sizes."""
    t, v = np.linspace(0.0, 1.0, 9), np.linspace(0.0, 1.0, 6)
    lead = 0.5 * chord - sweep * size * t**1.25
    breadth = chord * (1.0 - 0.86 * t**1.4)
    x = lead[:, None] - breadth[:, None] * v
    base = np.array(root)
    away = np.array(out) / np.linalg.norm(out)
    points = base + away * (size * t)[:, None, None] + np.array([1.0, 0.0, 0.0]) * x[..., None]
    tip = np.array(p.order.kind.colors.get("fin_tips", color))
    colors = np.array(color) + (tip - np.array(color)) * np.clip((t - 0.72) / 0.1, 0.0, 1.0)[:, None, None]
    colors = colors + 0.0 * points
    place = np.full(t.shape, at)
    weights = np.repeat(ramp(SPINE, range(SPINE), place)[:, None], len(v), 1)
    if out[1] < -0.2 and out[2] != 0.0:
        weights = np.repeat(shares(SPINE, len(t), {min(int(at * SPINE), SPINE - 1): 1.0})[:, None], len(v), 1)
    rig.shells.append(panel(points, colors, weights, 0.10 * chord, Finish(gloss=0.25, fur=0.0)))


def _add_face(rig: Rig, row: Any, p: Paints, axis: float, detail: float) -> None:
    stations = np.array(row["profile"])
    at, up, size = (float(v) for v in row["eye"])
    top, wide = (float(np.interp(at, stations[:, 0], stations[:, k])) for k in (1, 3))
    bone = 0 if at < 1.0 / SPINE else 1
    for z in (-1.0, 1.0):
        middle = np.array([0.5 - at, axis + up * top, z * wide * math.sqrt(max(1.0 - up * up, 0.0)) * 0.97])
        gaze = (0.45, 0.12, z)
        white = (0.93, 0.92, 0.88) if row.get("white_eyes") else None
        ball = eyeball(middle, gaze, size, p.of("eyes"), white=white, level=3 if detail > 0.4 else 2)
        rig.shells.append(rigid(ball, bone, Finish(gloss=0.9, fur=0.0)))
    nose = row.get("nose")
    if nose is not None:
        rig.shells.append(rigid(bead((0.5 - 0.005, axis + 0.2 * float(nose), 0.0), (float(nose),) * 3,
                                     (0.08, 0.07, 0.07)), 0, Finish(gloss=0.6)))  # fmt: skip
    if row.get("tongue"):
        red = mixed((0.75, 0.1, 0.14), p.of("body"), 0.0)
        for z in (-1.0, 1.0):
            tip = bead((0.535, axis - 0.004, 0.004 * z), (0.035, 0.0018, 0.002), red, level=1)
            rig.shells.append(rigid(tip, 0))
    if row.get("horn"):
        length = float(row["horn"])
        spear = bead((0.5 + 0.45 * length, axis, 0.0), (0.6 * length, 0.012, 0.012), (0.93, 0.9, 0.82))
        rig.shells.append(rigid(spear, 0))
