# ruff: noqa: E501, PLR2004, ARG002 -- rows as TOML has them, measures of lumps
"""How a long body moves: waves run backwards along it; in the sea it leaps, on land it slithers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.flight import leaning
from kirin_video.engines.previs.bodies.posing import about, compose, placed, turned
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.plan import Action

Floats = NDArray[np.float64]

SPINE = 9
"""Bones from the head to the end of the tail."""
_LAG = 0.72
"""Radians that each bone follows the one before."""
_STILL = frozenset({Action.SLEEP, Action.LIE, Action.SIT, Action.EAT, Action.LOOK})
_LEAPS = frozenset({Action.LEAP, Action.JUMP, Action.PLAY, Action.FLY, Action.DANCE})


_OUT = 0.35
"""What leaps is longer in the air than below, where nobody sees it: by so much of a leap's height it is raised."""
_UNDER = Action.DIVE
"""Swimming altogether under water, where nothing leaps."""


class Undulation:
    """The motion of one long body.

    Args:
        row: its shape in the catalogue: ``wave`` (side or up), ``leap`` (height in its lengths while it swims),
            ``depth`` (how deep its axis lies, in lengths), ``beats`` a second, ``speed`` in lengths a second,
            ``crawls`` for snakes, ``lies`` for what rests on land.
        joints: (SPINE, 3), metres.
        length_m: of the whole body.
    """

    def __init__(self, row: Mapping[str, Any], joints: Floats, length_m: float) -> None:
        self._row, self._joints, self._length = row, joints, length_m

    def pace(self, action: Action) -> float:
        """Metres a second; see `Motion`."""
        lying = bool(self._row.get("lies") or self._row.get("crawls"))
        if action in _STILL or (lying and action in {Action.IDLE, Action.STAND}):
            return 0.0
        haste = {Action.RUN: 1.6, Action.GALLOP: 1.6, Action.FLOAT: 0.4, Action.SNEAK: 0.6}.get(action, 1.0)
        return haste * float(self._row.get("speed", 0.9)) * self._length**0.6

    def reach_m(self, action: Action) -> float:
        """How high above the water its leaps bring it, metres."""
        return self._leap(action) * self._length * 1.2

    def _leap(self, action: Action) -> float:
        if action is _UNDER or action in _STILL:
            return 0.0
        usual = float(self._row.get("leap", 0.0))
        return max(usual, float(self._row.get("breach", usual))) if action in _LEAPS else usual

    def poses(self, action: Action, track: Track, times: Floats, *, seed: int) -> NDArray[np.float32]:
        """Bones in the world; see `Motion`."""
        row, n = self._row, len(times)
        rng = np.random.default_rng([seed & 0x7FFFFFFF, 23])
        start, offset = rng.uniform(0.0, math.tau, 2)
        lying = bool(row.get("lies")) and action is not Action.SWIM
        crawls = bool(row.get("crawls"))
        rate = float(row.get("beats", 1.2)) * math.tau
        gone = track.travelled(times)
        moving = self.pace(action) > 0.0
        phase = rate * times + start
        if crawls and moving:
            # A snake's waves stand still on the ground while it goes through them.
            phase = gone / self._length * math.tau * 1.15 + start
        leap, pitch = (
            self._arc(action, track, times, offset) if not (lying or crawls) else (0.0 * times, 0.0 * times)
        )
        bank, rise = leaning(track, times)
        places, turns = track.at(times)
        hop = 0.10 * self._length * np.abs(np.sin(2.2 * times + start)) if lying and moving else 0.0
        shift = places + np.stack([0.0 * times, leap + hop, 0.0 * times], 1)
        turn = turned("y", turns) @ turned("z", pitch + rise * (not lying)) @ turned("x", bank * 0.6)
        pose = placed(turn, shift)
        out = np.zeros((n, SPINE, 3, 4))
        swing = float(row.get("swing", 0.16)) * (1.0 if moving or not crawls else 0.25)
        axis = "y" if row.get("wave", "side") == "side" else "z"
        bend = -1.1 * np.gradient(pitch, times) * 0.25 / SPINE if n > 1 else 0.0 * times
        coil = crawls and not moving
        for k in range(SPINE):
            share = (0.22 + 0.78 * (k / (SPINE - 1)) ** 1.3) if not crawls else 1.0
            wave = swing * share * np.sin(phase - _LAG * k)
            if crawls:
                # Curvature along an S, kept while it rests.
                wave = (0.62 if k else -0.30) * np.sin(
                    phase - 0.9 * k + (0.1 * np.sin(1.3 * times) if coil else 0.0)
                )
            local = turned(axis, wave)
            up = np.clip(bend, -0.2, 0.2) if k else 0.0 * times
            local = local @ turned("z", up + self._posture(k, lying=lying, crawls=crawls, times=times))
            pose = compose(pose, about(local, self._joints[k]))
            out[:, k] = pose
        return out.astype(np.float32)

    def _posture(self, k: int, *, lying: bool, crawls: bool, times: Floats) -> Floats:
        """Heads held up on land."""
        if lying:
            # The chest rises; the rest lies down again behind it.
            angle = (0.42, -0.06, -0.20, -0.16)[k] if k < 4 else 0.0
            return angle + 0.03 * np.sin(1.4 * times + 0.5 * k)
        if crawls and k < 2:
            return (0.22, -0.22)[k] + 0.02 * np.sin(1.1 * times + k)
        return 0.0 * times

    def _arc(self, action: Action, track: Track, times: Floats, offset: float) -> tuple[Floats, Floats]:
        """Height above the track and pitch while it leaps out of the sea and dives back, or keeps near its surface."""
        height = self._leap(action) * self._length
        depth = float(self._row.get("depth", 0.06)) * self._length
        roll = 0.02 * self._length * np.sin(0.9 * times + offset)
        if height <= 0.0:
            return roll - depth, 0.05 * np.sin(0.8 * times + offset)
        speed = max(self.pace(action), 0.5)
        rate = min(speed * 1.25 / height, 3.4)
        phase = rate * times + offset * (0.5 if action in _LEAPS else 0.25) - 0.6
        rise = _OUT if action in _LEAPS else 0.0
        y = height * (np.sin(phase) + rise) / (1.0 + rise) - depth
        climb = height * rate * np.cos(phase) / (1.0 + rise)
        # What comes down goes in head first.
        return y + roll, np.clip(np.arctan2(climb, speed), -1.0, 1.0)
