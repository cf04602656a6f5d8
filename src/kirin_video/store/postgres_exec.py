"""Become a PostgreSQL program: the small step between our process and its.

Started with the arguments ``PACKAGES UID GID PARENT_PID SIGNAL PROGRAM [ARGUMENT...]`` it gives up root for
good (PostgreSQL refuses to run as root), bars the way back, ties its life to the parent's and only then turns
into the program. The order matters: the kernel forgets the tie when a process changes its user, and an
ordinary user may be unable to reach this very file, so everything is loaded while we are still root.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

from kirin_video.lifeline import die_with_parent

_PR_SET_NO_NEW_PRIVS = 38  # <linux/prctl.h>


def become(uid: int, gid: int, parent_pid: int, death_signal: signal.Signals, command: list[str]) -> None:
    """Replace this process by a program that runs as another user and dies with our parent.

    Args:
        uid: user to run as.
        gid: the one group to keep.
        parent_pid: process whose death the program must not survive.
        death_signal: what the program is sent when that process dies.
        command: absolute path of the program, then its arguments.

    Raises:
        OSError: the kernel refused one of the steps, or the program cannot be run.
    """
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(gid, gid, gid)
        os.setresuid(uid, uid, uid)
    _forbid_new_privileges()
    die_with_parent(parent_pid, death_signal)
    os.execv(command[0], command)  # noqa: S606 - no shell is the point


def _forbid_new_privileges() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def main() -> None:
    """Read the command line described above and become the program.

    Raises:
        SystemExit: it was not possible; the message says why.
    """
    uid, gid, parent_pid, death_signal = (int(text) for text in sys.argv[2:6])
    command = sys.argv[6:]
    try:
        become(uid, gid, parent_pid, signal.Signals(death_signal), command)
    except OSError as error:
        sys.exit(f"cannot run {command[0]} as user {uid}: {error.strerror}")
