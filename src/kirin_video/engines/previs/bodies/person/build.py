"""Building a person: bones, flesh, clothes, and the motion."""

# ruff: noqa: PLR0913, PLR0917, PLR2004 -- clothes and limbs have many sides; shares stand where they are used
from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kirin_video.engines.previs.bodies.body import Body, Contact, Point, Shell, Skeleton
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.person.drapes import (
    add_cape_bones,
    add_skirt_bones,
    cape_shell,
    drape_shell,
)
from kirin_video.engines.previs.bodies.person.face import add_features, add_head
from kirin_video.engines.previs.bodies.person.flesh import add_flesh
from kirin_video.engines.previs.bodies.person.frame import SIDES, Frame, Vec, add_bones, frame_of
from kirin_video.engines.previs.bodies.person.garments import add_clothes
from kirin_video.engines.previs.bodies.person.hair import Cut, add_beard, add_hair, cut_of
from kirin_video.engines.previs.bodies.person.motion import PersonMotion
from kirin_video.engines.previs.bodies.person.outfit import Outfit, outfit_of
from kirin_video.engines.previs.bodies.person.palette import Palette, palette_of
from kirin_video.engines.previs.bodies.person.shape import PersonShape, shape_of
from kirin_video.engines.previs.bodies.person.worn.dressing import HIDES_HAIR, add_worn
from kirin_video.engines.previs.bodies.sculpt import Sculpture
from kirin_video.engines.previs.coats import PLAIN, Coat
from kirin_video.engines.previs.coats import Pattern as Drawn
from kirin_video.engines.previs.plan import Garment, Pattern

_PATTERNS = {
    Pattern.STRIPED: (Drawn.STRIPES, 16.0, 0.45),
    Pattern.SPOTTED: (Drawn.SPOTS, 16.0, 0.30),
    Pattern.FLORAL: (Drawn.ROSETTES, 11.0, 0.5),
    Pattern.PATCHED: (Drawn.PATCHES, 7.0, 0.5),
    Pattern.CHECKED: (Drawn.CELLS, 12.0, 0.5),
}
_CAPES = {Garment.CAPE: False, Garment.CLOAK: True}
_SHARE = 1.25
"""Of the triangles that an order speaks of: clothes hide much of what is under them."""


def build_person(order: Order) -> Body:
    """Build one person."""
    s = shape_of(order)
    f, p, o = frame_of(s), palette_of(order, s), outfit_of(order, s)
    clay = Sculpture()
    add_bones(clay, f)
    skin = clay.layer()
    add_head(skin, s, f, p)
    face = add_features(clay, skin, s, f, p, order.subject.expression)
    add_flesh(skin, s, f, p, o)
    coat = _coat(order, o)
    if o.drapes:
        add_skirt_bones(clay, f)
    capes = [(g, c) for g, c in o.worn.items() if g in _CAPES]
    if capes:
        add_cape_bones(clay, f)
    add_clothes(clay, s, f, o, coat)
    _hair(order, clay, s, f, p, o)
    add_worn(clay, skin, s, f, o)
    close = 2.1 if order.detail >= 1.1 else 1.55
    clay.look_closer(f.skull - np.array([0.0, 0.06, 0.0]) * f.head, f.head * 0.80, close)
    for side in SIDES:
        clay.look_closer((f.arms[side][2] + f.arms[side][3]) / 2.0, s.hand * 0.72, close)
    clay.scale(s.height_m)
    low, high = clay.extent()
    skeleton, shells = clay.finish(round(order.triangles * _SHARE))
    hanging = _hanging(s, f, o, skeleton, order.detail, coat, capes)
    frame, face = f.scaled(s.height_m), face.scaled(s.height_m)
    motion = PersonMotion(s, frame, face, skeleton)
    length, height, width = (float(v) for v in high - low)
    return Body(
        kind=order.kind.name,
        skeleton=skeleton,
        shells=(*shells, *(_grown(shell, s.height_m) for shell in hanging)),
        motion=motion,
        length_m=max(length, 0.30 * s.height_m),
        height_m=height,
        width_m=width,
        face_m=1.25 * frame.head,
        contacts=_contacts(skeleton.index, s, frame),
        anchors=_anchors(skeleton.index, frame),
    )


def _coat(order: Order, o: Outfit) -> Coat:
    """The pattern on the main garment."""
    asked = order.subject.pattern
    if asked is None or asked not in _PATTERNS:
        return PLAIN
    pattern, per_m, balance = _PATTERNS[asked]
    base = o.top.color if o.top is not None else (0.5, 0.5, 0.5)
    patches = order.subject.color_of("patches")
    light = sum(base) > 1.7
    color = (0.14, 0.17, 0.30) if light else (0.95, 0.93, 0.88)
    if patches is not None:
        red, green, blue = patches.rgb
        color = red / 255.0, green / 255.0, blue / 255.0
    return Coat(pattern, color, per_m, balance, order.seed)


def _hair(order: Order, clay: Sculpture, s: PersonShape, f: Frame, p: Palette, o: Outfit) -> None:
    hidden = any(g in HIDES_HAIR for g in o.worn)
    covered = any(HIDES_HAIR.get(g) is False for g in o.worn)
    bare = any(HIDES_HAIR.get(g) is True for g in o.worn)
    cut = Cut.BALD if bare else cut_of(order, s)
    add_hair(clay, f, p, cut, covered=hidden or covered)
    for garment in (Garment.BEARD, Garment.MUSTACHE):
        if garment in o.worn:
            asked = next((w.color for w in order.subject.wears if w.garment is garment), None)
            color = p.hair if asked is None else o.worn[garment]
            add_beard(clay, f, color, garment, long=asked is not None and asked.name == "white")
            break


def _hanging(
    s: PersonShape, f: Frame, o: Outfit, skeleton: Skeleton, detail: float, coat: Coat,
    capes: list[tuple[Garment, tuple[float, float, float]]],
) -> list[Shell]:  # fmt: skip
    count = len(o.drapes)
    sheets = [drape_shell(d, s, f, skeleton, detail, coat, count - 1 - k) for k, d in enumerate(o.drapes)]
    sheets += [cape_shell(color, s, f, skeleton, detail, whole=_CAPES[g]) for g, color in capes]
    return sheets


def _grown(shell: Shell, k: float) -> Shell:
    mesh = shell.mesh.moved((0.0, 0.0, 0.0), 0.0, k)
    return Shell(mesh, shell.skin, shell.along * np.float32(k), shell.bones, shell.weights, shell.coat)


def _point(at: Vec) -> Point:
    x, y, z = at.tolist()
    return x, y, z


def _contacts(index: Callable[[str], int], s: PersonShape, f: Frame) -> tuple[Contact, ...]:
    feet: list[Contact] = []
    for side in SIDES:
        at = (f.legs[side][2] + f.legs[side][3]) / 2.0 * np.array([1.0, 0.0, 1.0])
        feet.append(Contact(index(f"foot_{side}"), _point(at), 0.085 * s.height_m, 0.60))
    below = np.array([0.0, 0.0, 0.0])
    return (*feet, Contact(index("pelvis"), _point(below), 0.17 * s.height_m, 0.32))


def _anchors(index: Callable[[str], int], f: Frame) -> dict[str, tuple[int, Point]]:
    """Where others hold on: the shoulders carry what rides on a person."""
    h = f.head
    return {
        "head": (index("head"), _point(f.skull)),
        "top": (index("head"), _point(f.skull + np.array([0.0, 0.5 * h, 0.0]))),
        "saddle": (index("chest"), _point(f.neck + np.array([-0.4 * h, 0.05 * h, 0.0]))),
        "shoulder": (index("chest"), _point(f.arms["r"][0] + np.array([-0.02, 0.17, 0.02]) * h)),
        "mouth": (index("head"), _point(f.skull + np.array([0.42, -0.27, 0.0]) * h)),
        "hand": (index("hand_r"), _point(f.arms["r"][2] * 0.5 + f.arms["r"][3] * 0.5)),
        "hand_left": (index("hand_l"), _point(f.arms["l"][2] * 0.5 + f.arms["l"][3] * 0.5)),
        "back": (index("chest"), _point(f.chest + np.array([-0.45 * h, 0.2 * h, 0.0]))),
    }
