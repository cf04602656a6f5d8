"""People of the console: who they are, what they may do, and whether they may sign in."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.domain.access import NO_LIMITS, Limits
from kirin_video.domain.errors import Conflict
from kirin_video.domain.person import Person, Registration, Role
from kirin_video.services.budgets import unknown_account
from kirin_video.services.credentials import BadCredentials, Credentials
from kirin_video.services.invitations import Invitations, require_person
from kirin_video.services.passwords import Passwords
from kirin_video.services.registering import Registering
from kirin_video.services.sessions import Sessions
from kirin_video.services.sign_in import SignIn
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.database import Connection, Database
from kirin_video.store.invite_rows import InviteRows
from kirin_video.store.person_rows import PersonRows
from kirin_video.store.session_rows import SessionRows


@dataclass(frozen=True)
class People:
    """What is done about people who are there, and by what others come.

    Attributes:
        database: where they are.
        rows: their rows.
        session_rows: the rows of sessions.
        accounts: what they belong to.
        invitations: links for those who are to come.
        registering: takes them in.
        sessions: begins, finds and ends sessions.
        sign_in: lets somebody in.
    """

    database: Database
    rows: PersonRows
    session_rows: SessionRows
    accounts: AccountRows
    invitations: Invitations
    registering: Registering
    sessions: Sessions
    sign_in: SignIn

    async def everybody(self) -> list[Person]:
        """All people, by name, those who may not sign in last.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.rows.all(connection)

    async def rename(self, person: Person, name: str) -> None:
        """Call somebody something else.

        Raises:
            BadCredentials: the name will not do.
            Overloaded: the database cannot be reached.
        """
        problems = Registration(person.login, name, "any password will do").problems()
        if problems:
            raise BadCredentials(problems)
        async with self.database.transaction() as connection:
            now = await require_person(connection, self.rows, person.id)
            await self.rows.change(
                connection, now.id, role=now.role, account_id=now.account_id, name=name.strip()
            )

    async def place(self, person_id: str, role: Role, account_id: str) -> None:
        """Give somebody another role or account; it holds from their next request on.

        Raises:
            NotFound: there is no such person or account.
            Conflict: there would be no administrator left.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            person = await self._require_another(connection, person_id, unless=role is Role.ADMIN)
            if not await self.accounts.exists(connection, account_id):
                raise unknown_account(account_id)
            await self.rows.change(connection, person.id, role=role, account_id=account_id, name=person.name)

    async def disable(self, person_id: str, *, disabled: bool = True) -> None:
        """Let somebody in no more, from their next request on; or again.

        Raises:
            NotFound: there is no such person.
            Conflict: there would be no administrator left.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            await self._require_another(connection, person_id, unless=not disabled)
            await self.rows.disable(connection, person_id, disabled=disabled)
            await self.session_rows.end_all(connection, person_id)
            await self.invitations.rows.revoke_resets(connection, person_id)

    async def _require_another(self, connection: Connection, person_id: str, *, unless: bool) -> Person:
        """Find a person, and see that they are not the only administrator who may sign in."""
        administrators = await self.rows.lock_administrators(connection)
        person = await require_person(connection, self.rows, person_id)
        if not unless and administrators == [person.id]:
            raise Conflict("They are the only administrator. Make somebody else one first.")
        return person


def make_people(database: Database, secrets: tuple[bytes, ...], limits: Limits = NO_LIMITS) -> People:
    """Put everything about people together.

    Args:
        database: where they are.
        secrets: the server's secret keys, the current one first.
        limits: of accounts that have none of their own.
    """
    rows, session_rows = PersonRows(database), SessionRows(database)
    accounts, passwords = AccountRows(database), Passwords()
    sessions = Sessions(database, session_rows, accounts, secrets, limits)
    sign_in = SignIn(database, rows, session_rows, sessions, passwords)
    invitations = Invitations(database, InviteRows(database), rows, accounts, secrets)
    registering = Registering(
        database, rows, session_rows, invitations, Credentials(passwords), sessions, sign_in, secrets
    )
    return People(database, rows, session_rows, accounts, invitations, registering, sessions, sign_in)
