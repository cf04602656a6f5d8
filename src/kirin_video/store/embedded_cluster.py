"""Make the files of a PostgreSQL cluster, and set the password its one client uses."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import kirin_video
from kirin_video.store.embedded_places import PostgresUnavailable, PostgresUser

# One role, over the socket, with its password; not even the superuser, and nothing from a network.
_ACCESS_RULES = "# TYPE  DATABASE  USER   METHOD\nlocal   all       kirin  scram-sha-256\n"
# Isolated from the environment, yet able to find this package wherever it was imported from.
_LAUNCH = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    "from kirin_video.store import postgres_exec; postgres_exec.main()"
)
# A clean environment: no PG* variable, locale or library path of the caller changes what PostgreSQL does.
_ENVIRONMENT: Mapping[str, str] = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LC_ALL": "C",
    "HOME": "/",
    "PGTZ": "UTC",
}


@dataclass(frozen=True, slots=True)
class Programs:
    """PostgreSQL's programs, run as the right user.

    Attributes:
        folder: where ``postgres`` and ``initdb`` are.
        user: who runs them.
    """

    folder: Path
    user: PostgresUser

    def start(
        self,
        command: Sequence[str | Path],
        *,
        death_signal: signal.Signals,
        stdin: int,
        output: int,
        keep: Sequence[int] = (),
    ) -> subprocess.Popen[bytes]:
        """Start a program in a session of its own; it ends when the calling thread or process does.

        Args:
            command: name of the program, then its arguments.
            death_signal: what it is sent when we die.
            stdin: descriptor of its standard input.
            output: descriptor of its standard output and error.
            keep: further descriptors it inherits.
        """
        launcher = [sys.executable, "-I", "-S", "-c", _LAUNCH, str(Path(kirin_video.__file__).parent.parent)]
        owner = [str(self.user.uid), str(self.user.gid), str(os.getpid()), str(int(death_signal))]
        return subprocess.Popen(  # noqa: S603 - our own launcher, absolute paths, no shell
            [*launcher, *owner, self.folder / command[0], *command[1:]],
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=dict(_ENVIRONMENT),
            pass_fds=tuple(keep),
            start_new_session=True,
        )

    def run(self, command: Sequence[str | Path], text: str = "") -> None:
        """Run a program to its end, with some text as its input.

        Raises:
            PostgresUnavailable: it failed; the message ends with what it said.
        """
        process = self.start(
            command, death_signal=signal.SIGKILL, stdin=subprocess.PIPE, output=subprocess.PIPE
        )
        try:
            output, _ = process.communicate(text.encode())
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.returncode != 0:
            raise PostgresUnavailable(_explain(str(command[0]), output.decode(errors="replace")))


def create_cluster(programs: Programs, cluster: Path, password: str, *, durable: bool) -> None:
    """Create a cluster with its role and database ``kirin``; it appears whole or not at all.

    Args:
        programs: what to create it with.
        cluster: where; the parent folder exists.
        password: the role's.
        durable: wait until everything has reached the disk.

    Raises:
        PostgresUnavailable: the user has no name, or a program failed.
        OSError: the folder cannot be written.
    """
    user = programs.user
    if not user.is_named():
        raise PostgresUnavailable(
            f"PostgreSQL cannot set up a database for user {user.uid}, who has no name on this machine. "
            f"Add a line such as 'kirin:x:{user.uid}:{user.gid}::/:/bin/sh' to /etc/passwd, run kirin as a "
            "user that has a name, or set DATABASE_URL."
        )
    fresh = cluster.with_name(cluster.name + ".new")
    if fresh.exists():
        # Of a start that was killed. What it had started may still be dying in there, and writes to the last.
        fresh.rename(fresh.with_name(f"{fresh.name}.{secrets.token_hex(4)}"))
    fresh.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(fresh, user.uid, user.gid)
    programs.run(
        [
            *("initdb", "-D", fresh, "-U", "postgres", "--auth=reject", "--encoding=UTF8", "--no-locale"),
            *(() if durable else ("--no-sync",)),
        ]
    )
    (fresh / "pg_hba.conf").write_text(_ACCESS_RULES)
    statements = (
        f"CREATE ROLE kirin LOGIN CREATEDB PASSWORD '{password}'",
        "CREATE DATABASE kirin OWNER kirin",
    )
    run_alone(programs, fresh, statements)
    fresh.rename(cluster)
    for left in cluster.parent.glob(f"{fresh.name}.*"):
        shutil.rmtree(left, ignore_errors=True)


def change_password(programs: Programs, cluster: Path, password: str) -> None:
    """Set the password of the role ``kirin`` while the cluster is at rest.

    Raises:
        PostgresUnavailable: PostgreSQL refused.
    """
    run_alone(programs, cluster, [f"ALTER ROLE kirin PASSWORD '{password}'"])


def run_alone(programs: Programs, cluster: Path, statements: Sequence[str]) -> None:
    """Run statements as the superuser without starting a server, in PostgreSQL's single-user mode.

    Raises:
        PostgresUnavailable: one of them failed.
    """
    # "-j" ends a statement at a semicolon followed by an empty line.
    text = "".join(f"{statement};\n\n" for statement in statements)
    programs.run(["postgres", "--single", "-j", "-D", cluster, "-c", "exit_on_error=on", "postgres"], text)


def _explain(program: str, output: str) -> str:
    remedy = " Free some space, or choose another --data-dir." if "No space left" in output else ""
    tail = "\n".join(line for line in output.splitlines()[-8:] if line.strip())
    return f"PostgreSQL's {program} failed.{remedy} It said:\n{tail}"
