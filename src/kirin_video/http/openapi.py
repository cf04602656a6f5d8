"""Finishes the OpenAPI document that FastAPI makes of the routes."""

from __future__ import annotations

from typing import Any, cast

_HEADER = {
    "description": "The id of this request in the server's log: yours, if you sent one, else a new one.",
    "schema": {"type": "string"},
}
_UNUSED = ("HTTPValidationError", "ValidationError")


def finished(document: dict[str, Any]) -> dict[str, Any]:
    """Make the document say what the server does.

    FastAPI describes an error 422 of its own shape wherever a route has parameters; ours accept any text
    there and judge it themselves. Every answer, on the other hand, carries ``X-Request-Id``.

    Args:
        document: the document as FastAPI made it; it is changed.

    Returns:
        The same document.
    """
    for path in cast("dict[str, dict[str, Any]]", document["paths"]).values():
        for operation in path.values():
            responses = cast("dict[str, dict[str, Any]]", operation["responses"])
            responses.pop("422", None)
            for response in responses.values():
                response.setdefault("headers", {})["X-Request-Id"] = {
                    "$ref": "#/components/headers/RequestId"
                }
    components = cast("dict[str, dict[str, Any]]", document["components"])
    components["headers"] = {"RequestId": _HEADER}
    for name in _UNUSED:
        components["schemas"].pop(name, None)
    return document
