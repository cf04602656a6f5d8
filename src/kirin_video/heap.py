"""Have freed memory go back to the system."""

from __future__ import annotations

import ctypes

_M_MMAP_THRESHOLD = -3  # <malloc.h>
_LARGE_BYTES = 1 << 20


def return_large_blocks() -> bool:
    """From now on, give large blocks back the moment they are freed, for a process to call when it starts.

    Left alone, glibc keeps freed blocks of up to 32 MiB in an arena of each thread, from where they seldom
    come back: a request of 93 MiB left most of that behind, in another thread each time.

    Returns:
        Whether the C library knows the wish; others than glibc do not.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES) == 1


def return_freed_blocks() -> bool:
    """Give back what is free by now, once: for a process whose preparations took more than its work will.

    Returns:
        Whether anything was given back; C libraries other than glibc have no such call.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return trim is not None and trim(0) == 1
