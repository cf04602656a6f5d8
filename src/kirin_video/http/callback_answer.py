"""Callbacks as the native API shows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kirin_video.domain.callback import Problem
from kirin_video.domain.callback_schedule import is_success
from kirin_video.domain.wire_callbacks import (
    AttemptResource,
    CallbackSecret,
    DeliveryRecord,
    DeliveryResource,
    PreviousSecret,
    ReceiverResource,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kirin_video.domain.callback import Attempt, Delivery, Receiver
    from kirin_video.services import deliveries
    from kirin_video.services.callback_secrets import ShownSecret

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)
_PROBLEMS: Mapping[Problem, str] = MappingProxyType(
    {
        Problem.UNREACHABLE: "The receiver could not be reached, or gave no answer within 15 s.",
        Problem.REDIRECT: "The receiver redirects, which is not followed. Give the address it redirects to.",
        Problem.UNBUILDABLE: "The server could not put the delivery together.",
    }
)


def delivery_resource(delivery: Delivery) -> DeliveryResource:
    """Show a delivery."""
    return DeliveryResource(
        id=delivery.id,
        event=delivery.event.value,
        task_id=delivery.task_id,
        receiver_id=delivery.receiver_id,
        url=delivery.url,
        state=delivery.state.value,
        created_at=_ms(delivery.created_at),
        attempts=delivery.attempts,
        last_status=delivery.last_status,
        next_attempt_at=None if delivery.next_attempt_at is None else _ms(delivery.next_attempt_at),
    )


def delivery_record(record: deliveries.DeliveryRecord) -> DeliveryRecord:
    """Show a delivery with all that is known of it."""
    return DeliveryRecord(
        **delivery_resource(record.delivery).model_dump(),
        body=record.body,
        attempt_list=[_attempt(attempt) for attempt in record.attempts],
    )


def receiver_resource(receiver: Receiver) -> ReceiverResource:
    """Show a receiver."""
    state = "ok" if receiver.failing_since is None else "failing"
    return ReceiverResource(
        id=receiver.id,
        origin=receiver.origin,
        state=state if receiver.disabled_at is None else "disabled",
        created_at=_ms(receiver.created_at),
        failing_since=None if receiver.failing_since is None else _ms(receiver.failing_since),
        disabled_at=None if receiver.disabled_at is None else _ms(receiver.disabled_at),
        pending=receiver.pending,
    )


def callback_secret(secrets: Sequence[ShownSecret]) -> CallbackSecret:
    """Show an account's good secrets.

    Args:
        secrets: the newest first; at least one.
    """
    newest, *previous = secrets
    return CallbackSecret(
        secret=newest.text,
        created_at=_ms(newest.created_at),
        previous=[
            PreviousSecret(secret=each.text, retires_at=_ms(each.retires_at))
            for each in previous
            if each.retires_at is not None
        ],
    )


def _attempt(attempt: Attempt) -> AttemptResource:
    return AttemptResource(
        number=attempt.number,
        started_at=_ms(attempt.started_at),
        duration_ms=attempt.duration_ms,
        status=attempt.status,
        problem=_problem(attempt),
        answer=attempt.answer,
    )


def _problem(attempt: Attempt) -> str | None:
    """Why an attempt failed, in words; None if it did not."""
    if attempt.problem is not None:
        return _PROBLEMS[attempt.problem]
    if is_success(attempt.status):
        return None
    if attempt.status == 410:  # noqa: PLR2004 - Gone
        return "The receiver answered 410: it wants no more of this task."
    return f"The receiver answered {attempt.status}; only an answer of 2xx counts."


def _ms(moment: datetime) -> int:
    return (moment - _EPOCH) // _MS
