"""Locks the calling process down before it reads a stranger's file. Nothing here can be undone.

Three walls, each of which would do alone for most attacks:

- resource limits: memory, processor time, no file growth, no core dump;
- Landlock: no file, folder or port can be opened (kernels from 5.13 on);
- seccomp: only the system calls that decoding needs, so no open, socket, exec, fork, kill or executable page.

Seccomp is the wall that must stand. Landlock is missing from older kernels and some containers.
"""

from __future__ import annotations

import contextlib
import errno
import mmap
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import landlockpy

_CALLS: Final = (
    "brk",
    "clock_gettime",
    "clock_nanosleep",
    "close",
    "exit",
    "exit_group",
    "fstat",
    "futex",
    "getpid",
    "getppid",
    "getrandom",
    "getrusage",
    "gettid",
    "gettimeofday",
    "lseek",
    "madvise",
    "mremap",
    "munmap",
    "nanosleep",
    "pread64",
    "read",
    "readv",
    "restart_syscall",
    "rseq",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sched_getaffinity",
    "sched_yield",
    "sigaltstack",
    "sysinfo",
    "write",
)
_GRACE_S: Final = 2
_AT_EMPTY_PATH: Final = 0x1000  # <linux/fcntl.h>


@dataclass(frozen=True, slots=True)
class Confines:
    """How much a locked-down process may use.

    Attributes:
        memory_bytes: address space.
        wall_s: time on the clock. The parent keeps it; should it fail to, the kernel ends the process
            a little later.
    """

    memory_bytes: int
    wall_s: int


def limit_resources(confines: Confines) -> None:
    """Set the resource limits of the calling process, and its last alarm."""
    end_s = confines.wall_s + _GRACE_S
    signal.alarm(end_s)
    for which, most in (
        (resource.RLIMIT_AS, confines.memory_bytes),
        (resource.RLIMIT_CPU, end_s),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 16),
        (resource.RLIMIT_CORE, 0),
    ):
        hardest = resource.getrlimit(which)[1]
        limit = most if hardest == resource.RLIM_INFINITY else min(most, hardest)
        resource.setrlimit(which, (limit, limit))


def landlock_abi() -> int:
    """The kernel's Landlock version, 0 where there is none."""
    with contextlib.suppress(OSError):
        return landlockpy.abi_version()
    return 0


def deny_files() -> None:
    """Refuse to this process every file, folder and port that is not open yet, and new privileges.

    Raises:
        OSError: this kernel has no Landlock, or forbids it.
    """
    with landlockpy.Ruleset() as ruleset:
        ruleset.restrict()


def syscall_filter() -> Callable[[], None]:
    """Prepare the filter of system calls, which takes a few milliseconds.

    Returns:
        What puts it in force for the calling process.

    Raises:
        OSError: libseccomp cannot build the filter.
        RuntimeError: libseccomp is not installed.
    """
    import pyseccomp  # noqa: PLC0415 - it raises where libseccomp is missing

    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    for name in _CALLS:
        if pyseccomp.resolve_syscall(pyseccomp.system_arch(), name) >= 0:  # some are not everywhere
            rules.add_rule(pyseccomp.ALLOW, name)
    not_executable = pyseccomp.Arg(2, pyseccomp.MASKED_EQ, mmap.PROT_EXEC, 0)
    for name in ("mmap", "mprotect"):
        rules.add_rule(pyseccomp.ALLOW, name, not_executable)
    # Newer C libraries spell fstat(fd) as newfstatat(fd, "", AT_EMPTY_PATH).
    open_file_only = pyseccomp.Arg(3, pyseccomp.MASKED_EQ, _AT_EMPTY_PATH, _AT_EMPTY_PATH)
    rules.add_rule(pyseccomp.ALLOW, "newfstatat", open_file_only)
    return rules.load
