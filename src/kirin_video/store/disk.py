"""Files that are on the disk whole or not there at all, and what to do when the disk is full."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from kirin_video.domain.errors import KirinError

_CHUNK_BYTES: Final = 1 << 20


class StorageFull(KirinError):
    """There is no room for another file."""


@dataclass(frozen=True, slots=True)
class FreeSpace:
    """How much room a disk has left.

    Attributes:
        folder: any folder on it; it exists.
        floor_bytes: below this the disk counts as full, so that the database and what runs already go on.
    """

    folder: Path
    floor_bytes: int

    def left_bytes(self) -> int:
        """Bytes that this user may still write."""
        facts = os.statvfs(self.folder)
        return facts.f_bavail * facts.f_frsize

    def is_low(self) -> bool:
        """Whether less is left than there should be."""
        return self.left_bytes() < self.floor_bytes


def is_full(error: OSError) -> bool:
    """Whether something could not be written because there is no room, or no more for this user."""
    return error.errno in {errno.ENOSPC, errno.EDQUOT}


def sync_disk(folder: Path) -> None:
    """Bring everything that was written to the disk of a folder to that disk.

    Raises:
        OSError: it could not be.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if libc.syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


@contextmanager
def room() -> Generator[None]:
    """Tell a full disk apart from other failures.

    Raises:
        StorageFull: the body met a full disk.
    """
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise StorageFull("there is no room left on the disk") from error
        raise


def chunks(source: BinaryIO) -> Iterator[bytes]:
    """The content of an open file in pieces of a megabyte."""
    while chunk := source.read(_CHUNK_BYTES):
        yield chunk


def consume(content: Iterable[bytes], write: Callable[[bytes], object]) -> tuple[int, str]:
    """Pass some content on piece by piece; gives its size and SHA-256."""
    size_bytes, digest = 0, hashlib.sha256()
    for chunk in content:
        write(chunk)
        digest.update(chunk)
        size_bytes += len(chunk)
    return size_bytes, digest.hexdigest()


def write_new(path: Path, content: Iterable[bytes]) -> tuple[int, str]:
    """Write a new file for its owner's eyes, on the disk before this returns; its size and SHA-256.

    Raises:
        OSError: there is one of that name already, or it cannot be written; part of it may be there.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        written = consume(content, file.write)
        file.flush()
        os.fsync(file.fileno())
    return written


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each entry on the disk before this returns."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Bring the entries of a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
