"""Framing: where the camera stands and looks, frame by frame, before the plan's own move."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.plan import Angle, ShotPlan, ShotSize
from kirin_video.engines.previs.staging.blocking import Blocking
from kirin_video.engines.previs.staging.footing import Footing
from kirin_video.engines.previs.staging.parts import Look

_SHARES = {
    ShotSize.EXTREME_WIDE: 0.09,
    ShotSize.WIDE: 0.22,
    ShotSize.FULL: 0.62,
    ShotSize.MEDIUM: 0.95,
}
"""Share of the picture's height that a whole body fills."""
_USUAL_SHARE = 0.46
_FACES = {ShotSize.MEDIUM_CLOSE_UP: 0.30, ShotSize.CLOSE_UP: 0.46, ShotSize.EXTREME_CLOSE_UP: 0.85}
"""Share of the picture's height that a face fills."""
_WIDEST = 0.60
"""Share of the picture's width that a group may fill."""
_LENS = 0.86
"""The field of view for subjects, as a share of a world's own."""
_LOWEST_EYE_M, _HIGHEST_EYE_M = 0.42, 1.85
_ROOM = 0.80
"""Share of the picture's width that a crossing may use before the camera goes along."""
_PAN = 1.15
"""How far a subject may run past a camera that only turns, in distances."""
_THIRD_DOWN = 0.06
"""How far below its middle the picture shows the subject's middle, as a share of its height."""


def lens_for(stage: Stage, plan: ShotPlan) -> Stage:
    """The world's stage with the glass for subjects: a little longer, so that nearness does not distort."""
    del plan
    return replace(stage, fov_deg=stage.fov_deg * _LENS)


def distance_for(stage: Stage, aspect: float, size: ShotSize | None, body: Body, group_m: float) -> float:
    """How far from the camera a subject fills its share of the picture, metres.

    Args:
        stage: whose field of view counts.
        aspect: width over height of the picture.
        size: how much of the subject should fill it; None for the usual.
        body: the leading one.
        group_m: the width of its group as the picture shows it.
    """
    tall = 2.0 * math.tan(math.radians(stage.fov_deg) / 2.0)
    if size is not None and size in _FACES:
        return max(body.face_m / (tall * _FACES[size]), 0.45)
    share = _SHARES.get(size, _USUAL_SHARE) if size else _USUAL_SHARE
    widest = (
        _WIDEST * max(1.0, share / _USUAL_SHARE) if share > _USUAL_SHARE else _WIDEST * share / _USUAL_SHARE
    )
    return max(body.height_m / (tall * share), group_m / (tall * aspect * widest), 0.7)


def stages_for(  # noqa: PLR0913 -- everything that a picture depends on
    plan: ShotPlan,
    stage: Stage,
    blocking: Blocking,
    ground: Footing,
    times: Floats,
    *,
    aspect: float,
) -> tuple[Stage, ...]:
    """The composed view at every frame.

    A subject that stays within the picture is left to move through it; one that would leave it is followed,
    by turning the camera and, where that is not enough, by going along.
    """
    size, angle, look = plan.framing.size, plan.framing.angle, blocking.look
    body = blocking.parts[0].role.body
    places, _ = blocking.lead.at(times)
    middle = places[len(places) // 2]
    tall = 2.0 * math.tan(math.radians(stage.fov_deg) / 2.0)
    span = np.ptp(places @ np.array([math.cos(look.yaw), 0.0, math.sin(look.yaw)]))
    away = np.hypot(middle[0] - stage.eye[0], middle[2] - stage.eye[2])
    followed = float(span) + 0.6 * blocking.long_m > _ROOM * tall * aspect * away or size in _FACES
    interest = places.copy() if followed else np.repeat(places.mean(0)[None], len(places), 0)
    if followed:
        interest = _calmed(interest)
    aim_up = _aim_height(body, blocking, size)
    going = np.diff(places[:, [0, 2]], axis=0).sum(0)
    lead_room = 0.0
    if followed and np.hypot(*going) > body.length_m:
        lead_room = 0.07 * tall * aspect * away
        interest[:, [0, 2]] += going / np.hypot(*going) * lead_room
    eyes = _eyes(stage, interest, look, followed=followed and size not in _FACES)
    eyes[:, 1] = _eye_heights(eyes, interest, body, blocking, ground, angle, away, size)
    target = interest.copy()
    target[:, 1] += aim_up + _THIRD_DOWN * tall * away * (size not in _FACES)
    return tuple(
        Stage(_triple(e), _triple(t), stage.fov_deg, stage.ground) for e, t in zip(eyes, target, strict=True)
    )


def _triple(v: Floats) -> tuple[float, float, float]:
    x, y, z = v.tolist()
    return x, y, z


def _aim_height(body: Body, blocking: Blocking, size: ShotSize | None) -> float:
    """How high above its place the camera looks at a subject."""
    if size in _FACES:
        return body.anchors["head"][1][1] if "head" in body.anchors else 0.85 * body.height_m
    if size is ShotSize.MEDIUM:
        return 0.66 * body.height_m
    return 0.5 * blocking.tall_m


def travel_of_camera(stage: Stage, aspect: float, away: float, gone: float) -> float:
    """How far the camera goes along with a subject that goes so far across the picture, metres."""
    wide = 2.0 * math.tan(math.radians(stage.fov_deg) / 2.0) * aspect * away
    return _going_along(away, gone) * gone if gone > _ROOM * wide else 0.0


def _going_along(away: float, gone: float) -> float:
    """What turning alone cannot follow, the camera goes: as a share of the subject's way."""
    return min(max(1.0 - _PAN * away / max(gone, 1e-6), 0.0), 0.9)


def _eyes(stage: Stage, interest: Floats, look: Look, *, followed: bool) -> Floats:
    """Where the camera stands at every frame, at no height yet."""
    eye = np.array([stage.eye[0], 0.0, stage.eye[2]])
    eyes = np.repeat(eye[None], len(interest), 0)
    if not followed:
        return eyes
    off = interest - interest.mean(0)
    away = float(np.hypot(*(interest.mean(0) - eye)[[0, 2]]))
    right = np.array([math.cos(look.yaw), 0.0, math.sin(look.yaw)])
    gone = off @ right
    return eyes + gone[:, None] * _going_along(away, float(np.ptp(gone))) * right


def _eye_heights(  # noqa: PLR0913, PLR0917 -- everything that a camera's height depends on
    eyes: Floats,
    interest: Floats,
    body: Body,
    blocking: Blocking,
    ground: Footing,
    angle: Angle | None,
    away: float,
    size: ShotSize | None,
) -> Floats:
    """Metres: a little below the eyes of the subject, higher or lower where the plan says so."""
    tall = max(body.height_m, 0.6 * blocking.tall_m)
    above = min(max(0.58 * tall + 0.22, _LOWEST_EYE_M), _HIGHEST_EYE_M)
    if size in _FACES:
        above = max(0.98 * _aim_height(body, blocking, size), 0.25)
    above = (
        {
            Angle.LOW: 0.30 * tall,
            Angle.HIGH: 1.1 * tall + 0.5 * away,
            Angle.OVERHEAD: 2.4 * away,
            Angle.AERIAL: 1.5 * away + 4.0,
        }.get(angle, above)
        if angle
        else above
    )
    below = ground.terrain(eyes[:, 0], eyes[:, 2])
    if ground.water_m is not None:
        below = np.maximum(below, ground.water_m)
    # The higher of the subject's ground and one's own: hills must not come between.
    base = np.maximum(
        _calmed_values(below) + min(above, 0.5 * above + 0.35), _calmed_values(interest[:, 1]) + above
    )
    return np.maximum(base, below + 0.3)


def _calmed(places: Floats) -> Floats:
    """Places (f, 3) without haste: a camera operator's hand."""
    return np.stack([_calmed_values(places[:, k]) for k in range(3)], 1)


def _calmed_values(values: Floats) -> Floats:
    """A running mean over a second, straight on beyond both ends."""
    half = min(12, max(len(values) // 2 - 1, 0))
    if half == 0:
        return values
    steps = np.arange(1, half + 1)
    first = values[0] - steps[::-1] * (values[1] - values[0])
    last = values[-1] + steps * (values[-1] - values[-2])
    padded = np.concatenate([first, values, last])
    weight = np.hanning(2 * half + 3)[1:-1]
    return np.asarray(np.convolve(padded, weight / weight.sum(), "valid"), np.float64)
