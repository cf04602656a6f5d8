"""Links that let somebody join, or choose a new password."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from kirin_video.domain.console_token import Purpose, invite_path, new_token, token_hash
from kirin_video.domain.errors import Conflict, NotFound
from kirin_video.domain.person import Person, Role
from kirin_video.services.budgets import unknown_account
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.database import Connection, Database
from kirin_video.store.invite_rows import Invite, InviteRows
from kirin_video.store.person_rows import PersonRows

INVITE_LIFETIME: Final = timedelta(days=7)
RESET_LIFETIME: Final = timedelta(days=1)
_MAX_NOTE: Final = 80


class Spent(Conflict):
    """A link was good once, and is not any more."""


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
class Invitations:
    """Makes links, finds them and takes them back.

    Attributes:
        database: where they are.
        rows: their rows.
        people: whom they may be for.
        accounts: what those will belong to.
        secrets: the server's secret keys, the current one first.
    """

    database: Database
    rows: InviteRows
    people: PersonRows
    accounts: AccountRows
    secrets: tuple[bytes, ...] = field(repr=False)

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
            person = await require_person(connection, self.people, person_id)
            await self.rows.revoke_resets(connection, person.id)
            return await self._link(
                connection, person.name, person.role, person.account_id, made_by, person.id
            )

    async def find(self, token: str) -> Invite:
        """Look at a link that is good.

        Raises:
            NotFound: there was never such a link.
            Spent: it was used, revoked or has expired.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            return await self.within(connection, token)

    async def all(self) -> list[Invite]:
        """The links that are good, the newest first.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.rows.all(connection)

    async def revoke(self, invite_id: str) -> None:
        """Make a link useless.

        Raises:
            NotFound: there is no such link that is good.
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            if not await self.rows.revoke(connection, invite_id):
                raise NotFound("There is no such invitation any more.")

    async def within(self, connection: Connection, token: str) -> Invite:
        """The same over a connection that is there.

        Raises:
            NotFound: as above.
            Spent: as above.
        """
        hashes = [token_hash(Purpose.INVITE, token, secret) for secret in self.secrets]
        invite = await self.rows.find(connection, hashes)
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
        await self.rows.insert(
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


async def require_person(connection: Connection, people: PersonRows, person_id: str) -> Person:
    """Find a person, and keep others from changing them until the transaction ends.

    Raises:
        NotFound: there is none.
    """
    person = await people.lock(connection, person_id)
    if person is None:
        raise NotFound("There is no such person.")
    return person
