"""How small creatures move: flutter and wander in the air, or step along on many legs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Bone
from kirin_video.engines.previs.bodies.flight import leaning, rooted
from kirin_video.engines.previs.bodies.posing import about, compose, turned
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.plan import Action

Floats = NDArray[np.float64]

_STAY = frozenset(
    {
        Action.IDLE,
        Action.STAND,
        Action.SIT,
        Action.PERCH,
        Action.SLEEP,
        Action.LIE,
        Action.LOOK,
        Action.EAT,
        Action.DRINK,
    }
)


class Flitting:
    """The motion of one small creature.

    Args:
        row: its shape: ``beats`` a second, ``reach`` of its wings, ``dihedral``, ``pace``, ``flutter`` (how
            much it wanders).
        bones: its skeleton.
        heads: (bones, 3), metres.
        unit_m: metres of a unit.
        flies: whether it is in the air.
    """

    def __init__(
        self, row: Mapping[str, Any], bones: Sequence[Bone], heads: Floats, unit_m: float, *, flies: bool
    ) -> None:
        self._row, self._bones, self._heads, self._unit, self._flies = row, tuple(bones), heads, unit_m, flies

    def pace(self, action: Action) -> float:
        """Metres a second; see `Motion`."""
        if action is Action.HOVER or (
            action in _STAY and not (self._flies and action in {Action.IDLE, Action.STAND})
        ):
            return 0.0
        return float(self._row.get("pace", 0.3)) * (1.8 if action is Action.RUN else 1.0)

    def poses(self, action: Action, track: Track, times: Floats, *, seed: int) -> NDArray[np.float32]:
        """Bones in the world; see `Motion`."""
        row, rng = self._row, np.random.default_rng([seed & 0x7FFFFFFF, 29])
        start = rng.uniform(0.0, math.tau, 4)
        resting = action in {Action.PERCH, Action.SIT, Action.SLEEP, Action.LIE, Action.DRINK, Action.EAT}
        swims = action in {Action.SWIM, Action.FLOAT}
        beats = float(row.get("beats", 2.0)) * (0.25 if resting else 1.0)
        phase = math.tau * beats * times + start[0]
        flutter = float(row.get("flutter", 0.0)) * self._unit * (0.0 if resting else 1.0)
        up = flutter * (0.6 * np.sin(2.1 * times + start[1]) + 0.35 * np.sin(4.7 * times + start[2]))
        up = up + flutter * 0.35 * np.sin(phase - 0.6)
        bank, pitch = leaning(track, times)
        lean = turned("x", bank + 0.10 * np.sin(1.7 * times + start[3]) * bool(flutter))
        lean = lean @ turned(
            "z", pitch * 0.6 + float(row.get("nose_up", 0.0)) + 0.06 * np.sin(2.3 * times + start[1])
        )
        if not self._flies or resting:
            lean = turned("z", 0.012 * np.sin(3.0 * times + start[1]))
        sunk = -0.55 * float(row.get("stand", 0.3)) * self._unit if swims else 0.0
        root = rooted(track, times, up=up + sunk)
        whole = compose(root, about(lean, self._heads[0]))
        cycles = track.travelled(times) / (float(row.get("leg", 0.5)) * self._unit * 1.2 + 1e-6)
        out = np.zeros((len(times), len(self._bones), 3, 4))
        for k, bone in enumerate(self._bones):
            out[:, k] = compose(
                whole, np.broadcast_to(self._local(bone.name, k, phase, cycles, times), whole.shape)
            )
        return out.astype(np.float32)

    def _local(self, name: str, k: int, phase: Floats, cycles: Floats, times: Floats) -> Floats:
        """A bone against the body."""
        pivot, row = self._heads[k], self._row
        sign = -1.0 if name.endswith("_l") else 1.0
        if name.startswith("wing"):
            lag = 0.35 * int(name[4])
            reach, rise = float(row.get("reach", 1.0)), float(row.get("dihedral", 0.25))
            angle = rise + reach * np.sin(phase - lag)
            return about(turned("x", -sign * angle) @ turned("z", 0.2 * np.cos(phase - lag)), pivot)
        if name.startswith("leg"):
            pair = int(name[3])
            w = math.tau * cycles + math.pi * ((pair + (sign > 0)) % 2)
            swing = 0.36 * np.sin(w) * (0.0 if self._flies else 1.0)
            lift = (
                0.22 * np.clip(np.cos(w), 0.0, 1.0) * (0.0 if self._flies else 1.0) * (np.ptp(cycles) > 0.0)
            )
            shiver = 0.02 * np.sin(1.9 * times + k)
            return about(turned("y", -sign * swing + shiver) @ turned("x", -sign * lift), pivot)
        if name.startswith("claw"):
            return about(
                turned("y", 0.12 * np.sin(1.6 * times + sign)) @ turned("z", 0.10 * np.sin(2.1 * times)),
                pivot,
            )
        if name == "head":
            turn = turned("y", 0.16 * np.sin(0.9 * times + 1.0)) @ turned("z", 0.06 * np.sin(1.3 * times))
            return about(turn, pivot)
        return about(turned("y", 0.0 * times), pivot)
