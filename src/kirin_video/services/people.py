"""People of the console: the first administrator, invitations, roles, passwords."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from kirin_video.domain.access import NO_LIMITS, Limits
from kirin_video.domain.account import DEFAULT_ACCOUNT
from kirin_video.domain.console_token import Purpose, claim_token, invite_path, is_same, new_token, token_hash
from kirin_video.domain.errors import Conflict, Fault, Forbidden, NotFound, Rejected
from kirin_video.domain.person import (
    CredentialProblem,
    Person,
    Registration,
    Role,
    new_person_id,
    password_problem,
)
from kirin_video.services.budgets import unknown_account
from kirin_video.services.passwords import Passwords
from kirin_video.services.sessions import NewSession, Session, Sessions
from kirin_video.services.sign_in import SignIn
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.database import Connection, Database
from kirin_video.store.invite_rows import Invite, InviteRows
from kirin_video.store.person_rows import PersonRows
from kirin_video.store.session_rows import SessionRows

INVITE_LIFETIME: Final = timedelta(days=7)
RESET_LIFETIME: Final = timedelta(days=1)
_MAX_NOTE: Final = 80


class Spent(Conflict):
    """A link was good once, and is not any more."""


class BadCredentials(Rejected):
    """A name or password that somebody chose will not do.

    Attributes:
        problems: what is wrong with it.
    """

    fault = Fault.INVALID_PARAMETER

    def __init__(self, problems: list[CredentialProblem]) -> None:
        super().__init__(", ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link that was just made.

    Attributes:
        token: what it carries. It cannot be had again.
        lifetime: how long it is good.
    """

    token: str = field(repr=False)
    lifetime: timedelta

    @property
    def path(self) -> str:
        """The link, relative to the server."""
        return invite_path(self.token)


@dataclass(frozen=True)
class People:
    """What is done about people.

    Attributes:
        database: where they are.
        rows: their rows.
        invites: the rows of links.
        session_rows: the rows of sessions.
        accounts: what they belong to.
        sessions: begins, finds and ends sessions.
        sign_in: lets somebody in.
        passwords: hashes and verifies passwords.
        secrets: the server's secret keys, the current one first.
    """

    database: Database
    rows: PersonRows
    invites: InviteRows
    session_rows: SessionRows
    accounts: AccountRows
    sessions: Sessions
    sign_in: SignIn
    passwords: Passwords
    secrets: tuple[bytes, ...] = field(repr=False)

    async def is_claimed(self) -> bool:
        """Whether the console has its first administrator.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.rows.is_claimed(connection)

    async def check_claim(self, token: str) -> None:
        """See whether a claim could be made.

        Raises:
            Forbidden: the token is not that of this server.
            Spent: there is an administrator already.
            Overloaded: the database cannot be reached.
        """
        if await self.is_claimed():
            raise Spent("This server has its administrator already.")
        if not is_same(token, claim_token(self.secrets[0])):
            raise Forbidden("Only whoever sees what the server prints may claim it.")

    async def claim(self, token: str, registration: Registration, agent: str) -> NewSession:
        """Make somebody the first administrator, and sign them in. Of any that race, one wins.

        Args:
            token: what the server printed.
            registration: how they want to be known.
            agent: their browser, in its own words.

        Raises:
            Forbidden: the token is not that of this server.
            Spent: there is an administrator already.
            BadCredentials: what they chose will not do.
            Overloaded: the database cannot be reached.
        """
        await self.check_claim(token)
        person_id = new_person_id()
        verifier = await self._verifier(registration)
        async with self.database.transaction() as connection:
            if not await self.rows.claim(connection, person_id):
                raise Spent("This server has its administrator already.")
            await self._add(connection, person_id, registration, verifier, Role.ADMIN, DEFAULT_ACCOUNT)
            return await self.sessions.begin(connection, person_id, agent)

    async def invite(
        self, note: str, role: Role, account_id: str, *, made_by: Person | None = None
    ) -> MadeLink:
        """Make a link that lets somebody join.

        Args:
            note: whom it is for.
            role: what they will be.
            account_id: the account they will belong to.
            made_by: who makes it; None for the operator.

        Raises:
            NotFound: there is no such account.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            if not await self.accounts.exists(connection, account_id):
                raise unknown_account(account_id)
            return await self._link(connection, note, role, account_id, made_by, None)

    async def reset(self, person_id: str, *, made_by: Person | None = None) -> MadeLink:
        """Make a link that lets somebody choose a new password; earlier ones are void.

        Raises:
            NotFound: there is no such person.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            person = await self._lock(connection, person_id)
            await self.invites.revoke_resets(connection, person.id)
            return await self._link(
                connection, person.name, person.role, person.account_id, made_by, person.id
            )

    async def find_invite(self, token: str) -> Invite:
        """Look at a link that is good.

        Raises:
            NotFound: there was never such a link.
            Spent: it was used, revoked or has expired.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            return await self._invite(connection, token)

    async def join(self, token: str, registration: Registration, agent: str) -> NewSession:
        """Use a link to join, and be signed in.

        Raises:
            NotFound: there was never such a link.
            Spent: it was used, revoked or has expired.
            BadCredentials: what they chose will not do.
            Overloaded: the database cannot be reached.
        """
        await self.find_invite(token)
        verifier = await self._verifier(registration)
        async with self.database.transaction() as connection:
            invite = await self._invite(connection, token)
            if invite.person_id is not None:
                raise NotFound("This link is for a new password.")
            person_id = new_person_id()
            await self._add(connection, person_id, registration, verifier, invite.role, invite.account_id)
            await self.invites.use(connection, invite.id)
            return await self.sessions.begin(connection, person_id, agent)

    async def choose_password(self, token: str, password: str, agent: str) -> NewSession:
        """Use a link to choose a new password; be signed out everywhere, and in here.

        Raises:
            NotFound: there was never such a link.
            Spent: it was used, revoked or has expired.
            BadCredentials: the password will not do.
            Unauthenticated: they may not sign in any more.
            Overloaded: the database cannot be reached.
        """
        found = await self.find_invite(token)
        verifier = await self._password(password, found.login or "")
        async with self.database.transaction() as connection:
            invite = await self._invite(connection, token)
            if invite.person_id is None:
                raise NotFound("This link is for somebody who is to join.")
            await self.rows.set_password(connection, invite.person_id, verifier)
            await self.session_rows.end_all(connection, invite.person_id)
            await self.invites.use(connection, invite.id)
            return await self.sessions.begin(connection, invite.person_id, agent)

    async def change_password(self, session: Session, old: str, new: str, *, address: str) -> None:
        """Give somebody who is signed in another password, and sign them out everywhere else.

        Raises:
            Unauthenticated: the old password is wrong.
            TooManyRequests: there were too many tries.
            BadCredentials: the new one will not do.
            Overloaded: the database cannot be reached.
        """
        login = session.person.login
        await self.sign_in.check(login, old, address=address)
        verifier = await self._password(new, login)
        async with self.database.transaction() as connection:
            await self.rows.set_password(connection, session.person.id, verifier)
            await self.session_rows.end_all(connection, session.person.id, but=session.id)

    async def everybody(self) -> list[Person]:
        """All people, by name, those who may not sign in last.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.rows.all(connection)

    async def open_invites(self) -> list[Invite]:
        """The links that are good, the newest first.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.invites.all(connection)

    async def revoke_invite(self, invite_id: str) -> None:
        """Make a link useless.

        Raises:
            NotFound: there is no such link that is good.
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            if not await self.invites.revoke(connection, invite_id):
                raise NotFound("There is no such invitation any more.")

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
            now = await self._lock(connection, person.id)
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
            await self.invites.revoke_resets(connection, person_id)

    async def _require_another(self, connection: Connection, person_id: str, *, unless: bool) -> Person:
        """Find a person, and see that they are not the only administrator who may sign in."""
        administrators = await self.rows.lock_administrators(connection)
        person = await self._lock(connection, person_id)
        if not unless and administrators == [person.id]:
            raise Conflict("They are the only administrator. Make somebody else one first.")
        return person

    async def _lock(self, connection: Connection, person_id: str) -> Person:
        person = await self.rows.lock(connection, person_id)
        if person is None:
            raise NotFound("There is no such person.")
        return person

    async def _invite(self, connection: Connection, token: str) -> Invite:
        hashes = [token_hash(Purpose.INVITE, token, secret) for secret in self.secrets]
        invite = await self.invites.find(connection, hashes)
        if invite is None:
            raise NotFound("There is no such invitation.")
        if not invite.is_open:
            raise Spent("This invitation was used, withdrawn or has expired.")
        return invite

    async def _link(  # noqa: PLR0913, PLR0917 - what a link is made of
        self,
        connection: Connection,
        note: str,
        role: Role,
        account_id: str,
        made_by: Person | None,
        person_id: str | None,
    ) -> MadeLink:
        token, lifetime = new_token(), INVITE_LIFETIME if person_id is None else RESET_LIFETIME
        await self.invites.insert(
            connection,
            hashed=token_hash(Purpose.INVITE, token, self.secrets[0]),
            invite_id=secrets.token_hex(8),
            person_id=person_id,
            note=note.strip()[:_MAX_NOTE],
            role=role,
            account_id=account_id,
            made_by=None if made_by is None else made_by.id,
            lifetime=lifetime,
        )
        return MadeLink(token, lifetime)

    async def _add(  # noqa: PLR0913, PLR0917 - what a person is made of
        self,
        connection: Connection,
        person_id: str,
        registration: Registration,
        verifier: str,
        role: Role,
        account_id: str,
    ) -> None:
        chosen = replace(registration, name=registration.name.strip())
        added = await self.rows.insert(
            connection, person_id, login=chosen.login, name=chosen.name, role=role, account_id=account_id
        )
        if not added:
            raise BadCredentials([CredentialProblem.LOGIN_TAKEN])
        await self.rows.set_password(connection, person_id, verifier)

    async def _verifier(self, registration: Registration) -> str:
        if problems := registration.problems():
            raise BadCredentials(problems)
        return await self.passwords.verifier(registration.password)

    async def _password(self, password: str, login: str) -> str:
        if problem := password_problem(password, login):
            raise BadCredentials([problem])
        return await self.passwords.verifier(password)


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
    return People(
        database, rows, InviteRows(database), session_rows, accounts, sessions, sign_in, passwords, secrets
    )
