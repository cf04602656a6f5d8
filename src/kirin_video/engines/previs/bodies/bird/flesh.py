# ruff: noqa: E501, PLR2004, PLR0913 -- measures of lumps, a line each
"""Flesh of a bird: trunk, neck, head, beak, legs and folded wings, in clay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.bird.frame import (
    NECK_BONES,
    SIDES,
    TAIL_BONES,
    Frame,
    Vec,
    sign_of,
    way,
)
from kirin_video.engines.previs.bodies.bird.palette import Paints, mixed, shade
from kirin_video.engines.previs.bodies.bird.shape import Beak, BirdShape, Tail, Wing
from kirin_video.engines.previs.bodies.posing import turned
from kirin_video.engines.previs.bodies.sculpt import Layer, Look, Sculpture
from kirin_video.engines.previs.bodies.trims import bead, eyeball, horn
from kirin_video.engines.previs.mesh import Mesh

_DOWN = 0.5
_FLIPPER = 0.5


def _look(color: tuple[float, float, float], fur: float = _DOWN) -> Look:
    return Look(color, coat=1.0, fur=fur)


def turn_of(s: BirdShape) -> Vec:
    """The rotation from level to the pitch of the standing trunk."""
    return turned("z", np.array(np.radians(s.pitch)))


def add_trunk(skin: Layer, s: BirdShape, f: Frame, p: Paints) -> None:
    """Breast, belly and rump as one drop."""
    turn, blend = turn_of(s), s.body[1] * 0.6
    body, belly = _look(p.of("body")), _look(p.of("belly"))
    skin.ball(f.middle, s.body, "trunk", body, blend=blend, turn=turn)
    breast = f.middle + f.ahead * s.body[0] * 0.34 - f.up * s.body[1] * 0.12
    skin.ball(breast, np.array(s.body) * (0.62, 0.88, 0.94), "trunk", body, blend=blend, turn=turn)
    rump = f.middle - f.ahead * s.body[0] * 0.98 + f.up * s.body[1] * 0.12
    thin = 0.42 * s.body[1]
    skin.cone(f.middle, rump, s.body[1] * 0.85, thin, "trunk", body, blend=blend)
    if p.of("belly") != p.of("body"):
        low = f.middle - f.up * s.body[1] * 0.34 + f.ahead * s.body[0] * 0.04
        radii = np.array(s.body) * (0.86, 0.72, 0.84)
        skin.ball(low, radii, "trunk", belly, blend=0.02, turn=turn)
        low = breast - f.up * s.body[1] * 0.20 + f.ahead * s.body[0] * 0.12
        skin.ball(low, np.array(s.body) * (0.56, 0.72, 0.86), "trunk", _look(p.of("breast", "belly")),
                  blend=0.02, turn=turn)  # fmt: skip
    if s.tail is Tail.LIZARD:
        _tail(skin, s, f, p)


def _tail(skin: Layer, s: BirdShape, f: Frame, p: Paints) -> None:
    thick = s.body[1] * 0.72
    for k in range(TAIL_BONES):
        a, b = (thick * (1.0 - 0.93 * t / TAIL_BONES) for t in (k, k + 1))
        skin.cone(f.tail[k], f.tail[k + 1], a, b, f"tail{k}", _look(p.of("body"), 0.0), blend=0.3 * thick)


def add_neck(skin: Layer, s: BirdShape, f: Frame, p: Paints) -> None:
    """The neck, from inside the trunk to the head."""
    color, collar = p.of("neck", "head"), p.order.kind.colors.get("collar")
    for k in range(NECK_BONES):
        a, b = (s.neck_base + (s.neck_top - s.neck_base) * (t / NECK_BONES) ** 0.7 for t in (k, k + 1))
        root = f.neck[k] - (f.neck[k + 1] - f.neck[k]) * (0.6 if k == 0 else 0.0)
        shown = collar if collar is not None and k == 1 else color
        if k == 0:
            shown = mixed(p.of("body"), color, 0.35) if s.neck > 0.3 else p.of("neck", "breast", "body")
        skin.cone(root, f.neck[k + 1], a, b, f"neck{k}", _look(shown), blend=(0.5 if k == 0 else 0.25) * a)
    front = p.order.kind.colors.get("throat")
    if front is not None:
        for k in range(1, NECK_BONES):
            off = np.array([1.0, -0.25, 0.0]) * s.neck_top * 0.35
            skin.cone(f.neck[k] + off, f.neck[k + 1] + off, s.neck_top * 0.85, s.neck_top * 0.8,
                      f"neck{k}", _look(p.of("throat")), blend=0.02)  # fmt: skip


def add_head(clay: Sculpture, skin: Layer, s: BirdShape, f: Frame, p: Paints, *, detail: float) -> None:
    """The skull with face, eyes, beak and what it wears on top."""
    color = p.of("head")
    skin.ball(f.skull, s.head, "head", _look(color), blend=s.neck_top * 0.35)
    colors = p.order.kind.colors
    for side in SIDES:
        z = sign_of(side)
        if "cheek" in colors:
            at = f.skull + np.array([0.30, -0.22, 0.62 * z]) * s.head
            skin.ball(at, np.array(s.head) * (0.58, 0.52, 0.5), "head", _look(p.of("cheek")), blend=0.01)
        if s.disc:
            at = f.skull + np.array([0.62, 0.02, 0.36 * z]) * s.head
            skin.ball(
                at, np.array(s.head) * (0.42, 0.74, 0.58), "head", _look(p.of("face", "belly")), blend=0.02
            )
    if "face" in colors and not s.disc:
        at = f.skull + np.array([0.50, -0.10, 0.0]) * s.head
        skin.ball(at, np.array(s.head) * (0.62, 0.70, 0.80), "head", _look(p.of("face")), blend=0.015)
    if s.beak is Beak.JAWS:
        _jaws(skin, s, f, p)
    else:
        _beak(skin, s, f, p)
    _eyes(skin, s, f, p, detail=detail)
    _crown(skin, s, f, p)
    clay.look_closer(
        f.skull + np.array([s.head[0] * 0.3, 0.0, 0.0]), 1.6 * max(s.head) + 0.1 * s.beak_length, 1.8
    )


def _eyes(skin: Layer, s: BirdShape, f: Frame, p: Paints, *, detail: float) -> None:
    for side in SIDES:
        z = sign_of(side)
        gaze = np.array([0.22 + s.eye_forward * 1.5, 0.05, z * (1.05 - s.eye_forward * 0.85)])
        aim = np.array([0.25 + s.eye_forward * 1.4, 0.16, z * (1.0 - s.eye_forward * 0.52)])
        if s.beak is Beak.JAWS:
            aim = np.array([0.25, 0.75, z])
        at = skin.surface(f.skull, aim * s.head, 1.6)
        middle = at - (at - f.skull) / np.linalg.norm(at - f.skull) * s.eye * 0.45
        ring = p.order.kind.colors.get("ring")
        if ring is not None:
            skin.trim(bead(middle - np.array([0, 0, 0.12 * z]) * s.eye, (s.eye * 1.35,) * 3, ring), "head")
        level = 3 if detail > 0.4 else 2
        skin.trim(eyeball(middle, gaze, s.eye, p.of("eyes"), level=level), "head", gloss=0.9)


def _beak(skin: Layer, s: BirdShape, f: Frame, p: Paints) -> None:
    color, length, depth = p.of("beak"), s.beak_length, s.beak_depth
    root = f.skull + np.array([s.head[0] * 0.80, -s.head[1] * 0.14, 0.0])
    dark = p.order.kind.colors.get("beak_tip", shade(color, 0.8))
    paths = {
        Beak.CONE: [(0, 0), (0.5, -0.02), (1.0, -0.12)],
        Beak.HOOK: [(0, 0.10), (0.55, 0.14), (0.98, -0.22), (0.92, -0.62)],
        Beak.FLAT: [(0, 0.04), (0.5, -0.10), (1.0, -0.10)],
        Beak.LONG: [(0, 0), (0.5, 0.0), (1.0, -0.05)],
        Beak.BENT: [(0, 0.05), (0.45, 0.05), (0.75, -0.30), (0.80, -0.75)],
        Beak.BIG: [(0, 0.05), (0.45, 0.13), (0.85, 0.0), (1.0, -0.22)],
    }
    radii = {
        Beak.CONE: (1.0, 0.62, 0.06),
        Beak.HOOK: (1.0, 0.85, 0.45, 0.05),
        Beak.FLAT: (0.85, 0.62, 0.55),
        Beak.LONG: (0.8, 0.5, 0.1),
        Beak.BENT: (0.9, 0.85, 0.65, 0.15),
        Beak.BIG: (1.0, 1.05, 0.7, 0.12),
    }
    points = [root + np.array([x * length - 0.1 * depth, y * length, 0.0]) for x, y in paths[s.beak]]
    upper = horn(points, [r * depth for r in radii[s.beak]], color, dark, sides=10)
    wide = {Beak.FLAT: 1.5, Beak.BIG: 0.62}.get(s.beak, 0.8)
    skin.trim(_broad(upper, wide, 0.45 if s.beak is Beak.FLAT else 1.0, float(root[1])), "head", gloss=0.25)
    under = [q + np.array([-0.03 * length, -0.42 * depth, 0.0]) for q in points[: 2 + (len(points) > 3)]]
    if s.beak in {Beak.HOOK, Beak.CONE, Beak.LONG, Beak.FLAT, Beak.BIG}:
        under[-1] = root + np.array([length * (0.62 if s.beak is Beak.HOOK else 0.88), -0.55 * depth, 0.0])
    lower = horn(
        under, [0.7 * depth, 0.55 * depth, 0.08 * depth][: len(under)], shade(color, 0.85), dark, sides=8
    )
    skin.trim(_broad(lower, wide, 0.45 if s.beak is Beak.FLAT else 0.8, float(root[1])), "jaw", gloss=0.2)


def _broad(mesh: Mesh, wide: float, tall: float, level: float) -> Mesh:
    """A mesh made broader and flatter about a level."""
    points = mesh.positions.copy()
    points[:, 2] *= wide
    points[:, 1] = level + (points[:, 1] - level) * tall
    return replace(mesh, positions=points)


def _jaws(skin: Layer, s: BirdShape, f: Frame, p: Paints) -> None:
    """A dinosaur's long head with teeth."""
    length, depth = s.beak_length, s.beak_depth
    look, under = _look(p.of("head"), 0.0), _look(p.of("belly"), 0.0)
    ahead = np.array([1.0, -0.10, 0.0])
    nose = f.skull + ahead * length
    skin.cone(
        f.skull + ahead * 0.2 * length, nose, depth, depth * 0.62, "head", look, blend=depth * 0.7, flat=0.8
    )
    drop = np.array([-0.06 * length, -depth * 0.92, 0.0])
    skin.cone(f.skull + drop, nose + drop * (1.0, 0.80, 1.0), depth * 0.55, depth * 0.36, "jaw", under,
              blend=0.01, flat=0.85)  # fmt: skip
    for side in SIDES:
        z = sign_of(side)
        brow = f.skull + np.array([0.10 * length, s.head[1] * 0.75, z * s.head[2] * 0.55])
        skin.ball(brow, (0.26 * length, 0.10 * length, 0.10 * length), "head", look, blend=0.05)
        for k in range(7):
            t = 0.32 + 0.68 * k / 6.0
            at = f.skull + ahead * length * t + np.array([0.0, -depth * 0.52, z * depth * (0.66 - 0.30 * t)])
            tip = at + np.array([-0.01, -0.20 * depth - 0.10 * depth * (k % 2), 0.0])
            skin.trim(horn([at, (at + tip) / 2, tip], [0.07 * depth, 0.05 * depth, 0.005], (0.95, 0.92, 0.82),
                           (0.9, 0.86, 0.74), sides=5), "head", gloss=0.3)  # fmt: skip
        skin.trim(bead(nose + np.array([0.02, depth * 0.35, z * depth * 0.3]), (depth * 0.07,) * 3,
                       (0.06, 0.05, 0.05), level=1), "head")  # fmt: skip


def _crown(skin: Layer, s: BirdShape, f: Frame, p: Paints) -> None:
    top = f.skull + np.array([0.0, s.head[1] * 0.85, 0.0])
    if s.tufts > 0.0:
        for side in SIDES:
            z = sign_of(side)
            at = f.skull + np.array([0.15, 0.70, 0.62 * z]) * s.head
            tip = at + np.array([-0.25, 1.0, 0.35 * z]) * s.tufts
            skin.cone(
                at, tip, s.tufts * 0.34, s.tufts * 0.05, "head", _look(p.of("tufts", "head")), blend=0.03
            )
    if s.crest <= 0.0:
        return
    color = p.of("comb", "crest")
    if s.comb:
        for k in range(5):
            x = 0.75 - 0.40 * k
            at = f.skull + np.array([x * s.head[0], s.head[1] * (0.92 - 0.10 * (k - 1.5) ** 2), 0.0])
            size = s.crest * (0.75, 1.0, 1.05, 0.85, 0.6)[k]
            skin.trim(bead(at + np.array([-0.1 * size, 0.25 * size, 0.0]), (0.30 * size, 0.55 * size, 0.13 * size),
                           color, level=2), "head", gloss=0.15)  # fmt: skip
        for side in SIDES:
            at = f.skull + np.array([0.72 * s.head[0], -0.95 * s.head[1], sign_of(side) * 0.32 * s.head[2]])
            skin.trim(bead(at, (0.16 * s.crest, 0.42 * s.crest, 0.13 * s.crest), color, level=2), "jaw")
        return
    for k in range(5):
        lean = 150.0 - 22.0 * k
        tip = top + way(lean) * s.crest * (1.0 - 0.10 * abs(k - 2))
        root = top + np.array([(k - 3) * 0.14 * s.head[0], -0.1 * s.head[1], 0.0])
        skin.trim(horn([root, (root + tip) / 2.0 + way(lean - 90.0) * 0.12 * s.crest, tip],
                       [0.07 * s.crest, 0.09 * s.crest, 0.02 * s.crest], color, shade(color, 0.8), sides=6), "head")  # fmt: skip


def add_legs(skin: Layer, s: BirdShape, f: Frame, p: Paints) -> None:
    """Feathered thighs, bare shanks and toes."""
    bare = p.of("legs")
    heavy = s.tail is Tail.LIZARD
    for side in SIDES:
        hip, hock, foot, _ = f.legs[side]
        name = f"leg_{side}"
        feathers = _look(p.of("thighs", "belly" if not heavy else "body"), 0.0 if heavy else _DOWN)
        end = hip + (hock - hip) * (1.0 if heavy else 0.85)
        skin.cone(
            hip, end, s.thigh, s.thigh * (0.5 if heavy else 0.42), f"{name}0", feathers, blend=s.thigh * 0.7
        )
        skin.cone(hock + (hip - hock) * (0.1 if heavy else 0.35), foot, s.leg_radius * 1.1, s.leg_radius, f"{name}1",
                  _look(bare, 0.0), blend=s.leg_radius * 0.5)  # fmt: skip
        if s.foot > 0.0:
            _toes(skin, s, foot, f"{name}2", bare)


def _toes(skin: Layer, s: BirdShape, foot: Vec, bone: str, color: tuple[float, float, float]) -> None:
    thin, look = s.leg_radius * 0.8, _look(color, 0.0)
    low = np.array([foot[0], thin * 0.9, foot[2]])
    skin.cone(foot, low, s.leg_radius, thin, bone, look, blend=thin)
    if s.web:
        paddle = low + np.array([s.foot * 0.5, 0.0, 0.0])
        skin.ball(paddle, (s.foot * 0.62, thin * 0.9, s.foot * 0.46), bone, look, blend=thin)
    for angle in (-32.0, 0.0, 32.0):
        a = np.radians(angle)
        tip = low + np.array([np.cos(a), -0.01, np.sin(a)]) * s.foot
        skin.cone(low, tip, thin, thin * 0.55, bone, look, blend=thin * 0.6)
    skin.cone(low, low + np.array([-0.4 * s.foot, 0.0, 0.0]), thin, thin * 0.5, bone, look, blend=thin * 0.6)


def add_folded_wings(clay: Sculpture, s: BirdShape, f: Frame, p: Paints) -> None:
    """Wings at rest along the sides: coverts above, long feathers behind; a penguin's flippers."""
    if s.wing is Wing.NONE:
        return
    layer = clay.layer()
    cover, long, tips = _look(p.of("wings")), _look(p.of("wing_tips", "wings")), p.of("wing_tips", "wings")
    for side in SIDES:
        z, bone = sign_of(side), f"fold_{side}"
        root = f.wings[side][0]
        if s.wing is Wing.FLIPPER:
            tip = root + np.array([-0.10, -1.0, 0.30 * z]) * s.span * _FLIPPER * 1.15
            layer.cone(
                root, tip, s.chord * 0.42, s.chord * 0.16, bone, cover, flat=0.35, flat_axis=(0, 0.28, z)
            )
            continue
        if s.arms:
            hand = root + np.array([0.30, -0.42, 0.06 * z]) * s.span
            elbow = root + np.array([-0.05, -0.36, 0.10 * z]) * s.span
            layer.cone(root, elbow, 0.20 * s.span, 0.13 * s.span, bone, cover, blend=0.02)
            layer.cone(elbow, hand, 0.13 * s.span, 0.08 * s.span, bone, cover, blend=0.02)
            continue
        middle = f.middle + f.up * s.body[1] * 0.16 - f.ahead * s.body[0] * 0.10
        middle = middle + np.array([0.0, 0.0, z * s.body[2] * 0.74])
        turn = turned("y", np.array(-0.10 * z)) @ turn_of(s)
        turn = turn @ turned("z", np.array(0.05))
        half = np.array([s.body[0] * 0.78, s.body[1] * 0.70, s.body[2] * 0.34])
        layer.ball(middle, half, bone, cover, blend=0.03, turn=turn)
        back = middle - f.ahead * s.body[0] * 0.55 + f.up * s.body[1] * 0.04
        end = f.middle - f.ahead * (s.body[0] * 1.15 + 0.12 * s.span) + f.up * s.body[1] * 0.22
        end = end + np.array([0.0, 0.0, z * s.body[2] * 0.34])
        layer.cone(back, end, s.body[1] * 0.50, s.body[1] * 0.10, bone, long, flat=0.34,
                   flat_axis=(0, 0, 1), blend=0.03)  # fmt: skip
        if tips != p.of("wings"):
            low = middle - f.up * s.body[1] * 0.42 - f.ahead * s.body[0] * 0.30
            layer.ball(low, half * (0.72, 0.36, 0.98), bone, long, blend=0.01, turn=turn)
