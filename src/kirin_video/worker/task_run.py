"""One claimed task, from its start to its end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
from collections.abc import Collection, Coroutine, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kirin_video.domain.element_request import ElementRequest
from kirin_video.domain.errors import Fault, KirinError, TaskFailure
from kirin_video.domain.pricing import Price, measured_price
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.stage import CLIP_FROM_MEDIA, CLIP_FROM_WORDS, ELEMENT, Course, Stage
from kirin_video.domain.task import Failure, VideoOutput
from kirin_video.engines.base import needed_features
from kirin_video.queue.errors import ClaimLost
from kirin_video.queue.jobs import Claim
from kirin_video.services.runs import Run, RunResult
from kirin_video.services.stills import STILL_TYPE
from kirin_video.store.blob_rows import BlobKind, BlobRow
from kirin_video.store.database import FileSwept
from kirin_video.store.disk import StorageFull, room
from kirin_video.wiring import Services
from kirin_video.worker.element_work import ElementWork
from kirin_video.worker.inputs import Inputs, count_media
from kirin_video.worker.patience import until_reached
from kirin_video.worker.previews import showing
from kirin_video.worker.protocol import (
    NO_ROOM,
    POSTER_FILE,
    PREVIEW_FILE,
    VIDEO_FILE,
    WATERMARK_FILE,
    DoneLine,
    RenderJob,
)
from kirin_video.worker.spares import RenderChildren

_PROGRESS_EVERY_S = 0.25
_LET_GO_S = 2.0
_FIRST_DELAY_S = 1.0
_DOUBLINGS = 6

_log = logging.getLogger(__name__)

Made = TypeVar("Made")


class RunLost(KirinError):
    """The task is not this run's any more: another run has it, or it was cancelled."""


@dataclass(frozen=True)
class TaskRun:
    """Works on claimed tasks.

    Attributes:
        services: what can be done with tasks.
        worker: this worker's name, for the log.
        timeout_s: seconds one run may take before its task fails.
        classes: the classes of engine that run on this worker.
        children: who renders.
    """

    services: Services
    worker: str
    timeout_s: float
    classes: Collection[str]
    children: RenderChildren

    async def __call__(self, claim: Claim) -> None:
        """Work on a claimed task until it has ended or was lost to another run.

        When cancelled, it kills the rendering and gives the task back.
        """
        run: Run | None = None
        try:
            run = await until_reached(lambda: self.services.start_run(claim.task_id, self.worker))
            if run is not None:
                await self._hold(claim, run)
            await self._remove_if_ended(claim)
        except Exception:  # noqa: BLE001 - a task that breaks its worker is tried again, but not for ever
            _log.exception("task %s broke off", claim.task_id)
            delay_s = _FIRST_DELAY_S * 2 ** min(run.task.run - 1 if run else 0, _DOUBLINGS)
            with contextlib.suppress(ClaimLost):
                await until_reached(lambda: self.services.queue.give_back(claim, delay_s=delay_s))

    async def _hold(self, claim: Claim, run: Run) -> None:
        _log.info("task %s: run %s begins", run.task.id, run.task.run)
        try:
            async with showing(self.services.stills.keep_preview, run, self._folder(run) / PREVIEW_FILE):
                await self._work(run)
        except RunLost:
            _log.warning("task %s: run %s was taken over or cancelled", run.task.id, run.task.run)
        except asyncio.CancelledError:
            await self._let_go(claim, run)
            raise

    async def _work(self, run: Run) -> None:
        """Make the clip and complete the task, or fail it."""
        try:
            with room(), self._scratch(run) as folder:
                if isinstance(run.task.request, ElementRequest):
                    await self._make_element(run, run.task.request, folder)
                else:
                    await self._make_clip(run, run.task.request, folder)
        except TaskFailure as failure:
            await self._fail(run, Failure(failure.fault, failure.message))
        except StorageFull:
            _log.exception("task %s: the disk is full", run.task.id)
            await self._fail(run, Failure(Fault.GENERATION_FAILED, NO_ROOM))
        except (RunLost, FileSwept):
            raise
        except Exception:  # noqa: BLE001 - the task must end whatever happens
            _log.exception("task %s: run %s failed unexpectedly", run.task.id, run.task.run)
            await self._fail(run, Failure(Fault.GENERATION_FAILED, "The clip could not be made."))

    async def _fail(self, run: Run, failure: Failure) -> None:
        _log.info("task %s: run %s fails: %s", run.task.id, run.task.run, failure)
        await until_reached(lambda: self.services.fail_run(run, failure))

    async def _make_clip(self, run: Run, request: GenerationRequest, folder: Path) -> None:
        view = _View(CLIP_FROM_MEDIA if count_media(request) else CLIP_FROM_WORDS)
        done, price = await self._watched(run, view, self._prepare_and_render(run, request, folder, view))
        view.show(Stage.STORING, 0.0)
        if not await until_reached(lambda: self.services.report_progress(run, *view.now)):
            raise RunLost(run.task.id)
        await self._complete(run, folder, done, price)

    async def _make_element(self, run: Run, request: ElementRequest, folder: Path) -> None:
        services = self.services
        work = ElementWork(services, Inputs(services.find_input, services.fetcher, services.judge))
        view = _View(ELEMENT)
        pictures = await self._watched(run, view, work.gather(request, folder, view.show))
        if not await work.complete(run, request, pictures):
            raise RunLost(run.task.id)
        _log.info("task %s: run %s is completed", run.task.id, run.task.run)

    async def _watched(self, run: Run, view: _View, making: Coroutine[None, None, Made]) -> Made:
        """Make something, saying how far it is meanwhile.

        Raises:
            RunLost: the task is not this run's any more.
            TaskFailure: it took too long, or could not be made.
        """
        reporter = asyncio.create_task(self._report(run, view), name=f"progress of {run.task.id}")
        work = asyncio.create_task(making, name=f"work on {run.task.id}")
        try:
            await asyncio.wait({reporter, work}, timeout=self.timeout_s, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return await work
            if reporter.done():
                await reporter  # raises: it ends only when the run is lost
            raise TaskFailure(Fault.TIMED_OUT, f"The clip was not done after {self.timeout_s:.0f} s.")
        finally:
            for each in (reporter, work):
                each.cancel()
            await asyncio.gather(reporter, work, return_exceptions=True)

    async def _prepare_and_render(
        self, run: Run, request: GenerationRequest, folder: Path, view: _View
    ) -> tuple[DoneLine, Price]:
        """Prepare the shot and render it; also what it costs."""
        task = run.task
        services = self.services
        inputs = Inputs(services.find_input, services.fetcher, services.judge)
        shot = await inputs.shot(request, task.seed, folder, view.show)
        engine = services.engines.choose(needed_features(shot), self.classes)
        if engine is None:
            raise TaskFailure(
                Fault.GENERATION_FAILED, "No engine on this server can make this clip any more."
            )
        view.show(Stage.PREPARING, 0.0)
        job = RenderJob(engine=engine, shot=shot, folder=folder, watermark=request.watermark)
        done = await self.children.render(job, view.show)
        told = done.model_copy(update={"facts": {**done.facts, **_facts(run, job, done)}})
        return told, measured_price(request, task.price, shot.base and shot.base.duration_s)

    async def _report(self, run: Run, view: _View) -> None:
        """Note progress a few times a second, and while there is none, ask whether the task is still ours.

        Raises:
            RunLost: it is not.
        """
        said: tuple[str, float] | None = None
        while True:
            if (now := view.now) != said:
                is_ours = await until_reached(lambda now=now: self.services.report_progress(run, *now))
                said = now
            else:
                is_ours = await until_reached(lambda: self.services.holds_run(run))
            if not is_ours:
                raise RunLost(run.task.id)
            await asyncio.sleep(_PROGRESS_EVERY_S)

    async def _complete(self, run: Run, folder: Path, done: DoneLine, price: Price) -> None:
        """Put the files in place and complete the task; if it was lost, take them away again."""
        task = run.task
        files = [await self._keep(run, folder / VIDEO_FILE, BlobKind.VIDEO)]
        try:
            if done.watermarked:
                files.append(await self._keep(run, folder / WATERMARK_FILE, BlobKind.WATERMARK))
            if (folder / POSTER_FILE).is_file():
                files.append(await self._keep(run, folder / POSTER_FILE, BlobKind.POSTER))
        except BaseException:
            for file in files:
                await self.services.blobs.delete(file.key)
            raise
        output = VideoOutput(
            video_key=files[0].key,
            watermark_key=files[1].key if done.watermarked else None,
            duration_s=done.duration_s,
            job_id=done.job_id or f"{task.id}-{task.run}",
        )
        result = RunResult(output, tuple(files), done.facts, price)
        if not await until_reached(lambda: self.services.finish_run(run, result)):
            for file in files:
                await self.services.blobs.delete(file.key)
            raise RunLost(task.id)
        _log.info("task %s: run %s is completed", task.id, task.run)

    async def _keep(self, run: Run, path: Path, kind: BlobKind) -> BlobRow:
        media_type = STILL_TYPE if kind is BlobKind.POSTER else "video/mp4"
        stored = await self.services.blobs.put_file(path, media_type=media_type)
        return BlobRow(
            key=stored.key,
            account_id=run.task.account_id,
            task_id=run.task.id,
            kind=kind,
            media_type=stored.media_type,
            size_bytes=stored.size_bytes,
            sha256=bytes.fromhex(stored.sha256),
        )

    async def _let_go(self, claim: Claim, run: Run) -> None:
        """Give the task back quickly; should that fail, it is taken over a little later."""
        with contextlib.suppress(KirinError, TimeoutError):
            async with asyncio.timeout(_LET_GO_S):
                if await self.services.return_run(run):
                    await self.services.queue.give_back(claim)
                    _log.info("task %s: run %s is given back", run.task.id, run.task.run)

    async def _remove_if_ended(self, claim: Claim) -> None:
        """Take the job out of the queue if nothing is left to do; if not, it may be another worker's now."""
        if await until_reached(lambda: self.services.has_ended(claim.task_id)):
            with contextlib.suppress(ClaimLost):
                await until_reached(lambda: self.services.queue.remove(claim))

    def _folder(self, run: Run) -> Path:
        return self.services.scratch / f"run-{run.task.id}-{run.task.run}"

    @contextmanager
    def _scratch(self, run: Run) -> Generator[Path]:
        """A folder for this run; those of earlier runs of the task go away."""
        for old in self.services.scratch.glob(f"run-{run.task.id}-*"):
            shutil.rmtree(old, ignore_errors=True)
        folder = self._folder(run)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


class _View:
    """What callers are to see next; overwritten as often as the child speaks, never going back."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self.now: tuple[str, float] = (next(iter(course.weights)).value, 0.0)

    def show(self, stage: Stage, part: float) -> None:
        self.now = (stage.value, max(self.now[1], self._course.overall(stage, part)))


def _facts(run: Run, job: RenderJob, done: DoneLine) -> dict[str, object]:
    """What callers are told about the result; the engine's own facts cannot overrule it."""
    shot = job.shot
    return {
        "engine": done.engine,
        "width": shot.width,
        "height": shot.height,
        "fps": shot.fps,
        "num_frames": shot.num_frames,
        "seed": shot.seed,
        "notes": [*run.task.request.notes, *done.notes],
        "render_s": done.render_s,
    }
