"""The ``Range`` header, as RFC 9110 section 14 has it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.IGNORECASE | re.ASCII)


class UnsatisfiableRange(Exception):  # the RFC's word
    """The range lies wholly outside the file."""


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes ``start`` to ``stop`` of a file, ``stop`` not included."""

    start: int
    stop: int


def requested_range(header: str | None, size_bytes: int) -> ByteRange | None:
    """Read which part of a file is asked for.

    Args:
        header: the ``Range`` header, if there is one.
        size_bytes: the size of the file.

    Returns:
        The part; None for the whole file. A header that is malformed, of another unit or of several ranges
        is ignored, as the RFC allows: a player that sends one gets the whole file.

    Raises:
        UnsatisfiableRange: the part is not in the file.
    """
    found = _ONE_RANGE.fullmatch(header.strip()) if header else None
    if not found or not (found[1] or found[2]):
        return None
    if not found[1]:
        start, stop = max(0, size_bytes - int(found[2])), size_bytes
    else:
        start = int(found[1])
        stop = min(int(found[2]) + 1, size_bytes) if found[2] else size_bytes
        if found[2] and int(found[2]) < start:
            return None
    if start >= size_bytes:
        raise UnsatisfiableRange
    return ByteRange(start, stop)
