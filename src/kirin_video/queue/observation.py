"""Silence of workers, measured by nobody's clock but our own.

Heartbeats are written by the database's clock, and clocks jump. So what counts is whether a worker's
heartbeat changes while it is watched, and only the time during which it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

_LONGEST_STEP_S = 1.0
"""Seconds that count at most between two looks: whoever did not look cannot tell."""


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

    def look(self, beats: Mapping[int, datetime]) -> dict[int, float]:
        """Take note of heartbeats.

        Args:
            beats: the newest heartbeat of each worker, by its number.

        Returns:
            Seconds for which each has been silent under watch.
        """
        now = self._clock()
        step_s = 0.0 if self._looked_at is None else min(now - self._looked_at, _LONGEST_STEP_S)
        self._looked_at = now
        seen: dict[int, _Watched] = {}
        for worker, beat in beats.items():
            known = self._watched.get(worker)
            silent_s = known.silent_s + step_s if known is not None and known.beat == beat else 0.0
            seen[worker] = _Watched(beat, silent_s)
        self._watched = seen
        return {worker: watched.silent_s for worker, watched in seen.items()}
