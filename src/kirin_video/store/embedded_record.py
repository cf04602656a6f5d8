"""What a data folder remembers of its database: where it is and how to log in."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import quote

from kirin_video.store.embedded_places import PostgresUnavailable

RECORD_NAME = "postgres.json"


@dataclass(frozen=True, slots=True)
class Record:
    """The contents of ``postgres.json``, readable by its owner only.

    Attributes:
        password: of the role ``kirin``.
        cluster: the cluster's folder where that is outside the data folder, else None.
        socket_folder: where the socket was at the last start.
    """

    password: str
    cluster: Path | None = None
    socket_folder: Path | None = None

    @property
    def url(self) -> str:
        """The address of the database for any client of libpq.

        Raises:
            PostgresUnavailable: it was never started.
        """
        if self.socket_folder is None:
            raise PostgresUnavailable("The database of this data folder has not been started yet.")
        host = quote(os.fsencode(self.socket_folder), safe="")
        return f"postgresql://kirin:{quote(self.password, safe='')}@/kirin?host={host}"


def new_password() -> str:
    """Return a password of 192 random bits, of letters, digits, ``-`` and ``_``."""
    return secrets.token_urlsafe(24)


def read_record(data_dir: Path) -> Record | None:
    """Return what the folder remembers, or None before the first start.

    Raises:
        PostgresUnavailable: the file is damaged.
        OSError: the file cannot be read.
    """
    path = data_dir / RECORD_NAME
    try:
        fields = cast("dict[str, str | None]", json.loads(path.read_text(encoding="utf-8")))
        cluster, socket_folder = fields.get("cluster"), fields.get("socket_folder")
        return Record(
            password=str(fields["password"]),
            cluster=Path(cluster) if cluster else None,
            socket_folder=Path(socket_folder) if socket_folder else None,
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PostgresUnavailable(
            f"{path} is damaged. Delete it if the folder {data_dir / 'postgres'} exists: "
            "it will be written again, with a new password."
        ) from error


def write_record(data_dir: Path, record: Record) -> None:
    """Write ``postgres.json`` in one step, for its owner's eyes.

    Raises:
        OSError: the folder cannot be written.
    """
    fields = {
        "password": record.password,
        "cluster": record.cluster and str(record.cluster),
        "socket_folder": record.socket_folder and str(record.socket_folder),
    }
    fresh = data_dir / f"{RECORD_NAME}.new"
    fresh.unlink(missing_ok=True)
    with os.fdopen(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump(fields, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(data_dir / RECORD_NAME)
