"""Framing: through which lens somebody is seen, how much of the picture they fill, and from how far away."""

from __future__ import annotations

import math
from dataclasses import replace

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.catalogue import Family, catalogue
from kirin_video.engines.previs.camera import Stage, zoomed
from kirin_video.engines.previs.plan import Angle, Detail, Framing, Lens, ShotPlan, ShotSize

_SHARES = {
    ShotSize.EXTREME_WIDE: 0.10,
    ShotSize.WIDE: 0.24,
    ShotSize.FULL: 0.72,
    ShotSize.MEDIUM: 0.84,
    ShotSize.MEDIUM_CLOSE_UP: 0.64,
    ShotSize.CLOSE_UP: 0.76,
    ShotSize.EXTREME_CLOSE_UP: 0.92,
}
"""Share of the picture's height that what is framed fills: a whole body, in a medium shot its upper half, in
close shots all of what has no face."""
_FACELESS, _FACED = frozenset({Family.THING, Family.MACHINE}), frozenset({"robot", "snowman", "teddy_bear"})
"""Who has no face, and the forms of those that have one all the same."""
_USUAL_SHARE, _FROM_THE_AIR, _FROM_BELOW = 0.46, 0.20, 0.66
_FACES = {
    ShotSize.MEDIUM: 0.34,
    ShotSize.MEDIUM_CLOSE_UP: 0.50,
    ShotSize.CLOSE_UP: 0.74,
    ShotSize.EXTREME_CLOSE_UP: 2.6,
}
"""Share of the picture's height that a face fills."""
_WIDER, _WIDEST = 1.6, 0.80
"""Something long may fill so many times that share of the width, but never more of it than this."""
_LENS = 0.86
"""The field of view for subjects, as a share of a world's own: nearness distorts."""
_LENSES = {Lens.WIDE: -0.42, Lens.TELE: 0.95, Lens.MACRO: 0.45, Lens.FISHEYE: -0.56}
"""How lenses magnify, as natural logarithms."""
_WITH_FLAMES = {"campfire": 3.1}
"""How many times higher what burns is with its flames."""
_LIMBS = frozenset({Detail.HANDS, Detail.FEET})
_LONG = 0.7
"""Of those who are longer than this, in heights, a medium shot shows the face."""
_ROOM = 0.80
"""Share of the picture's width that a crossing may use before the camera goes along."""
_PAN = 1.15
"""How far a subject may run past a camera that only turns, in distances."""


def lens_for(stage: Stage, plan: ShotPlan) -> Stage:
    """The world's stage with the glass that the plan asks for on somebody: a little longer than its own."""
    return replace(stage, fov_deg=fov_for(stage.fov_deg, plan.framing.lens, framed=True))


def fov_for(fov_deg: float, lens: Lens, *, framed: bool) -> float:
    """The vertical field of view through a lens, degrees.

    Args:
        fov_deg: the world's own.
        lens: the glass.
        framed: whether somebody is in the picture.
    """
    return zoomed(fov_deg * (_LENS if framed else 1.0), _LENSES.get(lens, 0.0))


def shares_for(framing: Framing) -> tuple[float, float]:
    """The most of the picture's height and of its width that what is framed should fill."""
    usual = _FROM_THE_AIR if framing.height is Angle.AERIAL else _USUAL_SHARE
    usual = _FROM_BELOW if framing.height is Angle.LOW else usual
    usual = _SHARES[ShotSize.FULL] if framing.lens is Lens.MACRO else usual
    share = _SHARES.get(framing.size, usual) if framing.size else usual
    return share, min(_WIDER * share, _WIDEST)


def face_share(size: ShotSize) -> float:
    """The share of the picture's height that a face fills."""
    return _FACES[size]


def distance_for(stage: Stage, aspect: float, framing: Framing, body: Body, group_m: float) -> float:
    """How far from the camera a subject fills its share of the picture, metres; roughly.

    Args:
        stage: whose field of view counts.
        aspect: width over height of the picture.
        framing: how it should be seen.
        body: the leading one.
        group_m: the width of its group as the picture shows it.
    """
    tall = 2.0 * math.tan(math.radians(stage.fov_deg) / 2.0)
    if framing.size is not None and is_of_face(framing.size, body):
        return max(body.face_m / (tall * _FACES[framing.size]), 0.45)
    high, wide = shares_for(framing)
    tallness = body.height_m * with_flames(body)
    share = 0.55 * tallness if framing.size is ShotSize.MEDIUM else tallness
    return max(share / (tall * high), group_m / (tall * aspect * wide), 0.7)


def with_flames(body: Body) -> float:
    """How many times its own height what is framed of a body is."""
    return _WITH_FLAMES.get(body.kind, body.about_share)


def before_detail(framing: Framing) -> Framing:
    """How somebody is framed when put on stage: hands or feet are those of all of him, and what he is at."""
    return replace(framing, size=ShotSize.FULL) if framing.detail in _LIMBS else framing


def is_of_face(size: ShotSize | None, body: Body) -> bool:
    """Whether a shot shows a face; of those who are longer than tall a medium shot does."""
    return size in _FACES and has_face(body) and (size is not ShotSize.MEDIUM or is_long(body))


def is_long(body: Body) -> bool:
    """Whether its upper half alone would tell nobody what it is."""
    return body.length_m > _LONG * body.height_m


def has_face(body: Body) -> bool:
    """Whether a close-up is of its face; a cup or a pizza is shown whole."""
    kind = catalogue().get(body.kind)
    return kind is None or kind.family not in _FACELESS or kind.shape.get("form") in _FACED


def is_close_on_thing(framing: Framing, body: Body) -> bool:
    """Whether a shot shows all of a thing as large as another's face."""
    close = framing.lens is Lens.MACRO if framing.size is None else framing.size in _FACES
    return close and framing.size is not ShotSize.MEDIUM and not has_face(body)


def travel_of_camera(stage: Stage, aspect: float, away: float, gone: float) -> float:
    """How far the camera goes along with a subject that goes so far across the picture, metres."""
    wide = 2.0 * math.tan(math.radians(stage.fov_deg) / 2.0) * aspect * away
    return going_along(away, gone) * gone if gone > _ROOM * wide else 0.0


def going_along(away: float, gone: float) -> float:
    """What turning alone cannot follow, the camera goes: as a share of the subject's way."""
    return min(max(1.0 - _PAN * away / max(gone, 1e-6), 0.0), 0.9)
