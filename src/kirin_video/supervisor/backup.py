"""Take a backup of an installation, whether or not its server runs.

What makes it whole: the snapshot of the database is taken first, and from before it until the end no file is
removed that it names. Files are written before the commits that name them, so all of them are there.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import tempfile
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from kirin_video.store.blobs import BlobNotFound, LocalBlobs
from kirin_video.store.database_image import ImageFailed, Snapshot, snapshot
from kirin_video.store.disk import sync_folder
from kirin_video.store.embedded_record import read_record
from kirin_video.supervisor.archive import (
    BLOBS,
    DATABASE,
    HEADER,
    LOST,
    SECRET,
    ArchiveWriter,
)
from kirin_video.supervisor.commands import Access, external_database_url
from kirin_video.supervisor.data_dir import DataDir, DataDirError
from kirin_video.supervisor.database import with_database

FORMAT = 1
"""Counts the changes to what a backup holds."""

EXTERNAL = (
    "kirin backup and kirin restore are for servers with their own PostgreSQL; DATABASE_URL names another. "
    "Back up that database with its own tools first, and the data folder's blobs and secret key after it: "
    'docs/operations.md says how under "With your own PostgreSQL".'
)

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was taken.

    Attributes:
        size_bytes: of the archive.
        files: how many stored files are in it.
        lost: files that the database names and that were gone or damaged before, a sentence each.
    """

    size_bytes: int
    files: int
    lost: tuple[str, ...]


def take_backup(out: Path, data_dir: Path, on_progress: OnProgress = lambda _files, _bytes: None) -> Taken:
    """Take a backup; the archive appears under its name when it is whole, and for its owner's eyes only.

    Args:
        out: the archive to be; there is no such file yet.
        data_dir: the installation's data folder.
        on_progress: told now and then how many files, and bytes of them, are in it.

    Raises:
        DataDirError: there is nothing to back up, or ``out`` exists.
        PostgresUnavailable: the database does not start.
        ImageFailed: the database could not be imaged.
        OSError: the archive cannot be written.
    """
    if external_database_url() is not None:
        raise DataDirError(EXTERNAL)
    if out.exists():
        raise DataDirError(f"{out} exists already. Choose another name, or remove it first.")
    folder = _installation(data_dir)
    with with_database(folder.path) as access, _appearing(out) as file:
        taken = _write(file, folder, access, out.parent, on_progress)
        return Taken(file.tell(), *taken)


def _installation(data_dir: Path) -> DataDir:
    """The data folder of an installation that has been used.

    Raises:
        DataDirError: there is none.
    """
    path = data_dir.expanduser().absolute()
    if not path.is_dir() or read_record(path) is None:
        raise DataDirError(
            f"{path} holds no installation: no server has run on it. Say which with --data-dir."
        )
    folder = DataDir(path)
    if not folder.has_secret_key() and not os.environ.get("KIRIN_SECRET_KEY"):
        raise DataDirError(
            f"{path} holds no secret key: its server was given one by KIRIN_SECRET_KEY. Set the same here."
        )
    return folder


def _write(
    file: BinaryIO, folder: DataDir, access: Access, scratch: Path, on_progress: OnProgress
) -> tuple[int, tuple[str, ...]]:
    """Write the archive's content; how many files it holds, and what was lost before."""
    with (
        snapshot(access.database_url) as held,
        contextlib.closing(ArchiveWriter(file)) as archive,
        tempfile.TemporaryDirectory(dir=scratch, prefix=".kirin-backup-") as temporary,
    ):
        archive.add(HEADER, _header(held, folder))
        archive.add(SECRET, access.secret_key.encode())
        image = Path(temporary) / DATABASE
        held.dump(image)
        with image.open("rb") as dumped:
            archive.add_file(DATABASE, dumped, image.stat().st_size)
        image.unlink()
        files, lost = _add_files(archive, held, LocalBlobs(folder.path / "blobs"), on_progress)
        archive.add(LOST, "".join(f"{line}\n" for line in lost).encode())
        archive.finish()
        held.require_held()
    return files, tuple(lost)


def _header(held: Snapshot, folder: DataDir) -> bytes:
    facts = {
        "format": FORMAT,
        "made_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "kirin_video": version("kirin-video"),
        "postgres": held.postgres,
        "schema": held.migrations,
        "first_key_shown": not folder.is_first_key_due(),
    }
    return json.dumps(facts, indent=1).encode() + b"\n"


def _add_files(
    archive: ArchiveWriter, held: Snapshot, blobs: LocalBlobs, on_progress: OnProgress
) -> tuple[int, list[str]]:
    """Add every file that the database names; how many, and what is wrong with others."""
    count, total_bytes = 0, 0
    lost: list[str] = []
    for named in held.files():
        try:
            with blobs.open(named.key) as source:
                size_bytes = os.fstat(source.fileno()).st_size
                sha256 = archive.add_file(f"{BLOBS}{named.key}", source, size_bytes)
        except BlobNotFound:
            lost.append(f"{named.key}, {named.owner}, is gone")
            continue
        if (size_bytes, sha256) != (named.size_bytes, named.sha256):
            lost.append(f"{named.key}, {named.owner}, is damaged")
        count, total_bytes = count + 1, total_bytes + size_bytes
        on_progress(count, total_bytes)
    return count, lost


@contextlib.contextmanager
def _appearing(out: Path) -> Generator[BinaryIO]:
    """A file that appears under its name at the end of the block, on the disk; not at all if that fails."""
    partial = out.with_name(f".{out.name}.{secrets.token_hex(4)}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if out.exists():
            raise ImageFailed(f"{out} was made by somebody else meanwhile.")
        partial.rename(out)
        sync_folder(out.parent)
    finally:
        partial.unlink(missing_ok=True)
