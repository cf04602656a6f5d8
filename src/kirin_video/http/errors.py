"""Refusals on the wire: the one shape of every error."""

from __future__ import annotations

import json
import math
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

from kirin_video.domain.errors import Rejected
from kirin_video.domain.wire_faults import WIRE_FAULTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kirin_video.domain.errors import Violation


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
    return bytes_response(json_bytes(body), status=status, headers=headers)


def json_bytes(body: object) -> bytes:
    """Write JSON."""
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # Should a message quote a lone surrogate, it is shown escaped: an error report must not itself fail.
    return text.encode("utf-8", "backslashreplace")


def bytes_response(
    body: bytes, *, status: int = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with JSON that is written already; see ``json_response``."""
    return Response(
        body,
        status_code=status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type="application/json",
    )
