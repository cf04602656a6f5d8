"""The way of footage's camera, brought to the length of a clip and to measures of its picture."""

# ruff: noqa: PLR2004 - indices of a pose
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.feature.path import FOCAL, TakePath
from kirin_video.engines.previs.feature.watch import Watched
from kirin_video.engines.previs.given_camera import GivenCamera

Floats = NDArray[np.float64]

_TRUSTED: Final = 0.5
_REST: Final = 0.004
"""A camera that goes over less than this share of the picture in all stands still."""
_HALF_S: Final = 0.3
_UNREST: Final = 0.0006
_SHORTEST: Final = 12
"""Frames; shorter takes are not made of a clip."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A camera's way and cuts at the length of a clip.

    Attributes:
        camera: the way; None where it could not be told.
        cuts: the first frame of every take but the first.
        rests_from_s: when a way at its own time has ended before the clip; None where it has not.
    """

    camera: GivenCamera | None
    cuts: tuple[int, ...]
    rests_from_s: float | None = None


def at_length(watched: Watched, num_frames: int, *, own_time: bool) -> Fitted:
    """Bring a way to a length.

    Args:
        watched: the footage.
        num_frames: length of the clip.
        own_time: whether moves and cuts keep their time, as sound does; otherwise they are spread over the
            clip, and only what trembles keeps its time.
    """
    long = watched.num_frames
    times = times_of(watched, num_frames, own_time=own_time)
    rests = long / FPS if own_time and long < num_frames else None
    opens = _opens(watched.paths, times)
    told = [path.trust > _TRUSTED for path in watched.paths]
    if not any(told):
        return Fitted(None, opens[1:], rests)
    poses = np.zeros((num_frames, 7))
    for number, (path, known) in enumerate(zip(watched.paths, told, strict=True)):
        last = path.first + len(path.poses)
        here = (times >= path.first - 0.5) & (times < last - 0.5)
        if number == len(watched.paths) - 1:
            here = times >= path.first - 0.5
        if known and here.any():
            poses[here] = _resampled(path, times[here])
    return Fitted(GivenCamera(_in_pictures(poses, watched.size)), opens[1:], rests)


def times_of(watched: Watched, num_frames: int, *, own_time: bool) -> Floats:
    """The frame of the footage that each frame of a clip goes by; the arguments are those of `at_length`."""
    last = watched.num_frames - 1
    if own_time:
        return np.minimum(np.arange(num_frames, dtype=np.float64), last)
    return np.linspace(0.0, last, num_frames)


def _opens(paths: Sequence[TakePath], times: Floats) -> tuple[int, ...]:
    """The first frames of takes that are long enough to be seen."""
    opens = [0]
    for path in paths[1:]:
        at = int(np.searchsorted(times, path.first - 0.5))
        if at - opens[-1] >= _SHORTEST and len(times) - at >= _SHORTEST:
            opens.append(at)
    return tuple(opens)


def _resampled(path: TakePath, times: Floats) -> Floats:
    """The poses of a take at some times of the footage; trembling keeps its own."""
    frames = np.arange(len(path.poses))
    move, tremble = parted(path.poses)
    at = times - path.first
    stretch = np.stack([np.interp(at, frames, move[:, k]) for k in range(7)], axis=1)
    if not tremble.any():
        return stretch
    # There and back again, where it has to last longer.
    rounds = max(2 * (len(frames) - 1), 1)
    turn = np.arange(len(times)) % rounds
    turn = np.where(turn < len(frames), turn, rounds - turn)
    return stretch + tremble[np.minimum(turn, len(frames) - 1)]


def parted(poses: Floats) -> tuple[Floats, Floats]:
    """A way as a move and what trembles about it; a way without unrest is all move.

    What starts or stops all of a sudden is a move: unrest goes on all the time.
    """
    half = min(round(_HALF_S * FPS), (len(poses) - 1) // 2)
    if half < 2:
        return poses, np.zeros_like(poses)
    weights = np.hanning(2 * half + 3)[1:-1]
    weights /= weights.sum()
    # Straight on beyond both ends, by what the ends do on the whole.
    steps = np.arange(1, half + 1)[:, None]
    start, end = (poses[half] - poses[0]) / half, (poses[-1] - poses[-1 - half]) / half
    padded = np.concatenate([poses[0] - steps[::-1] * start, poses, poses[-1] + steps * end])
    move = np.stack([np.convolve(padded[:, k], weights, "valid").real for k in range(7)], axis=1)
    tremble = poses - move
    unrest = np.abs(tremble[:, :3]).max(axis=1)
    usual, most = float(np.median(unrest)), float(unrest.max())
    if usual < _UNREST or usual < 0.12 * most:
        return poses, np.zeros_like(poses)
    return move, tremble


def _in_pictures(poses: Floats, size: tuple[int, int]) -> Floats:
    """Poses of a camera as `given_camera` has them: turns and ways across in widths and heights."""
    wide, tall = (side / max(size) for side in size)
    across, up = FOCAL / wide, FOCAL / tall
    shown = poses * np.array([across, up, 1.0, 1.0, across, up, 1.0])
    if float(np.abs(shown - shown[0]).max()) < _REST:
        return np.zeros_like(shown)
    return shown


def speed_of(watched: Watched) -> float:
    """How fast the camera goes, pictures a second, on average."""
    ways = [_in_pictures(path.poses, watched.size) for path in watched.paths if len(path.poses) > 1]
    steps = [np.abs(np.diff(way, axis=0)).max(axis=1) for way in ways]
    return float(np.mean(np.concatenate(steps))) * FPS if steps else 0.0
