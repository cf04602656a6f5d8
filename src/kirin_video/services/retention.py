"""Keep files no longer than their accounts want, and let an operator say how long that is."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from kirin_video.domain.errors import NotFound
from kirin_video.services.remove_files import RemoveFiles
from kirin_video.store.blob_rows import BlobRows
from kirin_video.store.database import Database

_AT_A_TIME = 100
_BATCHES = 50

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ForgetOldFiles:
    """Ends the keeping of files; their tasks stay, and say that their files are gone.

    Attributes:
        database: where files are named.
        rows: their names.
        remove_files: removes their bytes.
        days: how long after a task's end its files are kept, for accounts without a rule of their own; 0 for
            as long as the task itself.
    """

    database: Database
    rows: BlobRows
    remove_files: RemoveFiles
    days: int

    async def __call__(self) -> None:
        """Forget the files of some tasks, or all that are due if they are not very many.

        Raises:
            Overloaded: the database cannot be reached.
        """
        for _ in range(_BATCHES):
            async with self.database.transaction() as connection:
                doomed = await self.rows.forget_old(connection, self.days, _AT_A_TIME)
            if not doomed:
                return
            _log.info("%s files have been kept long enough", len(doomed))
            await self.remove_files(doomed)


@dataclass(frozen=True)
class RetainFiles:
    """Says for how long the files of an account's tasks are kept.

    Attributes:
        database: where accounts are.
        rows: the rows of files.
    """

    database: Database
    rows: BlobRows

    async def read(self, account_id: str) -> int | None:
        """Days by the account's own rule, 0 for ever; None if the server's setting holds.

        Raises:
            NotFound: there is no such account.
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            found, days = await self.rows.retention(connection, account_id)
        if not found:
            raise _unknown(account_id)
        return days

    async def write(self, account_id: str, days: int | None) -> None:
        """Give an account a rule of its own, or leave it to the server's setting again.

        Raises:
            NotFound: there is no such account.
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            if not await self.rows.set_retention(connection, account_id, days):
                raise _unknown(account_id)


def _unknown(account_id: str) -> NotFound:
    return NotFound(f'There is no account "{account_id}"; "kirin accounts list" shows those there are.')
