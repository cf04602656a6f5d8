"""The first start: whoever sees what the server prints becomes its first administrator."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from kirin_video.console.cookies import set_session
from kirin_video.console.gate import open_action, open_page
from kirin_video.console.registration import read_registration, told
from kirin_video.domain.errors import Forbidden
from kirin_video.services.credentials import BadCredentials

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.forms import Form
    from kirin_video.console.visit import Visit


def routes() -> list[Route]:
    """``/claim``."""
    return [open_page("/claim", _show), open_action("/claim", _claim)]


async def _show(visit: Visit) -> Response:
    token = visit.request.query_params.get("token", "")
    try:
        await visit.services.console.people.registering.check_claim(token)
    except Forbidden:
        return visit.page("claim_refused.html", status=HTTPStatus.FORBIDDEN)
    return visit.page("claim.html", token=token, given=None, problems={})


async def _claim(visit: Visit, form: Form) -> Response:
    registration = read_registration(form)
    try:
        session = await visit.services.console.people.registering.claim(
            form.text("token"), registration, visit.agent
        )
    except BadCredentials as error:
        problems = told(visit.text, error.problems)
        return visit.page(
            "claim.html",
            status=HTTPStatus.BAD_REQUEST,
            token=form.text("token"),
            given=registration,
            problems=problems,
        )
    response = visit.redirect("/", "welcome", name=registration.name)
    set_session(response, session.token, https=visit.https)
    return response
