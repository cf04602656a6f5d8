"""The key that the first start on a data folder shows."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Sequence

from kirin_video.store.bounded_log import BoundedLog
from kirin_video.supervisor.commands import Access
from kirin_video.supervisor.data_dir import DataDir
from kirin_video.supervisor.processes import Part


class FirstKey:
    """Creates a key in a process of its own while the other parts start.

    Args:
        folder: the data folder, which remembers whether a key is due.
        command: prints a new key on its standard output.
        access: what the command works on.

    Attributes:
        settled: there is nothing more to wait for.
        key: the key; None if none is due, or none could be had.
        problem: a sentence on why there is none though it is due.
    """

    def __init__(self, folder: DataDir, command: Sequence[str], access: Access) -> None:
        self.key: str | None = None
        self.problem: str | None = None
        self.settled = not folder.is_first_key_due()
        self._folder = folder
        self._log = BoundedLog(folder.log_folder / "first_key.log")
        self._part = Part("first key", command, access.environment(), self._log)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the process that creates the key, once there is one."""
        return self._process.pid if self._process is not None else None

    def step(self) -> None:
        """Start the process, or look whether it is done."""
        if self.settled:
            return
        if self._process is None:
            self._process = self._part.start(stdout=subprocess.PIPE)
        elif self._process.poll() is not None:
            self._settle(self._process)

    def _settle(self, process: subprocess.Popen[bytes]) -> None:
        output = process.communicate()[0].decode(errors="replace").strip()
        self._process, self.settled = None, True
        if process.returncode == 0 and output:
            self.key = output
        else:
            self.problem = (
                "No first key could be created; try: kirin keys create --name NAME --data-dir "
                f"{shlex.quote(str(self._folder.path))}\n{self._log.since(0)}"
            )

    def remember(self) -> None:
        """Note that the key has been shown, so that no later start shows another."""
        if self.key is not None:
            self._folder.remember_first_key()

    def close(self) -> None:
        """End the process if it still runs."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
