"""People: who may sign in, as what, to which account; invitations and new passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirin_video.console.gate import action, page
from kirin_video.domain.access import Scope
from kirin_video.domain.errors import Conflict, MalformedBody
from kirin_video.domain.person import Role

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.forms import Form
    from kirin_video.console.visit import Visit
    from kirin_video.services.invitations import MadeLink


def routes() -> list[Route]:
    """``/people`` and what is below it."""
    return [
        page("/people", _list, needs=Scope.ADMIN),
        action("/people/invite", _invite, needs=Scope.ADMIN),
        action("/people/invite/revoke", _revoke, needs=Scope.ADMIN),
        action("/people/place", _place, needs=Scope.ADMIN),
        action("/people/reset", _reset, needs=Scope.ADMIN),
        action("/people/disable", _disable, needs=Scope.ADMIN),
    ]


async def _list(visit: Visit) -> Response:
    people, accounts = visit.services.console.people, visit.services.console.admin.list_accounts
    return visit.page(
        "people.html",
        people=await people.everybody(),
        invites=await people.invitations.all(),
        accounts=[(account.id, account.id) for account in await accounts()],
    )


async def _invite(visit: Visit, form: Form) -> Response:
    link = await visit.services.console.people.invitations.invite(
        form.text("note"), _role(form), form.text("account"), made_by=visit.signed_in.person
    )
    return _link(visit, link, form.text("note"), "invite")


async def _revoke(visit: Visit, form: Form) -> Response:
    await visit.services.console.people.invitations.revoke(form.text("invite"))
    return visit.redirect("/people", "invite_revoked")


async def _place(visit: Visit, form: Form) -> Response:
    try:
        await visit.services.console.people.place(form.text("person"), _role(form), form.text("account"))
    except Conflict:
        return visit.redirect("/people", "last_administrator", "bad")
    return visit.redirect("/people", "person_placed")


async def _reset(visit: Visit, form: Form) -> Response:
    link = await visit.services.console.people.invitations.reset(
        form.text("person"), made_by=visit.signed_in.person
    )
    return _link(visit, link, form.text("name"), "reset")


async def _disable(visit: Visit, form: Form) -> Response:
    disabled = form.text("undo") != "yes"
    try:
        await visit.services.console.people.disable(form.text("person"), disabled=disabled)
    except Conflict:
        return visit.redirect("/people", "last_administrator", "bad")
    return visit.redirect("/people", "person_disabled" if disabled else "person_enabled")


def _role(form: Form) -> Role:
    try:
        return Role(form.text("role"))
    except ValueError as error:
        raise MalformedBody("There is no such role.") from error


def _link(visit: Visit, link: MadeLink, name: str, kind: str) -> Response:
    url = visit.context.base_url(visit.request) + link.path
    return visit.page("link_made.html", url=url, name=name, kind=kind, days=link.lifetime.days)
