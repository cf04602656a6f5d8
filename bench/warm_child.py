"""A clip as a user meets it: made by the render child that an idle worker keeps ready.

The child is started and given its job as the worker does it, and does all that a task is: it draws, encodes,
keeps a preview and a poster, and reads the file back. The clock runs from the job's first byte.
"""

from __future__ import annotations

import asyncio
import resource
import time
from pathlib import Path

import psutil

from kirin_video.domain.shot import Shot
from kirin_video.domain.stage import Stage
from kirin_video.worker.protocol import RenderJob
from kirin_video.worker.render_process import RenderChild, start_child

_ENGINE = "previs"
_LOOK_S = 0.5
_CALM_LOOKS = 4
_RESTS_BELOW_S = 0.015
_READY_WITHIN_S = 120.0


def measure_warm(shot: Shot, folder: Path) -> dict[str, float]:
    """Make a clip in a child that is ready and rests.

    Args:
        shot: the clip.
        folder: for its files.

    Returns:
        ``seconds`` until the clip is finished and found whole, ``first_frame_s`` until its first frame is
        drawn and encoded, ``steady_fps`` from there to the last, ``cpu_s`` of all its processes,
        ``ready_cpu_s`` what getting ready took, and ``resting_mib`` what the child and its own children hold
        while they wait.
    """
    return asyncio.run(_measured(shot, folder))


async def _measured(shot: Shot, folder: Path) -> dict[str, float]:
    spent_before = _spent_by_children()
    child = await start_child(folder, warm=_ENGINE)
    try:
        ready_cpu_s = await _rested(child)
        resting = sum(p.memory_full_info().pss for p in _family(child)) / 2**20
        frames: list[float] = []
        started = time.perf_counter()

        def note(stage: Stage, _: float) -> None:
            if stage is Stage.RENDERING:
                frames.append(time.perf_counter() - started)

        assert await child.take(RenderJob(engine=_ENGINE, shot=shot, folder=folder, watermark=False))
        await child.result(note)
        seconds = time.perf_counter() - started
    finally:
        await child.end()
    return {
        "seconds": seconds,
        "first_frame_s": frames[0],
        "steady_fps": (len(frames) - 1) / (frames[-1] - frames[0]),
        "cpu_s": _spent_by_children() - spent_before - ready_cpu_s,
        "ready_cpu_s": ready_cpu_s,
        "resting_mib": resting,
    }


async def _rested(child: RenderChild) -> float:
    """Wait until a child and its own children rest; the processor time that they have taken, seconds."""
    calm, before, end = 0, 0.0, time.monotonic() + _READY_WITHIN_S
    while time.monotonic() < end:
        await asyncio.sleep(_LOOK_S)
        family = _family(child)
        spent = sum(sum(p.cpu_times()[:2]) for p in family)
        # On a busy machine one that is not done may have no processor for a while: then it does not sleep.
        rests = spent - before < _RESTS_BELOW_S and all(p.status() == psutil.STATUS_SLEEPING for p in family)
        calm, before = calm + 1 if rests and spent > _LOOK_S else 0, spent
        if calm == _CALM_LOOKS:
            return spent
    raise TimeoutError(f"the child does not come to rest; its log ends with:\n{child.tail()}")


def _family(child: RenderChild) -> list[psutil.Process]:
    own = psutil.Process(child.pid)
    return [own, *own.children(recursive=True)]


def _spent_by_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
