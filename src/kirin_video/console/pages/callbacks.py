"""Callbacks: where they go, what was sent and how it went, send again, send a test, the secret."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from kirin_video.console.gate import action, page
from kirin_video.console.refusals import refusal_words
from kirin_video.domain.access import Scope
from kirin_video.domain.callback import DeliveryEvent, DeliveryState
from kirin_video.domain.errors import Conflict, InvalidRequest
from kirin_video.http.callback_answer import delivery_record

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.forms import Form
    from kirin_video.console.visit import Visit

_A_PAGE: Final = "25"
_FILTERS: Final = ("state", "event", "receiver", "task")


def routes() -> list[Route]:
    """``/callbacks`` and what is below it."""
    return [
        page("/callbacks", _list),
        page("/callbacks/secret", _secret, needs=Scope.ADMIN),
        page("/callbacks/{delivery}", _delivery),
        action("/callbacks/test", _test),
        action("/callbacks/enable", _enable),
        action("/callbacks/secret", _rotate, needs=Scope.ADMIN),
        action("/callbacks/{delivery}/resend", _resend),
    ]


async def _list(visit: Visit) -> Response:
    return await _listed(visit)


async def _listed(visit: Visit, url: str = "", problem: str | None = None) -> Response:
    callbacks, given = visit.services.callbacks, visit.request.query_params
    filters = {name: given[name] for name in _FILTERS if given.get(name)}
    query = [
        *filters.items(),
        ("limit", _A_PAGE),
        *([("after", given["after"])] if given.get("after") else []),
    ]
    wrong: str | None = None
    try:
        found = await callbacks.list_deliveries(visit.caller, query)
    except InvalidRequest as error:
        wrong, filters = refusal_words(visit.text, error), {}
        found = await callbacks.list_deliveries(visit.caller, [("limit", _A_PAGE)])
    receivers = await callbacks.list_receivers(visit.caller, [("limit", "100")])
    older = None
    if found.next_cursor is not None:
        older = "?" + urlencode({**filters, "after": found.next_cursor})
    return visit.page(
        "callbacks.html",
        status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        deliveries=found.deliveries,
        receivers=receivers.receivers,
        filters=filters,
        states=list(DeliveryState),
        events=list(DeliveryEvent),
        older=older,
        newer="/console/callbacks" if given.get("after") else None,
        url=url,
        problem=problem,
        wrong=wrong,
    )


async def _delivery(visit: Visit) -> Response:
    identity = visit.request.path_params["delivery"]
    found = await visit.services.callbacks.read_delivery(visit.caller, identity)
    told = delivery_record(found).attempt_list
    return visit.page(
        "delivery.html",
        delivery=found.delivery,
        attempts=list(zip(found.attempts, (each.problem for each in told), strict=True)),
        body=_pretty(found.body),
    )


async def _resend(visit: Visit, form: Form) -> Response:
    del form
    identity = visit.request.path_params["delivery"]
    try:
        await visit.services.callbacks.resend(visit.caller, identity)
    except Conflict:
        return visit.redirect(f"/callbacks/{identity}", "receiver_disabled", "bad")
    return visit.redirect(f"/callbacks/{identity}", "delivery_resent")


async def _test(visit: Visit, form: Form) -> Response:
    url = form.text("url")
    try:
        sent = await visit.services.callbacks.send_test(visit.caller, {"url": url})
    except (InvalidRequest, Conflict) as error:
        return await _listed(visit, url, refusal_words(visit.text, error))
    return visit.redirect(f"/callbacks/{sent.id}", "test_sent")


async def _enable(visit: Visit, form: Form) -> Response:
    receiver = await visit.services.callbacks.enable_receiver(visit.caller, form.text("receiver"))
    return visit.redirect("/callbacks", "receiver_enabled", origin=receiver.origin)


async def _secret(visit: Visit) -> Response:
    newest, *older = await visit.services.callbacks.secrets.show(visit.caller.account_id)
    return visit.page("callback_secret.html", newest=newest, older=older)


async def _rotate(visit: Visit, form: Form) -> Response:
    del form
    await visit.services.callbacks.secrets.rotate(visit.caller.account_id)
    return visit.redirect("/callbacks/secret", "secret_rotated")


def _pretty(body: str | None) -> str | None:
    """What was sent, with a line for each value; as it is if it is no JSON."""
    if body is None:
        return None
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        return body
