"""Sweeps for files that nothing names, at once instead of hours later."""

from __future__ import annotations

from kirin_video.services.remove_files import RemoveFiles
from kirin_video.services.sweep_orphans import SweepOrphans
from kirin_video.store.blob_rows import BlobRows
from kirin_video.wiring import Services


def sweeper(services: Services, older_than_s: float = 0.0, preset: str = "") -> SweepOrphans:
    """A sweep over the files of a test.

    Args:
        services: whose files.
        older_than_s: how old a file without a name must be, seconds.
        preset: a key that is that of a preset's picture.
    """
    rows = BlobRows(services.database)
    remove = RemoveFiles(services.database, rows, services.blobs)
    return SweepOrphans(
        services.database, rows, services.blobs, remove, lambda key: key == preset, older_than_s
    )
