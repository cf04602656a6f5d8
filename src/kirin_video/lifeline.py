"""Tie a process's life to its parent's, so that a killed parent leaves no orphan.

``python -m kirin_video.lifeline PARENT_PID MODULE ARGUMENT...`` runs a module so, tied before it is imported:
what takes long to import would outlive a parent that dies meanwhile.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def die_with_parent(parent_pid: int, signum: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel send this process a signal when its parent dies; for the child to call first.

    Args:
        parent_pid: the parent's process id, as the parent knew it when it started this process. Should the
            parent be gone already, this process ends at once.
        signum: the signal to be sent.

    Raises:
        OSError: the kernel refused.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, int(signum), 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    if os.getppid() != parent_pid:
        sys.exit("the parent process is gone")


def main() -> None:
    """Run the module that the arguments name."""
    die_with_parent(int(sys.argv[1]))
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
