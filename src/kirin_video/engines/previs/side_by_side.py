"""Two pieces of work at once, each in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_First = TypeVar("_First")
_Last = TypeVar("_Last")


def both(first: Callable[[], _First], last: Callable[[], _Last]) -> tuple[_First, _Last]:
    """What two pieces of work give that do not touch each other; what either raises is raised.

    Args:
        first: the one piece of work, done by the thread that asks.
        last: the other.
    """
    with ThreadPoolExecutor(1) as pool:
        beside = pool.submit(last)
        return first(), beside.result()
