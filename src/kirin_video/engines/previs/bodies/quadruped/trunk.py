"""Flesh of the trunk, the neck and the tail."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.posing import turned
from kirin_video.engines.previs.bodies.quadruped.frame import TAIL_BONES, Frame, way
from kirin_video.engines.previs.bodies.quadruped.palette import Palette
from kirin_video.engines.previs.bodies.quadruped.shape import QuadShape
from kirin_video.engines.previs.bodies.sculpt import Layer

_UP = np.array([0.0, 1.0, 0.0])


def add_trunk(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    """Chest, belly and rump as one mass."""
    blend = s.chest[1] * 0.55
    look, under = p.skin(p.body), p.skin(p.belly, 0.7)
    flow = (-1.0, 0.0, 0.0)
    chest, rump = f.shoulders + np.array([0.02 * s.length, -0.06 * s.chest[1], 0.0]), f.hips
    skin.ball(chest, s.chest, "chest", look, blend=blend, flow=flow, along=-chest[0])
    belly = (max(s.belly[0], s.length * 0.36), s.belly[1], s.belly[2])
    skin.ball(f.middle, belly, "chest", look, blend=blend, flow=flow, along=-f.middle[0])
    skin.ball(rump, s.rump, "pelvis", look, blend=blend, flow=flow, along=-rump[0])
    thick = min(s.chest[2], s.belly[2]) * 0.9
    skin.cone(chest, rump, thick, s.rump[2] * 0.9, "pelvis", look, blend=blend, along=(-chest[0], -rump[0]))
    if p.belly != p.body:
        low = f.middle - _UP * s.belly[1] * 0.42
        radii = (s.length * 0.42, s.belly[1] * 0.62, s.belly[2] * 0.80)
        skin.ball(low, radii, "chest", under, blend=blend * 0.4, flow=flow, along=-low[0])
        breast = f.shoulders + np.array([s.chest[0] * 0.42, -s.chest[1] * 0.30, 0.0])
        radii = (s.chest[0] * 0.64, s.chest[1] * 0.72, s.chest[2] * 0.62)
        skin.ball(breast, radii, "chest", under, blend=blend * 0.4, flow=flow, along=-breast[0])
    if p.yoke is not None:
        band = f.shoulders + np.array([0.10 * s.chest[0], 0.02 * s.chest[1], 0.0])
        radii = (s.chest[0] * 0.52, s.chest[1] * 1.06, s.chest[2] * 1.06)
        skin.ball(band, radii, "chest", p.skin(p.yoke, 0.0), blend=blend * 0.25)
    if s.hump > 0.0:
        top = f.shoulders + np.array([-0.05 * s.length, s.chest[1] * 0.75, 0.0])
        radii = (s.chest[0] * 0.8, s.chest[1] * 0.25 + s.hump, s.chest[2] * 0.6)
        skin.ball(top, radii, "chest", look, blend=blend, flow=flow, along=-top[0])
    for k in range(s.humps):
        x = (0.0,) if s.humps == 1 else (0.20, -0.22)
        top = np.array([s.length * x[k], s.stand + s.belly[1] * 0.92, 0.0])
        radii = (s.length * (0.24 if s.humps == 1 else 0.16), s.belly[1] * 1.30, s.belly[2] * 0.52)
        skin.ball(top, radii, "chest", look, blend=blend * 0.6, flow=flow, along=-top[0])
    if s.udder:
        bag = f.hips + np.array([s.rump[0] * 0.55, -s.rump[1] * 1.0, 0.0])
        pink = p.skin((0.86, 0.62, 0.56), 0.0)
        radii = (s.rump[0] * 0.48, s.rump[1] * 0.34, s.rump[2] * 0.44)
        skin.ball(bag, radii, "pelvis", pink, blend=0.06, along=-bag[0])


def add_neck(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    """The neck, from inside the chest to inside the head."""
    look = p.skin(p.body)
    ahead = way(s.neck_angle)
    root = f.neck_base - ahead * s.neck_base * 0.4
    middle = (s.neck_base + s.neck_top) / 2.0 * 0.95
    first, second = (
        float(np.linalg.norm(f.neck_middle - root)),
        float(np.linalg.norm(f.neck_top - f.neck_middle)),
    )
    start = -float(f.neck_base[0])
    skin.cone(
        root, f.neck_middle, s.neck_base, middle, "neck", look,
        blend=0.5 * s.chest[1], flat=s.neck_flat, along=(start, start - first),
    )  # fmt: skip
    skin.cone(
        f.neck_middle, f.neck_top, middle, s.neck_top, "nape", look,
        blend=0.06 * s.neck + 0.3 * s.neck_top, flat=s.neck_flat,
        along=(start - first, start - first - second),
    )  # fmt: skip
    if p.belly != p.body and s.neck < 2.5 * s.skull[0]:
        throat = p.skin(p.belly, 0.7)
        low = np.array([ahead[1], -ahead[0], 0.0])
        a = f.neck_base + low * s.neck_base * 0.45 + ahead * s.neck_base * 0.1
        b = f.neck_top + low * s.neck_top * 0.42
        skin.cone(
            a, b, s.neck_base * 0.58, s.neck_top * 0.60, "neck", throat,
            blend=0.03 + 0.2 * s.neck_top, flat=s.neck_flat, along=(start, start - s.neck),
        )  # fmt: skip


def add_tail(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    """The tail: bare with a tuft, a brush, or a plain one."""
    step = s.tail / TAIL_BONES
    start = -float(f.tail[0][0])
    for k in range(TAIL_BONES):
        a, b = f.tail[k], f.tail[k + 1]
        share = k / TAIL_BONES, (k + 1) / TAIL_BONES
        thick, thin = (s.tail_base + (s.tail_tip - s.tail_base) * t for t in share)
        if s.bushy:
            # Slim at the root, thickest past the middle, pointed at the end.
            thick, thin = (s.tail_base * 0.8 + (s.tuft - s.tail_base * 0.8) * _brush(t) for t in share)
        last = k == TAIL_BONES - 1
        color = p.tail if (s.bushy and last) or (s.tuft > 0.0 and not s.bushy and last) else p.body
        skin.cone(
            a, b, thick, thin, f"tail{k}", p.skin(color, 0.0 if color != p.body else 1.0),
            blend=s.tail_base * (1.2 if k == 0 else 0.12), along=(start + k * step, start + (k + 1) * step),
        )  # fmt: skip
    if s.tuft > 0.0 and not s.bushy:
        end, before = f.tail[-1], f.tail[-2]
        tip = p.skin(p.tail, 0.0)
        skin.cone(
            end + (before - end) * 0.45, end + (end - before) * 0.30, s.tuft, s.tuft * 0.3,
            f"tail{TAIL_BONES - 1}", tip, blend=s.tuft * 0.5,
        )  # fmt: skip


def _brush(t: float) -> float:
    return float(np.sin(np.pi * min(t, 0.96) ** 0.8) ** 0.7)


def leaning(degrees: float) -> np.ndarray:
    """A turn in the middle plane."""
    return turned("z", np.array(np.radians(degrees)))
