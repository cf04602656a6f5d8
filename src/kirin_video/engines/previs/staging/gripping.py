"""Gripping: how the camera is moved through a passage, techniques and all."""

from __future__ import annotations

import math
from collections.abc import Callable

from kirin_video.engines.previs.camera import LEVEL, Rig, Stage, change_of, eased_time, pivot_of
from kirin_video.engines.previs.plan import Angle, Move, ShotSize, Technique
from kirin_video.engines.previs.staging.passages import Passage

Path = Callable[[float], Rig]
"""The rig at linear time from 0, a passage's first frame, to 1, its last."""

_DOLLY_ZOOM_SHARE, _STRONG = 0.55, 0.9
"""How much nearer, as a share of the distance, a dolly zoom of energy 1 goes."""
_WHIP_RAD, _WHIP_DONE = 1.25, 0.24
_CRASH, _CRASH_FROM, _CRASH_DONE = 0.85, 0.30, 0.46
"""A crash zoom magnifies by so much, as a logarithm, between these shares of its time."""
_ROLL_RAD = math.radians(34.0)
_REVEAL_PER_FOV = 0.85
_FLIGHT = 4.5
"""How many times further a camera flies than one on rails goes."""
_CLOSE = frozenset({ShotSize.MEDIUM_CLOSE_UP, ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP, ShotSize.FULL})
_INWARD = frozenset({Move.PUSH_IN, Move.TRACK_FORWARD})


def path_of(passage: Passage, stage: Stage, energy: float, start: Rig, *, framed: bool) -> Path:
    """How the rig goes.

    Args:
        passage: what the camera does.
        stage: the composed view at its first frame.
        energy: how far it goes.
        start: the rig that the last passage left; a cut begins level.
        framed: whether somebody is in the picture.
    """
    change, pivot = _change(passage, stage, energy, framed=framed)
    if not passage.cut:
        back = 1.0 if passage.reframed else 0.0
        whole = LEVEL if passage.reframed and passage.move in {*_INWARD, Move.PULL_OUT} else change
        return lambda u: start.plus(start, -back * eased_time(u)).plus(whole, eased_time(u))
    opening = _opening(passage, stage)
    return lambda u: opening(u).plus(change, eased_time(u) - pivot)


def _change(passage: Passage, stage: Stage, energy: float, *, framed: bool) -> tuple[Rig, float]:
    """What the passage changes in all, and at which share of it the composed view is."""
    move, techniques = passage.move, passage.techniques
    if Technique.FOLLOW in techniques and framed and move in {Move.TRACK_FORWARD, Move.STILL}:
        return LEVEL, 0.0
    pivot = pivot_of(move)
    if framed and passage.framing.size in _CLOSE and move in {Move.PUSH_IN, Move.PULL_OUT}:
        # The size that is asked for is where a push in ends, and where a pull out begins.
        pivot = 1.0 - pivot
    if framed and move is Move.TRACK_FORWARD:
        move = Move.PUSH_IN
    if not framed and passage.framing.height is Angle.AERIAL and move is not Move.STILL:
        energy *= _FLIGHT
    change = change_of(stage, move, energy)
    distance = math.dist(stage.eye, stage.target)
    if Technique.DOLLY_ZOOM in techniques:
        return _dolly_zoom(distance, energy, inward=move is not Move.PULL_OUT), 0.0
    if Technique.SPIRAL in techniques:
        turn = change_of(
            stage, Move.ORBIT_LEFT if move is Move.ORBIT_LEFT else Move.ORBIT_RIGHT, 2.2 * energy
        )
        return turn.plus(change_of(stage, Move.CRANE_UP, 0.8 * energy)), 0.3
    if Technique.ZOOM in techniques and change.push_m:
        change = Rig(
            zoom=math.copysign(math.log(1.0 - min(abs(change.push_m) / distance, 0.7)), change.push_m)
        )
    if Technique.ROLL in techniques:
        change = change.plus(Rig(roll_rad=_ROLL_RAD * min(energy, 1.0)))
    return change, pivot


def _dolly_zoom(distance: float, energy: float, *, inward: bool) -> Rig:
    """Nearer while the lens opens by as much, or away while it closes: what is there keeps its size.

    The lens has to follow the distance, not time; `bent` makes it so.
    """
    share = min(_DOLLY_ZOOM_SHARE * max(energy, _STRONG), 0.7)
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
    side = -1.0 if passage.move in {Move.PAN_LEFT, Move.TRACK_LEFT, Move.ORBIT_LEFT} else 1.0
    if Technique.WHIP in techniques:
        return lambda u: Rig(pan_rad=-side * _WHIP_RAD * (1.0 - _step(u / _WHIP_DONE)))
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


def settled_from(passage: Passage) -> float:
    """From which share of a passage on its subject has to be in the picture."""
    if Technique.WHIP in passage.techniques:
        return _WHIP_DONE
    return 0.7 if Technique.REVEAL in passage.techniques and passage.move is not Move.PULL_OUT else 0.0
