"""What a task has been through, as a list of moments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirin_video.console.formats import seconds
from kirin_video.domain.task import RemovedOutput, TaskStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from kirin_video.console.language import Catalogue
    from kirin_video.domain.callback import Delivery
    from kirin_video.domain.task import Task
    from kirin_video.store.gallery_rows import Maker, Moment


@dataclass(frozen=True, slots=True)
class Step:
    """A moment.

    Attributes:
        at: when; aware.
        title: what happened.
        note: what there is to add; empty for nothing.
        tone: ``plain``, ``good``, ``bad`` or ``info``.
        path: a page about it, below the console; empty for none.
    """

    at: datetime
    title: str
    note: str = ""
    tone: str = "plain"
    path: str = ""


def timeline(
    task: Task,
    text: Catalogue,
    history: Sequence[Moment],
    maker: Maker,
    deliveries: Iterable[Delivery],
) -> list[Step]:
    """What a task has been through, the oldest first.

    Args:
        task: the task.
        text: the reader's language.
        history: what became of it after it was created.
        maker: who made it.
        deliveries: its callbacks.
    """
    by = text("task.by_person" if maker.is_person else "task.by_key", name=maker.name) if maker.name else ""
    steps = [Step(task.created_at, text("task.created"), by)]
    before = task.created_at
    for moment in history:
        steps.append(_step(task, text, moment, (moment.at - before).total_seconds()))
        before = moment.at
    if isinstance(task.output, RemovedOutput):
        steps.append(
            Step(task.output.removed_at, text("task.files_removed"), text("task.files_removed_note"))
        )
    steps += [_call(text, each) for each in deliveries]
    return sorted(steps, key=lambda step: step.at)


def _step(task: Task, text: Catalogue, moment: Moment, passed_s: float) -> Step:
    passed = seconds(passed_s)
    if moment.status is TaskStatus.IN_PROGRESS:
        again = text("task.runs", count=task.run) if task.run > 1 else ""
        waited = text("task.waited", time=passed)
        return Step(moment.at, text("task.started"), f"{waited} {again}".strip(), "info")
    if moment.status is TaskStatus.COMPLETED:
        return Step(moment.at, text("status.completed"), text("task.took", time=passed), "good")
    return Step(moment.at, text("status.failed"), task.failure.message if task.failure else "", "bad")


def _call(text: Catalogue, delivery: Delivery) -> Step:
    tones = {"delivered": "good", "pending": "plain"}
    return Step(
        delivery.created_at,
        text("task.callback", event=text(f"callbacks.event_{delivery.event}")),
        text(f"callbacks.state_{delivery.state}"),
        tones.get(delivery.state, "bad"),
        f"/callbacks/{delivery.id}",
    )
