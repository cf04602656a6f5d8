"""What can go wrong with the queue, told apart.

procrastinate wraps every error of the database in one of its own.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import psycopg
from procrastinate.exceptions import ConnectorException

from kirin_video.domain.errors import KirinError, Overloaded


class ClaimLost(KirinError):
    """The job is not this worker's any more."""


@contextmanager
def told_apart() -> Generator[None]:
    """Translate procrastinate's errors.

    Raises:
        Overloaded: the database cannot be reached or undid the statement.
        ClaimLost: the job is gone or in another state than the statement needs.
    """
    try:
        yield
    except (ConnectorException, psycopg.Error) as error:
        cause = error.__cause__ if isinstance(error, ConnectorException) else error
        if isinstance(cause, psycopg.OperationalError | psycopg.errors.IdleInTransactionSessionTimeout):
            raise Overloaded("The queue is not reachable at the moment.", retry_after_s=1.0) from error
        if isinstance(cause, psycopg.errors.RaiseException | psycopg.errors.ForeignKeyViolation):
            raise ClaimLost("The job is not this worker's any more.") from error
        raise
