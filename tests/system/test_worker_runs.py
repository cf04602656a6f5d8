import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kirin_video.domain.errors import Fault
from kirin_video.domain.stage import Stage
from kirin_video.domain.task import Task, TaskStatus
from kirin_video.media.probe import probe_clip
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.wiring import Services
from kirin_video.worker.loop import run_worker

# The smallest clip there is: five seconds of 720p.
TEXT = {"model": "kirin_video_o1", "aspect_ratio": "16:9", "mode": "std", "duration": 5, "seed": 7}


@pytest.fixture
async def worker(services: Services, settings: Settings, support_path: None) -> AsyncIterator[None]:
    del support_path
    stop = asyncio.Event()
    working = asyncio.create_task(run_worker(services, settings, stop))
    yield
    stop.set()
    await working


async def finished(services: Services, caller: Caller, task: Task, timeout_s: float = 60.0) -> Task:
    async with asyncio.timeout(timeout_s):
        while True:
            task = await services.read_task(caller, task.id)
            if task.status.is_terminal:
                return task
            await asyncio.sleep(0.05)


async def settled(services: Services) -> list[tuple[str, int]]:
    async with services.database.connection() as connection:
        query = "SELECT kind, amount_micro FROM ledger_entry ORDER BY id"
        found: list[Any] = await (await connection.execute(query)).fetchall()
    return [(row["kind"], row["amount_micro"]) for row in found]


async def no_jobs_left(services: Services) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(3):
            while True:
                async with services.database.connection() as connection:
                    found = await connection.execute("SELECT id FROM procrastinate_jobs")
                    if await found.fetchone() is None:
                        return True
                await asyncio.sleep(0.05)
    return False


@pytest.mark.usefixtures("worker")
async def test_a_task_becomes_a_clip_and_its_watermarked_copy(services: Services, caller: Caller) -> None:
    request = {**TEXT, "prompt": "ramp chatter ms=10", "watermark_info": {"enabled": True}}
    task = (await services.create_task(caller, request)).task
    seen: list[float] = []
    stages: set[str] = set()
    while not (shown := await services.read_task(caller, task.id)).status.is_terminal:
        seen.append(shown.progress)
        stages.add(shown.stage)
        await asyncio.sleep(0.05)
    assert shown.failure is None
    assert shown.status is TaskStatus.COMPLETED
    assert seen == sorted(seen)
    assert len(set(seen)) > 3
    assert "rendering" in stages
    assert stages <= {"", *Stage}
    assert shown.output is not None
    assert shown.output.watermark_key is not None
    assert shown.output.duration_s == 5.0
    for key in (shown.output.video_key, shown.output.watermark_key):
        facts = probe_clip(services.blobs.path_of(key))
        assert (facts.width, facts.height, facts.num_frames, facts.fps) == (1280, 720, 120, 24)
    clean, marked = (services.blobs.path_of(k) for k in (shown.output.video_key, shown.output.watermark_key))
    assert clean.read_bytes() != marked.read_bytes()
    render_s = shown.metadata.pop("render_s")
    assert isinstance(render_s, float)
    assert render_s > 1.2
    assert shown.metadata == {
        "engine": "ramp",
        "width": 1280,
        "height": 720,
        "fps": 24,
        "num_frames": 120,
        "seed": 7,
        "notes": ["It is only a ramp."],
        "steps": 3,
    }
    assert await settled(services) == [("hold", 420_000), ("capture", 420_000)]
    assert await no_jobs_left(services)
    assert list(services.scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("prompt", "fault", "message"),
    [
        ("ramp raise", Fault.GENERATION_FAILED, "The engine failed while making this clip."),
        ("ramp crash", Fault.GENERATION_FAILED, "The engine stopped unexpectedly."),
        ("ramp refuse", Fault.CONTENT_POLICY, "The ramp does not draw this."),
        ("ramp short", Fault.RESULT_UNREADABLE, "The engine's result could not be read."),
        ("ramp small", Fault.RESULT_UNREADABLE, "The engine's result could not be read."),
    ],
)
@pytest.mark.usefixtures("worker")
async def test_a_mishap_fails_the_task_releases_the_money_and_tells_no_secret(
    services: Services, caller: Caller, prompt: str, fault: Fault, message: str
) -> None:
    task = (await services.create_task(caller, {**TEXT, "prompt": prompt})).task
    done = await finished(services, caller, task)
    assert done.failure is not None
    assert (done.failure.fault, done.failure.message) == (fault, message)
    assert await settled(services) == [("hold", 420_000), ("release", 420_000)]
    assert await no_jobs_left(services)
    assert list(services.blobs.keys()) == []
    assert list(services.scratch.iterdir()) == []


async def test_a_run_that_takes_too_long_fails_the_task(
    services: Services, settings: Settings, caller: Caller, support_path: None
) -> None:
    del support_path
    stop = asyncio.Event()
    hasty = settings.model_copy(update={"run_timeout_s": 2.0})
    working = asyncio.create_task(run_worker(services, hasty, stop))
    done = await finished(
        services, caller, (await services.create_task(caller, {**TEXT, "prompt": "ramp ms=900"})).task
    )
    assert done.failure is not None
    assert (done.failure.fault, done.failure.message) == (Fault.TIMED_OUT, "The clip was not done after 2 s.")
    assert await settled(services) == [("hold", 420_000), ("release", 420_000)]
    stop.set()
    await working


@pytest.mark.usefixtures("worker")
async def test_an_engine_may_give_a_finished_file(
    services: Services, caller: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    request = {**TEXT, "prompt": "ramp file", "watermark_info": {"enabled": True}}
    done = await finished(services, caller, (await services.create_task(caller, request)).task)
    assert done.failure is None
    assert done.output is not None
    assert done.output.job_id == "upstream-1"
    assert done.output.watermark_key is not None
    assert probe_clip(services.blobs.path_of(done.output.watermark_key)).num_frames == 120


@pytest.mark.usefixtures("worker")
async def test_media_that_cannot_be_had_fail_the_task(services: Services, caller: Caller) -> None:
    # A name that nobody can have; that the file cannot be fetched is all that is told.
    image = {"image_url": "https://nowhere.invalid/a.jpg", "type": "first_frame"}
    request = {**TEXT, "prompt": "ramp", "image_list": [image]}
    request.pop("aspect_ratio")
    done = await finished(services, caller, (await services.create_task(caller, request)).task)
    assert done.failure is not None
    assert done.failure.fault is Fault.MEDIA_UNREACHABLE
    assert done.failure.message.startswith("image_list[0]: ")
    assert "nowhere.invalid" not in done.failure.message


@pytest.mark.usefixtures("worker")
async def test_a_stored_first_frame_gives_the_clip_its_shape(
    services: Services, caller: Caller, tmp_path: Path
) -> None:
    path = tmp_path / "p.jpg"
    Image.new("RGB", (600, 400), (10, 90, 160)).save(path)
    image = {"image": base64.b64encode(path.read_bytes()).decode(), "type": "first_frame"}
    request = {**TEXT, "prompt": "ramp", "image_list": [image]}
    done = await finished(services, caller, (await services.create_task(caller, request)).task)
    assert done.failure is None
    assert (done.metadata["width"], done.metadata["height"]) == (1176, 784)
    notes = done.metadata["notes"]
    assert isinstance(notes, list)
    assert any("aspect_ratio" in str(note) for note in notes)


async def test_a_worker_stops_at_once_even_while_it_is_being_woken(
    services: Services, settings: Settings
) -> None:
    message = '{"type": "job_inserted", "job_id": 0}'

    async def wake_all_the_time() -> None:
        # As many wake-ups as it takes for one to arrive in the very moment of the stop.
        while True:
            async with services.database.connection() as connection:
                await connection.execute("SELECT pg_notify(%s, %s)", ("procrastinate_queue_v1#cpu", message))

    waking = asyncio.create_task(wake_all_the_time())
    for number in range(25):
        stop = asyncio.Event()
        working = asyncio.create_task(run_worker(services, settings, stop))
        await asyncio.sleep(0.05 + number / 1000)
        stop.set()
        async with asyncio.timeout(2):
            await working
    waking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await waking
