"""Sessions of people: begun when they sign in, looked up with every request, ended at once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from kirin_video.domain.access import NO_LIMITS, Limits
from kirin_video.domain.console_token import Purpose, form_token, is_same, new_token, token_hash
from kirin_video.domain.errors import Forbidden, NotFound, Unauthenticated
from kirin_video.domain.person import ROLE_SCOPES, Person, Role
from kirin_video.services.authenticate import Caller
from kirin_video.services.budgets import unknown_account
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.database import Connection, Database
from kirin_video.store.session_rows import SessionFacts, SessionRows

LIFETIME: Final = timedelta(days=30)
"""After so long everybody signs in again."""

_MAX_AGENT: Final = 300


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session that has just begun.

    Attributes:
        token: what the browser keeps; it is stored nowhere else.
        person_id: whose it is.
    """

    token: str = field(repr=False)
    person_id: str


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is good now.

    Attributes:
        id: what it is called by.
        person: whose it is.
        caller: who they are to all other services: the account they work in, with the scopes of their role.
        form_token: what the session's forms must carry.
    """

    id: str
    person: Person
    caller: Caller
    form_token: str = field(repr=False)

    def allows_form(self, token: str) -> bool:
        """Whether a form comes from this session's own pages."""
        return is_same(token, self.form_token)


@dataclass(frozen=True)
class Sessions:
    """Begins, finds and ends sessions.

    They are looked up in the database with every request: one that was ended, or whose person was disabled
    or has another role, is so in every process with the next one.

    Attributes:
        database: where they are.
        rows: their rows.
        accounts: what administrators may work in.
        secrets: the server's secret keys, the current one first; sessions begun under an earlier one go on.
        limits: of accounts that have none of their own.
    """

    database: Database
    rows: SessionRows
    accounts: AccountRows
    secrets: tuple[bytes, ...] = field(repr=False)
    limits: Limits = NO_LIMITS

    async def begin(self, connection: Connection, person_id: str, agent: str) -> NewSession:
        """Sign somebody in, as part of a transaction.

        Args:
            connection: inside the transaction.
            person_id: who.
            agent: their browser, in its own words.

        Raises:
            Unauthenticated: they may not sign in any more.
        """
        token = new_token()
        begun = await self.rows.insert(
            connection,
            hashed=token_hash(Purpose.SESSION, token, self.secrets[0]),
            session_id=secrets.token_hex(8),
            person_id=person_id,
            agent=_printable(agent),
            lifetime=LIFETIME,
        )
        if not begun:
            raise Unauthenticated("This person may not sign in.")
        await self.rows.forget(connection)
        return NewSession(token, person_id)

    async def find(self, token: str) -> Session | None:
        """The session of a token; None if there is none that is good now.

        Raises:
            Overloaded: the database cannot be reached.
        """
        hashes = [token_hash(Purpose.SESSION, token, secret) for secret in self.secrets]
        async with self.database.connection() as connection:
            row = await self.rows.find(connection, hashes)
            if row is None:
                return None
            if row.unnoted:
                await self.rows.note(connection, row.hash)
        caller = Caller(
            account_id=row.account_id,
            key_id=row.person.id,
            discount_percent=row.discount_percent,
            scopes=ROLE_SCOPES[row.person.role],
            limits=row.limits.within(self.limits),
        )
        return Session(row.id, row.person, caller, form_token(row.hash, self.secrets[0]))

    async def all(self, person: Person) -> list[SessionFacts]:
        """Where somebody is signed in, the place they were last seen at first.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.rows.all(connection, person.id)

    async def end(self, person: Person, session_id: str) -> None:
        """Sign somebody out in one place.

        Raises:
            NotFound: they are not signed in there.
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            if not await self.rows.end(connection, person.id, session_id):
                raise NotFound("There is no such session.")

    async def end_others(self, session: Session) -> None:
        """Sign somebody out everywhere else.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            await self.rows.end_all(connection, session.person.id, but=session.id)

    async def work_in(self, session: Session, account_id: str) -> None:
        """Have an administrator work in another account.

        Raises:
            Forbidden: they are no administrator.
            NotFound: there is no such account.
            Overloaded: the database cannot be reached.
        """
        if session.person.role is not Role.ADMIN:
            raise Forbidden("Only administrators work in accounts other than their own.")
        async with self.database.transaction() as connection:
            if not await self.accounts.exists(connection, account_id):
                raise unknown_account(account_id)
            await self.rows.work_in(connection, session.id, account_id)


def _printable(agent: str) -> str:
    return "".join(char for char in agent[:_MAX_AGENT] if char.isprintable())
