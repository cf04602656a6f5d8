"""From a view and what it shows to a body that staging can put anywhere."""

# ruff: noqa: PLR2004 -- shares of the height that were tuned by looking
from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Body, Bone, Contact, Point, Shell, Skeleton
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.references.cutting import Cut
from kirin_video.engines.previs.references.growing import grown_down
from kirin_video.engines.previs.references.motion import CutoutMotion
from kirin_video.engines.previs.references.poses import Build, Manner
from kirin_video.engines.previs.references.relief import Relief, blown_up
from kirin_video.engines.previs.references.rig import BONES, CHEST, HEAD, HIPS, LEFT, RIGHT, Rig, rigged
from kirin_video.engines.previs.references.sizes import Likeness
from kirin_video.engines.previs.references.views import BEARINGS, Side, View

Floats = NDArray[np.float64]

_BALL = 0.92
"""What covers a circle so well rolls."""
_FLATNESS = {"building": 0.35, "furniture": 0.35, "thing": 0.5, "food": 0.5}
"""How much less deep than a cushion what is made is: a cup keeps its shape when it is seen a little aside."""
_SPEEDS = {Manner.STEP: 1.35, Manner.HOP: 0.9, Manner.ROLL: 1.3, Manner.GLIDE: 2.2, Manner.STILL: 0.0}
"""Metres a second of something 1.7 m tall; the speeds of others go with the root of their height."""
_STILL = frozenset({"building", "nature"})
_WHEELED = frozenset({"vehicle", "boat", "aircraft"})
_DRAFTS = {"boat": 0.10, "person": 0.55, "fantastic": 0.45, "quadruped": 0.45, "bird": 0.18, "swimmer": 0.3}
_TOGETHER, _BUST_TOGETHER, _LOWER = 0.27, 0.23, 0.06
"""What of somebody stands in for his face where others sit on his shoulder, and how much lower that is.

Less of a bust, whose lower edge must stay out of sight.
"""
_HIGHER = 0.06
"""How much higher a bust is looked at that bears somebody: all of its head is in the picture."""
_HEAD_ONLY = 0.45
"""How much of what a close picture shows of an animal is its face."""
_LIVING = frozenset({"person", "fantastic", "quadruped", "bird"})
_WALKERS = frozenset({"person", "fantastic"})
_SLENDER = 0.45
"""Narrower subjects, in heights, are grown people; all others have large heads, or are seen from the side."""
_BUST = 0.5
"""How much of somebody's height a picture shows that cuts him off."""
_SHANKS, _HIPS = 0.30, 0.48
"""What of a rider is left out, and what of him is below the saddle, as shares of his height."""
_SUNK = 0.16
"""How much of a cut edge is hidden behind what carries it."""
_BEHIND = 0.25
"""How far behind a shoulder that edge is, as a share of the height."""
_SHOULDER = 0.10, 0.05
"""How far below its head somebody's shoulder begins, and how much further out others sit on it."""


@dataclass(frozen=True, slots=True)
class Carriage:
    """How somebody is carried.

    Attributes:
        astride: whether he sits with his legs on both sides of what carries him.
        perched: whether he sits on somebody's shoulder and is what the shot is about.
    """

    astride: bool = False
    perched: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A body with the texture that it wears.

    Attributes:
        body: ready for staging; the places of its picture are those of ``view``'s cut-out, 0 to 1.
        motion: the body's, for who draws it some other way.
        view: what it wears.
        likeness: what it is.
        manner: how it goes.
        places: float32, (n, 2), of the vertices in the picture, 0 to 1 from the left and the top.
        hangs: whether its lower edge is off the ground and must stay out of sight.
        tall_m: how tall all of it would be, whatever of it is shown.
        carriage: how it is carried, if it is.
        grown: whether its picture cuts it off, and its lower half is made up.
    """

    body: Body
    motion: CutoutMotion
    view: View
    likeness: Likeness
    manner: Manner
    places: NDArray[np.float32]
    hangs: bool = False
    tall_m: float = 0.0
    carriage: Carriage | None = None
    grown: bool = False


def figure_of(  # noqa: PLR0913 -- a body is what, of what, how large, and with whom
    view: View,
    likeness: Likeness,
    *,
    size: float = 1.0,
    leads: bool = True,
    carriage: Carriage | None = None,
    bears: bool = False,
) -> Figure:
    """Build the body of a cut-out.

    A leading subject that its picture's border cuts off hangs at its natural height: the camera is so close
    that nobody sees where it ends. Other people get a robe down to the ground, animals stand there as busts
    do. Who is carried sinks into what carries him: a rider to his hips, with his shanks left out, and whoever
    has a cut edge below to hide it.

    Args:
        view: the picture that it wears.
        likeness: what it is.
        size: times its usual size.
        leads: whether the camera looks at it first of all, or at what it carries.
        carriage: how it is carried, if it is.
        bears: whether somebody sits on its shoulder whom the shot is about.
    """
    view = replace(view, cut=_as_ball(view.cut))
    whole = likeness.height_m * size
    cropped = view.cut.cropped and likeness.family in _LIVING
    grown = cropped and not leads and carriage is None and likeness.family in _WALKERS
    if grown:
        view, cropped = replace(view, cut=grown_down(view.cut, _BUST)), False
    astride = carriage is not None and carriage.astride and not cropped
    if astride:
        view = replace(view, cut=_without_shanks(view.cut))
    alpha = view.cut.alpha
    high = whole * (_BUST if cropped else 1.0 - _SHANKS if astride else 1.0)
    lift = whole - high if leads else 0.0
    if carriage is not None:
        lift = (_SHANKS - _HIPS) * whole if astride else -_SUNK * high if view.cut.cropped else 0.0
    flatness = _FLATNESS.get(likeness.family, 0.0)
    relief = blown_up(alpha, flatness=flatness)
    walker = likeness.family in _WALKERS and bool(likeness.noun) and not cropped
    rig = rigged(alpha, relief, in_profile=walker and view.side is Side.SIDE)
    manner = Manner.STEP if cropped or grown else _manner(likeness, rig)
    bearing = BEARINGS[view.side]
    build = Build(
        height_m=high,
        parting_m=rig.parting * high,
        bearing=bearing,
        manner=manner,
        alive=likeness.alive,
        sideways=view.side is Side.SIDE,
        speed=_SPEEDS[manner] * math.sqrt(high / 1.7),
        draft=_DRAFTS.get(likeness.family, 0.12),
        lift_m=lift,
        back_m=_BEHIND * high if carriage is not None and view.cut.cropped else 0.0,
    )
    motion = CutoutMotion(build)
    body = Body(
        kind=likeness.kind.name,
        skeleton=_skeleton(high),
        shells=(_shell(relief, rig, build),),
        motion=motion,
        length_m=max(relief.width * high, 0.3 * high),
        height_m=high + lift,
        width_m=max(0.5 * relief.width * high, 0.2 * high),
        face_m=(_BUST_TOGETHER if cropped else _TOGETHER) * whole
        if bears
        else _HEAD_ONLY * high
        if cropped and likeness.family not in _WALKERS
        else _face_m(high, relief.width, cropped=cropped),
        contacts=() if lift else _contacts(rig, build),
        anchors=_anchors(alpha, build, relief.width, bears=bears),
        sides=(bearing, bearing + math.pi) if view.side is Side.SIDE else (bearing,),
    )
    return Figure(
        body,
        motion,
        view,
        likeness,
        manner,
        relief.places,
        hangs=lift > 0.0,
        tall_m=whole,
        carriage=carriage,
        grown=grown,
    )


def _face_m(high: float, width: float, *, cropped: bool) -> float:
    """How tall that is which close shots show."""
    return (0.38 if cropped else 0.16 if width < _SLENDER else 0.36) * high


def _without_shanks(cut: Cut) -> Cut:
    """Somebody down to his knees."""
    kept = round(cut.alpha.shape[0] * (1.0 - _SHANKS))
    return replace(
        cut, rgb=np.ascontiguousarray(cut.rgb[:kept]), alpha=np.ascontiguousarray(cut.alpha[:kept])
    )


def _as_ball(cut: Cut) -> Cut:
    """A ball cut out to a circle, whatever shade was left below it; anything else as it is."""
    solid = (cut.alpha > 0.5).astype(np.uint8)
    padded = cv2.copyMakeBorder(solid, 2, 2, 2, 2, cv2.BORDER_CONSTANT)
    within = np.asarray(cv2.distanceTransform(padded, cv2.DIST_L2, 5), np.float32)[2:-2, 2:-2]
    radius = float(within.max())
    if np.pi * radius * radius < _BALL * float(solid.sum()):
        return cut
    row, column = np.unravel_index(int(within.argmax()), within.shape)
    y, x = np.mgrid[0 : solid.shape[0], 0 : solid.shape[1]]
    circle = np.clip(radius + 0.5 - np.hypot(y - row, x - column), 0.0, 1.0).astype(np.float32)
    reach = int(np.ceil(radius)) + 1
    rows = slice(max(int(row) - reach, 0), min(int(row) + reach, solid.shape[0]))
    columns = slice(max(int(column) - reach, 0), int(column) + reach + 1)
    return replace(cut, rgb=np.ascontiguousarray(cut.rgb[rows, columns]), alpha=circle[rows, columns].copy())


def _manner(likeness: Likeness, rig: Rig) -> Manner:
    if likeness.family in _STILL:
        return Manner.STILL
    if rig.disc > _BALL:
        return Manner.ROLL
    if likeness.family in _WHEELED:
        return Manner.GLIDE
    return Manner.STEP if likeness.alive and rig.legs else Manner.HOP


def _placed(points: Floats, build: Build) -> Floats:
    """Points of the picture's plane in the body's own space, metres."""
    up = np.array([0.0, 1.0, 0.0])
    return points @ np.stack([build.across, up, build.outward])


def _shell(relief: Relief, rig: Rig, build: Build) -> Shell:
    count = len(relief.points)
    mesh = Mesh(
        positions=(_placed(relief.points, build) * build.height_m + build.raised).astype(np.float32),
        normals=_placed(relief.normals, build).astype(np.float32),
        colors=np.full((count, 4), (128, 128, 128, 0), np.uint8),
        glow=np.zeros(count, np.uint8),
        faces=relief.faces,
    )
    skin = np.zeros((count, 4), np.uint8)
    skin[:, 0] = np.rint(relief.open_ * 255.0)
    return Shell(mesh, skin, np.zeros(count, np.float32), rig.bones, rig.weights)


def _skeleton(high: float) -> Skeleton:
    """The bones as staging sees them; ``motion`` knows more."""
    ends = {
        HIPS: ("hips", 0.0, 0.4, -1),
        LEFT: ("leg_l", 0.4, 0.0, HIPS),
        RIGHT: ("leg_r", 0.4, 0.0, HIPS),
        CHEST: ("chest", 0.4, 0.7, HIPS),
        HEAD: ("head", 0.7, 1.0, CHEST),
    }
    return Skeleton(
        tuple(
            Bone(name, (0.0, low * high, 0.0), (0.0, top * high, 0.0), parent)
            for name, low, top, parent in (ends[k] for k in range(BONES))
        )
    )


def _contacts(rig: Rig, build: Build) -> tuple[Contact, ...]:
    """A disc of shade below every foot, and a soft one below the whole."""
    high = build.height_m
    found: list[Contact] = []
    for foot in rig.feet:
        bone = HIPS if not rig.legs else LEFT if foot.at < rig.parting else RIGHT
        point = _point(build.across * (foot.at * high))
        found.append(Contact(bone, point, max(1.15 * foot.half, 0.05) * high, 0.62))
    wide = max(abs(rig.feet[0].at - rig.feet[-1].at), rig.feet[0].half, 0.12)
    found.append(Contact(HIPS, _point(build.across * (rig.parting * high)), 1.2 * wide * high, 0.34))
    return tuple(found)


def _anchors(
    alpha: NDArray[np.float32], build: Build, width: float, *, bears: bool
) -> dict[str, tuple[int, Point]]:
    """Where others sit on it or are held, and where cameras look: found from its outline."""
    high = build.height_m
    shoulder = _shoulder(alpha)
    face = 0.60 if build.lift_m > 0.0 else 0.91 if width < _SLENDER else 0.74
    upright = width < 0.85
    seat = 0.24 * width if upright else -0.08 * width

    def at(right: float, up: float, out: float = 0.0) -> Point:
        flat = build.across * right + build.outward * out + np.array([0.0, up, 0.0])
        return _point(flat * high + build.raised)

    return {
        "head": (
            HEAD,
            at(0.0, face + _HIGHER if bears and build.lift_m else face - _LOWER if bears else face),
        ),
        "shoulder": (CHEST, at(shoulder, _top_at(alpha, shoulder), 0.01)),
        "top": (HEAD if upright else CHEST, at(_crest(alpha), 1.0)),
        "saddle": (CHEST, at(seat, _top_at(alpha, seat))),
        "hand": (CHEST, at(0.36 * width, 0.40, 0.10)),
        "back": (CHEST, at(-0.3 * width, 0.6)),
    }


def _crest(alpha: NDArray[np.float32]) -> float:
    """Where its highest point is, heights right of its middle."""
    height, width = alpha.shape
    columns = np.flatnonzero((alpha[: max(round(0.06 * height), 3)] > 0.5).any(axis=0))
    return 0.0 if not len(columns) else (float(columns.mean()) - width / 2.0) / height


def _shoulder(alpha: NDArray[np.float32]) -> float:
    """Where somebody's left shoulder is, heights right of his middle: where his outline leaves his head."""
    height, width = alpha.shape
    crest = _crest(alpha)
    top = _top_at(alpha, crest)
    beyond, outward = _SHOULDER
    for right in np.arange(crest, width / 2.0 / height, 0.01).tolist():
        if _top_at(alpha, right) < top - beyond:
            return min(right + outward, 0.9 * width / 2.0 / height)
    return 0.24 * width / height


def _top_at(alpha: NDArray[np.float32], right: float) -> float:
    """How high the subject reaches so far right of its middle, heights."""
    height, width = alpha.shape
    column = int(np.clip(width / 2.0 + right * height, 0, width - 1))
    reach = max(1, width // 40)
    rows = np.flatnonzero((alpha[:, max(column - reach, 0) : column + reach + 1] > 0.5).mean(axis=1) > 0.5)
    return 0.8 if not len(rows) else 1.0 - float(rows[0]) / height


def _point(v: Floats) -> Point:
    x, y, z = v.tolist()
    return x, y, z
