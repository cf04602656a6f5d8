"""The content of pictures and clips, kept outside the database.

The database holds keys; a key says nothing about the content and cannot be guessed. An object store can take
the place of the folder: nothing but ``path_of`` speaks of files.
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from kirin_video.domain.errors import KirinError

_CHUNK_BYTES: Final = 1 << 20
_KEY: Final = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{2,4}")
_SUFFIXES: Final = {
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "image/jpeg": "jpg",
    "image/png": "png",
}
_MEDIA_TYPES: Final = {suffix: media_type for media_type, suffix in _SUFFIXES.items()}
_INCOMING: Final = "incoming"
_NO_LINKS: Final = frozenset({errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV})
"""What a file system says that has no hard links, or no more of them."""


class BlobNotFound(KirinError):
    """No blob has this key; also for what is not a key at all."""


class BlobDamaged(KirinError):
    """A blob's content is not what was put."""


class StorageFull(KirinError):
    """There is no room for another blob."""


@dataclass(frozen=True, slots=True)
class Blob:
    """What was stored.

    Attributes:
        key: unguessable; 32 hexadecimal digits and a suffix for people.
        media_type: such as ``video/mp4``.
        size_bytes: of the content.
        sha256: of the content, hexadecimal.
    """

    key: str
    media_type: str
    size_bytes: int
    sha256: str


class LocalBlobs:
    """Blobs as files below a folder, two levels deep, whole or not there at all.

    Args:
        root: the folder; made when missing, for its owner alone.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    async def put_file(self, path: Path, *, media_type: str) -> Blob:
        """Store a copy of a file.

        Raises:
            StorageFull: there is no room.
            OSError: the file cannot be read or the folder cannot be written.
        """
        return await asyncio.to_thread(self._put_file, path, media_type)

    async def put_bytes(self, content: bytes, *, media_type: str) -> Blob:
        """Store some bytes.

        Raises:
            StorageFull: there is no room.
            OSError: the folder cannot be written.
        """
        return await asyncio.to_thread(self._put, [content], media_type)

    async def put_as(self, path: Path, key: str) -> None:
        """Store a copy of a file under a key that everybody knows; what is there already stays.

        Raises:
            BlobNotFound: this is not a key.
            StorageFull: there is no room.
            OSError: the file cannot be read or the folder cannot be written.
        """
        await asyncio.to_thread(self._put_as, path, key)

    async def duplicate(self, key: str) -> str:
        """Give a blob's content a second key; either lives on when the other is deleted.

        Where the file system can, both keys lead to the same bytes, and it costs next to nothing.

        Raises:
            BlobNotFound: there is no such blob.
            StorageFull: there is no room.
        """
        return await asyncio.to_thread(self._duplicate, key)

    def path_of(self, key: str) -> Path:
        """The file of a blob, for reading only.

        Raises:
            BlobNotFound: there is none.
        """
        path = self._place(key)
        if not path.is_file():
            raise BlobNotFound(f"there is no blob {key}")
        return path

    def open(self, key: str) -> BinaryIO:
        """A blob's content, from its start.

        Raises:
            BlobNotFound: there is none.
        """
        try:
            return self._place(key).open("rb")
        except FileNotFoundError as error:
            raise BlobNotFound(f"there is no blob {key}") from error

    async def check(self, blob: Blob) -> None:
        """Read a blob through.

        Raises:
            BlobNotFound: it is gone.
            BlobDamaged: its content has changed.
        """
        size_bytes, sha256 = await asyncio.to_thread(self._digest, blob.key)
        if (size_bytes, sha256) != (blob.size_bytes, blob.sha256):
            raise BlobDamaged(f"blob {blob.key} is not what was stored")

    async def delete(self, key: str) -> None:
        """Remove a blob; one that is gone already is no error.

        Raises:
            BlobNotFound: this is not a key.
        """
        await asyncio.to_thread(self._place(key).unlink, missing_ok=True)

    def keys(self) -> Iterator[str]:
        """Every key, in no order; for finding what the database no longer knows."""
        for path in self.root.glob("??/??/*"):
            if _KEY.fullmatch(path.name):
                yield path.name

    async def remove_leftovers(self, *, older_than_s: float) -> int:
        """Remove what interrupted writers left; how many files that were."""
        return await asyncio.to_thread(self._remove_leftovers, time.time() - older_than_s)

    def _place(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise BlobNotFound("this is not the key of a blob")
        return self.root / key[:2] / key[2:4] / key

    def _put_file(self, path: Path, media_type: str) -> Blob:
        with path.open("rb") as source:
            return self._put(_chunks(source), media_type)

    def _put_as(self, path: Path, key: str) -> None:
        if not self._place(key).is_file():
            with path.open("rb") as source:
                self._write_whole(_chunks(source), key)

    def _put(self, chunks: Iterable[bytes], media_type: str) -> Blob:
        key = f"{secrets.token_hex(16)}.{_SUFFIXES.get(media_type, 'bin')}"
        size_bytes, sha256 = self._write_whole(chunks, key)
        return Blob(key, media_type, size_bytes, sha256)

    def _write_whole(self, chunks: Iterable[bytes], key: str) -> tuple[int, str]:
        """A blob that appears when it is whole, and not before; its size and SHA-256."""
        incoming = self.root / _INCOMING / f"{secrets.token_hex(8)}-{key}"
        with _room():
            _make_folder(incoming.parent)
            try:
                size_bytes, sha256 = _write(incoming, chunks)
                place = self._place(key)
                _make_folder(place.parent)
                incoming.rename(place)
            finally:
                incoming.unlink(missing_ok=True)
            _sync_folder(place.parent)
        return size_bytes, sha256

    def _duplicate(self, key: str) -> str:
        source = self.path_of(key)
        copy = f"{secrets.token_hex(16)}{source.suffix}"
        place = self._place(copy)
        with _room():
            _make_folder(place.parent)
            try:
                place.hardlink_to(source)
            except FileNotFoundError as error:
                raise BlobNotFound(f"there is no blob {key}") from error
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                return self._put_file(source, _MEDIA_TYPES.get(source.suffix[1:], "")).key
            _sync_folder(place.parent)
        return copy

    def _digest(self, key: str) -> tuple[int, str]:
        with self.open(key) as source:
            return _consume(_chunks(source), lambda _: None)

    def _remove_leftovers(self, before: float) -> int:
        removed = 0
        for path in (self.root / _INCOMING).glob("*"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
                removed += 1
        return removed


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK_BYTES):
        yield chunk


def _consume(chunks: Iterable[bytes], write: Callable[[bytes], object]) -> tuple[int, str]:
    """Pass the chunks on; their size and SHA-256."""
    size_bytes, digest = 0, hashlib.sha256()
    for chunk in chunks:
        write(chunk)
        digest.update(chunk)
        size_bytes += len(chunk)
    return size_bytes, digest.hexdigest()


def _write(path: Path, chunks: Iterable[bytes]) -> tuple[int, str]:
    """A new file, on the disk before this returns."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        written = _consume(chunks, file.write)
        file.flush()
        os.fsync(file.fileno())
    return written


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each entry on the disk before this returns."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _room() -> Generator[None]:
    """Tell a full disk apart from other failures."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull("there is no room left for pictures and clips") from error
        raise
