"""The content of pictures and clips, kept outside the database.

The database holds keys; a key says nothing about the content and cannot be guessed. An object store can take
the place of the folder: nothing but ``path_of`` speaks of files.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import math
import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from kirin_video.domain.errors import KirinError
from kirin_video.store.disk import chunks, consume, make_folder, room, sync_folder, write_new

_KEY: Final = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{2,4}")
_SUFFIXES: Final = {
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
}
_MEDIA_TYPES: Final = {suffix: media_type for media_type, suffix in _SUFFIXES.items()}
_INCOMING: Final = "incoming"
_NO_LINKS: Final = frozenset({errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV})
"""What a file system says that has no hard links, or no more of them."""


SHELVES: Final = tuple(f"{number:02x}" for number in range(256))
"""The folders that all blobs lie below, by the first two digits of their keys."""


class BlobNotFound(KirinError):
    """No blob has this key; also for what is not a key at all."""


class BlobDamaged(KirinError):
    """A blob's content is not what was put."""


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
        path = self.place_of(key)
        if not path.is_file():
            raise BlobNotFound(f"there is no blob {key}")
        return path

    def place_of(self, key: str) -> Path:
        """Where the file of a blob is, if there is one.

        Raises:
            BlobNotFound: this is not a key.
        """
        if not _KEY.fullmatch(key):
            raise BlobNotFound("this is not the key of a blob")
        return self.root / key[:2] / key[2:4] / key

    def open(self, key: str) -> BinaryIO:
        """A blob's content, from its start.

        Raises:
            BlobNotFound: there is none.
        """
        try:
            return self.place_of(key).open("rb")
        except FileNotFoundError as error:
            raise BlobNotFound(f"there is no blob {key}") from error

    async def check(self, key: str, size_bytes: int, sha256: str) -> None:
        """Read a blob through.

        Args:
            key: the blob.
            size_bytes: of the content when it was put.
            sha256: of the content then, hexadecimal.

        Raises:
            BlobNotFound: it is gone.
            BlobDamaged: its content has changed, or cannot be read.
        """
        await asyncio.to_thread(self._check, key, size_bytes, sha256)

    async def delete(self, key: str) -> None:
        """Remove a blob; one that is gone already is no error.

        Raises:
            BlobNotFound: this is not a key.
        """
        await asyncio.to_thread(self.place_of(key).unlink, missing_ok=True)

    def keys(self) -> Iterator[str]:
        """Every key, in no order."""
        for shelf in SHELVES:
            yield from self.keys_on(shelf)

    def keys_on(self, shelf: str, *, older_than_s: float | None = None) -> list[str]:
        """The keys that begin with the name of a shelf, in no order; for finding what nothing names.

        Args:
            shelf: one of ``SHELVES``.
            older_than_s: leave out blobs that got this key, or a second one, less than so many seconds ago.
        """
        before = math.inf if older_than_s is None else time.time() - older_than_s
        found: list[str] = []
        for folder in _entries(self.root / shelf):
            for entry in _entries(Path(folder.path)):
                # A second key leaves a file's date of change alone; that of its names, ctime, it moves on.
                with contextlib.suppress(FileNotFoundError):
                    if _KEY.fullmatch(entry.name) and entry.stat(follow_symlinks=False).st_ctime < before:
                        found.append(entry.name)
        return found

    async def remove_leftovers(self, *, older_than_s: float) -> int:
        """Remove what interrupted writers left; how many files that were."""
        return await asyncio.to_thread(self._remove_leftovers, time.time() - older_than_s)

    def _put_file(self, path: Path, media_type: str) -> Blob:
        with path.open("rb") as source:
            return self._put(chunks(source), media_type)

    def _put_as(self, path: Path, key: str) -> None:
        if not self.place_of(key).is_file():
            with path.open("rb") as source:
                self._write_whole(chunks(source), key)

    def _put(self, chunks: Iterable[bytes], media_type: str) -> Blob:
        key = f"{secrets.token_hex(16)}.{_SUFFIXES.get(media_type, 'bin')}"
        size_bytes, sha256 = self._write_whole(chunks, key)
        return Blob(key, media_type, size_bytes, sha256)

    def _write_whole(self, chunks: Iterable[bytes], key: str) -> tuple[int, str]:
        """A blob that appears when it is whole, and not before; its size and SHA-256."""
        incoming = self.root / _INCOMING / f"{secrets.token_hex(8)}-{key}"
        with room():
            make_folder(incoming.parent)
            try:
                size_bytes, sha256 = write_new(incoming, chunks)
                place = self.place_of(key)
                make_folder(place.parent)
                incoming.rename(place)
                try:
                    sync_folder(place.parent)
                except OSError:
                    place.unlink(missing_ok=True)
                    raise
            finally:
                incoming.unlink(missing_ok=True)
        return size_bytes, sha256

    def _duplicate(self, key: str) -> str:
        source = self.path_of(key)
        copy = f"{secrets.token_hex(16)}{source.suffix}"
        place = self.place_of(copy)
        with room():
            make_folder(place.parent)
            try:
                place.hardlink_to(source)
            except FileNotFoundError as error:
                raise BlobNotFound(f"there is no blob {key}") from error
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                return self._put_file(source, _MEDIA_TYPES.get(source.suffix[1:], "")).key
            sync_folder(place.parent)
        return copy

    def _check(self, key: str, size_bytes: int, sha256: str) -> None:
        try:
            with self.open(key) as source:
                found = consume(chunks(source), lambda _: None)
        except OSError as error:
            raise BlobDamaged(f"blob {key} cannot be read: {error.strerror}") from error
        if found != (size_bytes, sha256):
            raise BlobDamaged(f"blob {key} is not what was stored")

    def _remove_leftovers(self, before: float) -> int:
        removed = 0
        for path in (self.root / _INCOMING).glob("*"):
            with contextlib.suppress(FileNotFoundError):  # its writer was quicker
                if path.stat().st_mtime < before:
                    path.unlink()
                    removed += 1
        return removed


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing if there is none."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
