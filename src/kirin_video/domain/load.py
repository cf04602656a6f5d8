"""How much there is to do, and who is there to do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClassLoad:
    """What one class of worker has to do.

    Attributes:
        worker_class: the class.
        ready: tasks that wait for a worker and could start.
        delayed: tasks that are not to start yet.
        oldest_s: seconds for which the oldest of those that could start has waited.
        running: tasks that workers have.
        workers: workers that are alive and serve the class.
        slots: tasks that those may run at a time.
    """

    worker_class: str
    ready: int = 0
    delayed: int = 0
    oldest_s: float = 0.0
    running: int = 0
    workers: int = 0
    slots: int = 0


@dataclass(frozen=True, slots=True)
class DeliveryLoad:
    """What waits to be told to callers' receivers.

    Attributes:
        due: deliveries whose next attempt could be made now, those under way whose claim has lapsed included.
        later: deliveries that wait for their next attempt, or that somebody is attempting.
        overdue_s: seconds since the earliest of the due ones was due.
    """

    due: int = 0
    later: int = 0
    overdue_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Load:
    """What the server has to do, and has done.

    Attributes:
        classes: by class of worker.
        deliveries: what waits to be told to receivers.
        ends: tasks that have ended, by result and fault; the fault of completed ones is empty.
    """

    classes: tuple[ClassLoad, ...]
    deliveries: DeliveryLoad
    ends: Mapping[tuple[str, str], int]

    @property
    def unserved(self) -> tuple[ClassLoad, ...]:
        """Classes for which tasks wait and no worker is there."""
        return tuple(each for each in self.classes if each.ready and not each.workers)
