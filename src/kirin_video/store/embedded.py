"""PostgreSQL as a child of ours: nothing to install, nothing to configure, nothing left behind.

The data folder keeps the cluster (``postgres/``), the log (``log/postgres.log``) and ``postgres.json``. Where
PostgreSQL cannot use the data folder, which happens to root, the cluster lives elsewhere and
``postgres.json`` points to it. Clients connect by a Unix socket with a password; there is no network port.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from kirin_video.store.bounded_log import BoundedLog
from kirin_video.store.embedded_cluster import Programs, change_password, create_cluster
from kirin_video.store.embedded_places import (
    PostgresUnavailable,
    PostgresUser,
    choose_cluster,
    choose_programs,
    choose_socket_folder,
    choose_user,
    is_listening,
    machine_folder,
    make_data_dir,
    make_reachable,
)
from kirin_video.store.embedded_record import Record, new_password, read_record, write_record

# Sized for one small machine: 16 MB of fixed memory would do, 96 MB spare the disk.
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "96MB",
    "io_method": "sync",  # no I/O worker processes
    "max_worker_processes": "4",
    "max_parallel_workers": "2",
    "max_logical_replication_workers": "0",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "min_wal_size": "64MB",
    "huge_pages": "off",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_checkpoints": "off",
}
_FAST_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_START_TIMEOUT_S = 60.0  # after a crash of the machine PostgreSQL first replays its log
_LEFTOVERS_TIMEOUT_S = 12.0


def _to_stderr(message: str) -> None:
    sys.stderr.write(message + "\n")


class EmbeddedPostgres:
    """A PostgreSQL server for one data folder, started and stopped by this process.

    It shuts down by itself when this process dies, whatever the cause. Start it from a thread that lives as
    long as it is needed, best the main one: the kernel ties it to the thread.

    Args:
        data_dir: the folder; made if it does not exist.
        durable: survive a crash of the machine. False suits databases that are thrown away.
        elsewhere: folder for what PostgreSQL cannot reach in the data folder or the virtual environment.
        notice: told in a sentence when the database is kept outside the data folder; by default that goes to
            standard error.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        durable: bool = True,
        elsewhere: Path | None = None,
        notice: Callable[[str], None] = _to_stderr,
    ) -> None:
        self.data_dir = Path(data_dir).absolute()
        self.log = BoundedLog(self.data_dir / "log" / "postgres.log")
        self._durable = durable
        self._elsewhere = elsewhere or machine_folder()
        self._notice = notice
        self._process: subprocess.Popen[bytes] | None = None
        self._record: Record | None = None
        self._owner_lock: int | None = None

    @property
    def url(self) -> str:
        """Address of the database ``kirin`` for any client of libpq; stays the same over restarts.

        Raises:
            PostgresUnavailable: it was never started.
        """
        if self._record is None:
            raise PostgresUnavailable("The database has not been started yet.")
        return self._record.url

    @property
    def pid(self) -> int | None:
        """Process id of the server's main process, None if it was stopped or never started."""
        return self._process.pid if self._process is not None else None

    def is_running(self) -> bool:
        """Say whether the server's main process is alive."""
        return self._process is not None and self._process.poll() is None

    @property
    def cluster(self) -> Path:
        """Folder of PostgreSQL's files.

        Raises:
            PostgresUnavailable: it was never started.
        """
        if self._record is None:
            raise PostgresUnavailable("The database has not been started yet.")
        return self._record.cluster or self.data_dir.resolve() / "postgres"

    def start(self) -> None:
        """Start the server and return when it takes connections; the first time, create the database.

        What an earlier server left behind, killed or dying, is waited for and cleared.

        Raises:
            PostgresUnavailable: it cannot run here; the message says what to do.
            OSError: the data folder cannot be made or written.
        """
        if self.is_running():
            return
        try:
            self._start()
        except BaseException:
            self.stop(timeout_s=1.0)
            raise

    def _start(self) -> None:
        make_data_dir(self.data_dir)
        known = read_record(self.data_dir)
        cluster, user = self._locate(known)
        if self._owner_lock is None:
            self._owner_lock = _lock_now(cluster.with_name("postgres.lock"), self.data_dir)
        processes_lock = _wait_for_leftovers(cluster)
        try:
            programs = Programs(choose_programs(self._elsewhere, user), user)
            record = self._prepare(cluster, known, programs)
            self._launch(programs, cluster, record, processes_lock)
        finally:
            os.close(processes_lock)

    def _locate(self, known: Record | None) -> tuple[Path, PostgresUser]:
        """Return where the cluster is or is to be, and who runs it; say so if that is not the data folder."""
        inside = self.data_dir.resolve() / "postgres"
        cluster = (known and known.cluster) or inside
        user = choose_user(cluster)
        if not cluster.exists():
            if known is not None and known.cluster is not None:
                raise PostgresUnavailable(
                    f"The database of {self.data_dir} was kept in {cluster}, which is gone. "
                    "Bring it back, or start with another --data-dir."
                )
            cluster = choose_cluster(self.data_dir, self._elsewhere, user)
            make_reachable(cluster.parent, self._elsewhere, user)
        if cluster != inside:
            self._notice(
                f"PostgreSQL (user {user.name}) cannot use {self.data_dir}; its files are in {cluster}"
            )
        return cluster, user

    def _prepare(self, cluster: Path, known: Record | None, programs: Programs) -> Record:
        """Make the cluster or the password if they are missing, and choose the socket's folder."""
        record = known or Record(new_password())
        if cluster != self.data_dir.resolve() / "postgres":
            record = replace(record, cluster=cluster)
        if not cluster.exists():
            create_cluster(programs, cluster, record.password, durable=self._durable)
        elif known is None:
            _forget_postmaster(cluster)
            change_password(programs, cluster, record.password)
        folder = choose_socket_folder(cluster, record.socket_folder, programs.user)
        record = replace(record, socket_folder=folder)
        if record != known:
            write_record(self.data_dir, record)
        self._record = record
        return record

    def _launch(self, programs: Programs, cluster: Path, record: Record, processes_lock: int) -> None:
        assert record.socket_folder is not None
        for leftover in record.socket_folder.glob(".s.PGSQL.*"):
            leftover.unlink()
        _forget_postmaster(cluster)
        settings = {
            **_SETTINGS,
            **({} if self._durable else _FAST_AND_FORGETFUL),
            "cluster_name": cluster_name(cluster),
            "unix_socket_directories": str(record.socket_folder),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        position = self.log.size()
        output = self.log.open()
        try:
            self._process = programs.start(
                ["postgres", "-D", cluster, *options],
                death_signal=signal.SIGINT,
                stdin=subprocess.DEVNULL,
                output=output,
                keep=[processes_lock],
            )
        finally:
            os.close(output)
        self._wait_until_ready(self._process, cluster, min(position, self.log.size()))

    def _wait_until_ready(self, process: subprocess.Popen[bytes], cluster: Path, position: int) -> None:
        """Wait for the word "ready" that the server writes into its pid file."""
        deadline = time.monotonic() + _START_TIMEOUT_S
        while process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(FileNotFoundError):
                lines = (cluster / "postmaster.pid").read_text(errors="replace").splitlines()
                if lines[:1] == [str(process.pid)] and lines[-1].strip() == "ready":
                    return
            time.sleep(0.01)
        said = self.log.since(position)
        remedy = " Free some space, or choose another --data-dir." if "No space left" in said else ""
        raise PostgresUnavailable(f"PostgreSQL did not start from {cluster}.{remedy} It said:\n{said}")

    def stop(self, timeout_s: float = 5.0) -> None:
        """Stop the server, cleanly if time allows, and release the folder; safe to repeat.

        Args:
            timeout_s: after this many seconds it is cut short; nothing that was committed is lost.
        """
        process, self._process = self._process, None
        try:
            if process is not None:
                _end(process, timeout_s)
        except BaseException:
            assert process is not None
            _end_now(process)
            raise
        finally:
            self._remove_temporary_socket_folder()
            if self._owner_lock is not None:
                os.close(self._owner_lock)
                self._owner_lock = None

    def _remove_temporary_socket_folder(self) -> None:
        """Leave nothing in /tmp; the next start makes the folder again, by the same name if it can."""
        folder = None if self._record is None else self._record.socket_folder
        if folder is not None and self._owner_lock is not None and folder.parent != self.cluster.parent:
            shutil.rmtree(folder, ignore_errors=True)

    def remove_outside(self) -> None:
        """Delete what a stopped database keeps outside its data folder, for one that is thrown away."""
        if self._record is not None and self._record.cluster is not None:
            shutil.rmtree(self._record.cluster.parent, ignore_errors=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def running_url(data_dir: Path) -> str | None:
    """Return the address of a folder's database if it takes connections now, started by another process.

    Raises:
        PostgresUnavailable: the folder's record is damaged.
        OSError: the record cannot be read.
    """
    record = read_record(data_dir)
    if record is None or record.socket_folder is None:
        return None
    cluster = record.cluster or data_dir.resolve() / "postgres"
    try:
        state = (cluster / "postmaster.pid").read_text(errors="replace").splitlines()[-1].strip()
    except (FileNotFoundError, IndexError):
        return None
    # A server that was killed leaves its word behind, but nobody who listens.
    return record.url if state == "ready" and is_listening(record.socket_folder) else None


def cluster_name(cluster: Path) -> str:
    """Return the name that each process of a cluster's server shows in its command line."""
    return f"kirin-{hashlib.sha256(os.fsencode(cluster)).hexdigest()[:16]}"


def _end(process: subprocess.Popen[bytes], timeout_s: float) -> None:
    """Ask for a fast shutdown, and if that takes too long cut it short."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout_s)
    except subprocess.TimeoutExpired:
        _end_now(process)


def _end_now(process: subprocess.Popen[bytes]) -> None:
    """Demand an immediate shutdown, which the log makes good at the next start, and then no longer ask."""
    process.send_signal(signal.SIGQUIT)
    try:
        process.wait(0.7)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _lock_now(path: Path, data_dir: Path) -> int:
    """Take the lock that the one owner of a cluster holds."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise PostgresUnavailable(f"The database of {data_dir} is in use by another kirin process.") from None
    return descriptor


def _wait_for_leftovers(cluster: Path) -> int:
    """Wait until no process of an earlier server is left, and if need be end them; return the lock as proof.

    Every process of a server inherits the lock, so it is free only when the last of them is gone.
    PostgreSQL's own check, the process id in its pid file, is mistaken when that number has gone to
    another process.
    """
    descriptor = os.open(
        cluster.with_name("postgres.processes.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
    )
    began = time.monotonic()
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited_s = time.monotonic() - began
            if waited_s > _LEFTOVERS_TIMEOUT_S:
                os.close(descriptor)
                raise PostgresUnavailable(
                    f"Processes of an earlier PostgreSQL still use {cluster} and do not end."
                ) from None
            if waited_s > _LEFTOVERS_TIMEOUT_S / 2:
                _kill_leftovers(cluster)
            time.sleep(0.02)
        else:
            return descriptor


def _kill_leftovers(cluster: Path) -> None:
    """Kill the processes of an earlier server, known by the cluster's name in their command lines."""
    name = cluster_name(cluster).encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if name in (folder / "cmdline").read_bytes():
                os.kill(int(folder.name), signal.SIGKILL)


def _forget_postmaster(cluster: Path) -> None:
    """Remove the pid file of an earlier server; we hold the lock that proves that it is gone."""
    (cluster / "postmaster.pid").unlink(missing_ok=True)
