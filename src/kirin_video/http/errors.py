"""Refusals on the wire: the one table from fault to code and status, and the one shape of every error."""

from __future__ import annotations

import json
import math
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import Response

from kirin_video.domain.errors import Fault, Rejected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kirin_video.domain.errors import Violation


class WireFault(NamedTuple):
    """How a fault reads on the wire.

    Attributes:
        code: nine digits. Codes that start with ``000000`` repeat an HTTP status; the others are the model's.
        status: the HTTP status of a refused request. Faults which only ever end an accepted task carry 500:
            raised during a request, they are our mistake.
    """

    code: str
    status: int


WIRE_FAULTS: Mapping[Fault, WireFault] = MappingProxyType(
    {
        Fault.MISSING_PROMPT: WireFault("002015001", 400),
        Fault.PROMPT_TOO_LONG: WireFault("002015002", 400),
        Fault.INVALID_PARAMETER: WireFault("002015003", 400),
        Fault.MISSING_ASPECT_RATIO: WireFault("002015004", 400),
        Fault.DURATION_NOT_ALLOWED: WireFault("002015005", 400),
        Fault.IMAGE_REJECTED: WireFault("002015006", 400),
        Fault.VIDEO_REJECTED: WireFault("002015007", 400),
        Fault.UNKNOWN_ELEMENT: WireFault("002015008", 400),
        Fault.TOO_MANY_REFERENCES: WireFault("002015009", 400),
        Fault.FRAMES_CONFLICT: WireFault("002015010", 400),
        Fault.UNKNOWN_REFERENCE: WireFault("002015011", 400),
        Fault.MEDIA_UNREACHABLE: WireFault("002015012", 400),
        Fault.CALLBACK_REFUSED: WireFault("002015013", 400),
        Fault.CONFLICT: WireFault("002015014", 409),
        Fault.CONTENT_POLICY: WireFault("002015015", 400),
        Fault.MALFORMED_JSON: WireFault("002015016", 400),
        Fault.BODY_TOO_LARGE: WireFault("002015017", 413),
        Fault.UNAUTHENTICATED: WireFault("000000401", 401),
        Fault.INSUFFICIENT_FUNDS: WireFault("000000402", 402),
        Fault.FORBIDDEN: WireFault("000000403", 403),
        Fault.NOT_FOUND: WireFault("000000404", 404),
        Fault.TOO_MANY_REQUESTS: WireFault("000000429", 429),
        Fault.OVERLOADED: WireFault("000000503", 503),
        Fault.WORKER_LOST: WireFault("002015092", 500),
        Fault.TIMED_OUT: WireFault("002015093", 500),
        Fault.CANCELLED: WireFault("002015094", 500),
        Fault.GENERATION_FAILED: WireFault("002015095", 500),
        Fault.RESULT_UNREADABLE: WireFault("002015096", 500),
        Fault.UPSTREAM_HTTP: WireFault("002015097", 500),
        Fault.UPSTREAM_STATUS: WireFault("002015098", 500),
        Fault.UPSTREAM_CREATION: WireFault("002015099", 500),
    }
)
"""The table: every fault has its line, and tests hold it to that."""

_DEFAULT_RETRY_AFTER_S = 1
"""What a caller is told to wait where the refusal does not say and waiting is the remedy."""


def rejection_response(rejected: Rejected, request_id: str) -> Response:
    """Answer a refused request.

    Args:
        rejected: the refusal.
        request_id: the id of this request, repeated in the body.

    Returns:
        The refusal in the contract's shape, with ``WWW-Authenticate`` or ``Retry-After`` where they belong.
    """
    wire = WIRE_FAULTS[rejected.fault]
    headers: dict[str, str] = {}
    if wire.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    retry_after_s = rejected.retry_after_s
    if retry_after_s is None and wire.status in (
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    ):
        retry_after_s = _DEFAULT_RETRY_AFTER_S
    if retry_after_s is not None:
        headers["Retry-After"] = str(max(1, math.ceil(retry_after_s)))
    body = error_body(wire.code, rejected.message, request_id, rejected.violations)
    return json_response(body, status=wire.status, headers=headers)


def status_response(
    status: int, message: str, request_id: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with an error of HTTP itself, such as 405, 416 or 500, which no fault names.

    Args:
        status: the HTTP status; the code repeats it.
        message: what was wrong and what is allowed.
        request_id: the id of this request, repeated in the body.
        headers: more headers, such as ``Allow``.

    Returns:
        The error in the contract's shape.
    """
    return json_response(error_body(f"{status:09d}", message, request_id), status=status, headers=headers)


def error_body(
    code: str, message: str, request_id: str, violations: Sequence[Violation] = ()
) -> dict[str, object]:
    """Build the one shape of every error.

    Args:
        code: the code of the error as a whole.
        message: one sentence or more for the caller.
        request_id: the id of this request.
        violations: the broken rules, one line of ``details`` each.

    Returns:
        The body, ready for JSON.
    """
    details = [
        {"field": v.field, "code": WIRE_FAULTS[v.fault].code, "message": v.message} for v in violations
    ]
    return {
        "error": {"code": code, "error_message": message, "details": details},
        "request_id": request_id,
    }


def json_response(
    body: object, *, status: int = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with JSON that cannot fail to encode.

    Args:
        body: plain JSON values.
        status: the HTTP status.
        headers: more headers.

    Returns:
        The response; never cached, since a task changes and an error is one caller's.
    """
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # Should a message quote a lone surrogate, it is shown escaped: an error report must not itself fail.
    return Response(
        text.encode("utf-8", "backslashreplace"),
        status_code=status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type="application/json",
    )
