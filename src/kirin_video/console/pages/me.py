"""What somebody may change about themselves: name, password, and where they are signed in."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from kirin_video.console.gate import action, page
from kirin_video.console.registration import told
from kirin_video.domain.access import Scope
from kirin_video.domain.errors import NotFound, TooManyRequests, Unauthenticated
from kirin_video.services.credentials import BadCredentials

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.forms import Form
    from kirin_video.console.visit import Visit


def routes() -> list[Route]:
    """``/me`` and what is below it."""
    return [
        page("/me", _show),
        action("/me/name", _rename, needs=Scope.READ),
        action("/me/password", _change_password, needs=Scope.READ),
        action("/me/sessions/end", _end_session, needs=Scope.READ),
        action("/me/sessions/end-others", _end_others, needs=Scope.READ),
        action("/account", _work_in, needs=Scope.ADMIN),
    ]


async def _show(visit: Visit) -> Response:
    return await _page(visit, {})


async def _rename(visit: Visit, form: Form) -> Response:
    try:
        await visit.services.console.people.rename(visit.signed_in.person, form.text("name"))
    except BadCredentials as error:
        return await _page(visit, told(visit.text, error.problems))
    return visit.redirect("/me", "renamed")


async def _change_password(visit: Visit, form: Form) -> Response:
    people = visit.services.console.people
    try:
        await people.registering.change_password(
            visit.signed_in, form.raw("old"), form.raw("password"), address=visit.address
        )
    except Unauthenticated:
        return await _page(visit, {"old": visit.text("me.wrong_password")})
    except TooManyRequests:
        return await _page(visit, {"old": visit.text("sign_in.slow_down")})
    except BadCredentials as error:
        return await _page(visit, told(visit.text, error.problems))
    return visit.redirect("/me", "password_changed")


async def _end_session(visit: Visit, form: Form) -> Response:
    try:
        await visit.services.console.sessions.end(visit.signed_in.person, form.text("session"))
    except NotFound:
        return visit.redirect("/me")
    return visit.redirect("/me", "session_ended")


async def _end_others(visit: Visit, form: Form) -> Response:
    del form
    await visit.services.console.sessions.end_others(visit.signed_in)
    return visit.redirect("/me", "sessions_ended")


async def _work_in(visit: Visit, form: Form) -> Response:
    account_id = form.text("account")
    await visit.services.console.sessions.work_in(visit.signed_in, account_id)
    return visit.redirect("/", "working_in", account=account_id)


async def _page(visit: Visit, problems: Mapping[str, str]) -> Response:
    sessions = await visit.services.console.sessions.all(visit.signed_in.person)
    status = HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK
    return visit.page("me.html", status=status, sessions=sessions, problems=problems)
