"""Accounts and their keys, as their operator sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from kirin_video.domain.access import LimitOverrides, Scope
from kirin_video.domain.spend_cap import CapStanding

DEFAULT_ACCOUNT: Final = "default"
"""The account that every server has from its first start."""

ACCOUNT_FORM: Final = "1 to 63 lowercase letters, digits and hyphens, with a letter or digit first and last"
"""What an account's name looks like, in words."""

_ACCOUNT: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def is_account_name(text: str) -> bool:
    """Whether an account may have this name."""
    return _ACCOUNT.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Account:
    """An account.

    Attributes:
        id: its name.
        created_at: when it was made.
        limits: those of its own.
        keys: how many of its keys are good now.
        unfinished_tasks: how many of its tasks are queued or in progress.
        budget_left: micro-dollars that it may still spend; None without a budget.
        discount_percent: what it pays less now.
    """

    id: str
    created_at: datetime
    limits: LimitOverrides
    keys: int
    unfinished_tasks: int
    budget_left: int | None = None
    discount_percent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What is known of a key; not the key itself.

    Attributes:
        id: what it is called by.
        account_id: whose it is.
        name: what it is for, in its owner's words.
        prefix: its first characters.
        scopes: what it may do.
        created_at: when it was made.
        expires_at: when it stops to be good; None for never.
        revoked_at: when it was revoked; None if it was not.
        last_used_at: when it was last seen, give or take a minute; None for never.
        cap: what it may spend, and what counts towards that; None without a cap.
    """

    id: str
    account_id: str
    name: str
    prefix: str
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    cap: CapStanding | None = None

    def state(self, now: datetime) -> str:
        """How the key stands: ``revoked``, ``expired`` or ``active``."""
        if self.revoked_at is not None:
            return "revoked"
        if self.expires_at is not None and self.expires_at <= now:
            return "expired"
        return "active"
