"""Links that let somebody join, or choose a new password."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from kirin_video.console.cookies import set_session
from kirin_video.console.gate import open_action, open_page
from kirin_video.console.registration import read_registration, told
from kirin_video.services.credentials import BadCredentials

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.forms import Form
    from kirin_video.console.visit import Visit
    from kirin_video.domain.person import Registration


def routes() -> list[Route]:
    """``/join``."""
    return [open_page("/join", _show), open_action("/join", _join)]


async def _show(visit: Visit) -> Response:
    return await _form(visit, visit.request.query_params.get("token", ""))


async def _join(visit: Visit, form: Form) -> Response:
    token, people = form.text("token"), visit.services.console.people
    invite, registration = await people.invitations.find(token), read_registration(form)
    try:
        if invite.person_id is None:
            session = await people.registering.join(token, registration, visit.agent)
        else:
            session = await people.registering.choose_password(token, registration.password, visit.agent)
    except BadCredentials as error:
        problems = told(visit.text, error.problems)
        return await _form(visit, token, registration, problems, HTTPStatus.BAD_REQUEST)
    flash = "welcome" if invite.person_id is None else "password_changed"
    response = visit.redirect("/", flash, name=registration.name)
    set_session(response, session.token, https=visit.https)
    return response


async def _form(
    visit: Visit,
    token: str,
    given: Registration | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = HTTPStatus.OK,
) -> Response:
    invite = await visit.services.console.people.invitations.find(token)
    return visit.page(
        "join.html", status=status, token=token, invite=invite, given=given, problems=problems or {}
    )
