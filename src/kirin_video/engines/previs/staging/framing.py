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
_FACES = {
    ShotSize.MEDIUM: 0.34,
    ShotSize.MEDIUM_CLOSE_UP: 0.42,
    ShotSize.CLOSE_UP: 0.56,
    ShotSize.EXTREME_CLOSE_UP: 0.85,
}
"""Share of the picture's height that a face fills."""
_WIDEST = 0.74
"""Share of the picture's width that a group may fill."""
_LENS = 0.86
"""The field of view for subjects, as a share of a world's own."""
_LOWEST_EYE_M, _HIGHEST_EYE_M = 0.34, 1.85
_ROOM = 0.80
"""Share of the picture's width that a crossing may use before the camera goes along."""
_PAN = 1.15
"""How far a subject may run past a camera that only turns, in distances."""
_DEPTH_SHARE = 1.6
"""How far a subject may come nearer to a camera that stays, in distances."""
_LEAD_ROOM = 0.07
"""Room before a subject that is followed, as a share of the picture's width."""
_FACE_RAD = 0.72
"""How far from straight ahead a face is looked at."""
_PICTURE_RAD = 0.25
"""The same of what can be seen from some sides only."""
_NEAREST_GROUND_M = 0.15
_LONG = 0.7
_ALOFT_M, _ALOFT_EYE = 1.0, 0.15
_CLIMB = 0.4
_HERD = 3
"""More than so many are a herd: it is looked at from above its backs."""
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
    if size is not None and is_of_face(size, body):
        return max(body.face_m / (tall * _FACES[size]), 0.45)
    share = _SHARES.get(size, _USUAL_SHARE) if size else _USUAL_SHARE
    widest = (
        _WIDEST * max(1.0, share / _USUAL_SHARE) if share > _USUAL_SHARE else _WIDEST * share / _USUAL_SHARE
    )
    return max(body.height_m / (tall * share), group_m / (tall * aspect * widest), 0.7)


def is_of_face(size: ShotSize | None, body: Body) -> bool:
    """Whether a shot shows a face; of those who are longer than tall a medium shot does."""
    return size in _FACES and (size is not ShotSize.MEDIUM or body.length_m > _LONG * body.height_m)


def stages_for(  # noqa: PLR0913 -- everything that a picture depends on
    plan: ShotPlan, stage: Stage, blocking: Blocking, ground: Footing, times: Floats, *, aspect: float
) -> tuple[Stage, ...]:
    """The composed view at every frame.

    A subject that stays within the picture is left to move through it; one that would leave it is followed,
    by turning the camera and, where that is not enough, by going along.
    """
    if is_of_face(plan.framing.size, blocking.parts[0].role.body):
        return _face_stages(stage, blocking, ground, times)
    tall = 2.0 * math.tan(math.radians(stage.fov_deg) / 2.0)
    places = _company(blocking, times)
    middle = places[len(places) // 2]
    away = float(np.hypot(middle[0] - stage.eye[0], middle[2] - stage.eye[2]))
    yaw = blocking.look.yaw
    span = float(np.ptp(places @ np.array([math.cos(yaw), 0.0, math.sin(yaw)])))
    followed = span + 0.6 * blocking.long_m > _ROOM * tall * aspect * away
    followed |= _depth_share(places, blocking.look) > 0.0
    # Who rises or comes down is looked after, too.
    followed |= float(np.ptp(places[:, 1])) > _CLIMB * tall * away
    if followed:
        interest = _calmed(places)
        interest[:, [0, 2]] += _LEAD_ROOM * tall * aspect * away * _way(places)
    else:
        interest = np.repeat(places.mean(0)[None], len(places), 0)
    eyes = _eyes(stage, interest, blocking.look, followed=followed)
    eyes += _in_depth(places, blocking.look)
    eyes[:, 1] = _eye_heights(eyes, interest, blocking, ground, plan.framing.angle, away)
    target = interest.copy()
    share = 0.66 if plan.framing.size is ShotSize.MEDIUM else 0.5
    target[:, 1] += share * blocking.tall_m + _THIRD_DOWN * tall * away
    return _stages(stage, eyes, target)


def _company(blocking: Blocking, times: Floats) -> Floats:
    """The middle, (f, 3), between the leading group and everybody who keeps near it: chaser and chased."""
    lead, _ = blocking.lead.at(times)
    own = blocking.parts[0].role.number
    others = {part.role.number: part for part in reversed(blocking.parts) if part.role.number != own}
    near = 2.0 * blocking.long_m + 2.0
    ways = [lead]
    for part in others.values():
        way, _ = part.track.at(times)
        if np.hypot(*(way - lead)[:, [0, 2]].T).max() < near + part.role.body.length_m:
            ways.append(way)
    return np.mean(ways, axis=0)


def _face_stages(stage: Stage, blocking: Blocking, ground: Footing, times: Floats) -> tuple[Stage, ...]:
    """Close-ups: the camera stands before the face, a little to its side, and goes where it goes."""
    part = blocking.parts[0]
    body = part.role.bodies[part.which]
    bone, point = body.anchors.get("head", (0, (0.4 * body.length_m, 0.85 * body.height_m, 0.0)))
    poses = body.motion.poses(part.deeds[0][1], part.track, times, seed=part.seed)[:, bone]
    face = _calmed(poses[:, :, :3].astype(np.float64) @ np.array(point) + poses[:, :, 3])
    _, turns = part.track.at(times)
    away = blocking.look.far_m
    # From the side that the world's own view looks from, two thirds towards the front of the face.
    seen_from = math.atan2(math.cos(blocking.look.yaw), -math.sin(blocking.look.yaw)) + math.pi
    facing, aside = float(turns.mean()), _FACE_RAD
    if body.sides:
        # Pictures are looked at from where they were taken.
        facing += min(body.sides, key=lambda side: abs(_half_turn(seen_from - facing - side)))
        aside = _PICTURE_RAD
    to_eye = facing + min(max(_half_turn(seen_from - facing), -aside), aside)
    eyes = face + away * np.array([math.cos(to_eye), 0.05, -math.sin(to_eye)])
    below = ground.terrain(eyes[:, 0], eyes[:, 2])
    eyes[:, 1] = np.maximum(eyes[:, 1], below + _NEAREST_GROUND_M)
    return _stages(stage, eyes, face)


def _half_turn(angle: float) -> float:
    """The same angle between minus and plus half a turn."""
    return (angle + math.pi) % (2.0 * math.pi) - math.pi


def _way(places: Floats) -> Floats:
    """Unit vector (2,), x and z, from the first place to the last; zero for one that stays."""
    way = places[-1, [0, 2]] - places[0, [0, 2]]
    return way / max(float(np.hypot(*way)), 0.5)


def _stages(stage: Stage, eyes: Floats, targets: Floats) -> tuple[Stage, ...]:
    return tuple(
        replace(stage, eye=_triple(eye), target=_triple(target), clearance_m=_NEAREST_GROUND_M)
        for eye, target in zip(eyes, targets, strict=True)
    )


def _triple(v: Floats) -> tuple[float, float, float]:
    x, y, z = v.tolist()
    return x, y, z


def _in_depth(places: Floats, look: Look) -> Floats:
    """How the camera goes with a subject that comes towards it or goes away, (f, 3): it stays in sight."""
    depth = _calmed_values(places @ _ahead(look))
    return (depth - depth.min())[:, None] * _depth_share(places, look) * _ahead(look)


def _depth_share(places: Floats, look: Look) -> float:
    span = float(np.ptp(places @ _ahead(look)))
    return max(1.0 - _DEPTH_SHARE * look.far_m / max(span, 1e-6), 0.0)


def _ahead(look: Look) -> Floats:
    return np.array([math.sin(look.yaw), 0.0, -math.cos(look.yaw)])


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
    eyes: Floats, interest: Floats, blocking: Blocking, ground: Footing, angle: Angle | None, away: float
) -> Floats:
    """Metres: a little below the eyes of the subject, above the backs of a herd, or as the plan says."""
    tall = blocking.tall_m
    above = min(max(0.58 * tall + 0.22, _LOWEST_EYE_M), _HIGHEST_EYE_M)
    if len({part.which for part in blocking.parts if part.role is blocking.parts[0].role}) > _HERD:
        above = max(above, 1.25 * tall)
    asked = {
        Angle.LOW: 0.30 * tall,
        Angle.HIGH: 1.1 * tall + 0.5 * away,
        Angle.OVERHEAD: 2.4 * away,
        Angle.AERIAL: 1.5 * away + 4.0,
    }
    above = asked.get(angle, above) if angle is not None else above
    if angle is None and _is_aloft(interest, ground):
        # From a little below its wings, so that it is seen against what is far away.
        above *= _ALOFT_EYE
    below = ground.terrain(eyes[:, 0], eyes[:, 2])
    if ground.water_m is not None:
        below = np.maximum(below, ground.water_m)
    # The higher of the subject's ground and one's own: hills must not come between.
    own = _calmed_values(below) + min(above, 0.5 * above + 0.35)
    theirs = _calmed_values(interest[:, 1]) + above
    return np.maximum(np.maximum(own, theirs), below + _NEAREST_GROUND_M)


def _is_aloft(interest: Floats, ground: Footing) -> bool:
    """Whether the interest is above the ground by more than it is from it by accident."""
    below = ground.terrain(interest[:, 0], interest[:, 2])
    if ground.water_m is not None:
        below = np.maximum(below, ground.water_m)
    return float((interest[:, 1] - below).mean()) > _ALOFT_M


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
