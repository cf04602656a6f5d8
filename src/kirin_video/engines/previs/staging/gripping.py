"""Gripping: how the camera is moved through a passage, techniques and all."""

from __future__ import annotations

import math
from collections.abc import Callable

from kirin_video.engines.previs.camera import LEVEL, Rig, Stage, change_of, eased_time, offset, pivot_of
from kirin_video.engines.previs.plan import Angle, Move, ShotSize, Technique, side_of_whip
from kirin_video.engines.previs.staging.passages import Passage

Path = Callable[[float], Rig]
"""The rig at linear time from 0, a passage's first frame, to 1, its last."""

_DOLLY_ZOOM_SHARE, _STRONG = 0.55, 0.9
"""How much nearer, as a share of the distance, a dolly zoom of energy 1 goes."""
_WHIP_RAD, _WHIP_FRAMES, _THROW_FRAMES = 1.25, 9.0, 7.0
"""How far a camera is thrown round, and how many frames it takes to arrive and to leave."""
_HELD = 0.3
"""So much of a shot that whips to its subject by itself is about what lies beside it."""
_GLANCE_RAD = 0.9
"""How far beside."""
_CRASH, _CRASH_FROM, _CRASH_DONE = 0.85, 0.30, 0.46
"""A crash zoom magnifies by so much, as a logarithm, between these shares of its time."""
_ROLL_RAD = math.radians(34.0)
_REVEAL_PER_FOV = 0.85
_FLIGHT = 4.5
"""How many times further a camera flies than one on rails goes."""
_CRANES, _OVER_ROOFS = frozenset({Move.CRANE_UP, Move.CRANE_DOWN}), 3.2
"""Where nobody must stay in the picture a crane goes up to the roofs, so many times as far."""
_AHEAD = 0.72
"""How much of the way down a crane's head does not follow."""
_DRAWN_BACK = 3.2
"""The same for a camera that draws back in a later beat: after a push in, the picture becomes wide."""
_UNCOVERED = 4.0
"""The same where drawing back shows where it is: from a cup to the room round it."""
_PAST_HEAD = 0.3
"""The same of coming nearer over a shoulder: the head before the camera would hide what it looks at."""
CLOSE = frozenset({ShotSize.MEDIUM_CLOSE_UP, ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP, ShotSize.FULL})
"""Sizes that are where a push in ends, and where a pull out begins."""
_TURNS = frozenset({Move.PAN_LEFT, Move.PAN_RIGHT, Move.TILT_UP, Move.TILT_DOWN})
"""What eyes do by themselves."""
_TILTS = frozenset({Move.TILT_UP, Move.TILT_DOWN})
_FROM_FEET = frozenset({ShotSize.MEDIUM, ShotSize.MEDIUM_CLOSE_UP, ShotSize.CLOSE_UP})
"""Pictures that a tilt along somebody begins or ends with."""
_FEET_AT = 0.30
"""How far below the middle feet are where it has its other end, as a share of the field of view."""
_INWARD = frozenset({Move.PUSH_IN, Move.TRACK_FORWARD})


def path_of(  # noqa: PLR0913 -- what, from where, how far, and with whom
    passage: Passage,
    stage: Stage,
    energy: float,
    start: Rig,
    *,
    framed: bool,
    own: bool = False,
    pivot: float | None = None,
) -> Path:
    """How the rig goes.

    Args:
        passage: what the camera does.
        stage: the composed view at its first frame.
        energy: how far it goes.
        start: the rig that the last passage left; a cut begins level.
        framed: whether somebody is in the picture.
        own: whether the camera is somebody's eyes, and goes where he goes.
        pivot: at which share of the move the composed view is; None leaves it to the move.
    """
    goes = own and passage.move not in _TURNS
    change, usual = (LEVEL, 0.0) if goes else _change(passage, stage, energy, framed=framed)
    pivot = usual if pivot is None else pivot
    leaving = _leaving(passage)
    if not passage.cut:
        back = 1.0 if passage.reframed else 0.0
        whole = LEVEL if passage.reframed and passage.move in {*_INWARD, Move.PULL_OUT} else change
        glance = _glance(passage)
        return lambda u: (
            start.plus(start, -back * eased_time(u))
            .plus(whole, eased_time(u))
            .plus(glance(u))
            .plus(leaving(u))
        )
    opening = _opening(passage, stage)
    return lambda u: opening(u).plus(change, eased_time(u) - pivot).plus(leaving(u))


def _leaving(passage: Passage) -> Path:
    """The camera thrown round at the end, into the next shot."""
    side, last = passage.thrown, len(passage.frames) - 1
    if not side:
        return lambda _u: LEVEL
    return lambda u: Rig(pan_rad=side * _WHIP_RAD * max(1.0 - (1.0 - u) * last / _THROW_FRAMES, 0.0) ** 3)


def _glance(passage: Passage) -> Path:
    """A camera that is thrown round within its shot, to see what lies beside."""
    if Technique.WHIP not in passage.techniques or passage.reframed:
        return lambda _u: LEVEL
    side, last = side_of_whip(passage.move), len(passage.frames) - 1
    return lambda u: Rig(pan_rad=side * _GLANCE_RAD * _step(u * last / _WHIP_FRAMES))


def is_thrown(passage: Passage, frame: int) -> bool:
    """Whether the camera is being thrown round at a frame."""
    if passage.thrown and frame > passage.end - 1 - _THROW_FRAMES:
        return True
    if Technique.WHIP not in passage.techniques:
        return False
    begins = passage.first + (_HELD * len(passage.frames) if _whips_by_itself(passage) else 0.0)
    return begins <= frame < begins + _WHIP_FRAMES


def _whips_by_itself(passage: Passage) -> bool:
    """Whether a whip comes from no other shot: it begins beside its subject."""
    return passage.cut and not passage.caught


def _change(passage: Passage, stage: Stage, energy: float, *, framed: bool) -> tuple[Rig, float]:
    """What the passage changes in all, and at which share of it the composed view is."""
    move, techniques = passage.move, passage.techniques
    if _stays(passage, framed=framed):
        return LEVEL, 0.0
    if framed and passage.framing.size in _FROM_FEET and move in _TILTS:
        return _along_body(stage, upwards=move is Move.TILT_UP)
    pivot = pivot_of(move)
    if framed and passage.framing.size in CLOSE and move in {Move.PUSH_IN, Move.PULL_OUT}:
        # The size that is asked for is where a push in ends, and where a pull out begins.
        pivot = 1.0 - pivot
    if framed and move is Move.TRACK_FORWARD:
        move = Move.PUSH_IN
    energy = _reach(passage, move, energy, framed=framed)
    if Technique.DOLLY_ZOOM in techniques:
        return _dolly_zoom(stage, energy, inward=move is not Move.PULL_OUT), 0.0
    if Technique.SPIRAL in techniques:
        return _spiral(stage, energy, to_left=move is Move.ORBIT_LEFT), 0.3
    change = change_of(stage, move, energy)
    if move in _CRANES and not framed:
        change = _ahead_of(stage, change)
    if Technique.ZOOM in techniques and change.push_m:
        change = _by_lens(stage, change)
    if Technique.ROLL in techniques:
        change = change.plus(Rig(roll_rad=_ROLL_RAD * min(energy, 1.0)))
    return change, pivot


def _reach(passage: Passage, move: Move, energy: float, *, framed: bool) -> float:
    """How far a move goes: further where nobody must stay in the picture, and back out of a push in."""
    if not framed and passage.framing.height is Angle.AERIAL and move is not Move.STILL:
        return energy * _FLIGHT
    if not framed and move in _CRANES:
        return energy * _OVER_ROOFS
    if framed and passage.framing.sees(Angle.OVER_SHOULDER) and move is Move.PUSH_IN:
        return energy * _PAST_HEAD
    if framed and move is Move.PULL_OUT and Technique.REVEAL in passage.techniques:
        return energy * _UNCOVERED
    return energy * _DRAWN_BACK if framed and move is Move.PULL_OUT and not passage.cut else energy


def _ahead_of(stage: Stage, change: Rig) -> Rig:
    """A crane's rise that goes on looking ahead, where it would look down at its foot."""
    down = math.atan2(change.lift_m, math.dist(stage.eye, stage.target))
    return change.plus(Rig(tilt_rad=_AHEAD * down))


def _stays(passage: Passage, *, framed: bool) -> bool:
    """Whether the move is in the composition, or in a whip, and adds nothing to it."""
    move, techniques = passage.move, passage.techniques
    follows = Technique.FOLLOW in techniques and framed and move in {Move.TRACK_FORWARD, Move.STILL}
    return follows or (Technique.WHIP in techniques and move in _TURNS)


def _spiral(stage: Stage, energy: float, *, to_left: bool) -> Rig:
    """Around and up."""
    turn = change_of(stage, Move.ORBIT_LEFT if to_left else Move.ORBIT_RIGHT, 2.2 * energy)
    return turn.plus(change_of(stage, Move.CRANE_UP, 0.8 * energy))


def _by_lens(stage: Stage, change: Rig) -> Rig:
    """A zoom that makes the picture as much larger as a push in would."""
    share = min(abs(change.push_m) / math.dist(stage.eye, stage.target), 0.7)
    return Rig(zoom=math.copysign(math.log(1.0 - share), change.push_m))


def _along_body(stage: Stage, *, upwards: bool) -> tuple[Rig, float]:
    """From somebody's feet up to what is composed, or from there down to the feet."""
    _, pitch, _ = offset(stage.eye, stage.target)
    x, _, z = stage.target
    _, to_feet, _ = offset(stage.eye, (x, stage.ground(x, z), z))
    swing = max(pitch - to_feet - _FEET_AT * math.radians(stage.fov_deg), 0.0)
    return (Rig(tilt_rad=swing), 1.0) if upwards else (Rig(tilt_rad=-swing), 0.0)


def _dolly_zoom(stage: Stage, energy: float, *, inward: bool) -> Rig:
    """Nearer while the lens opens by as much, or away while it closes: what is there keeps its size.

    The lens has to follow the distance, not time; `bent` makes it so.
    """
    share = min(_DOLLY_ZOOM_SHARE * max(energy, _STRONG), 0.7)
    distance = math.dist(stage.eye, stage.target)
    return Rig(push_m=(share if inward else -share) * distance)


def bent(passage: Passage, stage: Stage, rig: Rig) -> Rig:
    """A rig with the lens that a dolly zoom has at its distance; any other as it is."""
    if Technique.DOLLY_ZOOM not in passage.techniques:
        return rig
    distance = math.dist(stage.eye, stage.target)
    left = max(1.0 - rig.push_m / distance, 0.2)
    return rig.plus(Rig(zoom=math.log(left)))


def _opening(passage: Passage, stage: Stage) -> Path:
    """What a passage begins with beside its move: a whip, a crash zoom, a reveal."""
    techniques = passage.techniques
    if Technique.WHIP in techniques:
        side, last = side_of_whip(passage.move), max(len(passage.frames) - 1, 1)
        if _whips_by_itself(passage):
            held = _HELD * last
            return lambda u: Rig(
                pan_rad=-side * _GLANCE_RAD * (1.0 - _step((u * last - held) / _WHIP_FRAMES))
            )
        return lambda u: Rig(pan_rad=-side * _WHIP_RAD * max(1.0 - u * last / _WHIP_FRAMES, 0.0) ** 3)
    if Technique.CRASH_ZOOM in techniques:
        return lambda u: Rig(zoom=_CRASH * (_step((u - _CRASH_FROM) / (_CRASH_DONE - _CRASH_FROM)) - 1.0))
    if Technique.REVEAL in techniques and passage.move is not Move.PULL_OUT:
        swing = math.radians(_REVEAL_PER_FOV * stage.fov_deg)
        return lambda u: Rig(tilt_rad=-swing * (1.0 - _step(min(u / 0.7, 1.0))))
    return lambda _u: LEVEL


def _step(s: float) -> float:
    """From 0 to 1, gently at both ends."""
    s = min(max(s, 0.0), 1.0)
    return s * s * s * (s * (6.0 * s - 15.0) + 10.0)


def settled(passage: Passage) -> tuple[float, float]:
    """From which share of a passage on, and until which, its subject has to be in the picture."""
    last = max(len(passage.frames) - 1, 1)
    until = 1.0 - passage.thrown**2 * _THROW_FRAMES / last
    if Technique.WHIP in passage.techniques:
        if not passage.cut and not passage.reframed:
            return 1.0, 0.0  # it looks at what lies beside its subject
        held = _HELD if _whips_by_itself(passage) else 0.0
        return min(held + _WHIP_FRAMES / last, 0.9), until
    if passage.framing.size in _FROM_FEET and passage.move in _TILTS:
        return (0.8, until) if passage.move is Move.TILT_UP else (0.0, 0.2)
    revealed = Technique.REVEAL in passage.techniques and passage.move is not Move.PULL_OUT
    return (0.7 if revealed else 0.0), until
