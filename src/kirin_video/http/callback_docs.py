"""The calls about callbacks in OpenAPI."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.domain.callback_requests import TEST_PARAMETERS
from kirin_video.domain.schema import object_schema
from kirin_video.domain.wire import WireModel
from kirin_video.domain.wire_callbacks import (
    CallbackSecret,
    DeliveryList,
    DeliveryRecord,
    DeliveryResource,
    ReceiverList,
    ReceiverResource,
)
from kirin_video.http.keyed import COMMON_ERRORS, error

Schema = dict[str, object]


@dataclass(frozen=True, slots=True)
class Described:
    """What the document says of one call.

    Attributes:
        operation_id: its name for generated clients.
        summary: a few words.
        description: what it does.
        responses: its answers by status.
    """

    operation_id: str
    summary: str
    description: str
    responses: dict[int | str, Schema]


def _answers(model: type[WireModel], description: str, **errors: str) -> dict[int | str, Schema]:
    """The answers of a call: the good one, its own errors (``e404=...``), and those of all calls."""
    return {
        **COMMON_ERRORS,
        200: {"model": model, "description": description},
        **{int(status[1:]): error(text) for status, text in errors.items()},
    }


_BAD_QUERY = "002015003: a parameter is unknown, given twice or not an allowed value."
_NO_DELIVERY = "000000404: there is no such delivery in your account."
_NO_RECEIVER = "000000404: there is no such receiver in your account."
_DISABLED = "002015014: the receiver is disabled; enable it first."
_NOT_ADMIN = "000000403: the key lacks the scope admin."

LIST_DELIVERIES = Described(
    "list_deliveries",
    "List deliveries",
    "Deliveries of your account, newest first unless you ask otherwise. While has_more is true, pass "
    "next_cursor as after for the next page. No delivery comes twice.",
    _answers(DeliveryList, "A page of deliveries.", e400=_BAD_QUERY),
)
READ_DELIVERY = Described(
    "read_delivery",
    "Read a delivery",
    "A delivery with what it sends and with all its attempts.",
    _answers(DeliveryRecord, "The delivery.", e404=_NO_DELIVERY),
)
RESEND = Described(
    "resend_delivery",
    "Send a delivery again",
    "Sends it at once, under the same id and with the same body, and begins its ten attempts anew. One that "
    "is being tried just now goes on as it was.",
    _answers(DeliveryRecord, "The delivery as it is now.", e404=_NO_DELIVERY, e409=_DISABLED),
)
TEST = Described(
    "send_test_callback",
    "Send a test",
    "Sends one signed callback to a URL, once: a task that has just begun, with the external_task_id "
    "kirin-callback-test. Read the delivery to see how it went.",
    _answers(
        DeliveryResource,
        "The delivery.",
        e400="002015003: url is missing or not text; 002015013: it may not be called; 002015016: malformed "
        "JSON.",
        e409=_DISABLED,
        e413="002015017: the body is too large. It was not read if it said so itself.",
    ),
)
LIST_RECEIVERS = Described(
    "list_receivers",
    "List receivers",
    "Where your account's callbacks go, an origin each, those first that were named first.",
    _answers(ReceiverList, "A page of receivers.", e400=_BAD_QUERY),
)
READ_RECEIVER = Described(
    "read_receiver",
    "Read a receiver",
    "Whether a receiver works, fails or is disabled, and how much waits for it.",
    _answers(ReceiverResource, "The receiver.", e404=_NO_RECEIVER),
)
ENABLE = Described(
    "enable_receiver",
    "Enable a receiver",
    "Lets a receiver that was disabled have its deliveries again; what has waited for it is sent at once.",
    _answers(ReceiverResource, "The receiver as it is now.", e404=_NO_RECEIVER),
)
SECRET = Described(
    "read_callback_secret",
    "Read the secret",
    "The secret that your account's callbacks are signed with. It needs a key with the scope admin.",
    _answers(CallbackSecret, "The secret.", e403=_NOT_ADMIN),
)
ROTATE = Described(
    "rotate_callback_secret",
    "Replace the secret",
    "Makes a new secret. The old one signs beside it for a while, so that receivers can change over without "
    "missing anything. It needs a key with the scope admin.",
    _answers(CallbackSecret, "The new secret.", e400=_BAD_QUERY, e403=_NOT_ADMIN),
)


def test_request_body() -> Schema:
    """Describe the body of a call for a test."""
    content = {
        "schema": object_schema(TEST_PARAMETERS),
        "examples": {"test": {"value": {"url": "https://example.com/hooks/kirin"}}},
    }
    return {"required": True, "content": {"application/json": content}}
