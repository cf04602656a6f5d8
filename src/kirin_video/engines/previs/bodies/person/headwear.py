"""What is worn beside clothes: hats, helmets, glasses, scarves, aprons' bibs, packs."""

# ruff: noqa: PLR2004 -- shares of a head stand where they are used
from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from kirin_video.engines.previs.bodies.person.frame import SIDES, Frame, Vec
from kirin_video.engines.previs.bodies.person.garments import cloth
from kirin_video.engines.previs.bodies.person.outfit import Outfit
from kirin_video.engines.previs.bodies.person.palette import Rgb, mixed, shade
from kirin_video.engines.previs.bodies.person.shape import PersonShape
from kirin_video.engines.previs.bodies.sculpt import Layer, Sculpture
from kirin_video.engines.previs.bodies.trims import bead, horn, lathed
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.plan import Garment

HIDES_HAIR: Mapping[Garment, bool] = {
    Garment.HAT: False,
    Garment.CAP: False,
    Garment.BEANIE: False,
    Garment.STRAW_HAT: False,
    Garment.WITCH_HAT: False,
    Garment.CHEF_HAT: False,
    Garment.COWBOY_HAT: False,
    Garment.TOP_HAT: False,
    Garment.HELMET: True,
    Garment.HOOD: True,
    Garment.TURBAN: True,
    Garment.SPACESUIT: True,
}
"""Headgear by whether it hides all hair, or lies on it."""
_GOLD: Rgb = (0.93, 0.72, 0.22)
_VISOR: Rgb = (0.22, 0.15, 0.06)

Profile = Sequence[tuple[float, float]]
"""Radius and height above the middle of the skull, in shares of the head, from the top down."""


class _Wardrobe:
    """Where things go on: a head in shares of its height, and the body below."""

    def __init__(self, clay: Sculpture, skin: Layer, s: PersonShape, f: Frame, o: Outfit) -> None:
        self.clay, self.skin, self.s, self.f, self.o = clay, skin, s, f, o

    def at(self, x: float, y: float, z: float = 0.0) -> Vec:
        """A place on the head."""
        return self.f.skull + np.array([x, y, z]) * self.f.head

    def turned(self, profile: Profile, color: Rgb, *, tilt: float = 0.0, gloss: float = 0.0) -> None:
        """Something round on the head, tilted backwards by an angle."""
        h = self.f.head
        sized = [(r * h, y * h) for r, y in profile]
        mesh = lathed(sized, (0.0, 0.0, 0.0), color, stretch=(1.06, 1.0, 0.97), sides=28)
        self.skin.trim(
            _tilted(mesh, tilt, self.at(-0.055, 0.0)), "head", gloss=gloss, fur=0.3 if gloss == 0 else 0.0
        )


def _tilted(mesh: Mesh, angle: float, at: Vec) -> Mesh:
    """Turned about the axis to the right, then put in its place."""
    cos, sin = math.cos(angle), math.sin(angle)
    spin = np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])
    return Mesh(
        (mesh.positions @ spin.T + at).astype(np.float32),
        (mesh.normals @ spin.T).astype(np.float32),
        mesh.colors,
        mesh.glow,
        mesh.faces,
    )


def add_worn(clay: Sculpture, skin: Layer, s: PersonShape, f: Frame, o: Outfit) -> None:
    """Put on whatever is worn beside clothes."""
    wardrobe = _Wardrobe(clay, skin, s, f, o)
    space = Garment.SPACESUIT in o.worn
    for garment, color in o.worn.items():
        if garment is Garment.HELMET and (space or Garment.ARMOR in o.worn):
            continue
        make = _MAKERS.get(garment)
        if make is not None:
            make(wardrobe, color)
    if Garment.ARMOR in o.worn and Garment.HELMET in o.worn:
        _great_helm(wardrobe, o.worn[Garment.ARMOR])


def _crown_profile(top: float, low: float, wide: float) -> list[tuple[float, float]]:
    """A dome over the skull, from the top down."""
    return [
        (wide * math.sin(a), low + (top - low) * math.cos(a))
        for a in np.linspace(0.02, math.pi / 2.0, 8).tolist()
    ]


def _hat(w: _Wardrobe, color: Rgb) -> None:
    """A felt hat with a band and a brim; a red one over a white beard has a bobble instead."""
    if color[0] > 2.0 * max(color[1], color[2]) and min(w.o.worn.get(Garment.BEARD, (0.0, 0.0, 0.0))) > 0.8:
        _bobble_hat(w, color)
        return
    band = shade(color, 0.55) if sum(color) > 0.5 else (0.45, 0.12, 0.12)
    w.turned([(0.02, 0.66), (0.24, 0.67), (0.36, 0.60), (0.415, 0.42), (0.44, 0.28)], color, tilt=0.10)
    w.turned([(0.436, 0.345), (0.452, 0.34), (0.455, 0.25), (0.44, 0.245)], band, tilt=0.10)
    w.turned(
        [(0.43, 0.255), (0.62, 0.225), (0.72, 0.24), (0.725, 0.225), (0.60, 0.20), (0.42, 0.215)],
        color,
        tilt=0.10,
    )


def _bobble_hat(w: _Wardrobe, color: Rgb) -> None:
    h, white = w.f.head, (0.96, 0.95, 0.93)
    tip = [w.at(-0.055, 0.26), w.at(-0.12, 0.62), w.at(-0.36, 0.72), w.at(-0.62, 0.42)]
    w.skin.trim(horn(tip, (0.45 * h, 0.30 * h, 0.16 * h, 0.05 * h), color, color, sides=20), "head", fur=0.4)
    w.skin.trim(bead(w.at(-0.64, 0.36), np.full(3, 0.11) * h, white, level=2), "head", fur=0.7)
    w.turned([(0.42, 0.375), (0.50, 0.36), (0.515, 0.27), (0.49, 0.20), (0.42, 0.19)], white, tilt=0.08)


def _straw_hat(w: _Wardrobe, color: Rgb) -> None:
    w.turned([(0.02, 0.60), (0.25, 0.58), (0.39, 0.48), (0.44, 0.28)], color, tilt=0.08)
    w.turned([(0.437, 0.345), (0.455, 0.34), (0.46, 0.26), (0.445, 0.255)], (0.62, 0.22, 0.16), tilt=0.08)
    w.turned(
        [(0.43, 0.265), (0.70, 0.205), (0.98, 0.13), (0.985, 0.11), (0.70, 0.175), (0.42, 0.225)],
        color,
        tilt=0.08,
    )


def _cowboy_hat(w: _Wardrobe, color: Rgb) -> None:
    w.turned([(0.02, 0.60), (0.16, 0.62), (0.31, 0.70), (0.385, 0.58), (0.435, 0.26)], color, tilt=0.08)
    w.turned([(0.43, 0.335), (0.447, 0.33), (0.452, 0.25), (0.44, 0.245)], shade(color, 0.5), tilt=0.08)
    w.turned(
        [
            (0.43, 0.25),
            (0.62, 0.20),
            (0.80, 0.26),
            (0.88, 0.36),
            (0.885, 0.34),
            (0.80, 0.235),
            (0.60, 0.175),
            (0.42, 0.21),
        ],
        color,
        tilt=0.08,
    )


def _top_hat(w: _Wardrobe, color: Rgb) -> None:
    w.turned(
        [(0.02, 0.98), (0.42, 0.98), (0.435, 0.96), (0.40, 0.60), (0.43, 0.26)], color, tilt=0.08, gloss=0.25
    )
    w.turned([(0.422, 0.40), (0.437, 0.39), (0.448, 0.27), (0.43, 0.265)], (0.40, 0.10, 0.12), tilt=0.08)
    w.turned(
        [(0.43, 0.26), (0.60, 0.24), (0.66, 0.28), (0.665, 0.26), (0.60, 0.215), (0.42, 0.225)],
        color,
        tilt=0.08,
        gloss=0.25,
    )


def _witch_hat(w: _Wardrobe, color: Rgb) -> None:
    tip = [w.at(-0.055, 0.25), w.at(-0.10, 0.70), w.at(-0.22, 1.10), w.at(-0.46, 1.34)]
    h = w.f.head
    w.skin.trim(horn(tip, (0.45 * h, 0.285 * h, 0.14 * h, 0.02 * h), color, color, sides=22), "head", fur=0.3)
    w.turned(
        [(0.44, 0.36), (0.455, 0.35), (0.462, 0.26), (0.45, 0.255)], mixed(color, _GOLD, 0.75), tilt=0.08
    )
    w.turned(
        [(0.43, 0.26), (0.72, 0.19), (0.98, 0.20), (0.985, 0.18), (0.70, 0.165), (0.42, 0.225)],
        color,
        tilt=0.08,
    )


def _chef_hat(w: _Wardrobe, color: Rgb) -> None:
    w.turned([(0.415, 0.62), (0.425, 0.61), (0.435, 0.24), (0.42, 0.235)], color, tilt=0.10)
    layer = w.clay.layer()
    h = w.f.head
    for k in range(8):
        a = math.tau * k / 8.0
        at = w.at(-0.10 + 0.30 * math.cos(a), 0.76, 0.30 * math.sin(a))
        layer.ball(at, (0.19 * h, 0.20 * h, 0.19 * h), "head", cloth(color, 0.0, 0.0), blend=0.02 * h)
    layer.ball(
        w.at(-0.10, 0.82), (0.38 * h, 0.20 * h, 0.38 * h), "head", cloth(color, 0.0, 0.0), blend=0.04 * h
    )


def _cap(w: _Wardrobe, color: Rgb) -> None:
    w.turned([*_crown_profile(0.575, 0.20, 0.445), (0.447, 0.17), (0.43, 0.165)], color, tilt=0.10)
    w.skin.trim(bead(w.at(-0.115, 0.575), np.full(3, 0.035) * w.f.head, shade(color, 0.8), level=1), "head")
    layer = w.clay.layer(fineness=1.2)
    h = w.f.head
    visor = cloth(shade(color, 0.72), 0.1, 0.0)
    layer.ball(w.at(0.44, 0.185), (0.27 * h, 0.028 * h, 0.30 * h), "head", visor, blend=0.01 * h)
    dark = shade(color, 0.5)
    w.skin.trim(
        bead(w.at(0.385, 0.335), np.array([0.02, 0.055, 0.055]) * h, mixed(dark, _GOLD, 0.7), level=1),
        "head",
        gloss=0.5,
    )


def _beanie(w: _Wardrobe, color: Rgb) -> None:
    """Knitted, turned up at its rim, with a bobble."""
    w.turned([*_crown_profile(0.600, 0.20, 0.462), (0.465, 0.16), (0.43, 0.15)], color, tilt=0.12)
    light = mixed(color, (0.96, 0.95, 0.93), 0.55)
    w.turned([(0.44, 0.315), (0.490, 0.305), (0.500, 0.225), (0.488, 0.150), (0.44, 0.145)], light, tilt=0.12)
    h = w.f.head
    w.skin.trim(bead(w.at(-0.13, 0.655), np.full(3, 0.115) * h, light, level=2), "head", fur=0.7)


def _skis(w: _Wardrobe, color: Rgb) -> None:
    """A long narrow board below each foot, its tip turned up."""
    for side in SIDES:
        _, _, ankle, ball, _ = w.f.legs[side]
        foot, z = f"foot_{side}", float(ball[2])
        middle = np.array([float(ankle[0]) + 0.03, 0.004, z])
        w.skin.trim(bead(middle, (0.455, 0.0060, 0.026), color, level=3), foot, gloss=0.6)
        tip = [middle + np.array(at) for at in ((0.37, 0.001, 0.0), (0.44, 0.008, 0.0), (0.49, 0.035, 0.0))]
        w.skin.trim(horn(tip, (0.013, 0.014, 0.005), color, color, sides=8), foot, gloss=0.6)
        binding = bead(
            middle + np.array([-0.005, 0.012, 0.0]), (0.085, 0.010, 0.027), (0.1, 0.1, 0.11), level=1
        )
        w.skin.trim(binding, foot, gloss=0.4)


def _skates(w: _Wardrobe, color: Rgb) -> None:
    """A blade below each boot."""
    del color
    steel = (0.80, 0.82, 0.86)
    for side in SIDES:
        _, _, ankle, ball, _ = w.f.legs[side]
        middle = np.array([0.5 * float(ankle[0] + ball[0]) + 0.005, -0.012, float(ball[2])])
        w.skin.trim(bead(middle, (0.088, 0.012, 0.0035), steel, level=2), f"foot_{side}", gloss=0.95)


def _helmet(w: _Wardrobe, color: Rgb) -> None:
    """A shell over the skull, with a rim: for building, riding, fighting fires."""
    w.turned([*_crown_profile(0.640, 0.16, 0.485), (0.49, 0.10), (0.46, 0.09)], color, tilt=0.08, gloss=0.55)
    w.turned(
        [(0.47, 0.165), (0.60, 0.135), (0.60, 0.115), (0.46, 0.13)], shade(color, 0.82), tilt=0.08, gloss=0.5
    )
    ridge = [w.at(0.40, 0.34), w.at(0.20, 0.585), w.at(-0.10, 0.665), w.at(-0.40, 0.565), w.at(-0.53, 0.30)]
    h = w.f.head
    w.skin.trim(
        horn(ridge, [0.045 * h] * 5, shade(color, 0.86), shade(color, 0.86), sides=6), "head", gloss=0.5
    )


def _great_helm(w: _Wardrobe, color: Rgb) -> None:
    """A knight's: a bucket with a slit for the eyes, and a plume."""
    h = w.f.head
    steel = shade(color, 1.12)
    profile = [
        (0.02, 0.62),
        (0.20, 0.60),
        (0.37, 0.50),
        (0.47, 0.28),
        (0.49, 0.05),
        (0.475, -0.30),
        (0.43, -0.50),
        (0.40, -0.49),
    ]
    w.turned(profile, steel, gloss=0.9)
    slit = [
        w.at(-0.055 + 0.512 * math.cos(a), 0.035, 0.475 * math.sin(a))
        for a in np.linspace(-0.95, 0.95, 9).tolist()
    ]
    w.skin.trim(horn(slit, [0.034 * h] * 9, (0.02, 0.02, 0.025), (0.02, 0.02, 0.025), sides=6), "head")
    nose = [w.at(0.47, 0.25), w.at(0.475, -0.05), w.at(0.45, -0.40)]
    w.skin.trim(horn(nose, [0.035 * h] * 3, shade(color, 0.8), shade(color, 0.8), sides=6), "head", gloss=0.8)
    plume = [w.at(-0.05, 0.60), w.at(-0.12, 0.86), w.at(-0.36, 0.92), w.at(-0.62, 0.66), w.at(-0.70, 0.30)]
    w.skin.trim(
        horn(
            plume,
            [q * h for q in (0.05, 0.11, 0.13, 0.11, 0.03)],
            (0.72, 0.10, 0.12),
            (0.55, 0.06, 0.09),
            sides=8,
        ),
        "head",
        fur=0.8,
    )
    for side in SIDES:
        shoulder = w.f.arms[side][0]
        w.skin.trim(
            bead(
                shoulder + np.array([0.0, 0.010, SIDES[side] * 0.008]), np.array([0.056, 0.044, 0.056]), steel
            ),
            f"collar_{side}",
            gloss=0.9,
        )
        knee = w.f.legs[side][1]
        w.skin.trim(
            bead(knee + np.array([0.026, 0.0, 0.0]), np.array([0.026, 0.034, 0.030]), steel, level=1),
            f"thigh_{side}",
            gloss=0.9,
        )


def _space_helmet(w: _Wardrobe, color: Rgb) -> None:
    """A white shell with a golden visor, and the pack on the back."""
    h = w.f.head
    layer = w.clay.layer()
    shell = cloth(color, 0.3, 0.0)
    layer.ball(w.at(-0.06, 0.02), np.array([0.62, 0.64, 0.60]) * h, "head", shell, blend=0.02 * h)
    layer.ball(w.at(0.50, 0.02), np.array([0.40, 0.44, 0.56]) * h, "head", shell, blend=0.02 * h, cut=True)
    visor = cloth(_VISOR, 1.0, 0.0)
    layer.ball(w.at(0.02, 0.02), np.array([0.575, 0.545, 0.560]) * h, "head", visor, blend=0.004 * h)
    ring = [
        w.f.neck + np.array([math.cos(a) * 0.070 + 0.006, 0.006, math.sin(a) * 0.072])
        for a in np.linspace(0.0, math.tau, 17).tolist()
    ]
    grey = shade(color, 0.6)
    w.skin.trim(horn(ring, [0.013] * 17, grey, grey, sides=6), "chest", gloss=0.6)
    pack = w.clay.layer()
    back = (w.f.chest + w.f.neck) / 2.0 - np.array([w.s.chest[1] + 0.055, 0.020, 0.0])
    for side in (-0.5, 0.5):
        low = back + np.array([0.0, -0.085, side * 0.085])
        pack.cone(low, back + np.array([0.0, 0.065, side * 0.085]), 0.052, 0.052, "chest", shell, blend=0.02)
    panel = w.f.chest + np.array([w.s.chest[1] + 0.036, 0.020, 0.0])
    w.skin.trim(bead(panel, (0.016, 0.034, 0.050), grey, level=1), "chest", gloss=0.3)
    for k, light in enumerate(((0.85, 0.15, 0.12), (0.20, 0.50, 0.85), (0.95, 0.75, 0.20))):
        w.skin.trim(
            bead(
                panel + np.array([0.014, 0.004, (k - 1) * 0.022]),
                np.full(3, 0.0065),
                light,
                level=1,
                glow=0.4,
            ),
            "chest",
            gloss=0.6,
        )


def _crown(w: _Wardrobe, color: Rgb) -> None:
    gold = mixed(color, _GOLD, 0.3)
    w.turned([(0.40, 0.50), (0.42, 0.50), (0.41, 0.345), (0.39, 0.345)], gold, gloss=0.9)
    h = w.f.head
    for k in range(8):
        a = math.tau * k / 8.0
        x, z = -0.055 + 0.435 * math.cos(a), 0.40 * math.sin(a)
        path = [w.at(x, 0.46, z), w.at(x * 1.03, 0.66 if k % 2 == 0 else 0.58, z * 1.05)]
        w.skin.trim(horn(path, (0.085 * h, 0.012 * h), gold, gold, sides=5), "head", gloss=0.9)
        jewel = ((0.75, 0.08, 0.14), (0.12, 0.35, 0.75))[k % 2]
        w.skin.trim(
            bead(w.at(x * 1.02, 0.42, z * 1.04), np.full(3, 0.032) * h, jewel, level=1), "head", gloss=1.0
        )


def _hood(w: _Wardrobe, color: Rgb) -> None:
    """Round the head, open at the face; falls onto the shoulders."""
    h = w.f.head
    layer = w.clay.layer()
    look = cloth(color, 0.0, 0.0)
    layer.ball(w.at(-0.09, 0.06), np.array([0.54, 0.55, 0.50]) * h, "head", look, blend=0.06 * h)
    layer.cone(w.at(-0.42, 0.10), w.at(-0.66, -0.02), 0.26 * h, 0.06 * h, "head", look, blend=0.12 * h)
    layer.cone(
        w.at(-0.10, -0.42),
        w.f.neck - np.array([0.010, 0.012, 0.0]),
        0.40 * h,
        0.50 * h,
        "neck",
        look,
        blend=0.10 * h,
    )
    layer.ball(w.at(0.46, -0.05), np.array([0.42, 0.415, 0.36]) * h, "head", look, blend=0.02 * h, cut=True)


def _turban(w: _Wardrobe, color: Rgb) -> None:
    h = w.f.head
    layer = w.clay.layer()
    for k in range(4):
        look = cloth(shade(color, 1.0 - 0.07 * (k % 2)), 0.0, 0.0)
        at = w.at(-0.07, 0.245 + 0.095 * k)
        wide = (0.465, 0.475, 0.41, 0.27)[k]
        layer.ball(at, np.array([wide, 0.105, wide * 0.96]) * h, "head", look, blend=0.012 * h)


def _veil(w: _Wardrobe, color: Rgb) -> None:
    h = w.f.head
    layer = w.clay.layer()
    look = cloth(color, 0.1, 0.0)
    layer.ball(w.at(-0.14, 0.22), np.array([0.44, 0.36, 0.44]) * h, "head", look, blend=0.05 * h)
    layer.cone(
        w.at(-0.40, 0.10),
        w.at(-0.62, -1.5),
        0.34 * h,
        0.46 * h,
        "head",
        look,
        blend=0.08 * h,
        flat=0.35,
        flat_axis=(1.0, 0.0, 0.0),
    )
    layer.ball(w.at(0.40, -0.06), np.array([0.36, 0.50, 0.60]) * h, "head", look, blend=0.01 * h, cut=True)


def _glasses(w: _Wardrobe, color: Rgb) -> None:
    _lenses(w, color, None)


def _sunglasses(w: _Wardrobe, color: Rgb) -> None:
    _lenses(w, color, (0.03, 0.03, 0.04))


def _lenses(w: _Wardrobe, color: Rgb, glass: Rgb | None) -> None:
    h = w.f.head
    for side in SIDES.values():
        middle = w.at(0.455, -0.012, side * 0.155)
        ring = [
            middle
            + np.array(
                [
                    -0.05 * abs(math.cos(a)) * (math.cos(a) > 0.0),
                    0.112 * math.sin(a),
                    side * 0.125 * math.cos(a),
                ]
            )
            * h
            for a in np.linspace(0.0, math.tau, 13).tolist()
        ]
        w.skin.trim(horn(ring, [0.012 * h] * 13, color, color, sides=4), "head", gloss=0.6)
        if glass is not None:
            w.skin.trim(
                bead(
                    middle - np.array([0.012 * h, 0.0, 0.0]),
                    np.array([0.022, 0.110, 0.122]) * h,
                    glass,
                    level=2,
                ),
                "head",
                gloss=1.0,
            )
        bow = [w.at(0.400, 0.0, side * 0.275), w.at(0.20, 0.02, side * 0.395), w.at(-0.06, 0.01, side * 0.43)]
        w.skin.trim(horn(bow, [0.012 * h] * 3, color, color, sides=4), "head", gloss=0.5)
    bridge = [w.at(0.445, 0.0, -0.04), w.at(0.46, 0.02, 0.0), w.at(0.445, 0.0, 0.04)]
    w.skin.trim(horn(bridge, [0.011 * h] * 3, color, color, sides=4), "head", gloss=0.5)


def _mask(w: _Wardrobe, color: Rgb) -> None:
    """Over nose and mouth."""
    h = w.f.head
    layer = w.clay.layer(fineness=1.2)
    look = cloth(color, 0.0, 0.0)
    layer.ball(w.at(0.155, -0.235), np.array([0.325, 0.215, 0.325]) * h, "head", look, blend=0.04 * h)
    layer.ball(w.at(0.36, -0.16), np.array([0.125, 0.14, 0.12]) * h, "head", look, blend=0.06 * h)


def _headphones(w: _Wardrobe, color: Rgb) -> None:
    h = w.f.head
    arch = [
        w.at(-0.05, 0.12 + 0.46 * math.sin(a), 0.485 * math.cos(a))
        for a in np.linspace(0.0, math.pi, 11).tolist()
    ]
    w.skin.trim(horn(arch, [0.035 * h] * 11, color, color, sides=6), "head", gloss=0.4)
    for side in SIDES.values():
        w.skin.trim(
            bead(
                w.at(-0.05, 0.0, side * 0.465), np.array([0.13, 0.16, 0.07]) * h, shade(color, 1.3), level=2
            ),
            "head",
            gloss=0.4,
        )


def _scarf(w: _Wardrobe, color: Rgb) -> None:
    layer = w.clay.layer()
    look, dark = cloth(color, 0.0, 0.0), cloth(shade(color, 0.86), 0.0, 0.0)
    neck, s = w.f.neck, w.s
    around = s.neck * 1.25 + 0.006
    for k in range(12):
        a, b = math.tau * k / 12.0, math.tau * (k + 1) / 12.0
        p, q = (
            neck + np.array([math.cos(t) * around + 0.006, 0.016 - 0.012 * math.cos(t), math.sin(t) * around])
            for t in (a, b)
        )
        layer.cone(p, q, 0.0195, 0.0195, "chest", look if k % 2 else dark, blend=0.006)
    front = neck + np.array([s.chest[1] + 0.012, -0.02, 0.022])
    low = np.array([s.chest[1] + s.bust + 0.020, float(w.f.waist[1]) + 0.020, 0.036])
    layer.cone(neck + np.array([around, 0.0, 0.016]), front, 0.018, 0.020, "chest", look, blend=0.008)
    layer.cone(front, low, 0.021, 0.025, "chest", look, blend=0.008, flat=0.45, flat_axis=(1.0, 0.0, 0.0))


def _bib(w: _Wardrobe, color: Rgb) -> None:
    """The upper part of an apron, with a strap round the neck."""
    layer = w.clay.layer()
    look = cloth(color, 0.0, 0.0)
    s = w.s
    out = (w.o.top.thick if w.o.top else 0.0) + 0.012
    middle = w.f.chest * 0.55 + w.f.neck * 0.45
    tall = float(w.f.neck[1] - w.f.waist[1]) * 0.40
    at = np.array([s.chest[1] * 0.72 + s.bust * 0.7, float(middle[1]) - 0.030, 0.0])
    layer.ball(at, (s.chest[1] * 0.30 + out, tall, s.chest[0] * 0.62), "chest", look, blend=0.01)
    layer.cone(
        w.f.waist + np.array([0.012 + s.belly * 0.8, 0.0, 0.0]),
        w.f.chest + np.array([0.014 + s.belly * 0.4, 0.0, 0.0]),
        s.waist[1] + out,
        s.waist[1] + out,
        "spine",
        look,
        blend=0.02,
        flat=0.80 * s.waist[0] / s.waist[1],
    )
    for side in SIDES.values():
        path = [
            at + np.array([s.chest[1] * 0.26, tall * 0.80, side * 0.034]),
            w.f.neck + np.array([0.03, 0.012, side * 0.045]),
            w.f.neck + np.array([-0.040, 0.014, side * 0.020]),
        ]
        w.skin.trim(horn(path, [0.006] * 3, shade(color, 0.9), shade(color, 0.9), sides=5), "chest")


def _backpack(w: _Wardrobe, color: Rgb) -> None:
    layer = w.clay.layer()
    s = w.s
    back = (w.f.chest + w.f.neck) / 2.0 - np.array([s.chest[1] + 0.048, 0.030, 0.0])
    look, dark = cloth(color, 0.05, 0.0), cloth(shade(color, 0.7), 0.05, 0.0)
    layer.ball(back, (0.062, 0.110, s.chest[0] * 0.88), "chest", look, blend=0.02)
    layer.ball(
        back - np.array([0.048, 0.040, 0.0]), (0.030, 0.052, s.chest[0] * 0.60), "chest", dark, blend=0.006
    )
    layer.cone(
        back + np.array([0.0, 0.112, -0.06]),
        back + np.array([0.0, 0.112, 0.06]),
        0.030,
        0.030,
        "chest",
        dark,
        blend=0.01,
    )
    for side in SIDES.values():
        z = side * s.shoulder * 0.62
        path = [
            back + np.array([0.03, 0.075, z]),
            np.array([float(w.f.neck[0]) - 0.01, float(w.f.neck[1]) + 0.002, z]),
            np.array([s.chest[1] + 0.012, float(w.f.chest[1]) + 0.065, z * 1.04]),
            np.array([s.chest[1] * 0.5, float(w.f.chest[1]) - 0.02, side * (s.chest[0] + 0.012)]),
        ]
        w.skin.trim(horn(path, [0.011] * 4, shade(color, 0.6), shade(color, 0.6), sides=6), "chest")


def _hood_down(w: _Wardrobe, color: Rgb) -> None:
    layer = w.clay.layer()
    at = w.f.neck + np.array([-0.045, 0.008, 0.0])
    layer.ball(at, (0.030, 0.030, 0.060), "chest", cloth(shade(color, 0.92), 0.0, 0.0), blend=0.01)


_MAKERS: Mapping[Garment, Callable[[_Wardrobe, Rgb], None]] = {
    Garment.HAT: _hat,
    Garment.STRAW_HAT: _straw_hat,
    Garment.COWBOY_HAT: _cowboy_hat,
    Garment.TOP_HAT: _top_hat,
    Garment.WITCH_HAT: _witch_hat,
    Garment.CHEF_HAT: _chef_hat,
    Garment.CAP: _cap,
    Garment.BEANIE: _beanie,
    Garment.SKIS: _skis,
    Garment.SKATES: _skates,
    Garment.HELMET: _helmet,
    Garment.SPACESUIT: _space_helmet,
    Garment.CROWN: _crown,
    Garment.HOOD: _hood,
    Garment.TURBAN: _turban,
    Garment.VEIL: _veil,
    Garment.GLASSES: _glasses,
    Garment.SUNGLASSES: _sunglasses,
    Garment.MASK: _mask,
    Garment.HEADPHONES: _headphones,
    Garment.SCARF: _scarf,
    Garment.APRON: _bib,
    Garment.BACKPACK: _backpack,
    Garment.HOODIE: _hood_down,
}
