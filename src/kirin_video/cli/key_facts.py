"""Keys as commands show them, to people and to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kirin_video.cli.output import iso
from kirin_video.domain.money import format_usd

if TYPE_CHECKING:
    from datetime import datetime

    from kirin_video.domain.account import KeyFacts
    from kirin_video.domain.spend_cap import CapStanding

KeyIdArgument = Annotated[
    str, typer.Argument(help="The key's id, as `kirin keys list` shows it.", metavar="ID")
]


def key_json(key: KeyFacts, now: datetime) -> dict[str, object]:
    """What is known of a key, for programs."""
    return {
        "id": key.id,
        "prefix": key.prefix,
        "account": key.account_id,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "state": key.state(now),
        "created_at": iso(key.created_at),
        "expires_at": iso(key.expires_at),
        "revoked_at": iso(key.revoked_at),
        "last_used_at": iso(key.last_used_at),
        "spend_cap": None if key.cap is None else _cap_json(key.cap, now),
    }


def cap_text(standing: CapStanding | None) -> str:
    """A cap and how much of it is used, such as ``$4.20 of $10.00 a month``."""
    if standing is None:
        return "none"
    used = standing.spent + standing.held
    return f"${format_usd(used)} of ${format_usd(standing.cap.amount)} {standing.cap.period.in_words}"


def now() -> datetime:
    """The time, in UTC."""
    from datetime import UTC, datetime  # noqa: PLC0415  # `kirin --help` does without

    return datetime.now(UTC)


def _cap_json(standing: CapStanding, moment: datetime) -> dict[str, object]:
    return {
        "amount": format_usd(standing.cap.amount),
        "period": standing.cap.period.value,
        "spent": format_usd(standing.spent),
        "held": format_usd(standing.held),
        "left": format_usd(max(0, standing.left)),
        "begins_anew_at": iso(standing.begins_anew_at(moment)),
    }
