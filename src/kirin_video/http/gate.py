"""Who may pass: every call to the API starts here, before its body is read."""

from __future__ import annotations

import asyncio
import logging
import math
from http import HTTPMethod
from typing import TYPE_CHECKING

from kirin_video.domain.access import WINDOW_S, Scope
from kirin_video.domain.errors import Overloaded, TooManyRequests, Unauthenticated
from kirin_video.http.auth import bearer_key
from kirin_video.http.boundary import answer_headers
from kirin_video.http.context import context

if TYPE_CHECKING:
    from starlette.requests import Request

    from kirin_video.domain.access import Standing
    from kirin_video.services.authenticate import Caller

_READING = (HTTPMethod.GET, HTTPMethod.HEAD)
_LOOK_EVERY_S = 0.8
_MAX_AGE_S = 0.1

_log = logging.getLogger(__name__)


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
    return await _admit(request, Scope.READ if request.method in _READING else Scope.GENERATE, creates=False)


async def creator_of(request: Request) -> Caller:
    """Let a caller in who makes something: a task, an element, an upload.

    The call counts among the account's creates.

    Raises:
        Unauthenticated: no key, or not one that is valid now.
        Forbidden: the key lacks the scope ``generate``.
        TooManyRequests: over the account's rate.
        Overloaded: the database cannot be reached.
    """
    return await _admit(request, Scope.GENERATE, creates=True)


async def manager_of(request: Request) -> Caller:
    """Let a caller in who manages the account itself: its secret.

    The call counts among the account's reads.

    Raises:
        Unauthenticated: no key, or not one that is valid now.
        Forbidden: the key lacks the scope ``admin``.
        TooManyRequests: over the account's rate.
        Overloaded: the database cannot be reached.
    """
    return await _admit(request, Scope.ADMIN, creates=False)


async def until_lapsed(request: Request) -> None:
    """Return once the key of a call that was let in is good no more, for answers that go on for long.

    It looks often enough to return within a second of the revocation, and seldom enough for thousands of
    answers at a time; those under one key share what was found.
    """
    authenticate, key = context(request).services.authenticate, bearer_key(request)
    while True:
        await asyncio.sleep(_LOOK_EVERY_S)
        try:
            await authenticate(key, max_age_s=_MAX_AGE_S)
        except Unauthenticated:
            return
        except Overloaded as error:
            _log.warning("%s Looking at a key again.", error)


async def _admit(request: Request, scope: Scope, *, creates: bool) -> Caller:
    try:
        admission = await context(request).services.admit(bearer_key(request), scope, creates=creates)
    except TooManyRequests as refused:
        if refused.standing is not None:
            answer_headers(request).update(rate_headers(refused.standing))
        raise
    if admission.standing is not None:
        answer_headers(request).update(rate_headers(admission.standing))
    return admission.caller


def rate_headers(standing: Standing) -> dict[str, str]:
    """Tell an account's standing as the IETF's draft on rate limit headers has it.

    Returns:
        ``RateLimit-Policy`` with the quota ``q`` and the window ``w`` in seconds, and ``RateLimit`` with what
        remains ``r`` and the seconds ``t`` until the window ends.
    """
    return {
        "RateLimit-Policy": f'"{standing.policy}";q={standing.quota};w={WINDOW_S}',
        "RateLimit": f'"{standing.policy}";r={standing.remaining};t={math.ceil(standing.reset_s)}',
    }
