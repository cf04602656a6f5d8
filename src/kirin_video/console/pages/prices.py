"""Prices: what a second costs now, what it cost when, and what it will."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from kirin_video.console.gate import action, page
from kirin_video.domain.access import Scope
from kirin_video.domain.money import format_usd, usd
from kirin_video.domain.pricing import PriceList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.forms import Form
    from kirin_video.console.visit import Visit

NAMES: Final = tuple(PriceList.model_fields)
_MOST: Final = 1_000_000_000


def routes() -> list[Route]:
    """``/prices``."""
    return [
        page("/prices", _show, needs=Scope.ADMIN),
        action("/prices", _set, needs=Scope.ADMIN),
    ]


async def _show(visit: Visit) -> Response:
    return await _page(visit, {}, {})


async def _set(visit: Visit, form: Form) -> Response:
    given = {name: form.text(name) for name in NAMES}
    changes: dict[str, int] = {}
    problems: dict[str, str] = {}
    for name, text in given.items():
        amount = _amount(text)
        if amount is None:
            problems[name] = visit.text("accounts.problem_amount")
        else:
            changes[name] = amount
    if problems:
        return await _page(visit, given, problems)
    await visit.services.console.admin.set_prices(changes)
    return visit.redirect("/prices", "prices_set")


async def _page(visit: Visit, given: Mapping[str, str], problems: Mapping[str, str]) -> Response:
    admin = visit.services.console.admin
    versions = await admin.list_prices()
    in_force = next((version.prices for version, is_now in versions if is_now), None)
    now = in_force or (await admin.current_prices()).prices
    return visit.page(
        "prices.html",
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        now=[(name, getattr(now, name)) for name in NAMES],
        given={name: format_usd(getattr(now, name)) for name in NAMES} | dict(given),
        versions=[
            (version, [getattr(version.prices, name) for name in NAMES], is_now)
            for version, is_now in reversed(versions)
        ],
        names=NAMES,
        problems=problems,
    )


def _amount(text: str) -> int | None:
    """Micro-dollars; None if it is no amount that something may cost."""
    try:
        amount = usd(text.lstrip("$"))
    except ValueError:
        return None
    return amount if 0 <= amount <= _MOST else None
