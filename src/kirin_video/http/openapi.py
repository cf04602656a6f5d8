"""Finishes the OpenAPI document that FastAPI makes of the routes."""

from __future__ import annotations

from typing import Any, cast

_HEADERS = {
    "RequestId": {
        "description": "The id of this request in the server's log: yours, if you sent one, else a new one.",
        "schema": {"type": "string"},
    },
    "RateLimitPolicy": {
        "description": "The rate your account is held to, if any: requests q in a window of w seconds. Calls "
        "that make a task, an element or an upload count as creates, all others as reads.",
        "schema": {"type": "string", "examples": ['"creates";q=600;w=60']},
    },
    "RateLimit": {
        "description": "What is left of it: requests r, for t more seconds.",
        "schema": {"type": "string", "examples": ['"creates";r=599;t=60']},
    },
    "RetryAfter": {
        "description": "Seconds after which to try again.",
        "schema": {"type": "string", "pattern": "^[0-9]+$", "examples": ["23"]},
    },
}
_REFUSALS_OF_KEYS = {
    "403": "000000403: the key lacks the scope that this call needs.",
    "429": "000000429: over the account's rate; Retry-After says when to come back.",
}
"""What every call with a key may answer, whether or not its route says so."""

_RETRIED = ("429", "503")
_UNCOUNTED = ("401", "403")
"""Answers to calls that are not counted."""

_UNUSED = ("HTTPValidationError", "ValidationError")


def finished(document: dict[str, Any]) -> dict[str, Any]:
    """Make the document say what the server does.

    FastAPI describes an error 422 of its own shape wherever a route has parameters; ours accept any text
    there and judge it themselves. Every answer, on the other hand, carries ``X-Request-Id``, and every call
    with a key may be over its account's rate.

    Args:
        document: the document as FastAPI made it; it is changed.

    Returns:
        The same document.
    """
    for path in cast("dict[str, dict[str, Any]]", document["paths"]).values():
        for operation in path.values():
            responses = cast("dict[str, dict[str, Any]]", operation["responses"])
            responses.pop("422", None)
            if "security" in operation:
                _say_how_keys_are_refused(responses)
            for status, response in responses.items():
                _add_header(response, "X-Request-Id", "RequestId")
                if status in _RETRIED:
                    _add_header(response, "Retry-After", "RetryAfter")
    components = cast("dict[str, dict[str, Any]]", document["components"])
    components["headers"] = _HEADERS
    for name in _UNUSED:
        components["schemas"].pop(name, None)
    return document


def _say_how_keys_are_refused(responses: dict[str, dict[str, Any]]) -> None:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorResponse"}}}
    for status, description in _REFUSALS_OF_KEYS.items():
        responses.setdefault(status, {"description": description, "content": content})
    for status, response in responses.items():
        if status not in _UNCOUNTED:
            _add_header(response, "RateLimit-Policy", "RateLimitPolicy")
            _add_header(response, "RateLimit", "RateLimit")


def _add_header(response: dict[str, Any], name: str, component: str) -> None:
    response.setdefault("headers", {})[name] = {"$ref": f"#/components/headers/{component}"}
