"""Accounts: made, limited, given budgets and discounts; and gone to work in."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from kirin_video.console.gate import action, page
from kirin_video.domain.access import PRIORITIES, LimitOverrides, Scope
from kirin_video.domain.account import is_account_name
from kirin_video.domain.errors import Conflict, NotFound
from kirin_video.domain.money import usd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.forms import Form
    from kirin_video.console.visit import Visit
    from kirin_video.domain.account import Account

LIMITS: Final = ("creates_per_minute", "reads_per_minute", "unfinished_tasks", "running_tasks", "priority")
_LARGEST: Final = 1_000_000_000
_MOST_DAYS: Final = 36_500
_PERCENT: Final = 100


def routes() -> list[Route]:
    """``/accounts`` and what is below it."""
    return [
        page("/accounts", _list, needs=Scope.ADMIN),
        page("/accounts/{account}", _show, needs=Scope.ADMIN),
        action("/accounts", _create, needs=Scope.ADMIN),
        action("/accounts/{account}/limits", _limit, needs=Scope.ADMIN),
        action("/accounts/{account}/budget", _set_budget, needs=Scope.ADMIN),
        action("/accounts/{account}/discount", _discount, needs=Scope.ADMIN),
        action("/accounts/{account}/retention", _retain, needs=Scope.ADMIN),
    ]


async def _list(visit: Visit) -> Response:
    return await _listed(visit)


async def _create(visit: Visit, form: Form) -> Response:
    name = form.text("name")
    if not is_account_name(name):
        return await _listed(visit, name, visit.text("accounts.problem_name"))
    try:
        await visit.services.console.admin.create_account(name, LimitOverrides())
    except Conflict:
        return await _listed(visit, name, visit.text("accounts.problem_taken"))
    return visit.redirect(f"/accounts/{name}", "account_made", name=name)


async def _show(visit: Visit) -> Response:
    return await _shown(visit, {})


async def _limit(visit: Visit, form: Form) -> Response:
    limits: dict[str, int | None] = {}
    problems: dict[str, str] = {}
    for name in LIMITS:
        least = PRIORITIES.start if name == "priority" else 0
        most = PRIORITIES.stop - 1 if name == "priority" else _LARGEST
        try:
            limits[name] = _whole(form.text(name), least, most)
        except ValueError:
            problems[name] = visit.text("accounts.problem_whole", least=least, most=f"{most:,}")
    if problems:
        return await _shown(visit, problems)
    await visit.services.console.admin.limit_account(_named(visit), LimitOverrides(**limits), LIMITS)
    return visit.redirect(f"/accounts/{_named(visit)}", "account_changed")


async def _set_budget(visit: Visit, form: Form) -> Response:
    admin, text = visit.services.console.admin, form.text("budget").lstrip("$").replace(",", "")
    if not text:
        await admin.drop_budget(_named(visit))
        return visit.redirect(f"/accounts/{_named(visit)}", "account_changed")
    try:
        amount = usd(text)
    except ValueError:
        amount = -1
    if amount < 0:
        return await _shown(visit, {"budget": visit.text("accounts.problem_amount")})
    await admin.set_budget(_named(visit), amount)
    return visit.redirect(f"/accounts/{_named(visit)}", "account_changed")


async def _discount(visit: Visit, form: Form) -> Response:
    try:
        percent = Decimal(form.text("discount").rstrip("%").strip() or "0")
        is_right = 0 <= percent <= _PERCENT and percent == round(percent, 2)
    except InvalidOperation:
        is_right, percent = False, Decimal(0)
    if not is_right:
        return await _shown(visit, {"discount": visit.text("accounts.problem_percent")})
    await visit.services.console.admin.give_discount(_named(visit), percent)
    return visit.redirect(f"/accounts/{_named(visit)}", "account_changed")


async def _retain(visit: Visit, form: Form) -> Response:
    try:
        days = _whole(form.text("days"), 0, _MOST_DAYS)
    except ValueError:
        problem = visit.text("accounts.problem_whole", least=0, most=f"{_MOST_DAYS:,}")
        return await _shown(visit, {"days": problem})
    await visit.services.console.admin.retain_files.write(_named(visit), days)
    return visit.redirect(f"/accounts/{_named(visit)}", "account_changed")


async def _listed(visit: Visit, name: str = "", problem: str | None = None) -> Response:
    return visit.page(
        "accounts.html",
        status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        accounts=await visit.services.console.admin.list_accounts(),
        name=name,
        problem=problem,
    )


async def _shown(visit: Visit, problems: Mapping[str, str]) -> Response:
    account = await _find(visit)
    return visit.page(
        "account.html",
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        account=account,
        limits=[(name, getattr(account.limits, name)) for name in LIMITS],
        days=await visit.services.console.admin.retain_files.read(account.id),
        problems=problems,
    )


async def _find(visit: Visit) -> Account:
    for account in await visit.services.console.admin.list_accounts():
        if account.id == _named(visit):
            return account
    raise NotFound("There is no such account.")


def _named(visit: Visit) -> str:
    return visit.request.path_params["account"]


def _whole(text: str, least: int, most: int) -> int | None:
    """A whole number within bounds; None if nothing was given.

    Raises:
        ValueError: it is none, or out of bounds.
    """
    if not text:
        return None
    value = int(text) if len(text) <= len(str(_LARGEST)) + 1 else most + 1
    if not least <= value <= most:
        raise ValueError(text)
    return value
