"""Make an installation from a backup: whole and verified, or not at all.

Everything is read, compared and put into a folder beside the target; only when the database stands and every
file that it names is there does that folder get the target's name.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from kirin_video.queue.schema import migrate_queue
from kirin_video.store.blobs import LocalBlobs
from kirin_video.store.database import Database
from kirin_video.store.database_image import (
    files_of,
    known_postgres,
    restore_image,
    unknown_migrations,
)
from kirin_video.store.disk import make_folder, sync_disk, sync_folder
from kirin_video.store.embedded import EmbeddedPostgres
from kirin_video.supervisor.archive import (
    BLOBS,
    DATABASE,
    HEADER,
    LOST,
    SECRET,
    ArchiveDamaged,
    Member,
    read_archive,
)
from kirin_video.supervisor.backup import EXTERNAL, FORMAT
from kirin_video.supervisor.commands import external_database_url
from kirin_video.supervisor.data_dir import DataDir, DataDirError


class BackupTooNew(ArchiveDamaged):
    """A backup was made by a newer release than this one."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself.

    Attributes:
        made_at: when, in UTC.
        kirin_video: the release that made it.
        first_key_shown: whether its server had shown the first key.
    """

    made_at: str
    kirin_video: str
    first_key_shown: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """An installation that was restored.

    Attributes:
        header: what the backup said of itself.
        files: how many stored files it has.
        lost: files that were gone or damaged when the backup was taken, a sentence each.
    """

    header: Header
    files: int
    lost: tuple[str, ...]


def restore_backup(
    source: BinaryIO,
    data_dir: Path,
    notice: Callable[[str], None],
    on_progress: Callable[[int, int], None] = lambda _files, _bytes: None,
) -> Restored:
    """Make an installation from a backup.

    Args:
        source: the archive, from its start.
        data_dir: the data folder to be; it does not exist yet, or is empty.
        notice: told in a sentence what the operator should know.
        on_progress: told now and then how many files, and bytes of them, are in place.

    Raises:
        ArchiveDamaged: the archive is damaged, cut off, not a backup, or too new for this release.
        DataDirError: the target is in use or cannot be made.
        PostgresUnavailable: the database does not start.
        ImageFailed: the database could not be put back.
        OSError: the disk fails, or is full.
    """
    if external_database_url() is not None:
        raise DataDirError(EXTERNAL)
    target = data_dir.expanduser().absolute()
    _require_free(target)
    with _staging(target) as staging:
        header, files, lost = _unpack(source, staging.path, on_progress)
        _restore_database(staging, notice, lost)
        if header.first_key_shown:
            staging.remember_first_key()
        sync_disk(staging.path)
        _put_in_place(staging.path, target)
    return Restored(header, files, tuple(lost))


def _require_free(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise DataDirError(f"{target} is a file, not a folder. Choose another --data-dir.")
    if any(target.iterdir()):
        raise DataDirError(
            f"{target} is not empty. A backup is restored into a new or empty folder only; move what is "
            "there away, or choose another --data-dir."
        )


@contextlib.contextmanager
def _staging(target: Path) -> Generator[DataDir]:
    """A data folder beside the target, or inside if that cannot be; gone at the end.

    Raises:
        DataDirError: it cannot be made.
    """
    inside = target.is_dir() and (
        target.stat().st_dev != target.parent.stat().st_dev or not os.access(target.parent, os.W_OK | os.X_OK)
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    name = f".{target.name}.restoring-{secrets.token_hex(4)}"
    staging = DataDir((target if inside else target.parent) / name)
    try:
        yield staging
    finally:
        shutil.rmtree(staging.path, ignore_errors=True)


def _unpack(
    source: BinaryIO, folder: Path, on_progress: Callable[[int, int], None]
) -> tuple[Header, int, list[str]]:
    """Write out an archive that proves to be whole: what it says of itself, how many files, what was lost."""
    header: Header | None = None
    lost: list[str] = []
    count, total_bytes = 0, 0
    blobs = LocalBlobs(folder / "blobs")
    for member in read_archive(source):
        if member.name == HEADER:
            header = _read_header(member.small())
        elif member.name == SECRET:
            _write_private(folder / SECRET, member)
        elif member.name == DATABASE:
            _write_private(folder / DATABASE, member)
        elif member.name == LOST:
            lost = member.small().decode().splitlines()
        else:
            place = blobs.place_of(member.name.removeprefix(BLOBS))
            make_folder(place.parent)
            _write_private(place, member)
            count, total_bytes = count + 1, total_bytes + member.size_bytes
            on_progress(count, total_bytes)
    assert header is not None, "the archive's reader insists on it"
    return header, count, lost


def _read_header(text: bytes) -> Header:
    """Read what a backup says of itself.

    Raises:
        BackupTooNew: this release cannot restore it.
        ArchiveDamaged: it makes no sense.
    """
    try:
        facts = cast("dict[str, object]", json.loads(text))
        made_by = str(facts["kirin_video"])
        names = [str(name) for name in cast("list[object]", facts["schema"])]
        too_new = int(str(facts["format"])) > FORMAT or bool(unknown_migrations(names))
        postgres = int(str(facts["postgres"]))
        header = Header(str(facts["made_at"]), made_by, bool(facts["first_key_shown"]))
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveDamaged(f"The archive is damaged: its {HEADER} makes no sense.") from error
    if too_new:
        raise BackupTooNew(
            f"This backup was made by kirin-video {made_by}, which is newer than this one. "
            f"Install that release or a later one, and restore with it."
        )
    if postgres > known_postgres():
        raise BackupTooNew(
            f"This backup is of PostgreSQL {postgres}; this installation has {known_postgres()}. Install "
            "the release that made it, or a later one, and restore with it."
        )
    return header


def _write_private(path: Path, member: Member) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        member.copy_to(file.write)


def _restore_database(staging: DataDir, notice: Callable[[str], None], lost: list[str]) -> None:
    """Put the database back, and compare the files that it names with those that are there."""
    image = staging.path / DATABASE
    postgres = EmbeddedPostgres(staging.path, notice=notice)
    try:
        with postgres:
            restore_image(postgres.url, image)
            asyncio.run(_bring_up_to_date(postgres.url))
            _require_files(postgres.url, LocalBlobs(staging.path / "blobs"), lost)
    except BaseException:
        postgres.remove_outside()
        raise
    image.unlink()


async def _bring_up_to_date(url: str) -> None:
    """Do what a server's first start with this release would do to a database of an older one."""
    async with Database(url) as database:
        await database.migrate(migrate_queue)


def _require_files(url: str, blobs: LocalBlobs, lost: list[str]) -> None:
    """Make sure that every file is there that the database names and that was not lost before.

    Raises:
        ArchiveDamaged: one is not.
    """
    known = {line.partition(",")[0] for line in lost}
    for file in files_of(url):
        if file.key not in known and not blobs.place_of(file.key).is_file():
            raise ArchiveDamaged(f"The archive lacks {file.key}, {file.owner}, which its database names.")


def _put_in_place(staging: Path, target: Path) -> None:
    """Give a finished folder the target's name.

    A target that is a disk of its own, as a container's volume is, cannot be replaced, nor one in a folder
    that is not ours: what is inside is moved up then, the record of the database last, without which it is
    not an installation.
    """
    try:
        if staging.parent != target:
            staging.rename(target)
            sync_folder(target.parent)
            return
        for entry in sorted(staging.iterdir(), key=lambda path: path.name == "postgres.json"):
            entry.rename(target / entry.name)
        sync_folder(target)
    except OSError as error:
        raise DataDirError(
            f"{target} came into use meanwhile: {error.strerror}. Nothing was restored."
        ) from error
