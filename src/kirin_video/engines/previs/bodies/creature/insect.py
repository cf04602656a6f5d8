# ruff: noqa: ANN401, E501, PLR0913, PLR0917, PLR2004 -- rows as TOML has them, measures of lumps
"""Butterflies, bees, spiders, crabs, snails, turtles: a few rigid pieces, wings that beat, legs that step."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.bird.palette import Paints, shade
from kirin_video.engines.previs.bodies.body import Body, Contact
from kirin_video.engines.previs.bodies.creature.flitting import Flitting
from kirin_video.engines.previs.bodies.creature.rig import Rig
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.surfaces import Finish, panel, rigid, shares
from kirin_video.engines.previs.bodies.trims import bead, eyeball, horn
from kirin_video.engines.previs.shapes import as_mesh, icosphere

Floats = NDArray[np.float64]

_MATT, _SHINY = Finish(fur=0.3), Finish(gloss=0.35, fur=0.0)


def build_insect(order: Order) -> Body:
    """Build one small creature.

    Its row: ``pieces`` (bone, middle, half axes, colour's part), ``wings`` (root, kind, span, chord, lean),
    ``legs`` (how many pairs, their length, radius, height of the knee), ``feelers``, ``eye``.
    """
    row, p, rig = order.kind.shape, Paints(order), Rig()
    rig.bone("body", (0.0, float(row.get("stand", 0.3)), 0.0))
    rig.bone("head", row["head"], 0)
    for bone, middle, radii, part in row["pieces"]:
        _piece(rig, row, bone, np.array(middle, float), np.array(radii, float), p, part)
    _add_eyes(rig, row, p, order.detail)
    for nth, wing in enumerate(row.get("wings", ())):
        _add_wings(rig, nth, wing, p)
    _add_legs(rig, row, p)
    _add_feelers(rig, row, p)
    factor = rig.factor(order)
    heads = np.array([bone.head for bone in rig.bones]) * factor
    flies = bool(row.get("wings")) and not row.get("ground")
    motion = Flitting(row, rig.bones, heads, factor, flies=flies)
    contacts = () if flies else (Contact(0, (0.0, 0.0, 0.0), 0.5 * factor, 0.5),)
    return rig.finish(order, factor, motion, head="head", face=0.5, contacts=contacts)


def _piece(
    rig: Rig,
    row: Any,
    bone: str,
    middle: Floats,
    radii: Floats,
    p: Paints,
    part: str,
) -> None:
    points, faces = icosphere(3)
    color = np.array(p.of(part))
    colors = np.tile(color, (len(points), 1))
    if part == "stripes":
        dark = np.sin(points[:, 0] * 9.0) > 0.0
        colors[dark] = p.order.kind.colors.get("dark", (0.1, 0.08, 0.06))
        colors[~dark] = p.of("body")
    if part == "dots":
        colors[:] = p.of("body")
        for x, y, z in ((0.3, 0.8, 0.5), (-0.35, 0.8, 0.55), (0.0, 0.6, 0.85)):
            for side in (-1.0, 1.0):
                spot = np.array([x, y, z * side])
                colors[points @ (spot / np.linalg.norm(spot)) > 0.955] = (0.08, 0.06, 0.06)
        colors[np.abs(points[:, 2]) < 0.05] = (0.1, 0.06, 0.06)
    if part == "plates":
        cells = np.sin(points[:, 0] * 6.5) * np.sin(points[:, 2] * 6.5 + np.sign(points[:, 2]) * 0.4)
        colors[(np.abs(cells) < 0.22) & (points[:, 1] > -0.1)] = shade(p.of("body"), 0.45)
        colors[points[:, 1] < -0.25] = p.of("belly")
    if part == "spiral":
        turn = np.arctan2(points[:, 1], points[:, 0])
        far = np.hypot(points[:, 0], points[:, 1])
        colors[np.sin(turn + 14.0 * far) > 0.35] = p.of("dark")
    low = points.copy()
    if row.get("flat_below") and part in {"plates", "dots"}:
        low[:, 1] = np.where(low[:, 1] < 0.0, low[:, 1] * 0.35, low[:, 1])
    normals = points / radii
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    mesh = as_mesh(low * radii + middle, normals, colors, faces)
    rig.shells.append(rigid(mesh, rig.index(bone), _SHINY if part in {"dots", "plates"} else _MATT))


def _add_eyes(rig: Rig, row: Any, p: Paints, detail: float) -> None:
    x, y, z, size = (float(v) for v in row["eye"])
    stalk = float(row.get("stalks", 0.0))
    for side in (-1.0, 1.0):
        at = np.array([x, y, side * z])
        if stalk > 0.0:
            root = at - np.array([0.1 * stalk, stalk, 0.0])
            rod = horn([root, (root + at) / 2.0, at], [size * 0.6] * 3, p.of("skin"), p.of("skin"), sides=6)
            rig.shells.append(rigid(rod, 1))
        ball = eyeball(at, (1.0, 0.15, side * 0.9), size, p.of("eyes"), level=3 if detail > 0.4 else 2)
        rig.shells.append(rigid(ball, 1, Finish(gloss=0.9)))


def _add_wings(rig: Rig, nth: int, wing: Any, p: Paints) -> None:
    root, style, span, chord, lean = wing
    for side, z in (("l", -1.0), ("r", 1.0)):
        at = np.array(root, float) * (1.0, 1.0, z)
        bone = rig.bone(f"wing{nth}_{side}", at, 0)
        t, v = np.linspace(0.0, 1.0, 15), np.linspace(0.0, 1.0, 11)
        lead, trail = _outline(str(style), t)
        x = (lead[:, None] + (trail - lead)[:, None] * v) * chord + lean * span * t[:, None]
        points = at + np.stack([x, 0.0 * x, np.broadcast_to((z * span * t)[:, None], x.shape)], -1)
        colors = _wing_colors(str(style), p, t, v)
        weights = np.repeat(shares(len(rig.bones), len(t), {bone: 1.0})[:, None], len(v), 1)
        clear = style == "clear"
        finish = Finish(gloss=0.5 if clear else 0.05, fur=0.0, glow=0.10 if clear else 0.04)
        rig.shells.append(panel(points, colors, weights, 0.02 * chord, finish))


def _outline(style: str, t: Floats) -> tuple[Floats, Floats]:
    """Leading and trailing edges, in chords."""
    if style == "fore":
        lead = 0.22 + 0.62 * t**0.8 - 0.55 * np.clip(t - 0.86, 0.0, 1.0) * 4.0
        trail = -0.22 + 0.10 * np.sin(math.pi * t) - 0.10 * t
        return lead, np.minimum(trail, lead - 0.02)
    if style == "hind":
        round_ = np.sqrt(np.clip(1.0 - ((t - 0.48) / 0.54) ** 2, 0.0, 1.0))
        return 0.20 * round_ + 0.12, -0.95 * round_ - 0.08 + 0.10 * np.abs(np.sin(6.0 * math.pi * t)) * round_
    if style == "flipper":
        round_ = np.sqrt(np.clip(1.0 - np.clip((t - 0.5) / 0.5, 0.0, 1.0) ** 2, 0.0, 1.0))
        return 0.5 * round_ - 0.3 * t, -0.5 * round_ - 0.35 * t
    round_ = np.sin(math.pi * (0.08 + 0.90 * t)) ** 0.55
    return 0.5 * round_, -0.5 * round_


def _wing_colors(style: str, p: Paints, t: Floats, v: Floats) -> Floats:
    """Bright fields between dark veins, a dark rim with light dots."""
    field, rim = np.array(p.of("wings")), np.array(p.of("rim", "dark"))
    shape = (len(t), len(v), 3)
    if style == "clear":
        return np.broadcast_to(np.array((0.84, 0.90, 0.94)), shape).copy()
    if style == "flipper":
        return np.broadcast_to(np.array(p.of("skin")), shape).copy()
    inner = np.array(p.of("inner", "wings"))
    colors = np.broadcast_to(field, shape).copy()
    colors += (inner - colors) * np.clip(1.0 - 1.8 * t, 0.0, 1.0)[:, None, None]
    edge = (t[:, None] > 0.84) | ((v > 0.86) if style == "hind" else (v < 0.08))[None]
    vein = np.abs(((v[None] - 0.5) * 4.0) % 1.0 - 0.5) < 0.06 + 0.0 * t[:, None]
    colors[edge | vein] = rim
    dots = (t[:, None] > 0.90) & (np.arange(len(v)) % 3 == 1)[None]
    colors[dots] = np.array(p.of("dots", "belly"))
    return colors


def _add_legs(rig: Rig, row: Any, p: Paints) -> None:
    pairs = int(row.get("pairs", 0))
    if not pairs:
        return
    length, radius, knee = float(row["leg"]), float(row["leg_radius"]), float(row["knee"])
    stand = float(row.get("stand", 0.3))
    color = p.of("legs")
    for k in range(pairs):
        lean = 0.0 if pairs == 1 else (0.5 - k / (pairs - 1)) * float(row.get("fan", 1.6))
        for side, z in (("l", -1.0), ("r", 1.0)):
            out = np.array([math.sin(lean), 0.0, z * math.cos(lean)])
            root = np.array([0.25 * math.sin(lean), stand, 0.0]) + out * float(row.get("hip", 0.15))
            bone = rig.bone(f"leg{k}_{side}", root, 0)
            joint = root + out * length * 0.45 + np.array([0.0, knee, 0.0])
            foot = root + out * length - np.array([0.0, stand - radius, 0.0])
            leg = horn([root, joint, (joint + foot) / 2.0 + out * 0.06 * length, foot],
                       [radius, radius, radius * 0.75, radius * 0.4], color, shade(color, 0.8), sides=7)  # fmt: skip
            rig.shells.append(rigid(leg, bone, Finish(gloss=0.1, fur=0.4)))
    if row.get("claws"):
        for z in (-1.0, 1.0):
            bone = rig.bone(f"claw_{'l' if z < 0 else 'r'}", (0.25, stand, z * 0.35), 0)
            arm = horn([(0.2, stand, z * 0.4), (0.45, stand + 0.12, z * 0.75), (0.68, stand + 0.15, z * 0.6)],
                       [0.07, 0.07, 0.06], color, color)  # fmt: skip
            rig.shells.append(rigid(arm, bone, _SHINY))
            for up, turn in ((0.09, 1.0), (-0.06, 0.55)):
                tip = bead(
                    (0.86, stand + 0.16 + up, z * 0.5), (0.22, 0.10 * turn, 0.11), p.of("claws", "body")
                )
                rig.shells.append(rigid(tip, bone, _SHINY))


def _add_feelers(rig: Rig, row: Any, p: Paints) -> None:
    length = float(row.get("feelers", 0.0))
    if length <= 0.0:
        return
    head = np.array(row["head"], float)
    for z in (-1.0, 1.0):
        end = head + np.array([0.75, 0.55, 0.35 * z]) * length
        middle = head + np.array([0.35, 0.38, 0.14 * z]) * length
        thin = 0.02 * length + 0.005
        rig.shells.append(
            rigid(horn([head, middle, end], [thin] * 3, p.of("dark"), p.of("dark"), sides=5), 1)
        )
        rig.shells.append(rigid(bead(end, (2.4 * thin,) * 3, p.of("dark"), level=1), 1))
