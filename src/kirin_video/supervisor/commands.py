"""The command lines and the environment of a server's parts."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

_CLI = (sys.executable, "-m", "kirin_video.cli")


@dataclass(frozen=True, slots=True)
class Commands:
    """How to run each part.

    Attributes:
        api: serves HTTP; ``--fd N --parent PID`` follow, the listening socket and the process to die with.
        worker: renders; ``--parent PID`` follows.
        first_key: prints a new key, alone, on its standard output.
    """

    api: tuple[str, ...] = (*_CLI, "api")
    worker: tuple[str, ...] = (*_CLI, "worker")
    first_key: tuple[str, ...] = (*_CLI, "keys", "create", "--name", "first")


@dataclass(frozen=True, slots=True)
class Access:
    """What a part needs to work on a server's data.

    Attributes:
        database_url: libpq address of the database.
        secret_key: signs links and keys the hashes of API keys.
        data_dir: folder of inputs and results.
    """

    database_url: str
    secret_key: str
    data_dir: Path

    def environment(self) -> dict[str, str]:
        """Return our environment with this access put in."""
        ours = {name: text for name, text in os.environ.items() if name != "KIRIN_DATABASE_URL"}
        return {
            **ours,
            "DATABASE_URL": self.database_url,
            "KIRIN_SECRET_KEY": self.secret_key,
            "KIRIN_DATA_DIR": str(self.data_dir),
        }


def external_database_url() -> str | None:
    """Return the database that the environment names instead of the embedded one."""
    return os.environ.get("KIRIN_DATABASE_URL") or os.environ.get("DATABASE_URL") or None
