"""Callbacks as they are on the wire; see ``wire`` for tasks, which are what callbacks carry."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field, JsonValue

from kirin_video.domain.wire import WireModel

_DELIVERY: dict[str, JsonValue] = {
    "id": "msg_d5u5obte8783ap44qtj0_9",
    "event": "completed",
    "task_id": "d5u5obte8783ap44qtj0",
    "receiver_id": "rcv_5f1d0c3a9be84e27a6c1",
    "url": "https://example.com/hooks/kirin",
    "state": "pending",
    "created_at": 1769757744021,
    "attempts": 1,
    "last_status": 500,
    "next_attempt_at": 1769757749310,
}
_ATTEMPT: dict[str, JsonValue] = {
    "number": 1,
    "started_at": 1769757744180,
    "duration_ms": 128,
    "status": 500,
    "problem": "The receiver answered 500; only an answer of 2xx counts.",
    "answer": "Internal Server Error",
}
_BODY = (
    '{"id":"d5u5obte8783ap44qtj0","created_at":1769757744021,"status":"failed","model":"kirin_video_o1",'
    '"error":{"code":"002015095","error_message":"The engine could not draw the shot."}}'
)
_RECEIVER: dict[str, JsonValue] = {
    "id": "rcv_5f1d0c3a9be84e27a6c1",
    "origin": "https://example.com",
    "state": "failing",
    "created_at": 1769757744021,
    "failing_since": 1769757744308,
    "pending": 1,
}
_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"  # noqa: S105 - an example

Event = Literal["in_progress", "completed", "failed", "test"]
State = Literal["pending", "delivered", "failed"]


class DeliveryResource(WireModel):
    """One event on its way to its receiver."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DELIVERY]})

    id: str = Field(description="The delivery's id: the webhook-id of every attempt.")
    event: Event = Field(description="The status that the task came to; or test.")
    task_id: str | None = Field(default=None, description="The task. A test has none.")
    receiver_id: str = Field(description="The receiver: your account's callbacks to one origin.")
    url: str = Field(description="Where it goes.")
    state: State = Field(description="pending: still to be delivered. failed: not tried any more.")
    created_at: int = Field(description="When the status changed, Unix time in milliseconds.")
    attempts: int = Field(description="How many attempts have ended.", ge=0)
    last_status: int | None = Field(
        default=None, description="The HTTP status of the newest attempt, if it was answered."
    )
    next_attempt_at: int | None = Field(
        default=None,
        description="When it is tried next, Unix time in milliseconds. Absent once it has ended, while it is "
        "being tried, and while its receiver is disabled.",
    )


class AttemptResource(WireModel):
    """One try at a delivery."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ATTEMPT]})

    number: int = Field(description="1 for the first.", ge=1)
    started_at: int = Field(description="When it began, Unix time in milliseconds.")
    duration_ms: int = Field(description="How long it took.", ge=0)
    status: int | None = Field(default=None, description="The HTTP status of the answer, if there was one.")
    problem: str | None = Field(default=None, description="Why it failed, in words. Only if it did.")
    answer: str = Field(description="The beginning of the answer's body, up to 1,024 bytes.")


class DeliveryRecord(DeliveryResource):
    """A delivery with all that is known of it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{**_DELIVERY, "event": "failed", "body": _BODY, "attempt_list": [_ATTEMPT]}]
        }
    )

    body: str | None = Field(
        default=None, description="What is sent, to the byte. Absent before the first attempt."
    )
    attempt_list: list[AttemptResource] = Field(description="The attempts, the first first.")


class DeliveryList(WireModel):
    """A page of deliveries."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"object": "list", "data": [_DELIVERY], "has_more": True, "next_cursor": "ZDEuNDIxNw"}
            ]
        }
    )

    object: Literal["list"] = Field(default="list", description="Always list.")
    data: list[DeliveryResource] = Field(description="The deliveries, in the order asked for.")
    has_more: bool = Field(description="Whether another page follows.")
    next_cursor: str | None = Field(
        default=None, description="Pass it as after to get the next page. Only when has_more."
    )


class ReceiverResource(WireModel):
    """Your account's callbacks to one origin: they fail and recover together."""

    model_config = ConfigDict(json_schema_extra={"examples": [_RECEIVER]})

    id: str = Field(description="The receiver's id.")
    origin: str = Field(description="Scheme, host and port.")
    state: Literal["ok", "failing", "disabled"] = Field(
        description="failing: the newest attempt failed. disabled: nothing is sent until you enable it."
    )
    created_at: int = Field(description="When a task first named it, Unix time in milliseconds.")
    failing_since: int | None = Field(
        default=None,
        description="Since when every attempt has failed, Unix time in milliseconds. Only if they do.",
    )
    disabled_at: int | None = Field(
        default=None, description="When it was disabled, Unix time in milliseconds. Only if it is."
    )
    pending: int = Field(description="Deliveries that wait for it.", ge=0)


class ReceiverList(WireModel):
    """A page of receivers."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"object": "list", "data": [_RECEIVER], "has_more": False}]}
    )

    object: Literal["list"] = Field(default="list", description="Always list.")
    data: list[ReceiverResource] = Field(description="The receivers, those first that were named first.")
    has_more: bool = Field(description="Whether another page follows.")
    next_cursor: str | None = Field(
        default=None, description="Pass it as after to get the next page. Only when has_more."
    )


class PreviousSecret(WireModel):
    """A secret that was replaced and still signs beside its successor."""

    secret: str = Field(description="The secret.")
    retires_at: int = Field(description="Until when it signs, Unix time in milliseconds.")


class CallbackSecret(WireModel):
    """What your account's callbacks are signed with."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"secret": _SECRET, "created_at": 1769757744021, "previous": []}]}
    )

    secret: str = Field(description="The secret, whsec_ and base64. Verify with this one.")
    created_at: int = Field(description="When it was made, Unix time in milliseconds.")
    previous: list[PreviousSecret] = Field(
        description="Secrets that were replaced and still sign beside it, until they retire."
    )
