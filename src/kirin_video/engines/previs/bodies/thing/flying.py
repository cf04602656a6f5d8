"""What carries people through the air in tales: a witch's broom, a magic carpet."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.body import Point
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import WOOD, Rgb, paint_of, shade
from kirin_video.engines.previs.shapes import as_mesh

_STRAW: Rgb = (0.80, 0.62, 0.30)
_GOLD: Rgb = (0.90, 0.70, 0.28)
_INDIGO: Rgb = (0.10, 0.16, 0.36)
_LONG_M, _WIDE_M = 1.8, 1.2
_BUNDLE_M, _HANGS_M = 0.17, 0.05
"""How high over the ground a broom's handle is that lies there, and a carpet's lowest fold."""
_BORDER = 0.80, 0.86, 0.94
"""Where a carpet's border begins, and the stripe in it, as shares of the way from its middle to its edge."""
_MEDALLION = 0.46, 0.36, 0.22
"""Radii of the rings in its middle, as shares of its width."""


def broom(order: Order, kit: Assembly) -> Mechanism:
    """A broom that lies in the air, its handle ahead, a bundle of twigs behind."""
    wood, hull = paint_of(order, "body", WOOD), kit.bone("broom", (0.0, 0.0, 0.0))
    y = _BUNDLE_M
    handle = [(-0.55, y, 0.0), (0.2, y + 0.02, 0.0), (0.75, y, 0.0), (1.15, y + 0.06, 0.0)]
    kit.add(sweep(handle, [0.022, 0.021, 0.019, 0.015], wood, sides=10, bend=5), bone=hull, gloss=0.3)
    bundle = [(0.0, -0.45), (0.045, -0.47), (0.12, -0.75), (0.16, -1.05), (0.12, -1.25), (0.0, -1.22)]
    kit.add(lathe(bundle[::-1], _STRAW, axis="x", at=(0.0, y, 0.0)), bone=hull, gloss=0.05)
    for k in range(14):
        a = math.tau * k / 14.0
        ends = [
            (-0.5, y + 0.05 * math.cos(a), 0.05 * math.sin(a)),
            (-1.32, y + 0.16 * math.cos(a), 0.16 * math.sin(a)),
        ]
        kit.add(sweep(ends, [0.012, 0.008], shade(_STRAW, 0.85), sides=5), bone=hull, gloss=0.05)
    kit.add(sweep([(-0.58, y, 0.0), (-0.50, y, 0.0)], 0.075, shade(wood, 0.6), sides=12), bone=hull)
    return _flying(hull, (2.4, 2.0 * y, 0.4), (-0.05, y + 0.03, 0.0), speed=4.6)


def magic_carpet(order: Order, kit: Assembly) -> Mechanism:
    """A carpet with a border and a medallion that waves as it flies, tassels at both ends."""
    field, trim = paint_of(order, "body", (0.62, 0.10, 0.13)), order.color("trim") or _GOLD
    hull = kit.bone("carpet", (0.0, 0.0, 0.0))
    u, v = np.meshgrid(np.linspace(-1.0, 1.0, 41), np.linspace(-1.0, 1.0, 29), indexing="ij")
    wave = 0.05 * np.sin(4.2 * u + 0.6) + 0.03 * np.abs(v) ** 3 + 0.10 * np.clip(u - 0.5, 0.0, 1.0) ** 2
    wave += _HANGS_M - wave.min()
    points = np.stack([0.5 * _LONG_M * u, wave, 0.5 * _WIDE_M * v], -1).reshape(-1, 3)
    edge = np.maximum(np.abs(u) * 1.0, np.abs(v) * 0.97)
    ring = np.hypot(u * _LONG_M, v * _WIDE_M) / _WIDE_M
    colors = np.broadcast_to(np.array(field), (*u.shape, 3))
    for inside, color in (
        ((edge > _BORDER[0]), trim),
        ((edge > _BORDER[1]) & (edge < _BORDER[2]), _INDIGO),
        ((ring < _MEDALLION[0]), _INDIGO),
        ((ring < _MEDALLION[1]), trim),
        ((ring < _MEDALLION[2]), field),
    ):
        colors = np.where(inside[..., None], np.array(color), colors)
    colors = colors.reshape(-1, 3)
    rows, columns = u.shape
    at = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = (x.ravel() for x in (at[:-1, :-1], at[1:, :-1], at[:-1, 1:], at[1:, 1:]))
    faces = np.concatenate([np.stack([a, c, b], 1), np.stack([b, c, d], 1)])
    slope = np.gradient(wave, axis=0) / (0.5 * _LONG_M * (u[1, 0] - u[0, 0]))
    up = np.stack([-slope, np.ones_like(slope), 0.0 * slope], -1).reshape(-1, 3)
    up /= np.linalg.norm(up, axis=1, keepdims=True)
    under = points - np.array([0.0, 0.02, 0.0])
    kit.add(
        as_mesh(points, up, colors, faces),
        as_mesh(under, -up, 0.6 * colors, faces[:, ::-1]),
        bone=hull,
        gloss=0.0,
    )
    for end in (-1.0, 1.0):
        rise = float(wave[0 if end < 0.0 else -1, 14])
        for z in np.linspace(-0.48, 0.48, 15).tolist():
            x = end * 0.5 * _LONG_M
            tassel = [(x, rise, z * _WIDE_M), (x + end * 0.10, rise - 0.04, z * _WIDE_M)]
            kit.add(sweep(tassel, [0.012, 0.006], trim, sides=5), bone=hull, gloss=0.05)
    return _flying(hull, (_LONG_M, 0.2, _WIDE_M), (-0.05, float(wave[19, 14]) + 0.02, 0.0), speed=4.0)


def _flying(hull: int, size: Point, seat: Point, *, speed: float) -> Mechanism:
    """The mechanism of what flies level and banks into bends; its length, height and width in metres."""
    long, tall, wide = size
    return Mechanism(
        ride=Ride.PLANE,
        hull=hull,
        base_m=long,
        gauge_m=wide,
        speed=speed,
        height_m=tall,
        middle_m=0.0,
        anchors=tuple((name, hull, seat) for name in ("top", "saddle", "deck", "head")),
    )
