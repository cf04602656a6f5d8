"""Links that let somebody in, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kirin_video.domain.person import Role
from kirin_video.store.database import Connection, Database, Row


@dataclass(frozen=True, slots=True)
class Invite:
    """A link that lets somebody join, or choose a new password.

    Attributes:
        id: what it is called by.
        person_id: who chooses a new password; None for somebody who is to join.
        login: theirs.
        note: whom it is for, in the words of who made it.
        role: what they will be.
        account_id: the account they will belong to.
        created_at: when it was made; aware.
        expires_at: until when it is good; aware.
        is_open: whether it is good now: not used, revoked or expired.
    """

    id: str
    person_id: str | None
    login: str | None
    note: str
    role: Role
    account_id: str
    created_at: datetime
    expires_at: datetime
    is_open: bool


class InviteRows:
    """Reads and writes links.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(  # noqa: PLR0913 - what a link is made of
        self,
        connection: Connection,
        *,
        hashed: bytes,
        invite_id: str,
        person_id: str | None,
        note: str,
        role: Role,
        account_id: str,
        made_by: str | None,
        lifetime: timedelta,
    ) -> None:
        """Make a link, to an account that is there."""
        parameters = {
            "hash": hashed,
            "id": invite_id,
            "person_id": person_id,
            "note": note,
            "role": role,
            "account_id": account_id,
            "made_by": made_by,
            "lifetime_s": lifetime.total_seconds(),
        }
        await self._database.run(connection, "insert_invite", parameters)

    async def find(self, connection: Connection, hashes: Sequence[bytes]) -> Invite | None:
        """Read the link of a token, good or not; nobody else uses it until the transaction ends."""
        row = await self._database.row(connection, "find_invite", {"hashes": list(hashes)})
        return None if row is None else _read(row)

    async def use(self, connection: Connection, invite_id: str) -> None:
        """Note that a link was used."""
        await self._database.run(connection, "use_invite", {"id": invite_id})

    async def all(self, connection: Connection) -> list[Invite]:
        """The links that are open, the newest first."""
        return [_read(row) for row in await self._database.rows(connection, "list_invites", {})]

    async def revoke(self, connection: Connection, invite_id: str) -> bool:
        """Make a link useless; gives whether it was not yet."""
        return await self._database.row(connection, "revoke_invite", {"id": invite_id}) is not None

    async def revoke_resets(self, connection: Connection, person_id: str) -> None:
        """Make useless what links there are for somebody's new password."""
        await self._database.run(connection, "revoke_resets", {"person_id": person_id})


def _read(row: Row) -> Invite:
    return Invite(
        id=row["id"],
        person_id=row["person_id"],
        login=row["login"],
        note=row["note"],
        role=Role(row["role"]),
        account_id=row["account_id"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        is_open=row["is_open"],
    )
