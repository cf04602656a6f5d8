from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kirin_video.domain.access import LimitOverrides, Limits, Scope, Standing
from kirin_video.domain.account import KeyFacts, is_account_name

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_an_accounts_own_limits_replace_the_servers_even_with_none_at_all() -> None:
    server = Limits(10, 20, 30)
    assert LimitOverrides().within(server) == server
    assert LimitOverrides(creates_per_minute=0, unfinished_tasks=5).within(server) == Limits(0, 20, 5)


@pytest.mark.parametrize(("used", "remaining", "is_over"), [(1, 9, False), (10, 0, False), (11, 0, True)])
def test_a_standing_is_over_after_its_quota(used: int, remaining: int, is_over: bool) -> None:
    standing = Standing("creates", 10, used, 30)
    assert (standing.remaining, standing.is_over) == (remaining, is_over)


@pytest.mark.parametrize("name", ["default", "a", "7", "film-team", "a" * 63, "a--b"])
def test_names_of_accounts(name: str) -> None:
    assert is_account_name(name)


@pytest.mark.parametrize("name", ["", "A", "-a", "a-", "a b", "a/b", "a" * 64, "ä", "a\n", "a\0"])
def test_what_is_no_name_of_an_account(name: str) -> None:
    assert not is_account_name(name)


@pytest.mark.parametrize(
    ("expires_in", "revoked", "state"),
    [
        (None, False, "active"),
        (timedelta(seconds=1), False, "active"),
        (timedelta(0), False, "expired"),
        (None, True, "revoked"),
        (timedelta(-1), True, "revoked"),
    ],
)
def test_the_state_of_a_key(expires_in: timedelta | None, revoked: bool, state: str) -> None:
    key = KeyFacts(
        id="k",
        account_id="default",
        name="k",
        prefix="kirin_abc",
        scopes=frozenset(Scope),
        created_at=NOW,
        expires_at=None if expires_in is None else NOW + expires_in,
        revoked_at=NOW if revoked else None,
        last_used_at=None,
    )
    assert key.state(NOW) == state
