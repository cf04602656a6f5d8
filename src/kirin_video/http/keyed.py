"""Routers of the native API, whose calls all need a key, and the answers all of them may give."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from fastapi import APIRouter, Security
from fastapi.security import HTTPBearer

from kirin_video.domain.schema import parameter_schema
from kirin_video.domain.wire import ErrorResponse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kirin_video.domain.parameters import Parameter

Response = dict[str, object]


def keyed_router(*tags: str) -> APIRouter:
    """A router for ``/model/v1`` whose calls need a key.

    The scheme is declared for the OpenAPI document; whether the key is good is decided by ``http.gate``.

    Args:
        tags: what the calls are about.
    """
    scheme = HTTPBearer(
        auto_error=False, scheme_name="apiKey", description="A key that `kirin keys create` made."
    )
    return APIRouter(prefix="/model/v1", tags=list(tags), dependencies=[Security(scheme)])


def error(description: str) -> Response:
    """Document an answer that is an error."""
    return {"model": ErrorResponse, "description": description}


COMMON_ERRORS: Mapping[int | str, Response] = MappingProxyType(
    {
        401: error("000000401: no key, or not one that is valid now."),
        403: error("000000403: the key lacks the scope that this call needs."),
        429: error("000000429: over the account's rate; Retry-After says when to come back."),
        500: error("000000500: the server made a mistake; its log has it under the request_id."),
        503: error("000000503: the server cannot answer now; Retry-After says when to come back."),
    }
)
"""What every call with a key may answer besides."""


def query_parameters(parameters: Sequence[Parameter]) -> list[Response]:
    """Document the query of a call, from the parameters that it is read by."""
    return [
        {
            "name": parameter.name,
            "in": "query",
            "required": False,
            "description": parameter.help,
            # A query has no null and no numbers: digits are the one way to write them.
            "schema": parameter_schema(replace(parameter, required=True, digits_too=False)),
        }
        for parameter in parameters
    ]


NO_SUCH_TASK: Response = error("000000404: there is no such task in your account.")
