"""Who may see a page and who may change something: every route of the console is made here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPMethod
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.routing import Route

from kirin_video.console.context import console_context
from kirin_video.console.forms import TOKEN, Form, read_form
from kirin_video.console.mixed_form import MixedForm, read_mixed_form
from kirin_video.console.paths import BASE, SIGN_IN
from kirin_video.console.same_site import is_same_site
from kirin_video.console.visit import Visit, open_visit
from kirin_video.domain.access import Scope
from kirin_video.domain.errors import Forbidden
from kirin_video.domain.parameters import MAX_REFERENCES
from kirin_video.services.room import refusing_when_full
from kirin_video.services.uploads import ARRIVING

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

Show = Callable[[Visit], Awaitable["Response"]]
"""Answers a page."""

Act = Callable[[Visit, Form], Awaitable["Response"]]
"""Does what a form asks for."""

MixedAct = Callable[[Visit, MixedForm], Awaitable["Response"]]
"""Does what a form with files asks for."""

TOKEN_HEADER: Final = "X-Kirin-Form"  # noqa: S105 - the name of a header
"""Where scripts send the token of the session's forms."""

_FIELDS_BYTES: Final = 1 << 20
"""What a form with files may have beside its files."""


def page(path: str, show: Show, *, needs: Scope = Scope.READ) -> Route:
    """A page for people who are signed in; others are sent to sign in and come back.

    Args:
        path: where, below the console.
        show: answers it.
        needs: what one must be allowed to do.
    """

    async def answer(request: Request) -> Response:
        visit = await _visit(request)
        if visit.session is None:
            return _to_sign_in(visit)
        _require(visit, needs)
        return await show(visit)

    return Route(path, answer, methods=[HTTPMethod.GET])


def action(path: str, act: Act, *, needs: Scope = Scope.GENERATE) -> Route:
    """What a form of a page does, for people who are signed in. It must be a form of our own.

    Args:
        path: where, below the console.
        act: does it.
        needs: what one must be allowed to do.
    """

    async def answer(request: Request) -> Response:
        visit = await _visit(request)
        _require_same_site(visit)
        if visit.session is None:
            return _to_sign_in(visit)
        form = await read_form(request)
        if not visit.session.allows_form(form.text(TOKEN)):
            raise Forbidden("The form is not one of this session's own. Open the page again.")
        _require(visit, needs)
        return await act(visit, form)

    return Route(path, answer, methods=[HTTPMethod.POST])


def mixed_action(path: str, act: MixedAct, *, needs: Scope = Scope.GENERATE) -> Route:
    """What a form with files does, for people who are signed in. It must be a form of our own.

    Args:
        path: where, below the console.
        act: does it; the files are gone when it has answered.
        needs: what one must be allowed to do; nothing is received from others.
    """

    async def answer(request: Request) -> Response:
        visit = await _visit(request)
        _require_same_site(visit)
        if visit.session is None:
            return _to_sign_in(visit)
        _require(visit, needs)
        services = visit.services
        services.require_room()
        judge = services.judge
        files_bytes = judge.video_limits.max_bytes + MAX_REFERENCES * judge.image_limits.max_bytes
        with refusing_when_full(), TemporaryDirectory(dir=services.scratch, prefix=ARRIVING) as folder:
            form = await read_mixed_form(request, Path(folder), files_bytes + _FIELDS_BYTES)
            if not visit.session.allows_form(form.text.text(TOKEN)):
                raise Forbidden("The form is not one of this session's own. Open the page again.")
            return await act(visit, form)

    return Route(path, answer, methods=[HTTPMethod.POST])


def script_call(path: str, answer_call: Show, *, needs: Scope = Scope.READ, method: str = "POST") -> Route:
    """A call of our own scripts, which send the form's token in a header and read JSON.

    Args:
        path: where, below the console.
        answer_call: answers it; it reads the body itself.
        needs: what one must be allowed to do.
        method: ``GET`` needs no token.
    """

    async def answer(request: Request) -> Response:
        visit = await _visit(request)
        session = visit.signed_in
        if request.method != HTTPMethod.GET:
            _require_same_site(visit)
            if not session.allows_form(request.headers.get(TOKEN_HEADER, "")):
                raise Forbidden("The call is not one of this session's own pages. Open the page again.")
        _require(visit, needs)
        return await answer_call(visit)

    return Route(path, answer, methods=[method])


def open_page(path: str, show: Show) -> Route:
    """A page for everybody, signed in or not."""

    async def answer(request: Request) -> Response:
        return await show(await _visit(request))

    return Route(path, answer, methods=[HTTPMethod.GET])


def open_action(path: str, act: Act) -> Route:
    """What a form does that anybody may send, from a page of ours."""

    async def answer(request: Request) -> Response:
        visit = await _visit(request)
        _require_same_site(visit)
        return await act(visit, await read_form(request))

    return Route(path, answer, methods=[HTTPMethod.POST])


async def _visit(request: Request) -> Visit:
    visit = await open_visit(request, console_context(request))
    request.state.visit = visit
    return visit


def _to_sign_in(visit: Visit) -> Response:
    url = visit.request.url
    wanted = url.path + (f"?{url.query}" if url.query else "")
    is_worth_it = visit.request.method == HTTPMethod.GET and wanted not in (BASE, f"{BASE}/")
    return visit.redirect(f"{SIGN_IN}?next={quote(wanted)}" if is_worth_it else SIGN_IN)


def _require(visit: Visit, scope: Scope) -> None:
    if not visit.may(scope):
        raise Forbidden("Your role does not allow that. Ask an administrator.")


def _require_same_site(visit: Visit) -> None:
    if not is_same_site(visit.request, visit.context.public_url):
        raise Forbidden("The request does not come from a page of this server.")
