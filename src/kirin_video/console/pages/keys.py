"""Keys: what programs use the API with. Made, shown once, capped, rotated, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from kirin_video.console.gate import action, page
from kirin_video.domain.access import DEFAULT_SCOPES, Scope
from kirin_video.domain.errors import Conflict
from kirin_video.domain.money import usd
from kirin_video.domain.spend_cap import LARGEST_CAP, CapPeriod, SpendCap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.forms import Form
    from kirin_video.console.visit import Visit
    from kirin_video.services.create_key import IssuedKey

MAX_NAME: Final = 100
LIFETIMES: Final[Mapping[str, timedelta | None]] = {
    "never": None,
    "7d": timedelta(days=7),
    "30d": timedelta(days=30),
    "90d": timedelta(days=90),
    "365d": timedelta(days=365),
}
OVERLAPS: Final[Mapping[str, timedelta]] = {
    "0h": timedelta(),
    "1h": timedelta(hours=1),
    "24h": timedelta(days=1),
    "7d": timedelta(days=7),
}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the form of a new key holds."""

    name: str = ""
    scopes: frozenset[Scope] = DEFAULT_SCOPES
    lifetime: str = "never"
    cap: str = ""
    period: str = CapPeriod.MONTH


def routes() -> list[Route]:
    """``/keys`` and what is below it."""
    return [
        page("/keys", _list),
        page("/keys/new", _new, needs=Scope.GENERATE),
        action("/keys", _create),
        action("/keys/cap", _cap),
        action("/keys/rotate", _rotate),
        action("/keys/revoke", _revoke),
    ]


async def _list(visit: Visit) -> Response:
    now = datetime.now(UTC)
    keys = [(key, key.state(now)) for key in await visit.services.console.keys.all(visit.caller)]
    shows_all = "all" in visit.request.query_params
    shown = [(key, state) for key, state in reversed(keys) if shows_all or state == "active"]
    return visit.page(
        "keys.html",
        keys=shown,
        hidden=len(keys) - len(shown),
        shows_all=shows_all,
        overlaps=[(name, visit.text(f"while.{name}")) for name in OVERLAPS],
        periods=_periods(visit),
        now=now,
    )


async def _new(visit: Visit) -> Response:
    return _form(visit, _Wanted())


async def _create(visit: Visit, form: Form) -> Response:
    wanted = _Wanted(
        name=form.text("name"),
        scopes=frozenset(Scope(scope) for scope in form.all("scope") if scope in set(Scope)),
        lifetime=form.text("lifetime"),
        cap=form.text("cap"),
        period=form.text("period"),
    )
    cap = read_cap(wanted.cap, wanted.period)
    problems: dict[str, str] = {}
    if not 1 <= len(wanted.name) <= MAX_NAME or not wanted.name.isprintable():
        problems["name"] = visit.text("keys.problem_name", most=MAX_NAME)
    if not wanted.scopes:
        problems["scope"] = visit.text("keys.problem_scopes")
    if wanted.cap and cap is None:
        problems["cap"] = visit.text("keys.problem_cap")
    if problems or wanted.lifetime not in LIFETIMES:
        return _form(visit, wanted, problems)
    issued = await visit.services.console.keys.create(
        visit.caller, wanted.name, wanted.scopes, LIFETIMES[wanted.lifetime], cap
    )
    return _shown_once(visit, issued)


async def _cap(visit: Visit, form: Form) -> Response:
    key_id, amount = form.text("key"), form.text("cap")
    cap = read_cap(amount, form.text("period"))
    if amount and cap is None:
        return visit.redirect("/keys", "cap_wrong", "bad")
    key = await visit.services.console.keys.cap(visit.caller, key_id, cap)
    return visit.redirect("/keys", "cap_lifted" if cap is None else "cap_set", name=key.name)


async def _rotate(visit: Visit, form: Form) -> Response:
    overlap = OVERLAPS.get(form.text("overlap"), OVERLAPS["24h"])
    try:
        issued = await visit.services.console.keys.rotate(visit.caller, form.text("key"), overlap)
    except Conflict:
        return visit.redirect("/keys", "key_over", "bad")
    return _shown_once(visit, issued)


async def _revoke(visit: Visit, form: Form) -> Response:
    revoked = await visit.services.console.keys.revoke(visit.caller, form.text("key"))
    return visit.redirect("/keys", "key_revoked", name=revoked.name)


def _form(visit: Visit, wanted: _Wanted, problems: Mapping[str, str] | None = None) -> Response:
    return visit.page(
        "key_new.html",
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        wanted=wanted,
        offered=[scope for scope in Scope if scope in visit.caller.scopes],
        lifetimes=[(name, visit.text(f"while.{name}")) for name in LIFETIMES],
        periods=_periods(visit),
        problems=problems or {},
    )


def read_cap(amount: str, period: str) -> SpendCap | None:
    """A cap as a form gives it; None if it is none, or left out."""
    try:
        micro = usd(amount.removeprefix("$").replace(",", "").strip())
    except ValueError:
        return None
    if not 0 <= micro <= LARGEST_CAP or period not in set(CapPeriod):
        return None
    return SpendCap(micro, CapPeriod(period))


def _periods(visit: Visit) -> list[tuple[str, str]]:
    return [(period.value, visit.text(f"keys.per_{period}")) for period in CapPeriod]


def _shown_once(visit: Visit, issued: IssuedKey) -> Response:
    return visit.page(
        "key_made.html",
        key=issued.text,
        facts=issued.facts,
        base_url=visit.context.base_url(visit.request),
    )
