"""What can go wrong with the queue, told apart."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import psycopg

from kirin_video.domain.errors import KirinError, Overloaded


class ClaimLost(KirinError):
    """The job is not this worker's, or the worker is not registered any more."""


@contextmanager
def told_apart() -> Generator[None]:
    """Translate the database's errors.

    Raises:
        Overloaded: the database cannot be reached or undid the statement.
        ClaimLost: the job is gone or in another state than the statement needs.
    """
    try:
        yield
    except (psycopg.OperationalError, psycopg.errors.IdleInTransactionSessionTimeout) as error:
        raise Overloaded("The queue is not reachable at the moment.", retry_after_s=1.0) from error
    except psycopg.errors.ForeignKeyViolation as error:
        raise ClaimLost("The worker is not registered any more.") from error
