"""The file that a backup is: a tar archive that tells whether it is whole.

Its members, in this order::

    kirin-backup.json   what made it, and of what
    secret_key          the server's secret
    database.dump       the database, as pg_restore reads it
    blobs/KEY           each file that the database names
    lost.txt            files that it names and that were gone or damaged already; a line each
    SHA256SUMS          the SHA-256 of each member above, a line each; the last is that of the lines above

It is written and read in one pass, and not compressed: clips cannot be, and the database is already.
"""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, Final, cast

from kirin_video.domain.errors import KirinError

HEADER: Final = "kirin-backup.json"
SECRET: Final = "secret_key"  # noqa: S105 - the name of a member
DATABASE: Final = "database.dump"
LOST: Final = "lost.txt"
SUMS: Final = "SHA256SUMS"
BLOBS: Final = "blobs/"

_CHUNK_BYTES: Final = 1 << 20
_SMALL_BYTES: Final = 1 << 20
_ORDER: Final = (HEADER, SECRET, DATABASE, BLOBS, LOST, SUMS)
_BLOB: Final = re.compile(r"blobs/[0-9a-f]{32}\.[a-z0-9]{2,4}")
_FOREIGN: Final = "This file is not a backup that kirin has made."


class ArchiveDamaged(KirinError):
    """An archive is not one of ours, not whole, or not as it was written; the message says which."""


class ArchiveWriter:
    """Writes an archive, a member at a time.

    Args:
        out: where it goes; only ever written to the end of.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._tar = tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - see close
        self._sums = tempfile.TemporaryFile()  # noqa: SIM115 - see close
        self._total = hashlib.sha256()
        self._now = int(time.time())

    def add(self, name: str, content: bytes) -> None:
        """Add a small member."""
        self.add_file(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, source: BinaryIO, size_bytes: int) -> str:
        """Add a member of a known size; gives its SHA-256.

        Raises:
            OSError: the source is shorter than that, or something cannot be read or written.
        """
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size_bytes, 0o600, self._now
        reader = _Hashing(source)
        self._tar.addfile(entry, cast("IO[bytes]", reader))
        line = f"{reader.digest.hexdigest()}  {name}\n".encode()
        self._sums.write(line)
        self._total.update(line)
        return reader.digest.hexdigest()

    def finish(self) -> None:
        """Add the sums and the archive's end."""
        self._sums.write(f"{self._total.hexdigest()}  {SUMS}\n".encode())
        size_bytes = self._sums.tell()
        self._sums.seek(0)
        entry = tarfile.TarInfo(SUMS)
        entry.size, entry.mode, entry.mtime = size_bytes, 0o600, self._now
        self._tar.addfile(entry, self._sums)
        self._tar.close()

    def close(self) -> None:
        """Let go of what it holds; needed whether or not it was finished."""
        self._sums.close()


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive that is being read.

    Attributes:
        name: one of those above, or of a blob.
        size_bytes: its length.
        copy_to: writes its content somewhere, once, and before the next member is asked for.
    """

    name: str
    size_bytes: int
    copy_to: Callable[[Callable[[bytes], object]], None]

    def small(self) -> bytes:
        """All of its content.

        Raises:
            ArchiveDamaged: it is not whole, or far larger than it can be.
        """
        if self.size_bytes > _SMALL_BYTES:
            raise ArchiveDamaged(f"The archive is damaged: its {self.name} is too large.")
        whole = bytearray()
        self.copy_to(whole.extend)
        return bytes(whole)


def read_archive(source: BinaryIO) -> Iterator[Member]:
    """Read an archive's members, and make sure at the end that they are all there and as they were written.

    Each member must be copied before the next is asked for. Nothing that was read is to be relied on before
    the last one was asked for; the sums are not among them.

    Raises:
        ArchiveDamaged: not an archive of ours, or damaged, or cut off.
    """
    at, total = 0, hashlib.sha256()
    with tempfile.TemporaryFile() as found:
        try:
            with tarfile.open(fileobj=source, mode="r|") as tar:
                for entry in tar:
                    at = _advanced(at, entry)
                    if entry.name == SUMS:
                        _compare(found, total.hexdigest(), tar.extractfile(entry))
                        return
                    digest = hashlib.sha256()
                    yield Member(entry.name, entry.size, _copier(tar, entry, digest.update))
                    line = f"{digest.hexdigest()}  {entry.name}\n".encode()
                    found.write(line)
                    total.update(line)
        except (tarfile.TarError, EOFError) as error:
            if at == 0:
                raise ArchiveDamaged(_FOREIGN) from error
            raise ArchiveDamaged(f"The archive is damaged or cut off: {error}.") from error
    raise ArchiveDamaged(_FOREIGN if at == 0 else "The archive is damaged or cut off: its end is missing.")


def _advanced(at: int, entry: tarfile.TarInfo) -> int:
    """Refuse a member that has no place here; gives where in the order the next one may be."""
    kind = BLOBS if _BLOB.fullmatch(entry.name) else entry.name
    if entry.isreg():
        if kind == _ORDER[at]:
            return at if kind == BLOBS else at + 1
        if _ORDER[at] == BLOBS and kind == LOST:
            return at + 2
    if at == 0:
        raise ArchiveDamaged(_FOREIGN)
    raise ArchiveDamaged(f'The archive is damaged: "{entry.name[:100]}" has no place in it.')


def _copier(
    tar: tarfile.TarFile, entry: tarfile.TarInfo, also: Callable[[bytes], object]
) -> Callable[[Callable[[bytes], object]], None]:
    def copy_to(write: Callable[[bytes], object]) -> None:
        content = tar.extractfile(entry)
        assert content is not None
        left = entry.size
        while left:
            chunk = _read(content, min(_CHUNK_BYTES, left))
            left -= len(chunk)
            also(chunk)
            write(chunk)

    return copy_to


def _read(content: IO[bytes], size_bytes: int) -> bytes:
    """Some more of a member.

    Raises:
        ArchiveDamaged: there is no more.
    """
    try:
        chunk = content.read(size_bytes)
    except tarfile.TarError as error:
        raise ArchiveDamaged(f"The archive is cut off: {error}.") from error
    if not chunk:
        raise ArchiveDamaged("The archive is cut off.")
    return chunk


def _compare(found: IO[bytes], total: str, sums: IO[bytes] | None) -> None:
    """Compare what was read with the sums at the end.

    Raises:
        ArchiveDamaged: they differ.
    """
    assert sums is not None
    found.seek(0)
    for line in found:
        if sums.readline() != line:
            name = line.decode().split()[1]
            raise ArchiveDamaged(f"The archive is damaged: {name} is not as it was written.")
    if sums.readline() != f"{total}  {SUMS}\n".encode() or sums.read(1):
        raise ArchiveDamaged(f"The archive is damaged: {SUMS} is not as it was written.")


class _Hashing:
    """A source that is hashed while it is read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self.digest.update(chunk)
        return chunk
