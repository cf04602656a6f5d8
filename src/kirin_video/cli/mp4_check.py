"""Whether a file is a whole MP4, as far as its boxes tell (ISO/IEC 14496-12, section 4.2)."""

from __future__ import annotations

import os
import struct
from typing import BinaryIO

_SHORT = struct.Struct(">I4s")
_LONG = struct.Struct(">Q")
_LONG_SIZE = 1
"""A box size of 1 says that the true size follows in 8 bytes."""


def mp4_problem(path: str | os.PathLike[str]) -> str | None:
    """Look over the top-level boxes of a file.

    A file that was cut off anywhere fails: its boxes then do not end where the file ends.

    Args:
        path: the file.

    Returns:
        What is wrong with it, as a sentence; None if nothing is.
    """
    names: list[bytes] = []
    with open(path, "rb") as file:  # noqa: PTH123  # any path-like will do
        end = os.fstat(file.fileno()).st_size
        position = 0
        while position < end:
            size, name = _box(file, position, end)
            if size is None:
                return f"It is cut off or not an MP4: the box at byte {position:,} is broken."
            names.append(name)
            position += size
    if not names or names[0] != b"ftyp":
        return "It is not an MP4: it does not start with an ftyp box."
    missing = [wanted.decode() for wanted in (b"moov", b"mdat") if wanted not in names]
    return f"It is not a whole MP4: it has no {' and no '.join(missing)} box." if missing else None


def _box(file: BinaryIO, position: int, end: int) -> tuple[int | None, bytes]:
    """Size and name of the box at a position; the size is None if the box does not fit into the file."""
    file.seek(position)
    head = file.read(_SHORT.size)
    if len(head) < _SHORT.size:
        return None, b""
    size, name = _SHORT.unpack(head)
    least = _SHORT.size
    if size == _LONG_SIZE:
        long_head = file.read(_LONG.size)
        if len(long_head) < _LONG.size:
            return None, b""
        (size,) = _LONG.unpack(long_head)
        least += _LONG.size
    elif size == 0:  # up to the end of the file
        size = end - position
    return (size if least <= size <= end - position else None), name
