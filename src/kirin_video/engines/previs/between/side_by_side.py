"""Both pictures prepared at once, each in a thread of its own."""

from __future__ import annotations

import importlib
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
    with ThreadPoolExecutor(2 if _is_safe_in_threads() else 1) as pool:
        jobs = pool.submit(first), pool.submit(last)
        return jobs[0].result(), jobs[1].result()


def _is_safe_in_threads() -> bool:
    """Whether kernels may run in several threads at once: numba's own pool, its last choice, would abort."""
    try:
        importlib.import_module("numba.np.ufunc.omppool")
    except ImportError:
        return False
    return True
