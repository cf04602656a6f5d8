"""Compare all stored files with what the database says of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from itertools import islice

from kirin_video.store.blob_rows import BlobRows, NamedFile
from kirin_video.store.blobs import SHELVES, BlobDamaged, BlobNotFound, LocalBlobs
from kirin_video.store.database import Database

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class FilesReport:
    """What a check has found.

    Attributes:
        files: how many files something names.
        size_bytes: of all of them together.
        missing: those that are not there.
        damaged: those that are not what was stored.
        orphans: the keys of files that nothing names, though they are old enough; the sweep removes them.
    """

    files: int
    size_bytes: int
    missing: tuple[NamedFile, ...]
    damaged: tuple[NamedFile, ...]
    orphans: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether everything is there and whole."""
        return not self.missing and not self.damaged


@dataclass(frozen=True)
class CheckFiles:
    """Checks files, also those of a running server.

    Attributes:
        database: where they are named.
        rows: their names.
        blobs: their bytes.
        is_preset: whether a key is that of a preset's picture, which nothing names.
        orphan_after_s: how old, in seconds, a file that nothing names must be to be one.
    """

    database: Database
    rows: BlobRows
    blobs: LocalBlobs
    is_preset: Callable[[str], bool]
    orphan_after_s: float

    async def __call__(
        self, *, read: bool = True, on_progress: Callable[[int, int], None] = lambda _files, _bytes: None
    ) -> FilesReport:
        """Check all files.

        Args:
            read: read each one through; otherwise only see whether it is there, with its size.
            on_progress: told now and then how many files, and bytes of them, were looked at.

        Raises:
            Overloaded: the database cannot be reached.
        """
        files, size_bytes = 0, 0
        missing: list[NamedFile] = []
        damaged: list[NamedFile] = []
        async for file in self._named():
            try:
                await self._check(file, read=read)
            except BlobNotFound:
                missing.append(file)
            except BlobDamaged:
                damaged.append(file)
            files, size_bytes = files + 1, size_bytes + file.size_bytes
            on_progress(files, size_bytes)
        return FilesReport(
            files,
            size_bytes,
            await self._still_named(missing),
            await self._still_named(damaged),
            await self._orphans(),
        )

    async def _named(self) -> AsyncGenerator[NamedFile]:
        after = ""
        while True:
            async with self.database.connection() as connection:
                page = await self.rows.named(connection, after, _PAGE)
            for file in page:
                yield file
            if len(page) < _PAGE:
                return
            after = page[-1].key

    async def _check(self, file: NamedFile, *, read: bool) -> None:
        if read:
            await self.blobs.check(file.key, file.size_bytes, file.sha256)
        elif self.blobs.path_of(file.key).stat().st_size != file.size_bytes:
            raise BlobDamaged(f"{file.key} has another size")

    async def _still_named(self, files: list[NamedFile]) -> tuple[NamedFile, ...]:
        """Those that were not removed in good order since they were looked at."""
        if not files:
            return ()
        async with self.database.connection() as connection:
            named = await self.rows.still_named(connection, [file.key for file in files])
        return tuple(file for file in files if file.key in named)

    async def _orphans(self) -> tuple[str, ...]:
        orphans: list[str] = []
        for shelf in SHELVES:
            old = await asyncio.to_thread(self.blobs.keys_on, shelf, older_than_s=self.orphan_after_s)
            left = iter(old)
            while some := list(islice(left, _PAGE)):
                async with self.database.connection() as connection:
                    found = await self.rows.unnamed(connection, some)
                orphans += [key for key in found if not self.is_preset(key)]
        return tuple(orphans)
