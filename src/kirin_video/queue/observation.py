"""Silence of workers, measured by nobody's clock but our own.

Heartbeats are written by the database's clock, and clocks jump. So what counts is whether a worker's
heartbeat changes while it is watched, and only the time during which it was.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

_LONGEST_STEP_S = 1.0
"""Seconds that count at most between two looks: whoever did not look cannot tell."""

_GAP_S = 2.0
"""Seconds between two looks after which all begin anew: what kept us from looking kept them from beating."""

_PARDONS = 4
_PARDONED_FOR_S = 30.0
"""So many new beginnings in so long a time: who is always late must not pardon the dead for ever."""


@dataclass(slots=True)
class _Watched:
    beat: datetime
    silent_s: float


class Silence:
    """How long workers have been silent while they were watched.

    Args:
        clock: monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._watched: dict[int, _Watched] = {}
        self._looked_at: float | None = None
        self._pardons: deque[float] = deque(maxlen=_PARDONS)

    def look(self, beats: Mapping[int, datetime]) -> dict[int, float]:
        """Take note of heartbeats.

        Args:
            beats: the newest heartbeat of each worker, by its number.

        Returns:
            Seconds for which each has been silent under watch.
        """
        now = self._clock()
        gap_s = 0.0 if self._looked_at is None else now - self._looked_at
        if gap_s > _GAP_S:
            self.pardon()
        step_s = min(gap_s, _LONGEST_STEP_S)
        self._looked_at = now
        seen: dict[int, _Watched] = {}
        for worker, beat in beats.items():
            known = self._watched.get(worker)
            silent_s = known.silent_s + step_s if known is not None and known.beat == beat else 0.0
            seen[worker] = _Watched(beat, silent_s)
        self._watched = seen
        return {worker: watched.silent_s for worker, watched in seen.items()}

    def pardon(self) -> None:
        """Begin anew with everybody: the database was away."""
        now = self._clock()
        if len(self._pardons) == _PARDONS and now - self._pardons[0] < _PARDONED_FOR_S:
            return
        self._pardons.append(now)
        self._watched = {}
