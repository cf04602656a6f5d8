"""Finds the caller's key in a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirin_video.domain.errors import Unauthenticated

if TYPE_CHECKING:
    from starlette.requests import Request

_HOW = 'Send the header "Authorization: Bearer YOUR_API_KEY"; "kirin keys create" makes a key.'


def bearer_key(request: Request) -> str:
    """Read the key from the ``Authorization`` header, the one place where it counts.

    Args:
        request: the request; its body is not touched.

    Returns:
        The key as the caller wrote it, not yet checked.

    Raises:
        Unauthenticated: there is no such header, more than one, or one of another scheme.
    """
    given = request.headers.getlist("authorization")
    if not given:
        raise Unauthenticated(f"The request carries no API key. {_HOW}")
    if len(given) > 1:
        raise Unauthenticated(f"The request carries more than one Authorization header. {_HOW}")
    scheme, _, key = given[0].strip().partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise Unauthenticated(f"The Authorization header is not of the form Bearer YOUR_API_KEY. {_HOW}")
    return key.strip()
