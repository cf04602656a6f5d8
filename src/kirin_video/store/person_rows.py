"""People as rows, with what verifies their passwords."""

from __future__ import annotations

from kirin_video.domain.person import Person, Role
from kirin_video.store.database import Connection, Database, Row


class PersonRows:
    """Reads and writes people.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(  # noqa: PLR0913 - what a person is made of
        self, connection: Connection, person_id: str, *, login: str, name: str, role: Role, account_id: str
    ) -> bool:
        """Add somebody to an account that is there; gives whether the login was free."""
        parameters = {"id": person_id, "login": login, "name": name, "role": role, "account_id": account_id}
        return await self._database.row(connection, "insert_person", parameters) is not None

    async def claim(self, connection: Connection, person_id: str) -> bool:
        """Make somebody the first administrator; gives whether there was none, ever."""
        return await self._database.row(connection, "claim_console", {"person_id": person_id}) is not None

    async def is_claimed(self, connection: Connection) -> bool:
        """Whether there is a first administrator."""
        row = await self._database.row(connection, "is_console_claimed", {})
        assert row is not None
        return bool(row["claimed"])

    async def all(self, connection: Connection) -> list[Person]:
        """Read everybody, by name, those who may not sign in last."""
        return [read_person(row) for row in await self._database.rows(connection, "list_people", {})]

    async def find(self, connection: Connection, person_id: str) -> Person | None:
        """Read one person."""
        row = await self._database.row(connection, "find_person", {"id": person_id})
        return None if row is None else read_person(row)

    async def lock(self, connection: Connection, person_id: str) -> Person | None:
        """Read one person, whom nobody else changes until the transaction ends."""
        row = await self._database.row(connection, "lock_person", {"id": person_id})
        return None if row is None else read_person(row)

    async def lock_administrators(self, connection: Connection) -> list[str]:
        """The administrators who may sign in; nobody else changes that until the transaction ends."""
        return [row["id"] for row in await self._database.rows(connection, "lock_administrators", {})]

    async def change(
        self, connection: Connection, person_id: str, *, role: Role, account_id: str, name: str
    ) -> None:
        """Give somebody another role, account or name."""
        parameters = {"id": person_id, "role": role, "account_id": account_id, "name": name}
        await self._database.run(connection, "change_person", parameters)

    async def disable(self, connection: Connection, person_id: str, *, disabled: bool) -> None:
        """Let somebody sign in no more, or again."""
        await self._database.run(connection, "disable_person", {"id": person_id, "disabled": disabled})

    async def password(self, connection: Connection, login: str) -> tuple[str, str] | None:
        """Whose login it is, and what their password is verified by; None if nobody can sign in with it."""
        row = await self._database.row(connection, "find_password", {"login": login})
        return None if row is None else (row["id"], row["verifier"])

    async def set_password(self, connection: Connection, person_id: str, verifier: str) -> None:
        """Give somebody a password in place of the one they had."""
        parameters = {"person_id": person_id, "verifier": verifier}
        await self._database.run(connection, "set_password", parameters)


def read_person(row: Row) -> Person:
    """A person from a row of that table."""
    return Person(
        id=row["id"],
        login=row["login"],
        name=row["name"],
        role=Role(row["role"]),
        account_id=row["account_id"],
        created_at=row["created_at"],
        last_seen_at=row["last_seen_at"],
        disabled_at=row["disabled_at"],
    )
