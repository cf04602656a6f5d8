"""Signing in and out."""

from __future__ import annotations

from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING

from kirin_video.console.cookies import SESSION, drop_cookie, set_session
from kirin_video.console.gate import action, open_action, open_page
from kirin_video.console.paths import own_path
from kirin_video.domain.access import Scope
from kirin_video.domain.errors import TooManyRequests, Unauthenticated

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.forms import Form
    from kirin_video.console.visit import Visit


def routes() -> list[Route]:
    """``/sign-in`` and ``/sign-out``."""
    return [
        open_page("/sign-in", _show),
        open_action("/sign-in", _sign_in),
        action("/sign-out", _sign_out, needs=Scope.READ),
    ]


async def _show(visit: Visit) -> Response:
    onward = own_path(visit.request.query_params.get("next", ""))
    if visit.session is not None:
        return visit.redirect(onward)
    if not await visit.services.console.people.registering.is_claimed():
        return visit.page("claim_refused.html")
    return _form(visit, onward)


async def _sign_in(visit: Visit, form: Form) -> Response:
    onward, login = own_path(form.text("next")), form.text("login")
    try:
        session = await visit.services.console.people.sign_in(
            login, form.raw("password"), address=visit.address, agent=visit.agent
        )
    except Unauthenticated:
        return _form(visit, onward, login, "sign_in.refused", HTTPStatus.FORBIDDEN)
    except TooManyRequests as error:
        response = _form(visit, onward, login, "sign_in.slow_down", HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(round(error.retry_after_s or 1))
        return response
    response = visit.redirect(onward)
    set_session(response, session.token, https=visit.https)
    return response


async def _sign_out(visit: Visit, form: Form) -> Response:
    del form
    await visit.services.console.sessions.end(visit.signed_in.person, visit.signed_in.id)
    response = visit.redirect("/sign-in", "signed_out")
    drop_cookie(response, SESSION, https=visit.https)
    return response


def _form(
    visit: Visit, onward: str, login: str = "", problem: str | None = None, status: int = HTTPStatus.OK
) -> Response:
    return visit.page(
        "sign_in.html",
        status=status,
        onward=onward,
        login=login,
        problem=problem and visit.text(problem),
        is_exposed=not visit.https and not _is_local(visit),
    )


def _is_local(visit: Visit) -> bool:
    """Whether what is typed goes no further than this machine."""
    host = visit.request.url.hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
