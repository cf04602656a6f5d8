"""Compiling kernels with numba, which has no types of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

_Function = TypeVar("_Function", bound=Callable[..., Any])


def compiled(function: _Function) -> _Function:
    """Compile a kernel, free of the interpreter's lock, and keep it for the next process."""
    compiler = cast("Callable[..., Any]", numba.njit)  # pyright: ignore[reportUnknownMemberType]
    return cast("_Function", compiler(nogil=True, cache=True, boundscheck=False)(function))
