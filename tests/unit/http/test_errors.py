"""The contract's table of codes, written out once more so that a slip in either shows."""

from __future__ import annotations

import json

import pytest

from kirin_video.domain.errors import (
    Conflict,
    Fault,
    InvalidRequest,
    NotFound,
    Overloaded,
    TooManyRequests,
    Unauthenticated,
    Violation,
)
from kirin_video.domain.wire_faults import WIRE_FAULTS
from kirin_video.http.errors import json_response, rejection_response, status_response

CONTRACT = {
    "missing_prompt": ("002015001", 400),
    "prompt_too_long": ("002015002", 400),
    "invalid_parameter": ("002015003", 400),
    "missing_aspect_ratio": ("002015004", 400),
    "duration_not_allowed": ("002015005", 400),
    "image_rejected": ("002015006", 400),
    "video_rejected": ("002015007", 400),
    "unknown_element": ("002015008", 400),
    "too_many_references": ("002015009", 400),
    "frames_conflict": ("002015010", 400),
    "unknown_reference": ("002015011", 400),
    "media_unreachable": ("002015012", 400),
    "callback_refused": ("002015013", 400),
    "conflict": ("002015014", 409),
    "content_policy": ("002015015", 400),
    "malformed_json": ("002015016", 400),
    "body_too_large": ("002015017", 413),
    "unauthenticated": ("000000401", 401),
    "insufficient_funds": ("000000402", 402),
    "forbidden": ("000000403", 403),
    "not_found": ("000000404", 404),
    "too_many_requests": ("000000429", 429),
    "overloaded": ("000000503", 503),
    "worker_lost": ("002015092", 500),
    "timed_out": ("002015093", 500),
    "cancelled": ("002015094", 500),
    "generation_failed": ("002015095", 500),
    "result_unreadable": ("002015096", 500),
    "upstream_http": ("002015097", 500),
    "upstream_status": ("002015098", 500),
    "upstream_creation": ("002015099", 500),
}


def test_the_table_is_the_contracts() -> None:
    assert {fault.value: tuple(wire) for fault, wire in WIRE_FAULTS.items()} == CONTRACT


def test_every_fault_has_a_line_and_every_line_its_own_code() -> None:
    assert set(WIRE_FAULTS) == set(Fault)
    assert len({wire.code for wire in WIRE_FAULTS.values()}) == len(Fault)


def test_a_refusal_lists_every_violation() -> None:
    refusal = InvalidRequest(
        (
            Violation("prompt", Fault.MISSING_PROMPT, "A prompt is needed."),
            Violation("image_list[1].type", Fault.INVALID_PARAMETER, "No."),
        )
    )
    response = rejection_response(refusal, "r-1")
    assert response.status_code == 400
    assert json.loads(bytes(response.body)) == {
        "error": {
            "code": "002015001",
            "error_message": "A prompt is needed. No.",
            "details": [
                {"field": "prompt", "code": "002015001", "message": "A prompt is needed."},
                {"field": "image_list[1].type", "code": "002015003", "message": "No."},
            ],
        },
        "request_id": "r-1",
    }


def test_headers_that_belong_to_a_status() -> None:
    assert rejection_response(Unauthenticated("no"), "r").headers["www-authenticate"] == "Bearer"
    assert rejection_response(TooManyRequests("no", retry_after_s=2.1), "r").headers["retry-after"] == "3"
    assert rejection_response(Overloaded("no"), "r").headers["retry-after"] == "1"
    assert "retry-after" not in rejection_response(Conflict("no"), "r").headers
    assert rejection_response(NotFound("no"), "r").headers["cache-control"] == "no-store"


def test_an_error_of_http_itself_has_the_same_shape() -> None:
    response = status_response(405, "Use GET.", "r", {"Allow": "GET"})
    assert (response.status_code, response.headers["allow"]) == (405, "GET")
    assert json.loads(bytes(response.body))["error"]["code"] == "000000405"


def test_an_error_report_that_quotes_a_lone_surrogate_still_goes_out() -> None:
    response = rejection_response(NotFound("no task \ud800"), "r")
    assert json.loads(bytes(response.body))["error"]["error_message"] == "no task \ud800"


def test_json_never_holds_nan() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_response({"progress": float("nan")})
