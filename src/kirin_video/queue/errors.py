"""What can go wrong with the queue, told apart."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from psycopg.errors import ForeignKeyViolation

from kirin_video.domain.errors import KirinError


class ClaimLost(KirinError):
    """The job is not this worker's, or the worker is not registered any more."""


@contextmanager
def told_apart() -> Generator[None]:
    """Translate the one error of the database that means something here.

    Raises:
        ClaimLost: the worker is not registered any more.
    """
    try:
        yield
    except ForeignKeyViolation as error:
        raise ClaimLost("The worker is not registered any more.") from error
