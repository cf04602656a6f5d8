"""The way of a camera through a whole clip, from the corners that were followed through it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.feature.motion import (
    NUMBERS,
    Flow,
    flow_between,
    turns_alone,
    turns_and_way,
    with_nearness,
)
from kirin_video.engines.previs.feature.tracks import Tracks

Floats = NDArray[np.float64]

FOCAL: Final = 1.07
"""Assumed focal length in units of the longer side: a lens of about 50 degrees."""

_FEWEST: Final = 16
_EVERY: Final = 4
"""Frames from one look at the depth to the next."""
_FAR_SHARE, _LONGEST_FRAMES, _SHORTEST_FRAMES = 0.05, 20, 4
"""A look goes so far through time that corners move by this share of the longer side, within these frames."""
_NOISE_PX, _DRIFT_PX = 0.18, 0.4
"""How far off a corner is that was followed for one frame, and for a look."""
_UNEXPLAINED_PX, _UNEXPLAINED_SHARE = 0.45, 0.05
"""More than this left over by turns alone, in pixels and as a share of the motion, is depth."""
_MOST: Final = 0.75
"""So many corners have to be explained: most may lie on one far wall."""
_BETTER: Final = 0.6
_MOSTLY, _PLACE = 0.45, 0.5
"""Somebody who moves has no more than this share of all corners, and of the width of the picture."""


@dataclass(frozen=True, slots=True)
class TakePath:
    """The camera of one take.

    Attributes:
        first: its first frame in the clip.
        poses: (f, 7), how the camera of each frame differs from the first one's: pan, tilt, roll, zoom, and
            its place right, up and ahead, in distances of what the shot is about.
        trust: 0 to 1, the share of frames whose motion could be told.
        deep: whether anything says that the camera changed its place.
    """

    first: int
    poses: Floats
    trust: float
    deep: bool


@dataclass(frozen=True, slots=True)
class _Look:
    """What was found out about the depth around one frame: which corners, their nearness, and the lens."""

    frame: int
    numbers: NDArray[np.int64]
    nearness: Floats
    deep: float
    lens: bool = False


def recover(tracks: Tracks) -> tuple[TakePath, ...]:
    """The camera of every take."""
    return tuple(_take(tracks, frames) for frames in tracks.takes)


def _take(tracks: Tracks, frames: range) -> TakePath:
    looks = _settled(
        [_look(tracks, frames, at) for at in range(frames.start, max(frames.stop - 1, 1), _EVERY)]
    )
    steps = np.zeros((len(frames), NUMBERS))
    known = np.zeros(len(frames), np.bool_)
    for k in range(1, len(frames)):
        step = _step(tracks, frames.start + k, looks)
        if step is not None:
            steps[k], known[k] = step, True
    _bridge(steps, known)
    deep = any(look.deep >= 1.0 for look in looks)
    trust = float(known[1:].mean()) if len(frames) > 1 else 0.0
    return TakePath(frames.start, _walked(steps), trust, deep)


def _flow(tracks: Tracks, first: int, last: int) -> tuple[Flow, NDArray[np.int64]]:
    a, b, numbers = tracks.between(first, last)
    middle = np.array(tracks.size) / 2.0
    focal = FOCAL * max(tracks.size)
    a, b = (a - middle) / focal, (b - middle) / focal
    return flow_between(a, b), numbers


def _look(tracks: Tracks, frames: range, at: int) -> _Look:
    """The depth around a frame, from pictures far enough apart to tell."""
    focal = FOCAL * max(tracks.size)
    flow, numbers = _flow(tracks, at, at)
    for reach in range(_SHORTEST_FRAMES, _LONGEST_FRAMES + 1, 4):
        first, last = max(at - reach // 2, frames.start), min(at + reach // 2, frames.stop - 1)
        wider, found = _flow(tracks, first, last)
        if len(found) < 2 * _FEWEST:
            break
        flow, numbers = wider, found
        if float(np.median(np.abs(flow.way))) > _FAR_SHARE / FOCAL:
            break
    nothing = _Look(at, numbers, np.zeros(len(numbers)), 0.0)
    if len(numbers) < 2 * _FEWEST or not flow.way.any():
        return nothing
    noise = _DRIFT_PX / focal
    plain = turns_alone(flow, noise)
    moved = flow.quantile(np.linalg.norm(flow.way, axis=1), 0.5)
    left = flow.quantile(plain.off, _MOST)
    most = max(_UNEXPLAINED_PX / focal, _UNEXPLAINED_SHARE * moved)
    if left < 0.5 * most or _in_one_place(flow, plain.off > most):
        return _Look(at, numbers, nothing.nearness, min(left / most, 0.9))
    deep = turns_and_way(flow, noise)
    if flow.quantile(deep.off, _MOST) > _BETTER * left:
        return _Look(at, numbers, deep.nearness, 0.5)
    return _Look(at, numbers, deep.nearness, left / most, lens=bool(deep.numbers[3]))


def _in_one_place(flow: Flow, otherwise: NDArray[np.bool_]) -> bool:
    """Whether what moves otherwise is somebody in one place, and not depth, which is all over the picture."""
    if float(flow.worth[otherwise].sum()) > _MOSTLY * float(flow.worth.sum()):
        return False
    if not otherwise.any():
        return True
    wide, whole = (
        np.ptp(np.quantile(at, (0.05, 0.95), axis=0), axis=0) for at in (flow.at[otherwise], flow.at)
    )
    return float(wide[0]) < _PLACE * float(whole[0])


def _settled(looks: list[_Look]) -> list[_Look]:
    """Looks that agree with those around them about whether there is depth."""
    found = np.array([look.deep for look in looks])
    padded = np.pad(found, 2, mode="edge")
    calm = [float(np.median(padded[k : k + 5])) for k in range(len(found))]
    return [
        replace(look, deep=deep if look.nearness.any() else min(deep, 0.9))
        for look, deep in zip(looks, calm, strict=True)
    ]


def _step(tracks: Tracks, frame: int, looks: list[_Look]) -> Floats | None:
    """The seven numbers from one frame to the next; None where too little can be followed."""
    flow, numbers = _flow(tracks, frame - 1, frame)
    if len(numbers) < _FEWEST:
        return None
    noise = _NOISE_PX / (FOCAL * max(tracks.size))
    near = min(looks, key=lambda look: abs(look.frame - frame))
    if near.deep >= 1.0:
        common, _, there = np.intersect1d(numbers, near.numbers, assume_unique=True, return_indices=True)
        if len(common) >= 2 * _FEWEST:
            shared = flow.of(np.isin(numbers, common))
            return with_nearness(shared, near.nearness[there], noise, lens=near.lens)
    return turns_alone(flow, noise).numbers


def _bridge(steps: Floats, known: NDArray[np.bool_]) -> None:
    """Frames whose motion cannot be told go on as those around them."""
    if known[1:].any() and not known[1:].all():
        at = np.arange(len(steps))
        for number in range(NUMBERS):
            steps[1:, number] = np.interp(at[1:], at[known], steps[known, number])


def _walked(steps: Floats) -> Floats:
    """Steps one after the other: each goes where the camera looks by then."""
    poses = np.cumsum(steps, axis=0)
    place = np.zeros(3)
    for k, step in enumerate(steps):
        pan = float(poses[k, 0])
        right, up, ahead = step[4:].tolist()
        place += np.array(
            [
                math.cos(pan) * right + math.sin(pan) * ahead,
                up,
                math.cos(pan) * ahead - math.sin(pan) * right,
            ]
        )
        poses[k, 4:] = place
    return poses
