"""The header ``Idempotency-Key`` of create calls, and what an answer says of a repeated one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kirin_video.domain.task_names import IDEMPOTENCY_KEY, MAX_KEY_CHARS, read_key
from kirin_video.http.boundary import answer_headers

if TYPE_CHECKING:
    from starlette.requests import Request

    from kirin_video.services.repeats import Created

_REPLAYED = "Idempotent-Replayed"

KEY_PARAMETER: Final[dict[str, object]] = {
    "name": IDEMPOTENCY_KEY,
    "in": "header",
    "required": False,
    "description": (
        "A text of your choice, such as a UUID, that makes it safe to send the call again: the same request "
        "under the same key gives the same task, another request is refused with 002015014. It is kept for "
        "24 hours."
    ),
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": MAX_KEY_CHARS,
        "pattern": "^[!-~]([ -~]*[!-~])?$",
        "examples": ["5f0c6f9e-1f0b-4c55-9a61-0a4a6f2f1a3e"],
    },
}
"""The header in OpenAPI."""

REPLAYED_HEADER: Final[dict[str, object]] = {
    _REPLAYED: {
        "description": "true, where this request made the task before; else it is not sent.",
        "schema": {"type": "string", "const": "true"},
    }
}
"""The answer's header in OpenAPI."""


def idempotency_key(request: Request) -> str | None:
    """Read a create call's key.

    Raises:
        InvalidRequest: the header is not one.
    """
    return read_key(request.headers.getlist(IDEMPOTENCY_KEY))


def say_if_replayed(request: Request, created: Created) -> None:
    """Let the answer tell whether the request came before."""
    if created.replayed:
        answer_headers(request)[_REPLAYED] = "true"
