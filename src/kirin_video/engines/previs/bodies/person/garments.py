"""Clothes that follow the body: tops, trousers, shoes."""

# ruff: noqa: PLR0913, PLR0917, PLR2004 -- clothes and limbs have many sides; shares stand where they are used
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.flesh import add_belly, add_bust, add_seat
from kirin_video.engines.previs.bodies.person.frame import SIDES, Frame, Vec
from kirin_video.engines.previs.bodies.person.outfit import Bottom, Outfit, Top
from kirin_video.engines.previs.bodies.person.palette import Rgb, shade
from kirin_video.engines.previs.bodies.person.shape import PersonShape
from kirin_video.engines.previs.bodies.sculpt import Layer, Look, Sculpture
from kirin_video.engines.previs.bodies.trims import bead, horn
from kirin_video.engines.previs.coats import PLAIN, Coat
from kirin_video.engines.previs.plan import Garment

_CLOTH_FUR = 0.35


def cloth(color: Rgb, gloss: float = 0.0, coat: float = 1.0) -> Look:
    """What cloth of a colour looks like."""
    return Look(color, coat=coat, gloss=gloss, fur=0.0 if gloss > 0.2 else _CLOTH_FUR)


def add_clothes(clay: Sculpture, s: PersonShape, f: Frame, o: Outfit, coat: Coat = PLAIN) -> Layer | None:
    """Trousers, shoes and the top, each a surface of its own; the layer of the top, if there is one."""
    if o.bottom is not None:
        _bottom(clay.layer(coat if o.top is None else PLAIN), s, f, o.bottom)
    if o.shoes is not None:
        _shoes(clay.layer(fineness=1.25), s, f, o)
    if o.top is None:
        return None
    layer = clay.layer(coat)
    _top(layer, s, f, o.top, o.bottom.thick if o.bottom is not None else 0.0)
    _dressed_front(layer, s, f, o)
    return layer


def _bottom(layer: Layer, s: PersonShape, f: Frame, b: Bottom) -> None:
    look = cloth(b.color, b.gloss, 0.0)
    add_seat(layer, s, f, look, b.thick)
    layer.cone(
        f.hips + np.array([0.0, 0.018, 0.0]),
        f.waist + np.array([0.0, 0.006, 0.0]),
        s.hips[1] * 0.9 + b.thick,
        s.waist[1] + b.thick,
        "pelvis",
        look,
        blend=0.02,
        flat=(s.waist[0] + b.thick) / (s.waist[1] + b.thick),
    )
    for side in SIDES:
        hip, knee, ankle, _, _ = f.legs[side]
        upper = min(b.length / 0.5, 1.0)
        end = hip + (knee - hip) * upper
        at_end = s.thigh + (s.calf - s.thigh) * upper + b.thick
        wide = 1.0 if b.thick < 0.009 else 1.08
        layer.cone(hip, end, s.thigh + b.thick, at_end * 1.02 * wide, f"thigh_{side}", look, blend=0.016)
        if b.length > 0.5:
            low = knee + (ankle - knee) * ((b.length - 0.5) * 2.0) * 0.90
            tight = b.thick < 0.005
            hem = s.ankle * 1.12 if tight else max(s.ankle * 1.45, s.calf * 0.80) + b.thick
            layer.cone(knee, low, at_end, hem, f"shin_{side}", look, blend=0.014)
            calf = knee + (ankle - knee) * 0.30 + np.array([-s.calf * 0.24, 0.0, 0.0])
            layer.ball(
                calf,
                (s.calf * 0.9 + b.thick, s.calf * 2.2, s.calf * 0.9 + b.thick),
                f"shin_{side}",
                look,
                blend=0.016,
            )


def _top(layer: Layer, s: PersonShape, f: Frame, t: Top, under: float) -> None:
    look = cloth(t.color, t.gloss)
    if t.sleeve > 0.0:
        add_bust(layer, s, f, look, t.thick)
    else:
        _bodice(layer, s, f, t, look)
    add_belly(layer, s, f, look, t.thick)
    low = f.hips - np.array([0.0, t.hem, 0.0])
    # It lies over the trousers.
    add_seat(layer, s, f, look, max(t.thick, under + 0.0045))
    wide, deep = s.waist[0] + t.thick, s.waist[1] + t.thick
    layer.cone(
        f.hips + np.array([0.0, 0.02, 0.0]),
        f.waist,
        deep * 1.05,
        deep,
        "pelvis",
        look,
        blend=0.02,
        flat=wide / deep,
    )
    # The hem is cut level.
    layer.ball(low - np.array([0.0, 0.06, 0.0]), (0.16, 0.06, 0.16), "pelvis", look, blend=0.002, cut=True)
    trim = cloth(t.cuffs, t.gloss) if t.cuffs else look
    for side in SIDES:
        _sleeve(layer, s, f, side, t, look, trim)
    if t.belt is not None:
        at = f.waist - np.array([0.0, 0.004, 0.0])
        reach = deep + 0.007 + s.belly * 0.8
        layer.ball(at, (reach, 0.016, wide + 0.007), "spine", cloth(t.belt, 0.1, 0.0), blend=0.001)


def _bodice(layer: Layer, s: PersonShape, f: Frame, t: Top, look: Look) -> None:
    """Without sleeves: the chest up to the armpits, held by straps."""
    ribs = (f.chest + f.neck) / 2.0 - np.array([0.0, 0.012, 0.0])
    high = float(f.neck[1] - f.chest[1])
    size = (s.chest[1] + t.thick, high * 0.74 + t.thick, s.chest[0] + t.thick)
    layer.ball(ribs, size, "chest", look, blend=0.030, flow=(0.0, 1.0, 0.0), along=float(ribs[1]))
    for side in SIDES.values():
        at = ribs + np.array([s.chest[1] * 0.62, -high * 0.10, side * s.chest[0] * 0.44])
        cup = s.bust + t.thick
        layer.ball(at, (cup, cup * 1.15, cup * 1.15), "chest", look, blend=0.018)
    edge = ribs + np.array([0.0, high * (0.30 if t.low > 0.5 else 0.36) + 0.06, 0.0])
    layer.ball(edge, (0.16, 0.06, 0.16), "chest", look, blend=0.002, cut=True)
    top = float(edge[1]) - 0.062
    for side in SIDES.values():
        path: list[Vec] = []
        for k in range(7):
            a = math.pi * k / 6.0
            over = np.array([math.cos(a) * s.chest[1] * 0.80, 0.0, side * s.shoulder * 0.56])
            rise = (float(f.clavicles["r"][1]) + s.neck * 0.72 - top) * math.sin(a)
            path.append(np.array([f.chest[0], top + rise, 0.0]) + over)
        thin = [0.0105] * 7
        layer.trim(horn(path, thin, t.color, t.color, sides=6), "chest", fur=0.3)


def _sleeve(layer: Layer, s: PersonShape, f: Frame, side: str, t: Top, look: Look, trim: Look) -> None:
    shoulder, elbow, wrist, _ = f.arms[side]
    if t.sleeve <= 0.0:
        return
    split = s.arm / (s.arm + s.forearm)
    upper = min(t.sleeve / split, 1.0)
    loose = 1.10 if t.sleeve < split else 1.0
    end = shoulder + (elbow - shoulder) * upper
    radius = s.lower_arm + (s.upper_arm - s.lower_arm) * (1.0 - upper) + t.thick
    layer.cone(shoulder, end, s.upper_arm + t.thick, radius * loose, f"arm_{side}", look, blend=0.012)
    if t.sleeve > split:
        low = elbow + (wrist - elbow) * min((t.sleeve - split) / (1.0 - split), 1.0) * 0.97
        end_radius = (s.wrist * 1.18 + t.thick) * t.wide
        layer.cone(elbow, low, radius, end_radius, f"forearm_{side}", look, blend=0.012)
        if t.wide > 1.3:
            # A wide sleeve is open at its end.
            along = (wrist - elbow) / np.linalg.norm(wrist - elbow)
            hollow = low + along * end_radius * 0.95
            layer.ball(hollow, np.full(3, end_radius * 0.98), f"forearm_{side}", trim, blend=0.003, cut=True)
        elif t.cuffs is not None:
            along = (wrist - elbow) / np.linalg.norm(wrist - elbow)
            layer.cone(
                low - along * 0.014,
                low,
                end_radius + 0.003,
                end_radius + 0.003,
                f"forearm_{side}",
                trim,
                blend=0.001,
            )


def _dressed_front(layer: Layer, s: PersonShape, f: Frame, o: Outfit) -> None:
    """What is at the chest: the shirt in a jacket's opening, lapels, a collar, buttons, a tie."""
    t = o.top
    assert t is not None
    high, low = float(f.neck[1]) - 0.012, float(f.waist[1])
    if t.inner is not None:
        _opening(layer, t, high, low + (high - low) * 0.30)
    if t.collar:
        _collar(layer, s, f, t.inner if t.inner is not None else shade(t.color, 1.06))
    elif t.low <= 0.0:
        _neckband(layer, s, f, shade(t.color, 0.88))
    if t.buttons is not None:
        _buttons(layer, f, t.buttons, low, high, jacket=t.inner is not None)
    if Garment.TIE in o.worn or Garment.SUIT in o.worn:
        color = o.worn.get(Garment.TIE, (0.55, 0.10, 0.13))
        knot = _front(layer, high - 0.012, 0.0, 0.004)
        path = [knot, *(_front(layer, high - (high - low) * share, 0.0, 0.004) for share in (0.25, 0.62))]
        layer.trim(horn(path, (0.006, 0.009, 0.013), color, color, sides=6), "chest", gloss=0.15)
        layer.trim(bead(knot, (0.009, 0.010, 0.011), color, level=1), "chest", gloss=0.15)


def _front(layer: Layer, y: float, z: float, out: float = 0.0) -> Vec:
    """A point on the front of a layer, so much before it."""
    found = layer.surface(np.array([0.0, y, z]), np.array([1.0, 0.0, 0.0]), 0.3)
    return found + np.array([out, 0.0, 0.0])


def _opening(layer: Layer, t: Top, high: float, bottom: float) -> None:
    """The shirt below a jacket, between lapels."""
    assert t.inner is not None
    count, tall = 7, high - bottom
    places = [_front(layer, high - tall * k / (count - 1.0), 0.0, -0.006) for k in range(count)]
    edges = {
        side: [
            _front(layer, high - tall * k / 4.0, side * (0.043 * (1.0 - k / 4.0) + 0.005), 0.001)
            for k in range(5)
        ]
        for side in SIDES.values()
    }
    for k, at in enumerate(places):
        half = 0.040 * (1.0 - k / (count - 1.0)) + 0.003
        size = (0.0095, tall / count * 0.95, half)
        layer.ball(at, size, "chest", cloth(t.inner, 0.0, 0.0), blend=0.001)
    lapel = shade(t.color, 0.82)
    for path in edges.values():
        layer.trim(horn(path, (0.007, 0.011, 0.012, 0.009, 0.004), lapel, lapel, sides=6), "chest")


def _ring(s: PersonShape, f: Frame, angle: float, side: float, out: float, tilt: float) -> Vec:
    """A point round the neck; 0 is in front."""
    radius = s.neck * 1.14 + out
    middle = f.neck + np.array([0.004, 0.010, 0.0])
    return middle + np.array([np.cos(angle) * radius, -tilt * np.cos(angle), side * np.sin(angle) * radius])


def _collar(layer: Layer, s: PersonShape, f: Frame, color: Rgb) -> None:
    for side in SIDES.values():
        path = [_ring(s, f, a, side, 0.005, 0.018) for a in np.linspace(0.12, np.pi, 6).tolist()]
        thick = (0.006, 0.010, 0.011, 0.011, 0.011, 0.011)
        layer.trim(horn(path, thick, color, color, sides=6), "chest", fur=0.3)


def _neckband(layer: Layer, s: PersonShape, f: Frame, color: Rgb) -> None:
    path = [_ring(s, f, a, 1.0, 0.002, 0.014) for a in np.linspace(0.0, 2.0 * np.pi, 13).tolist()]
    layer.trim(horn(path, [0.0075] * 13, color, color, sides=6), "chest", fur=0.3)


def _buttons(layer: Layer, f: Frame, color: Rgb, low: float, high: float, *, jacket: bool) -> None:
    top = low + (high - low) * (0.28 if jacket else 0.86)
    for k in range(2 if jacket else 5):
        y = top - (top - low + 0.03) * k / 4.0
        button = bead(_front(layer, y, 0.0), (0.0030, 0.0052, 0.0052), color, level=1)
        layer.trim(button, "chest" if y > float(f.chest[1]) else "spine", gloss=0.4)


def _shoes(layer: Layer, s: PersonShape, f: Frame, o: Outfit) -> None:
    assert o.shoes is not None
    look, sole = cloth(o.shoes, 0.18), cloth(shade(o.shoes, 0.42), 0.05)
    wide = s.foot * 0.205
    for side in SIDES:
        _, knee, ankle, ball, toe = f.legs[side]
        foot, toes = f"foot_{side}", f"toes_{side}"
        heel = np.array([ankle[0] - s.foot * 0.115, 0.026, ankle[2]])
        layer.cone(
            heel, ankle + np.array([0.0, 0.012, 0.0]), wide * 0.86, s.ankle * 1.30, foot, look, blend=0.012
        )
        layer.cone(
            ankle - np.array([0.0, 0.006, 0.0]),
            ball + np.array([0.0, 0.012, 0.0]),
            s.ankle * 1.15,
            wide * 0.88,
            foot,
            look,
            blend=0.016,
        )
        layer.cone(
            heel, ball + np.array([0.0, 0.010, 0.0]), wide * 0.80, wide * 0.90, foot, look, blend=0.014
        )
        layer.ball(
            toe + np.array([-0.006, 0.012, 0.0]), (s.foot * 0.17, 0.024, wide * 0.92), toes, look, blend=0.014
        )
        layer.cone(
            heel - np.array([0.002, 0.022, 0.0]),
            ball - np.array([0.0, 0.008, 0.0]),
            wide * 0.86,
            wide * 0.98,
            foot,
            sole,
            blend=0.001,
            flat=0.30,
            flat_axis=(0.0, 1.0, 0.0),
        )
        layer.ball(
            toe - np.array([0.004, 0.006, 0.0]),
            (s.foot * 0.185, 0.0075, wide * 0.98),
            toes,
            sole,
            blend=0.001,
        )
        # Flat soles.
        layer.ball(
            (ball[0] - 0.3 * s.foot, -0.03, ball[2]), (0.16, 0.03, 0.07), foot, sole, blend=0.001, cut=True
        )
        if o.boots:
            top = ankle + (knee - ankle) * 0.52
            layer.cone(ankle, top, s.ankle * 1.45, s.calf * 1.22 + 0.008, f"shin_{side}", look, blend=0.014)
            layer.ball(
                top,
                (s.calf * 1.30 + 0.010, 0.010, s.calf * 1.30 + 0.010),
                f"shin_{side}",
                cloth(shade(o.shoes, 0.8), 0.1),
                blend=0.001,
            )
