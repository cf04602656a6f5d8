"""The process in which strangers' files are read: ``python -I -m kirin_video.media.sandbox_child CONFINES``.

This is a nursery. It loads the decoders once, never reads a caller's file itself, and for every file forks a
child that locks itself down, reads that one file, answers with one line of JSON, and is gone. So no file can
touch the judgement of another, and a file costs a fork instead of the start of an interpreter. A child that
was asked for a picture's pixels, a movie's frames or its sound sends them after its line.

Its stdin is a socket to the parent. Every message there is the JSON request with two descriptors: the file,
and the pipe for the answer; it replies with a descriptor of the child's process. When the socket closes, or
the parent dies, it ends.
"""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import socket
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Final, cast

from kirin_video.lifeline import die_with_parent
from kirin_video.media import film, pixels, readers, sound_reader
from kirin_video.media.lockdown import (
    Confines,
    deny_files,
    landlock_abi,
    limit_resources,
    syscall_filter,
)

MAX_MESSAGE_BYTES: Final = 4096

Lock = Callable[[], None]
_FILE, _REPLY, _SPARE = 3, 4, 60
_MAX_DESCRIPTORS: Final = 1024


def main(arguments: list[str]) -> None:
    """Serve until the parent closes the socket."""
    settings = json.loads(arguments[0])
    die_with_parent(settings["parent_pid"])
    control = socket.socket(fileno=os.dup(0))
    logging.disable()
    readers.warm_up()
    pixels.warm_up()
    film.warm_up()
    sound_reader.warm_up()
    walls, lock = _walls(Confines(**settings["confines"]), allow_unlocked=settings["allow_unlocked"])
    control.sendall(json.dumps(walls).encode())
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, MAX_MESSAGE_BYTES, 2)
        if not message:
            return
        _reap()
        _hand_over(control, json.loads(message), descriptors, lock)


def _walls(confines: Confines, *, allow_unlocked: bool) -> tuple[dict[str, object], Lock]:
    """Which walls this machine offers, and what raises them."""
    abi, seccomp = landlock_abi(), "ok"
    walls: list[Lock] = [partial(limit_resources, confines)]
    if abi:
        walls.append(deny_files)
    try:
        walls.append(syscall_filter())
    except (OSError, RuntimeError, ImportError) as error:
        seccomp = f"{type(error).__name__}: {error}"

    def lock() -> None:
        if seccomp != "ok" and not allow_unlocked:
            raise PermissionError(seccomp)
        for wall in walls:
            with contextlib.suppress(OSError) if allow_unlocked else contextlib.nullcontext():
                wall()

    return {"landlock": abi, "seccomp": seccomp}, lock


def _hand_over(
    control: socket.socket, request: Mapping[str, object], descriptors: list[int], lock: Lock
) -> None:
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        try:
            _serve(parent, request, descriptors, lock)
        finally:
            os._exit(0)
    for descriptor in descriptors:
        os.close(descriptor)
    process = os.pidfd_open(child)
    socket.send_fds(control, [b"child"], [process])
    os.close(process)


def _serve(parent: int, request: Mapping[str, object], descriptors: list[int], lock: Lock) -> None:
    """In the child: lock, read, answer, end."""
    die_with_parent(parent)
    _keep_only(*descriptors)
    try:
        lock()
    except Exception as error:  # noqa: BLE001 - whatever it is, no file is read
        _reply({"unlocked": f"{type(error).__name__}: {error}"})
        return
    os.lseek(_FILE, 0, os.SEEK_SET)
    answer, payload = _answer(request)
    _reply(answer)
    for piece in payload:
        _send(piece)


def _reply(answer: Mapping[str, object]) -> None:
    _send(json.dumps(answer).encode() + b"\n")


def _send(piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(_REPLY, rest) :]


def _keep_only(file: int, reply: int) -> None:
    """Close every descriptor but these two, which become ``_FILE`` and ``_REPLY``."""
    file, reply = os.dup2(file, _SPARE), os.dup2(reply, _SPARE + 1)
    os.dup2(file, _FILE)
    os.dup2(reply, _REPLY)
    os.closerange(0, _FILE)
    os.closerange(_REPLY + 1, _MAX_DESCRIPTORS)


def _answer(request: Mapping[str, object]) -> tuple[dict[str, object], Iterable[bytes]]:
    """What came of reading, and what is sent after it; a refusal is an answer too."""
    limits = cast("dict[str, int]", request["limits"])
    try:
        if request["kind"] == "check":
            return {"allowed": _what_is_allowed()}, ()
        return _read(str(request["kind"]), limits)
    except readers.TooManyPixels as refusal:
        return {"refused": "too_many_pixels", "width": refusal.width, "height": refusal.height}, ()
    except readers.Refusal as refusal:
        return {"refused": refusal.reason}, ()
    except BaseException as error:  # noqa: BLE001 - decoders raise everything there is
        return {"refused": "unreadable", "reason": type(error).__name__}, ()


def _read(kind: str, limits: Mapping[str, int]) -> tuple[dict[str, object], Iterable[bytes]]:
    opened = os.fdopen(_FILE, "rb", closefd=False)
    if kind == "pixels":
        facts, payload = pixels.read_pixels(opened, **limits)
        return {"facts": facts}, payload
    if kind == "film":
        facts, payload = film.read_film(opened, **limits)
        return {"facts": facts}, payload
    if kind == "sound":
        facts, payload = sound_reader.read_sound(opened, **limits)
        return {"facts": facts}, payload
    if kind == "image":
        return {"facts": readers.read_image(opened, **limits)}, ()
    return {"facts": readers.read_video(opened, **limits)}, ()


def _what_is_allowed() -> list[str]:
    """Try what a hijacked decoder would try; the names of what was not refused."""
    attempts: dict[str, Callable[[], object]] = {
        "read a file": lambda: os.open("/proc/self/environ", os.O_RDONLY),
        "list a folder": lambda: list(Path("/").iterdir()),
        "write a file": lambda: os.open("/tmp", os.O_WRONLY | os.O_TMPFILE),  # noqa: S108
        "open a socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "open a local socket": lambda: socket.socket(socket.AF_UNIX),
        "signal another process": lambda: os.kill(os.getppid(), 0),
        "start a process": lambda: os.fork() or os._exit(0),
        "lift a limit": lambda: limit_resources(Confines(1 << 40, 3600)),
        "run a program": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606 - last: it would end this one
    }
    return [name for name, attempt in attempts.items() if not _denied(attempt)]


def _denied(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno in {errno.EPERM, errno.EACCES, errno.ENOSYS}
    except ValueError:
        return True  # raising a limit, refused by the interpreter on the kernel's word
    return False


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    main(sys.argv[1:])
