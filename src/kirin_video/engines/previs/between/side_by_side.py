"""Both pictures prepared at once, each in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Result = TypeVar("_Result")


def both(first: Callable[[], _Result], last: Callable[[], _Result]) -> tuple[_Result, _Result]:
    """What two pieces of work give that do not touch each other; what either raises is raised.

    Args:
        first: the one piece of work.
        last: the other.
    """
    with ThreadPoolExecutor(2) as pool:
        jobs = pool.submit(first), pool.submit(last)
        return jobs[0].result(), jobs[1].result()
