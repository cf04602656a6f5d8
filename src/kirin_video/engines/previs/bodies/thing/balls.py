"""Balls, and balloons on a string."""

# ruff: noqa: PLR2004 -- things are made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring_faces
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, paint_of, still

_STRANDS = 14
"""Of a ball of yarn."""


def sphere(order: Order, kit: Assembly) -> Mechanism:
    """A ball: ``beach`` gores, ``foot`` patches, ``basket`` seams, ``yarn`` wound round it, or plain."""
    style = str(order.kind.shape.get("style", "beach"))
    paint = paint_of(order, "body", (0.85, 0.2, 0.15))
    r = 0.5
    sides = 48
    lat = np.linspace(-math.pi / 2.0, math.pi / 2.0, 25)
    profile = np.stack([r * np.cos(lat), r + r * np.sin(lat)], 1)
    profile[[0, -1], 0] = 0.0
    mesh = lathe(profile, paint, sides=sides, crease_deg=80.0)
    turn = np.linspace(0.0, 2.0 * math.pi, sides, endpoint=False)
    rings = np.stack(
        [
            profile[:, :1] * np.cos(turn),
            np.broadcast_to(profile[:, 1:], (25, sides)),
            -profile[:, :1] * np.sin(turn),
        ],
        -1,
    ).reshape(-1, 3)
    faces = ring_faces(25, sides)
    middle = rings[faces].mean(1) - np.array([0.0, r, 0.0])
    way = middle / np.linalg.norm(middle, axis=1, keepdims=True)
    tones = np.tile(np.array(paint, float), (len(faces), 1))
    if style == "beach":
        gore = np.floor((np.arctan2(way[:, 2], way[:, 0]) / (2.0 * math.pi) + 0.5) * 6.0).astype(int) % 6
        colors = [
            paint,
            (0.95, 0.94, 0.92),
            (0.95, 0.78, 0.18),
            (0.95, 0.94, 0.92),
            (0.18, 0.45, 0.78),
            (0.95, 0.94, 0.92),
        ]
        if order.subject.color_of("body") is not None:
            second = order.color("patches") or (0.95, 0.94, 0.92)
            colors = [paint, second] * 3
        tones = np.array(colors)[gore]
        tones[np.abs(way[:, 1]) > 0.975] = (0.95, 0.94, 0.92)
    mesh = creased(rings, faces, tones, crease_deg=80.0) if style == "beach" else mesh
    kit.add(mesh, gloss=0.4 if style != "basket" else 0.15)
    if style == "yarn":
        _wind(kit, r, paint)
    if style == "foot":
        g = (1.0 + 5.0**0.5) / 2.0
        for v in (
            [(s * 1.0, t * g, 0.0) for s in (1, -1) for t in (1, -1)]
            + [(0.0, s * 1.0, t * g) for s in (1, -1) for t in (1, -1)]
            + [(s * g, 0.0, t * 1.0) for s in (1, -1) for t in (1, -1)]
        ):
            axis = np.array(v) / math.hypot(1.0, g)
            side = np.cross(axis, (0.31, 0.2, 0.93))
            side /= np.linalg.norm(side)
            up = np.cross(axis, side)
            around = np.linspace(0.0, 2.0 * math.pi, 5, endpoint=False)
            rim = axis * 0.93 + 0.36 * (np.cos(around)[:, None] * side + np.sin(around)[:, None] * up)
            points = np.concatenate([rim, (rim + np.roll(rim, -1, 0)) / 2.0, [axis]])
            points = points / np.linalg.norm(points, axis=1, keepdims=True) * r * 1.018 + np.array(
                [0.0, r, 0.0]
            )
            order_ = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9]
            patch = np.array([(10, order_[k], order_[(k + 1) % 10]) for k in range(10)])
            kit.add(
                creased(points, patch, paint_of(order, "patches", DARK), crease_deg=80.0),
                gloss=0.4,
                shades=False,
            )
    if style == "basket":
        a = np.linspace(0.0, 2.0 * math.pi, 41)
        for path in (
            np.stack([np.cos(a), np.sin(a), 0 * a], 1),
            np.stack([np.cos(a), 0 * a, np.sin(a)], 1),
            np.stack([0.55 * np.ones_like(a) + 0.12 * np.cos(2 * a), 0.8 * np.cos(a), 0.8 * np.sin(a)], 1),
            np.stack([-0.55 * np.ones_like(a) - 0.12 * np.cos(2 * a), 0.8 * np.cos(a), 0.8 * np.sin(a)], 1),
        ):
            on = path / np.linalg.norm(path, axis=1, keepdims=True) * r + np.array([0.0, r, 0.0])
            kit.add(sweep(on, 0.010, DARK, sides=6), shades=False)
    return still(1.0, 1.0, 1.0)


def _wind(kit: Assembly, r: float, paint: tuple[float, float, float]) -> None:
    """Strands all round a ball of yarn, each its own way, and a loose end on the floor."""
    rng, turn = np.random.default_rng(5), np.linspace(0.0, 2.0 * math.pi, 33)
    for k in range(_STRANDS):
        a, b = np.linalg.qr(rng.normal(size=(3, 2)))[0].T
        loop = r * (np.cos(turn)[:, None] * a + np.sin(turn)[:, None] * b)
        tone = 0.82 + 0.36 * (k % 3) / 2.0
        color = (paint[0] * tone, paint[1] * tone, paint[2] * tone)
        kit.add(sweep(loop + np.array([0.0, r, 0.0]), 0.05 * r, color, sides=5), shades=False)


def toy_balloon(order: Order, kit: Assembly) -> Mechanism:
    """A balloon on its string."""
    paint = paint_of(order, "body", (0.85, 0.15, 0.15))
    kit.add(
        lathe(
            [
                (0.0, 0.80),
                (0.03, 0.81),
                (0.09, 0.88),
                (0.135, 0.98),
                (0.14, 1.06),
                (0.115, 1.14),
                (0.06, 1.185),
                (0.0, 1.20),
            ],
            paint,
            sides=36,
            crease_deg=80.0,
        ),
        lathe([(0.0, 0.775), (0.022, 0.78), (0.01, 0.80), (0.0, 0.805)], paint, sides=12),
        gloss=0.8,
    )
    kit.add(
        sweep(
            [(0.0, 0.78, 0.0), (0.02, 0.5, 0.01), (-0.02, 0.25, 0.0), (0.0, 0.0, 0.01)],
            0.003,
            CREAM,
            sides=5,
            bend=5,
        ),
        shades=False,
    )
    return still(0.28, 0.28, 1.2)
