"""Skin: neck, and whatever of trunk, arms and legs clothes leave bare; hands and bare feet."""

# ruff: noqa: PLR0913, PLR0917, PLR2004 -- clothes and limbs have many sides; shares stand where they are used
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.person.frame import SIDES, Frame, Vec
from kirin_video.engines.previs.bodies.person.outfit import Outfit
from kirin_video.engines.previs.bodies.person.palette import Palette, Rgb
from kirin_video.engines.previs.bodies.person.shape import PersonShape, Sex
from kirin_video.engines.previs.bodies.sculpt import Layer, Look

_BARE_SLEEVE = 0.9
"""Sleeves longer than this leave no arm to be seen."""


def flesh_look(color: Rgb) -> Look:
    """What skin of a colour looks like: soft at its edges."""
    return Look(color, coat=0.0, gloss=0.05, fur=0.30)


def add_flesh(skin: Layer, s: PersonShape, f: Frame, p: Palette, o: Outfit) -> None:
    """Everything bare, but for the head."""
    look = flesh_look(p.skin)
    skin.cone(f.neck - np.array([0.0, 0.018, 0.0]), f.nape, s.neck * 1.12, s.neck * 0.98, "neck", look)
    sleeve = o.top.sleeve if o.top is not None else 0.0
    if o.top is None or o.top.low > 0.0:
        add_bust(skin, s, f, look, 0.0)
    if o.top is None:
        add_belly(skin, s, f, look, 0.0)
    for side in SIDES:
        if sleeve < _BARE_SLEEVE:
            add_arm(skin, s, f, side, look, sleeve)
        add_hand(skin, s, f, side, look if o.gloves is None else Look(o.gloves, coat=0.0, fur=0.3))
        length = o.bottom.length if o.bottom is not None else 0.0
        if length < _BARE_SLEEVE:
            add_leg(skin, s, f, side, look, length)
        if o.shoes is None:
            _bare_foot(skin, s, f, side, look)


def add_bust(layer: Layer, s: PersonShape, f: Frame, look: Look, thick: float) -> None:
    """Chest and shoulders, of skin or cloth."""
    ribs = (f.chest + f.neck) / 2.0 - np.array([0.0, 0.012, 0.0])
    high = float(f.neck[1] - f.chest[1])
    y = float(ribs[1])
    layer.ball(
        ribs,
        (s.chest[1] + thick, high * 0.74 + thick, s.chest[0] + thick),
        "chest",
        look,
        blend=0.030,
        flow=(0.0, 1.0, 0.0),
        along=y,
    )
    # From the neck out to the shoulders.
    low, top = f.neck - np.array([0.0, 0.034, 0.0]), f.neck + np.array([0.002, 0.004, 0.0])
    layer.cone(low, top, s.neck * 1.55 + thick, s.neck * 1.10 + thick, "chest", look, blend=0.020)
    for name in SIDES:
        shoulder = f.arms[name][0]
        root = f.clavicles[name] + np.array([-0.004, 0.010, 0.0])
        radius = s.upper_arm * 1.10 + thick
        layer.cone(
            root,
            shoulder + np.array([0.0, 0.002, 0.0]),
            s.neck * 0.95 + thick,
            radius,
            f"collar_{name}",
            look,
            blend=0.022,
            along=(float(root[1]), float(shoulder[1])),
        )
    if s.bust > 0.0:
        for side in SIDES.values():
            at = ribs + np.array([s.chest[1] * 0.62, -high * 0.10, side * s.chest[0] * 0.44])
            layer.ball(
                at, (s.bust + thick, s.bust * 1.15 + thick, s.bust * 1.15 + thick), "chest", look, blend=0.018
            )
    elif s.sex is Sex.MALE:
        for side in SIDES.values():
            at = ribs + np.array([s.chest[1] * 0.52, high * 0.08, side * s.chest[0] * 0.42])
            layer.ball(
                at,
                (s.chest[1] * 0.52 + thick, high * 0.32 + thick, s.chest[0] * 0.46 + thick),
                "chest",
                look,
                blend=0.020,
            )


def add_belly(layer: Layer, s: PersonShape, f: Frame, look: Look, thick: float) -> None:
    """From the ribs down to the waist."""
    low, high = f.waist - np.array([0.0, 0.012, 0.0]), f.chest + np.array([0.0, 0.020, 0.0])
    wide, deep = s.waist
    layer.cone(
        low,
        high,
        deep + thick,
        (deep + s.chest[1]) / 2.0 + thick,
        "spine",
        look,
        blend=0.030,
        flat=(wide + thick) / (deep + thick),
        along=(float(low[1]), float(high[1])),
    )
    if s.belly > 0.0:
        at = (f.waist + f.chest) / 2.0 + np.array([s.belly * 0.75, -0.012, 0.0])
        tall = float(f.chest[1] - f.hips[1]) * 0.62
        layer.ball(
            at,
            (deep + s.belly * 0.6 + thick, tall + thick, wide * 1.04 + thick),
            "spine",
            look,
            blend=0.035,
            flow=(0.0, 1.0, 0.0),
            along=float(at[1]),
        )


def add_seat(layer: Layer, s: PersonShape, f: Frame, look: Look, thick: float) -> None:
    """Hips and seat."""
    wide, deep = s.hips
    at = f.hips + np.array([-0.004, 0.004, 0.0])
    tall = float(f.waist[1] - f.hips[1]) * 1.05 + 0.018
    layer.ball(
        at,
        (deep + thick, tall + thick, wide + thick),
        "pelvis",
        look,
        blend=0.026,
        flow=(0.0, 1.0, 0.0),
        along=float(at[1]),
    )
    for side in SIDES.values():
        seat = at + np.array([-deep * 0.46, -0.020, side * wide * 0.46])
        layer.ball(
            seat, (deep * 0.62 + thick, deep * 0.72 + thick, wide * 0.50 + thick), "pelvis", look, blend=0.022
        )


def add_arm(layer: Layer, s: PersonShape, f: Frame, side: str, look: Look, start: float) -> None:
    """An arm from a share of its length on, down to the wrist."""
    shoulder, elbow, wrist, _ = f.arms[side]
    whole = s.arm + s.forearm
    split = s.arm / whole
    r = (s.upper_arm, s.lower_arm * 1.04, s.lower_arm, s.wrist)
    if start < split:
        t = max(start - 0.08, 0.0) / split
        first = shoulder + (elbow - shoulder) * t
        layer.cone(first, elbow, r[0] + (r[1] - r[0]) * t, r[1], f"arm_{side}", look, blend=0.012)
    layer.cone(elbow, wrist, r[2], r[3], f"forearm_{side}", look, blend=0.012)
    belly = elbow + (wrist - elbow) * 0.28
    layer.ball(belly, (r[2] * 1.08, s.forearm * 0.30, r[2] * 1.04), f"forearm_{side}", look, blend=0.014)


def add_leg(layer: Layer, s: PersonShape, f: Frame, side: str, look: Look, start: float) -> None:
    """A leg from a share of its length on, down to the ankle."""
    hip, knee, ankle, _, _ = f.legs[side]
    if start < 0.5:
        t = max(start * 2.0 - 0.20, 0.0)
        first = hip + (knee - hip) * t
        radius = s.thigh + (s.calf * 1.02 - s.thigh) * t
        layer.cone(first, knee, radius, s.calf * 1.02, f"thigh_{side}", look, blend=0.016)
    layer.cone(knee, ankle, s.calf * 0.96, s.ankle, f"shin_{side}", look, blend=0.014)
    calf = knee + (ankle - knee) * 0.30 + np.array([-s.calf * 0.30, 0.0, 0.0])
    layer.ball(calf, (s.calf * 0.92, s.calf * 2.3, s.calf * 0.92), f"shin_{side}", look, blend=0.016)


def add_hand(layer: Layer, s: PersonShape, f: Frame, side: str, look: Look) -> None:
    """A hand: palm, four fingers that lie side by side, a thumb."""
    _, _, wrist, tip = f.arms[side]
    along = (tip - wrist) / np.linalg.norm(tip - wrist)
    ahead = np.array([1.0, 0.0, 0.0]) - along * along[0]
    ahead /= np.linalg.norm(ahead)
    palm_way = np.cross(along, ahead) * -SIDES[side]
    h, fat = s.hand, s.wrist
    hand, fingers = f"hand_{side}", f"fingers_{side}"
    layer.cone(
        wrist - along * h * 0.10, wrist + along * h * 0.16, fat * 0.95, fat * 0.92, hand, look, blend=0.008
    )
    palm = wrist + along * h * 0.34
    turn = np.stack([ahead, along, palm_way], 1)
    if np.linalg.det(turn) < 0.0:
        turn[:, 2] *= -1.0
    layer.ball(palm, (h * 0.235, h * 0.30, h * 0.125), hand, look, blend=0.008, turn=turn)
    # Fingers: their tips bent a little inwards; grooves between them.
    for k, (reach, thick) in enumerate(((0.93, 0.066), (1.0, 0.070), (0.95, 0.067), (0.82, 0.058))):
        across = ahead * h * (0.165 - 0.110 * k)
        root = wrist + along * h * 0.52 + across * 0.95
        middle = wrist + along * h * (0.52 + (reach - 0.52) * 0.55) + across - palm_way * h * 0.005
        end = wrist + along * h * reach + across * 0.92 + palm_way * h * 0.060
        layer.cone(root, middle, h * thick * 1.08, h * thick, fingers, look, blend=h * 0.012)
        layer.cone(middle, end, h * thick, h * thick * 0.86, fingers, look, blend=h * 0.030)
    base = wrist + along * h * 0.20 + ahead * h * 0.16 + palm_way * h * 0.05
    joint = wrist + along * h * 0.42 + ahead * h * 0.31 + palm_way * h * 0.10
    end = wrist + along * h * 0.62 + ahead * h * 0.31 + palm_way * h * 0.13
    layer.cone(base, joint, h * 0.105, h * 0.078, hand, look, blend=h * 0.05)
    layer.cone(joint, end, h * 0.078, h * 0.066, hand, look, blend=h * 0.03)


def _bare_foot(layer: Layer, s: PersonShape, f: Frame, side: str, look: Look) -> None:
    _, _, ankle, ball, toe = f.legs[side]
    wide = s.foot * 0.17
    heel = np.array([ankle[0] - s.foot * 0.10, 0.021, ankle[2]])
    layer.cone(ankle, heel, s.ankle, 0.020, f"foot_{side}", look, blend=0.014)
    layer.cone(
        ankle,
        ball + np.array([0.0, 0.006, 0.0]),
        s.ankle * 0.9,
        wide * 0.82,
        f"foot_{side}",
        look,
        blend=0.016,
    )
    layer.cone(heel, ball, 0.019, wide * 0.72, f"foot_{side}", look, blend=0.014)
    for k in range(5):
        across = (0.5 - k / 4.0) * SIDES[side] * -1.0
        size = wide * (0.42 if k == 0 else 0.29)
        root = ball + np.array([0.0, 0.0, across * wide * 1.4])
        end = toe + np.array([0.004 - 0.006 * k, size - 0.014, across * wide * 1.5])
        layer.cone(root, end, size * 1.1, size, f"toes_{side}", look, blend=0.003)


def palm_of(f: Frame, side: str) -> Vec:
    """The middle of a hand's inside at rest."""
    _, _, wrist, tip = f.arms[side]
    return wrist + (tip - wrist) * 0.45
