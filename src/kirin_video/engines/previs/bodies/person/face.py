"""Faces: skull, eyes with lids and brows, nose, mouth, ears."""

# ruff: noqa: PLR0913, PLR0917 -- clothes and limbs have many sides; shares stand where they are used
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from kirin_video.engines.previs.bodies.person.eyes import eye_mesh, lid_mesh
from kirin_video.engines.previs.bodies.person.flesh import flesh_look
from kirin_video.engines.previs.bodies.person.frame import SIDES, Frame, Vec
from kirin_video.engines.previs.bodies.person.palette import Palette, Rgb, mixed, shade
from kirin_video.engines.previs.bodies.person.shape import PersonShape, Sex
from kirin_video.engines.previs.bodies.person.tears import add_tears
from kirin_video.engines.previs.bodies.person.wrinkles import add_wrinkles
from kirin_video.engines.previs.bodies.sculpt import Layer, Look, Sculpture
from kirin_video.engines.previs.bodies.trims import axes_of, bead, horn
from kirin_video.engines.previs.plan import Age, Expression

_MOUTH: Rgb = (0.24, 0.07, 0.07)
_TEETH: Rgb = (0.95, 0.93, 0.90)
_LASHES: Rgb = (0.10, 0.07, 0.06)
_HEAVY_LIDS = 0.46
"""How far the lids of the old come down, 0 to 1."""
_LID_EDGE = 0.95
"""Radians above the gaze at which the upper lid ends when it is wide open."""


@dataclass(frozen=True, slots=True)
class Mien:
    """An expression, as lines of a face.

    Attributes:
        smile: how far the corners of the mouth rise, as a share of the head; negative droops.
        open: how far the mouth is open at rest, 0 to 1.
        inner, outer: how far the inner and outer ends of the brows rise.
        lids: how far the upper lids come down, 0 to 1.
    """

    smile: float = 0.030
    open: float = 0.0
    inner: float = 0.0
    outer: float = 0.0
    lids: float = 0.30


_MIENS: Mapping[Expression | None, Mien] = {
    None: Mien(),
    Expression.HAPPY: Mien(smile=0.042, open=0.32, inner=0.012, outer=0.010, lids=0.36),
    Expression.SAD: Mien(smile=-0.026, inner=0.034, outer=-0.020, lids=0.50),
    Expression.TEARFUL: Mien(smile=-0.028, inner=0.040, outer=-0.020, lids=0.40),
    Expression.ANGRY: Mien(smile=-0.018, inner=-0.040, outer=0.022, lids=0.44),
    Expression.AFRAID: Mien(smile=-0.012, open=0.35, inner=0.042, outer=0.004, lids=0.16),
    Expression.SURPRISED: Mien(smile=0.0, open=0.75, inner=0.040, outer=0.036, lids=0.12),
    Expression.SERIOUS: Mien(smile=-0.004, inner=-0.010, outer=0.002, lids=0.38),
}


@dataclass(frozen=True, slots=True)
class Face:
    """What motion asks of a face.

    Attributes:
        eyes: by side, (3,), the middles of the eyeballs.
        gaze: by side, (3,), where they look at rest.
        mouth: (3,), the middle of the lips.
        open: how far the mouth is open at rest, 0 to 1.
        lids: how far the lids come down at rest, 0 to 1.
        tears: by side, (n, 3), the way of a tear over the cheek; empty where none runs.
    """

    eyes: Mapping[str, Vec]
    gaze: Mapping[str, Vec]
    mouth: Vec
    open: float
    lids: float
    tears: Mapping[str, Vec] = field(default_factory=dict[str, Vec])

    def scaled(self, k: float) -> Face:
        """The face of a taller or shorter person."""
        eyes, tears = ({s: e * k for s, e in way.items()} for way in (self.eyes, self.tears))
        return Face(eyes, self.gaze, self.mouth * k, self.open, self.lids, tears)


def add_head(skin: Layer, s: PersonShape, f: Frame, p: Palette) -> None:
    """Skull, cheeks, jaw, nose and ears, of skin."""
    h, look = f.head, flesh_look(p.skin)
    rosy = flesh_look(p.cheeks)
    young = s.age in {Age.BABY, Age.CHILD}
    _ball(skin, f, (-0.045, 0.085, 0.0), (0.425, 0.405, 0.385), "head", look, 0.10)
    _ball(skin, f, (0.075, -0.140, 0.0), (0.325, 0.315, s.jaw + 0.035), "head", look, 0.12)
    chin = 0.128 if s.sex is Sex.MALE and not young else 0.108
    _ball(skin, f, (0.205, -0.365, 0.0), (chin * 1.0, chin * 0.80, chin * 1.25), "jaw", look, 0.11)
    for side in SIDES.values():
        fat = 0.165 if young else 0.126 if s.age is Age.OLD else 0.140
        _ball(skin, f, (0.215, -0.155, side * 0.205), (fat, fat * 0.92, fat), "head", rosy, 0.12)
        _ball(skin, f, (0.315, 0.105, side * 0.150), (0.085, 0.050, 0.130), "head", look, 0.09)
        _ear(skin, f, side, look, p)
    tip = (0.060 if s.age is not Age.OLD else 0.074) * (0.84 if s.sex is Sex.FEMALE or young else 1.0)
    long = 0.40 if not young else 0.36
    nose = flesh_look(mixed(p.skin, p.cheeks, 0.55))
    skin.cone(
        _at(f, (0.335, 0.060, 0.0)), _at(f, (long + 0.015, -0.085, 0.0)), 0.030 * h, tip * 0.9 * h, "head",
        look, blend=0.055 * h,
    )  # fmt: skip
    _ball(skin, f, (long + 0.025, -0.095, 0.0), (tip, tip * 0.92, tip * 1.12), "head", nose, 0.035)
    for side in SIDES.values():
        _ball(
            skin,
            f,
            (long - 0.020, -0.112, side * tip * 0.95),
            (tip * 0.66, tip * 0.56, tip * 0.60),
            "head",
            nose,
            0.03,
        )


def _ear(skin: Layer, f: Frame, side: float, look: Look, p: Palette) -> None:
    angle = np.array([0.35, 0.0, side * 0.94])
    turn = np.stack([np.cross(np.array([0.0, 1.0, 0.0]), angle), np.array([0.0, 1.0, 0.0]), angle], 1)
    middle = _at(f, (-0.045, -0.015, side * 0.395))
    h = f.head
    skin.ball(middle, (0.080 * h, 0.115 * h, 0.055 * h), "head", look, blend=0.025 * h, turn=turn)
    inner = flesh_look(mixed(p.skin, p.cheeks, 0.8))
    hollow = middle + angle * 0.040 * h + np.array([0.010 * h, 0.008 * h, 0.0])
    skin.ball(hollow, (0.038 * h, 0.068 * h, 0.022 * h), "head", inner, blend=0.004 * h, turn=turn)


def add_features(
    clay: Sculpture, skin: Layer, s: PersonShape, f: Frame, p: Palette, mien: Expression | None
) -> Face:
    """Eyes, lids, brows and mouth, set into the skin of a head."""
    look = _MIENS[mien]
    eyes: dict[str, Vec] = {}
    gaze: dict[str, Vec] = {}
    for name, side in SIDES.items():
        eyes[name], gaze[name] = _eye(clay, skin, s, f, p, name, side)
        _brow(clay, skin, s, f, p, name, side, look)
    mouth = _mouth(clay, skin, s, f, p, look)
    if s.age is Age.OLD:
        add_wrinkles(skin, f, p)
    lids = max(look.lids, _HEAVY_LIDS) if s.age is Age.OLD else look.lids
    tears: Mapping[str, Vec] = add_tears(clay, skin, f) if mien is Expression.TEARFUL else {}
    return Face(eyes, gaze, mouth, look.open, lids, tears)


def _eye(
    clay: Sculpture, skin: Layer, s: PersonShape, f: Frame, p: Palette, name: str, side: float
) -> tuple[Vec, Vec]:
    h = f.head
    young = s.age in {Age.BABY, Age.CHILD}
    size = (0.106 if young else 0.094) * h * (1.05 if s.sex is Sex.FEMALE else 1.0)
    look = np.array([0.93, 0.02, side * 0.34])
    look /= np.linalg.norm(look)
    high = -0.012 if not young else -0.045
    on_skin = skin.surface(_at(f, (0.05, high, side * 0.082)), look, 0.8 * h)
    at = on_skin - look * size * 0.50
    # The skin makes room for the ball.
    skin.ball(at, np.full(3, size * 0.86), "head", flesh_look(p.skin), blend=size * 0.25, cut=True)
    gaze = np.array([0.985, 0.0, side * 0.10])
    gaze /= np.linalg.norm(gaze)
    clay.bone(f"eye_{name}", at, at + gaze * size, "head")
    clay.bone(f"lid_{name}", at, at + look * size, "head")
    skin.trim(eye_mesh(at, gaze, size, p.eyes, 0.66), f"eye_{name}", gloss=0.8)
    lid = mixed(p.skin, shade(p.cheeks, 0.80), 0.6)
    skin.trim(lid_mesh(at, look, size * 1.07, lid, _LID_EDGE), f"lid_{name}", fur=0.2)
    _lashes(skin, s, at, look, size * 1.07, f"lid_{name}", side)
    return at, gaze


def _lashes(skin: Layer, s: PersonShape, at: Vec, look: Vec, size: float, bone: str, side: float) -> None:
    """The dark rim of the upper lid, longer at its outer end on women."""
    ahead, across, up = axes_of(look)
    out = across * np.sign(across[2] * side)
    path: list[Vec] = []
    for a in np.linspace(-1.05, 1.15, 8).tolist():
        b = _LID_EDGE * np.cos(0.62 * a)
        way = np.sin(a) * out + np.cos(a) * (np.cos(b) * ahead + np.sin(b) * up)
        path.append(at + way * size)
    female = s.sex is Sex.FEMALE
    if female:
        path.append(path[-1] + (out * 0.24 + up * 0.20) * size)
    thick = size * (0.085 if female else 0.055)
    radii = [thick * (0.30 + 0.70 * min(k, 6) / 6.0) for k in range(len(path))]
    radii[-1] = thick * 0.25
    skin.trim(horn(path, radii, _LASHES, _LASHES, sides=4), bone)


def _brow(
    clay: Sculpture, skin: Layer, s: PersonShape, f: Frame, p: Palette, name: str, side: float, mien: Mien
) -> None:
    h = f.head
    young = s.age in {Age.BABY, Age.CHILD}
    path: list[Vec] = []
    for t in np.linspace(0.0, 1.0, 5):
        z = 0.070 + 0.205 * float(t)
        arch = 0.030 * np.sin(np.pi * (0.25 + 0.75 * t)) if s.sex is Sex.FEMALE else 0.016 * np.sin(np.pi * t)
        y = 0.150 + arch + mien.inner * (1.0 - t) + mien.outer * t - 0.02 * t - (0.025 if young else 0.0)
        start = _at(f, (0.0, float(y), side * z * 0.8))
        way = np.array([1.0, 0.0, side * (0.10 + 0.55 * float(t))])
        path.append(skin.surface(start, way, 0.8 * h) - way * 0.004 * h)
    heavy = {Sex.FEMALE: 0.0165, Sex.MALE: 0.023}[s.sex] * (0.8 if young else 1.0)
    radii = [heavy * h * r for r in (0.45, 1.0, 1.0, 0.75, 0.20)]
    color = shade(p.hair, 0.80)
    clay.bone(f"brow_{name}", path[2], path[2] + np.array([0.0, 0.01, 0.0]), "head")
    skin.trim(horn(path, radii, color, color, sides=6), f"brow_{name}", fur=0.3)


def _mouth(clay: Sculpture, skin: Layer, s: PersonShape, f: Frame, p: Palette, mien: Mien) -> Vec:
    """Lips that part: the upper one on the head, the lower one on the jaw, the dark between them."""
    h = f.head
    wide = 0.128 if s.sex is Sex.MALE else 0.108
    if s.age in {Age.BABY, Age.CHILD}:
        wide *= 0.88
    upper: list[Vec] = []
    lower: list[Vec] = []
    seam: list[Vec] = []
    for t in np.linspace(-1.0, 1.0, 9):
        a = float(t)
        y = -0.268 + mien.smile * (a * a - 0.25) * 1.3
        bow = 0.016 * (1.0 - a * a) - 0.010 * np.exp(-((a / 0.16) ** 2))
        for path, off in ((upper, 0.008 + bow), (seam, 0.0), (lower, -0.020 * (1.0 - a * a) - 0.004)):
            start = _at(f, (0.05, y + off, a * wide * 0.55))
            path.append(skin.surface(start, np.array([1.0, 0.0, a * 0.30]), 0.8 * h))
    full = (0.0175 if s.sex is Sex.FEMALE else 0.0125) * h
    if s.age in {Age.BABY, Age.CHILD}:
        full *= 0.85
    taper = [0.18, 0.55, 0.85, 1.0, 0.92, 1.0, 0.85, 0.55, 0.18]
    line = mixed(p.lips, _MOUTH, 0.72)
    middle = seam[4]
    clay.bone("lip", middle, middle + np.array([0.0, -0.01, 0.0]), "head")
    clay.bone("mouth", middle, middle + np.array([0.01, 0.0, 0.0]), "head")
    skin.trim(horn(upper, [full * t * 0.86 for t in taper], p.lips, p.lips, sides=6), "head", gloss=0.18)
    skin.trim(horn(lower, [full * t for t in taper], p.lips, p.lips, sides=6), "lip", gloss=0.22)
    skin.trim(
        horn(
            [q + np.array([0.006 * h, 0.0, 0.0]) for q in seam],
            [0.0060 * h * (0.5 + 0.5 * t) for t in taper],
            line,
            line,
            sides=5,
        ),
        "head",
    )
    # The open mouth is flat until the bone stretches it: a dark hollow, teeth above.
    inside = middle + np.array([-0.010 * h, -0.5 * 0.16 * h, 0.0])
    hollow = bead(inside, (0.042 * h, 0.082 * h, wide * 0.86 * h), _MOUTH, level=2)
    teeth = bead(
        inside + np.array([0.010 * h, 0.056 * h, 0.0]),
        (0.024 * h, 0.020 * h, wide * 0.46 * h),
        _TEETH,
        level=1,
    )
    skin.trim(hollow, "mouth")
    skin.trim(teeth, "mouth", gloss=0.3)
    return middle


def _at(f: Frame, share: tuple[float, float, float]) -> Vec:
    return f.skull + np.array(share) * f.head


def _ball(
    layer: Layer, f: Frame, at: tuple[float, float, float], radii: tuple[float, float, float], bone: str,
    look: Look, blend: float,
) -> None:  # fmt: skip
    layer.ball(_at(f, at), np.array(radii) * f.head, bone, look, blend=blend * f.head)
