"""The short way of a poll whose answer is known: past the framework, by what this process remembers.

It takes no decision of its own. Whatever is not plain, known and allowed goes the long way, where it would be
answered the same.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from kirin_video.domain.access import Scope as KeyScope
from kirin_video.http.boundary import name_request
from kirin_video.http.gate import rate_headers

if TYPE_CHECKING:
    from starlette.types import Scope, Send

    from kirin_video.http.context import HttpContext
    from kirin_video.services.authenticate import Caller
    from kirin_video.services.known_answers import KnownAnswer

_TASK = "/model/v1/generation/task/"
_BEARER = b"Bearer "
_HEADERS = (
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
)


async def answered_at_once(scope: Scope, send: Send) -> bool:
    """Answer a poll if that takes nothing but memory.

    Returns:
        Whether it was answered; if not, nothing has happened.
    """
    name = _polled(scope)
    caller = None if name is None else _caller(scope)
    if name is None or caller is None:
        return False
    answer = await _context(scope).services.known_answers.find(caller.account_id, name)
    if answer is None or not _leads_here(answer, scope):
        return False
    standing = _standing(scope, caller)
    if standing is None:
        return False
    headers = [
        *_HEADERS,
        *standing,
        (b"content-length", str(len(answer.body)).encode()),
        (b"x-request-id", name_request(scope).encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
    return True


def _polled(scope: Scope) -> str | None:
    """The id or external id of the task that is polled; None if this is no poll."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    path: str = scope["path"]
    name = path[len(_TASK) :] if path.startswith(_TASK) else ""
    return name if name and "/" not in name else None


def _caller(scope: Scope) -> Caller | None:
    """Who polls, if that is known and they may."""
    given = _only(scope, b"authorization")
    if given is None or not given.startswith(_BEARER):
        return None
    key = given[len(_BEARER) :].decode("latin-1").strip()
    caller = _context(scope).services.admit.authenticate.at_once(key)
    return caller if caller is not None and KeyScope.READ in caller.scopes else None


def _leads_here(answer: KnownAnswer, scope: Scope) -> bool:
    """Whether the links of an answer are such as this request would get."""
    if time.time() > answer.good_until_s:
        return False
    if answer.origin is None:
        return True
    host = _only(scope, b"host")
    return host is not None and answer.origin == (scope["scheme"], host.decode("latin-1"))


def _standing(scope: Scope, caller: Caller) -> list[tuple[bytes, bytes]] | None:
    """Count the read; gives the headers that tell the account's standing, or None without room for it."""
    quota = caller.limits.reads_per_minute
    if not quota:
        return []
    standing = _context(scope).services.admit.count_reads.if_within(caller.account_id, quota)
    if standing is None:
        return None
    return [(name.lower().encode(), value.encode()) for name, value in rate_headers(standing).items()]


def _only(scope: Scope, name: bytes) -> bytes | None:
    """The value of a header; None if it is not there, or more than once."""
    values = [value for field, value in scope["headers"] if field == name]
    return values[0] if len(values) == 1 else None


def _context(scope: Scope) -> HttpContext:
    return cast("HttpContext", scope["state"]["context"])
