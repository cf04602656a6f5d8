"""Sessions as rows, and the count of failed sign-ins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from kirin_video.domain.access import LimitOverrides
from kirin_video.domain.person import Person, Role
from kirin_video.store.account_rows import read_overrides
from kirin_video.store.database import Connection, Database
from kirin_video.store.limit_rows import Window

IDLE: Final = timedelta(days=7)
"""After so long without a request a session is over."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session that is good now.

    Attributes:
        id: for people.
        hash: of its token.
        person: whose it is.
        account_id: the account that they work in.
        discount_percent: that account's discount.
        limits: that account's own.
        unnoted: whether it is over a minute since it was noted that they are here.
    """

    id: str
    hash: bytes
    person: Person
    account_id: str
    discount_percent: Decimal
    limits: LimitOverrides
    unnoted: bool


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """Where somebody is signed in.

    Attributes:
        id: the session.
        agent: the browser, in its own words.
        created_at: when they signed in; aware.
        last_seen_at: when they were last seen there, give or take a minute; aware.
    """

    id: str
    agent: str
    created_at: datetime
    last_seen_at: datetime


class SessionRows:
    """Reads and writes sessions.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(  # noqa: PLR0913 - what a session is made of
        self,
        connection: Connection,
        *,
        hashed: bytes,
        session_id: str,
        person_id: str,
        agent: str,
        lifetime: timedelta,
    ) -> bool:
        """Sign somebody in; gives whether they may be."""
        parameters = {
            "hash": hashed,
            "id": session_id,
            "person_id": person_id,
            "agent": agent,
            "lifetime_s": lifetime.total_seconds(),
        }
        return await self._database.row(connection, "insert_session", parameters) is not None

    async def find(self, connection: Connection, hashes: Sequence[bytes]) -> SessionRow | None:
        """Read the session of a token, if it is good now.

        Args:
            connection: to read by.
            hashes: of one token, under each secret of the server.
        """
        parameters = {"hashes": list(hashes), "idle_s": IDLE.total_seconds()}
        row = await self._database.row(connection, "find_session", parameters)
        if row is None:
            return None
        person = Person(
            id=row["person_id"],
            login=row["login"],
            name=row["name"],
            role=Role(row["role"]),
            account_id=row["own_account_id"],
            created_at=row["created_at"],
            last_seen_at=row["last_seen_at"],
        )
        return SessionRow(
            id=row["id"],
            hash=row["hash"],
            person=person,
            account_id=row["account_id"],
            discount_percent=row["discount_percent"],
            limits=read_overrides(row),
            unnoted=row["unnoted"],
        )

    async def note(self, connection: Connection, hashed: bytes) -> None:
        """Note that somebody is here."""
        await self._database.run(connection, "note_session", {"hash": hashed})

    async def all(self, connection: Connection, person_id: str) -> list[SessionFacts]:
        """Where somebody is signed in, the place they were last seen at first."""
        parameters = {"person_id": person_id, "idle_s": IDLE.total_seconds()}
        rows = await self._database.rows(connection, "list_sessions", parameters)
        return [SessionFacts(**row) for row in rows]

    async def end(self, connection: Connection, person_id: str, session_id: str) -> bool:
        """Sign somebody out in one place; gives whether they were signed in there."""
        parameters = {"person_id": person_id, "id": session_id}
        return await self._database.row(connection, "end_session", parameters) is not None

    async def end_all(self, connection: Connection, person_id: str, *, but: str | None = None) -> None:
        """Sign somebody out everywhere, or everywhere but in one place."""
        await self._database.run(connection, "end_sessions", {"person_id": person_id, "but": but})

    async def forget(self, connection: Connection) -> None:
        """Let go of sessions that have ended."""
        await self._database.run(connection, "forget_sessions", {})

    async def work_in(self, connection: Connection, session_id: str, account_id: str) -> None:
        """Have a session's person work in another account, which is there."""
        parameters = {"id": session_id, "account_id": account_id}
        await self._database.run(connection, "work_in_account", parameters)

    async def count_tries(
        self, connection: Connection, subjects: Sequence[str], window: timedelta
    ) -> Mapping[str, Window]:
        """Count a try to sign in for each of these subjects, whether or not it will be let through."""
        parameters = {"subjects": sorted(subjects), "window_s": window.total_seconds()}
        rows = await self._database.rows(connection, "count_sign_in", parameters)
        return {row["subject"]: Window(row["tries"], row["left_s"]) for row in rows}

    async def forget_try(
        self, connection: Connection, subjects: Sequence[str], forgiven: str, window: timedelta
    ) -> None:
        """Forget a try that got somebody in.

        Args:
            connection: to write by.
            subjects: what it was counted for.
            forgiven: which of them is forgiven all tries before it, too.
            window: tries of windows that are over are forgotten as well.
        """
        parameters = {"subjects": list(subjects), "forgiven": forgiven, "window_s": window.total_seconds()}
        await self._database.run(connection, "forget_sign_in", parameters)
