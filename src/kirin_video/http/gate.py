"""Who may pass: every call to the API starts here, before its body is read."""

from __future__ import annotations

from http import HTTPMethod
from typing import TYPE_CHECKING

from kirin_video.domain.access import Scope
from kirin_video.http.auth import bearer_key
from kirin_video.http.context import context

if TYPE_CHECKING:
    from starlette.requests import Request

    from kirin_video.services.authenticate import Caller

_READING = (HTTPMethod.GET, HTTPMethod.HEAD)


async def caller_of(request: Request) -> Caller:
    """Let a caller in who reads, or who changes what is there.

    The scope that its key needs follows from the method: ``read`` for GET, ``generate`` for all others. The
    call counts among the account's reads.

    Raises:
        Unauthenticated: no key, or not one that is valid now.
        Forbidden: the key lacks the scope.
        TooManyRequests: over the account's rate.
        Overloaded: the database cannot be reached.
    """
    scope = Scope.READ if request.method in _READING else Scope.GENERATE
    return await context(request).services.admit(bearer_key(request), scope)


async def creator_of(request: Request) -> Caller:
    """Let a caller in who makes something: a task, an element, an upload.

    The call counts among the account's creates.

    Raises:
        Unauthenticated: no key, or not one that is valid now.
        Forbidden: the key lacks the scope ``generate``.
        TooManyRequests: over the account's rate.
        Overloaded: the database cannot be reached.
    """
    return await context(request).services.admit(bearer_key(request), Scope.GENERATE)
