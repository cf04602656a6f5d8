"""How people come to the console: the first administrator's claim, joining, and passwords."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kirin_video.domain.account import DEFAULT_ACCOUNT
from kirin_video.domain.console_token import claim_token, is_same
from kirin_video.domain.errors import Forbidden, NotFound
from kirin_video.domain.person import CredentialProblem, Registration, Role, new_person_id
from kirin_video.services.credentials import BadCredentials, Credentials
from kirin_video.services.invitations import Invitations, Spent
from kirin_video.services.sessions import NewSession, Session, Sessions
from kirin_video.services.sign_in import SignIn
from kirin_video.store.database import Connection, Database
from kirin_video.store.person_rows import PersonRows
from kirin_video.store.session_rows import SessionRows


@dataclass(frozen=True)
class Registering:
    """Takes people in, and lets them choose how they prove who they are.

    Attributes:
        database: where they are.
        people: their rows.
        session_rows: the rows of their sessions.
        invitations: the links that they use.
        credentials: judges what they choose.
        sessions: begins their sessions.
        sign_in: tells whether an old password is right.
        secrets: the server's secret keys, the current one first.
    """

    database: Database
    people: PersonRows
    session_rows: SessionRows
    invitations: Invitations
    credentials: Credentials
    sessions: Sessions
    sign_in: SignIn
    secrets: tuple[bytes, ...] = field(repr=False)

    async def is_claimed(self) -> bool:
        """Whether the console has its first administrator.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.people.is_claimed(connection)

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
        verifier = await self.credentials.of_registration(registration)
        async with self.database.transaction() as connection:
            if not await self.people.claim(connection, person_id):
                raise Spent("This server has its administrator already.")
            await self._add(connection, person_id, registration, verifier, Role.ADMIN, DEFAULT_ACCOUNT)
            return await self.sessions.begin(connection, person_id, agent)

    async def join(self, token: str, registration: Registration, agent: str) -> NewSession:
        """Use a link to join, and be signed in.

        Raises:
            NotFound: there was never such a link.
            Spent: it was used, revoked or has expired.
            BadCredentials: what they chose will not do.
            Overloaded: the database cannot be reached.
        """
        await self.invitations.find(token)
        verifier = await self.credentials.of_registration(registration)
        async with self.database.transaction() as connection:
            invite = await self.invitations.within(connection, token)
            if invite.person_id is not None:
                raise NotFound("This link is for a new password.")
            person_id = new_person_id()
            await self._add(connection, person_id, registration, verifier, invite.role, invite.account_id)
            await self.invitations.rows.use(connection, invite.id)
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
        found = await self.invitations.find(token)
        verifier = await self.credentials.of_password(password, found.login or "")
        async with self.database.transaction() as connection:
            invite = await self.invitations.within(connection, token)
            if invite.person_id is None:
                raise NotFound("This link is for somebody who is to join.")
            await self.people.set_password(connection, invite.person_id, verifier)
            await self.session_rows.end_all(connection, invite.person_id)
            await self.invitations.rows.use(connection, invite.id)
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
        verifier = await self.credentials.of_password(new, login)
        async with self.database.transaction() as connection:
            await self.people.set_password(connection, session.person.id, verifier)
            await self.session_rows.end_all(connection, session.person.id, but=session.id)

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
        added = await self.people.insert(
            connection, person_id, login=chosen.login, name=chosen.name, role=role, account_id=account_id
        )
        if not added:
            raise BadCredentials([CredentialProblem.LOGIN_TAKEN])
        await self.people.set_password(connection, person_id, verifier)
