"""The render child: ``python -m kirin_video.worker.child PARENT_PID [ENGINE]``, a job on standard input.

Told an engine, it makes that ready until its job comes; without a job it ends. It runs apart from the worker,
so that an engine that crashes, leaks or hangs takes nothing with it, and it dies with the worker. It has no
secrets and no database.
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Never, TextIO

from pydantic import BaseModel

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.heap import return_freed_blocks
from kirin_video.lifeline import die_with_parent
from kirin_video.store.disk import is_full
from kirin_video.worker.protocol import NO_ROOM, FailedLine, ProgressLine, RenderJob, TakenLine

if TYPE_CHECKING:
    from kirin_video.engines.registry import EngineRegistry

_NICENESS = 5  # heartbeats and requests go first
_SAFE_MESSAGE = "The engine failed while making this clip."

RENDERING = "kirin-render"
WAITING = "kirin-spare"
"""What the system's tables of processes call a child, at most 15 letters each."""

_log = logging.getLogger("kirin_video.worker.child")


def main() -> None:
    """Make the clip that standard input asks for."""
    parent_pid, *names = sys.argv[1:]
    die_with_parent(int(parent_pid))
    _call_itself(WAITING if names else RENDERING)
    os.nice(_NICENESS)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    with _take_standard_output() as output:
        engines = _warm(names[0]) if names else None
        asked = sys.stdin.buffer.read()
        if not asked:
            return  # nobody needs it any more
        job = RenderJob.model_validate_json(asked)
        _call_itself(RENDERING)
        _say(output, TakenLine())
        _say(output, _render(job, engines, output))
    _leave()


def _leave() -> Never:
    """End at once: all is written, and people wait while an interpreter takes itself apart."""
    logging.shutdown()
    sys.stderr.flush()
    os._exit(0)


def _warm(name: str) -> EngineRegistry | None:
    """Make an engine ready until a job has come. What fails here is no task's, and is only written down.

    Returns:
        Where the engine is to be had; None if it failed, and may be half ready.
    """
    try:
        # Imported late, as below.
        from kirin_video.engines.base import Warming  # noqa: PLC0415
        from kirin_video.engines.registry import EngineRegistry  # noqa: PLC0415

        import_module("kirin_video.worker.clip")
        engines = EngineRegistry([name])
        engine = engines.engine(name)
        if isinstance(engine, Warming) and not _job_has_come():
            for step in engine.warm():
                _log.info("engine %s is ready for %s", name, step)
                if _job_has_come():
                    break
        return_freed_blocks()  # it may wait for days
    except Exception:  # noqa: BLE001 - an engine may raise anything
        _log.exception("engine %s could not be made ready", name)
        return None
    return engines


def _job_has_come() -> bool:
    return bool(select.select([sys.stdin], [], [], 0)[0])


def _render(job: RenderJob, engines: EngineRegistry | None, output: TextIO) -> BaseModel:
    """Make the clip, by an engine made ready if there is one; the last word is always a message."""
    try:
        # Imported late: engines and encoders may fail to load, and that too must be told.
        from kirin_video.engines.registry import EngineRegistry  # noqa: PLC0415
        from kirin_video.worker.clip import make_clip  # noqa: PLC0415

        engine = (engines or EngineRegistry([job.engine])).engine(job.engine)
        return make_clip(
            engine, job, lambda stage, part: _say(output, ProgressLine(stage=stage, fraction=part))
        )
    except TaskFailure as failure:
        _log.exception("the task fails")
        return FailedLine(fault=failure.fault, message=failure.message)
    except OSError as error:
        _log.exception("engine %s met an error of the system", job.engine)
        message = NO_ROOM if is_full(error) else _SAFE_MESSAGE
        return FailedLine(fault=Fault.GENERATION_FAILED, message=message)
    except Exception:  # noqa: BLE001 - an engine may raise anything
        _log.exception("engine %s failed", job.engine)
        return FailedLine(fault=Fault.GENERATION_FAILED, message=_SAFE_MESSAGE)


def _call_itself(name: str) -> None:
    with contextlib.suppress(OSError):  # only for people to read
        Path("/proc/self/comm").write_text(name, encoding="ascii")


def _take_standard_output() -> TextIO:
    """Keep standard output for messages; whatever else is printed, also by C libraries, goes to the log."""
    sys.stdout.flush()
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return output


def _say(output: TextIO, message: BaseModel) -> None:
    output.write(message.model_dump_json() + "\n")
    output.flush()


if __name__ == "__main__":
    main()
