"""Heads: skull, muzzle, jaw, eyes, ears."""

# ruff: noqa: PLR2004, PLR0913, PLR0917 - a model is made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.posing import turned
from kirin_video.engines.previs.bodies.quadruped.frame import TRUNK_BONES, Frame, Vec, way
from kirin_video.engines.previs.bodies.quadruped.palette import Palette
from kirin_video.engines.previs.bodies.quadruped.shape import Ear, QuadShape
from kirin_video.engines.previs.bodies.sculpt import Layer, Look, Sculpture
from kirin_video.engines.previs.bodies.trims import bead, eyeball, eyelid, horn

_DARK = (0.045, 0.035, 0.03)
_MOUTH = (0.36, 0.12, 0.11)
_SIDES = (-1.0, 1.0)


def add_head(clay: Sculpture, skin: Layer, s: QuadShape, f: Frame, p: Palette, *, detail: float) -> Vec:
    """Skull, muzzle and jaw, then the eyes on their surface, then nose and ears.

    Returns:
        The middles of the eyeballs and where they look, (2, 2, 3); the bones of their lids are added here.
    """
    _skull(skin, s, f, p)
    _muzzle(skin, s, f, p)
    _jaw(skin, s, f, p)
    _nose(skin, s, f, p)
    _lips(skin, s, f)
    eyes = _eyes(clay, skin, s, f, p, detail)
    for k, side in enumerate((-1.0, 1.0)):
        _ear(skin, s, f.ears[k], side, p)
    _trunk(skin, s, f, p)
    return eyes


def _tilted(s: QuadShape, share: float = 1.0) -> Vec:
    return turned("z", np.array(math.radians(s.tilt) * share))


def _skull(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    x, y, z = s.skull
    look = p.skin(p.face, 0.9)
    along = -float(f.neck_base[0]) - s.neck
    skin.ball(
        f.skull, s.skull, "head", look, blend=s.neck_top * 0.6, turn=_tilted(s, 0.5),
        flow=tuple(-way(s.tilt)), along=along,
    )  # fmt: skip
    ahead, up = way(s.tilt), way(s.tilt + 90.0)
    if s.cheek > 0.0:
        for side in (-1.0, 1.0):
            at = f.skull + ahead * x * 0.28 - up * y * 0.42 + np.array([0.0, 0.0, side * z * 0.52])
            size = (x * 0.62 * s.cheek, y * 0.56 * s.cheek, z * 0.52 * s.cheek)
            skin.ball(at, size, "head", look, blend=y * 0.5, flow=tuple(-ahead), along=along)


def _muzzle(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    ahead, up = way(s.tilt), way(s.tilt + 90.0)
    root = f.skull + ahead * s.skull[0] * 0.35 - up * s.skull[1] * 0.10
    end = f.nose - up * s.skull[1] * 0.06
    base, tip = s.muzzle_base, s.muzzle_tip
    long = float(np.linalg.norm(end - root))
    along = -float(f.neck_base[0]) - s.neck
    light = p.skin(p.muzzle, 0.0)
    middle, half = root + (end - root) * 0.52, base + (tip - base) * 0.52
    skin.cone(
        root, middle, base, half, "head", p.skin(p.face, 0.6), blend=s.skull[1] * 0.5, flat=s.muzzle_flat,
        along=(along, along - long / 2.0),
    )  # fmt: skip
    skin.cone(
        middle, end, half, tip, "head", light, blend=tip * 0.25, flat=s.muzzle_flat,
        along=(along - long / 2.0, along - long),
    )  # fmt: skip
    size = (tip * 1.02, tip * 0.95, tip * 1.06 * s.muzzle_flat)
    skin.ball(end, size, "head", light, blend=tip * 0.5, turn=_tilted(s))
    if s.pads > 0.0:
        # The bridge of the nose is as the face; lips and chin are light.
        bridge = tip * 0.62
        skin.cone(
            root + up * base * 0.42, end + up * tip * 0.52 - ahead * tip * 0.15, base * 0.72, bridge, "head",
            p.skin(p.face, 0.6), blend=tip * 0.22, flat=1.0, along=(along, along - long),
        )  # fmt: skip
        for side in (-1.0, 1.0):
            at = end + ahead * tip * 0.12 - up * tip * 0.30 + np.array([0.0, 0.0, side * s.pads * 0.62])
            skin.ball(at, (s.pads, s.pads * 0.80, s.pads * 0.86), "head", light, blend=s.pads * 0.35)
    if s.whiskers:
        _whiskers(skin, end, s)


def _jaw(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    """The lower jaw, with a crease between it and the muzzle, and the mouth inside."""
    ahead, up = way(s.tilt), way(s.tilt + 90.0)
    base, tip = s.muzzle_base, s.muzzle_tip
    end = f.nose - ahead * tip * 0.30 - up * (s.skull[1] * 0.06 + tip * (0.42 + 0.75 * s.jaw))
    chin = p.skin(p.muzzle if p.muzzle != p.face else p.belly, 0.0)
    skin.cone(
        f.jaw, end, base * s.jaw * 0.95, tip * s.jaw * 0.92, "jaw", chin,
        blend=tip * 0.16, flat=min(1.0, s.muzzle_flat * 0.95),
    )  # fmt: skip
    inner_a, inner_b = f.skull + ahead * s.skull[0] * 0.3 - up * s.skull[1] * 0.32, end + up * tip * 0.36
    mouth = Look(_MOUTH, coat=0.0, gloss=0.25, fur=0.0)
    # Inside the closed lips; it shows when the jaw opens.
    skin.cone(
        inner_a,
        inner_b - ahead * tip * 0.8,
        base * 0.40,
        tip * 0.42,
        "head",
        mouth,
        blend=1e-3,
        flat=s.muzzle_flat,
    )


def _nose(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    ahead, up = way(s.tilt), way(s.tilt + 90.0)
    tip = s.muzzle_tip
    if s.trunk > 0.0:
        return
    if s.flat_nose:
        disc = p.skin(p.muzzle, 0.0)
        skin.cone(
            f.nose, f.nose + ahead * tip * 0.55, tip * 0.86, tip * 0.98, "head", disc, blend=tip * 0.12,
            flat=1.0,
        )  # fmt: skip
        for side in (-1.0, 1.0):
            at = f.nose + ahead * tip * 1.48 + up * tip * 0.10 + np.array([0.0, 0.0, side * tip * 0.36])
            skin.trim(bead(at, (tip * 0.14, tip * 0.26, tip * 0.17), _DARK, level=1), "head")
        return
    hoofed = s.muzzle > 1.6 * s.skull[0] and s.pads <= 0.0 and s.jaw > 0.65
    if hoofed:
        for side in (-1.0, 1.0):
            at = skin.surface(f.nose, ahead * 0.75 + up * 0.42 + np.array([0.0, 0.0, side * 0.62]), tip * 3.0)
            size = (tip * 0.20, tip * 0.26, tip * 0.13)
            skin.trim(bead(at - ahead * tip * 0.05, size, _DARK, level=2), "head")
        return
    at = skin.surface(f.nose, ahead + up * 0.55, tip * 3.0)
    wide = 0.46
    size = (tip * 0.36, tip * 0.34, tip * wide)
    skin.trim(bead(at - (ahead + up * 0.2) * tip * 0.12, size, p.nose, level=2), "head", gloss=0.55)


def _lips(skin: Layer, s: QuadShape, f: Frame) -> None:
    """The line of the mouth, drawn on the muzzle's skin: round its tip and back to both corners."""
    if s.trunk > 0.0:
        return
    ahead, up = way(s.tilt), way(s.tilt + 90.0)
    out = np.array([0.0, 0.0, 1.0])
    tip = s.muzzle_tip
    long = s.muzzle + s.skull[0] * (0.25 if s.muzzle > s.skull[0] else 0.0)
    # Flat faces have short mouths.
    round_ = math.pi / 2.0 if s.muzzle > 0.5 * s.skull[0] else 0.75
    thin = 0.050 * tip + 0.009 * s.skull[0]
    for side in _SIDES:
        path: list[Vec] = []
        for t in np.linspace(0.0, 1.0, 9):
            # From the middle of the lips round the corner of the muzzle, then back and a little up.
            turn = min(float(t) / 0.30, 1.0) * round_
            back = max(float(t) - 0.30, 0.0) / 0.70
            low = 0.62 - 0.22 * math.sin(turn) - 0.35 * back**2
            middle = (
                f.nose
                - ahead * (long * (0.78 if s.pads <= 0.0 else 0.5) * back + tip * 0.1)
                - up * s.skull[1] * 0.06
            )
            look = ahead * math.cos(turn) + out * side * math.sin(turn) - up * low
            path.append(skin.surface(middle, look, 4.0 * s.muzzle_base))
        skin.trim(horn(path, [thin * (1.0 - 0.6 * k / 8) for k in range(9)], _DARK, _DARK, sides=5), "head")


def _eyes(clay: Sculpture, skin: Layer, s: QuadShape, f: Frame, p: Palette, detail: float) -> Vec:
    x = s.skull[0]
    places: list[Vec] = []
    turn = math.radians(10.0 + 56.0 * s.eye_forward)
    for name, side in (("lid_l", -1.0), ("lid_r", 1.0)):
        look = np.array([math.sin(turn), s.eye_up, side * math.cos(turn)])
        look /= np.linalg.norm(look)
        on_skin = skin.surface(f.skull + way(s.tilt) * x * 0.18, look, x * 3.5)
        at = on_skin - look * s.eye * 0.30
        dark = Look(tuple(0.35 * c for c in p.face), coat=0.0, gloss=0.2, fur=0.0)  # pyright: ignore[reportArgumentType]
        if p.rings is not None:
            patch = at - look * s.eye * 0.75 + np.array([-0.2, -0.45, 0.0]) * s.eye
            skin.ball(
                patch,
                (s.eye * 2.1, s.eye * 2.4, s.eye * 1.9),
                "head",
                p.skin(p.rings, 0.0),
                blend=s.eye * 0.2,
            )
        skin.ball(at - look * s.eye * 0.26, (s.eye * 1.16,) * 3, "head", dark, blend=s.eye * 0.30)
        if s.brow > 0.0:
            above = at + np.array([-0.2, 1.0, 0.0]) * s.eye * 0.95 - look * s.eye * 0.25
            lid = s.eye * (0.62 + 0.40 * s.brow)
            skin.ball(above, (lid * 1.25, lid, lid), "head", p.skin(p.face, 0.9), blend=s.eye * 0.9)
        gaze = look + np.array([0.45, -0.15, 0.0])
        ball = eyeball(at, gaze, s.eye * 1.04, p.eyes, pupil=s.gaze, level=3 if detail > 0.6 else 2)
        skin.trim(ball, "head", gloss=0.8)
        clay.bone(name, at, at + look * s.eye, "head")
        lid_color = tuple(0.62 * c for c in (p.rings or p.face))
        skin.trim(eyelid(at, gaze, s.eye * 1.13, lid_color), name)  # pyright: ignore[reportArgumentType]
        places.append(np.stack([at, gaze / np.linalg.norm(gaze)]))
    return np.array(places)


def _ear(skin: Layer, s: QuadShape, root: Vec, side: float, p: Palette) -> None:
    bone = "ear_l" if side < 0.0 else "ear_r"
    outside, inside = p.skin(p.ears, 0.5), p.skin(p.inner, 0.0)
    long, wide = s.ear_length, s.ear_width
    out = math.radians(90.0 * s.ear_out)
    up = np.array([-0.10, math.cos(out), side * math.sin(out)])
    up /= np.linalg.norm(up)
    # The way the shell opens: forwards and outwards, across its length.
    opening = np.array([1.0, 0.0, side * 0.45])
    opening -= up * (opening @ up)
    opening /= np.linalg.norm(opening)
    if s.ear is Ear.FLOP:
        # Folds over at the top and hangs beside the cheek.
        fold = root + np.array([-0.02, 0.10, side * 0.55]) * long * 0.5
        down = np.array([0.10, -1.0, side * 0.20])
        down /= np.linalg.norm(down)
        axis = np.array([0.25, 0.1, side])
        axis /= np.linalg.norm(axis)
        skin.cone(
            root, fold, wide * 0.62, wide * 0.62, bone, outside, blend=wide * 0.5, flat=0.55, flat_axis=axis
        )
        turn = _facing(axis, -down)
        leaf = fold + down * long * 0.36
        skin.ball(leaf, (wide * 0.34, long * 0.50, wide * 0.92), bone, outside, blend=wide * 0.4, turn=turn)
        return
    if s.ear is Ear.FAN:
        _fan(skin, s, root, side, bone, p)
        return
    if s.ear is Ear.ROUND:
        middle = root + up * long * 0.42
        turn = _facing(opening, up)
        skin.ball(middle, (wide * 0.46, long * 0.62, wide), bone, outside, blend=wide * 0.35, turn=turn)
        skin.ball(
            middle + opening * wide * 0.22,
            (wide * 0.24, long * 0.44, wide * 0.66),
            bone,
            inside,
            blend=wide * 0.1,
            turn=turn,
        )
        return
    # A leaf: narrow at its root, widest below the middle, pointed.
    # A pointed one is a triangle: widest at its root.
    belly, tip = root + up * long * (0.12 if s.ear is Ear.POINT else 0.42), root + up * long
    narrow = 0.16 if s.ear is not Ear.LONG else 0.45
    root_width = wide * (0.95 if s.ear is Ear.POINT else 0.55)
    inner_a = root + up * long * 0.16 + opening * wide * 0.26
    inner_b = root + up * long * 0.80 + opening * wide * 0.24
    for start, end, first, last, look, blend in (
        (root, belly, root_width, wide, outside, 0.5),
        (belly, tip, wide, wide * narrow, outside, 0.4),
        (inner_a, inner_b, wide * 0.62, wide * 0.22, inside, 0.10),
    ):
        skin.cone(start, end, first, last, bone, look, blend=wide * blend, flat=0.42, flat_axis=opening)


def _facing(ahead: Vec, up: Vec) -> Vec:
    """A turn whose first axis is ``ahead`` and whose second is ``up``."""
    return np.stack([ahead, up, np.cross(ahead, up)], 1)


def _fan(skin: Layer, s: QuadShape, root: Vec, side: float, bone: str, p: Palette) -> None:
    """An elephant's ear: a broad thin leaf that hangs back and out."""
    back = np.array([-0.80, 0.0, side * 0.60])
    back /= np.linalg.norm(back)
    down = np.array([0.0, -1.0, 0.0])
    turn = _facing(back, -down)
    look = p.skin(p.face, 1.0)
    long = s.ear_length
    middle = root + back * long * 0.50 + down * long * 0.10
    thin = long * 0.055
    skin.ball(middle, (long * 0.56, long * 0.60, thin), bone, look, blend=long * 0.12, turn=turn)
    low = root + back * long * 0.34 + down * long * 0.55
    skin.ball(low, (long * 0.30, long * 0.38, thin), bone, look, blend=long * 0.12, turn=turn)


def _trunk(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    if not len(f.trunk):
        return
    look = p.skin(p.face, 1.0)
    base, tip = s.muzzle_base * 0.92, s.muzzle_base * 0.34
    root = f.skull + way(s.tilt) * s.skull[0] * 0.4
    skin.cone(root, f.trunk[0], s.muzzle_base * 1.1, base, "head", look, blend=s.muzzle_base * 0.5)
    for k in range(TRUNK_BONES):
        first, last = (base + (tip - base) * ((k + j) / TRUNK_BONES) ** 0.8 for j in (0, 1))
        skin.cone(f.trunk[k], f.trunk[k + 1], first, last, f"trunk{k}", look, blend=s.muzzle_base * 0.3)


def _whiskers(skin: Layer, end: Vec, s: QuadShape) -> None:
    pad = s.pads or s.muzzle_tip
    thin = pad * 0.022
    for side in (-1.0, 1.0):
        for k in (-1.0, 0.0, 1.0):
            root = end + np.array([pad * 0.35, k * pad * 0.22 - pad * 0.3, side * pad * 1.1])
            path = [
                root,
                root + np.array([-0.1 * pad, 0.35 * k * pad, side * 1.3 * pad]),
                root + np.array([-0.7 * pad, 0.55 * k * pad - 0.25 * pad, side * 2.6 * pad]),
            ]
            skin.trim(
                horn(path, (thin, thin, thin * 0.3), (0.93, 0.91, 0.88), (0.93, 0.91, 0.88), sides=3), "head"
            )
