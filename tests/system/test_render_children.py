"""Render children without a worker: fresh ones and spares, of engines that behave and that do not."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from worked_tasks import until

from kirin_video.domain.errors import TaskFailure
from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import Picture, Quality, Shot
from kirin_video.domain.stage import Stage
from kirin_video.worker import spares
from kirin_video.worker.protocol import VIDEO_FILE, RenderJob
from kirin_video.worker.render_process import render, start_child
from kirin_video.worker.spares import RenderChildren

pytestmark = pytest.mark.usefixtures("support_path")

MakeChildren = Callable[[str | None], RenderChildren]


@pytest.fixture
async def children_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[MakeChildren]:
    """Makes what keeps spares for an engine, without rests between renders."""
    monkeypatch.setattr(spares, "_REST_S", 0.0)
    made: list[RenderChildren] = []

    def make(engine: str | None) -> RenderChildren:
        made.append(RenderChildren(tmp_path, engine))
        return made[-1]

    yield make
    for each in made:
        await each.close()


def quiet(_stage: Stage, _part: float) -> None:
    """Heeds no progress."""


def job(folder: Path, engine: str, prompt: str = "ramp", first_frame: Picture | None = None) -> RenderJob:
    folder.mkdir()
    shot = Shot(
        prompt=read_prompt(prompt),
        quality=Quality.STD,
        width=160,
        height=90,
        num_frames=6,
        seed=7,
        first_frame=first_frame,
        images=(first_frame,) if first_frame else (),
    )
    return RenderJob(engine=engine, shot=shot, folder=folder, watermark=False)


@pytest.mark.parametrize(
    "engine", ["warm_engine:WarmEngine", "warm_engine:ClumsyEngine", "warm_engine:EndlessEngine"]
)
async def test_a_spare_renders_however_it_was_made_ready(
    children_for: MakeChildren, tmp_path: Path, caplog: pytest.LogCaptureFixture, engine: str
) -> None:
    caplog.set_level(logging.INFO)
    children = children_for(engine)
    await children.tend()
    done = await children.render(job(tmp_path / "job", engine), quiet)
    assert done.duration_s == 0.25
    assert (tmp_path / "job" / VIDEO_FILE).is_file()
    assert "which was waiting, renders" in caplog.text


async def test_the_engine_that_was_made_ready_renders(children_for: MakeChildren, tmp_path: Path) -> None:
    engine = "warm_engine:WarmEngine"
    children = children_for(engine)
    await children.tend()
    spare = children._spare
    assert spare is not None
    await until(lambda: "is ready for everything" in spare.tail(), 60.0)
    assert (await children.render(job(tmp_path / "ready", engine), quiet)).facts == {"ready": True}
    assert (await render(job(tmp_path / "fresh", engine), quiet)).facts == {"ready": False}


async def test_a_spare_that_kills_itself_is_noticed_and_not_tried_again_at_once(
    children_for: MakeChildren, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    engine = "warm_engine:MortalEngine"
    children = children_for(engine)
    async with asyncio.timeout(60):
        while "died or hung" not in caplog.text:
            await children.tend()
            await asyncio.sleep(0.05)
    await children.tend()
    assert caplog.text.count("waits for a task") == 1
    assert (await children.render(job(tmp_path / "job", engine), quiet)).duration_s == 0.25
    assert "which was waiting" not in caplog.text


async def test_a_spare_that_dies_unnoticed_costs_no_job(
    children_for: MakeChildren, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = "warm_engine:WarmEngine"
    children = children_for(engine)
    await children.tend()
    spare = children._spare
    assert spare is not None
    os.kill(spare.pid, signal.SIGKILL)  # nobody has been able to notice when the job comes
    assert (await children.render(job(tmp_path / "job", engine), quiet)).duration_s == 0.25
    assert "no task is touched" in caplog.text


async def test_a_spare_that_hangs_costs_no_job(
    children_for: MakeChildren, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spares, "_TAKES_WITHIN_S", 0.0)
    engine = "warm_engine:WarmEngine"
    children = children_for(engine)
    await children.tend()
    assert (await children.render(job(tmp_path / "job", engine), quiet)).duration_s == 0.25


async def test_a_job_of_another_engine_leaves_the_spare_alone(
    children_for: MakeChildren, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    children = children_for("warm_engine:WarmEngine")
    await children.tend()
    await children.render(job(tmp_path / "other", "ramp_engine:RampEngine"), quiet)
    assert "which was waiting" not in caplog.text
    await children.render(job(tmp_path / "own", "warm_engine:WarmEngine"), quiet)
    assert "which was waiting" in caplog.text


async def test_nothing_starts_beside_a_render(
    children_for: MakeChildren, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    engine = "warm_engine:WarmEngine"
    children = children_for(engine)
    rendering = asyncio.create_task(children.render(job(tmp_path / "job", engine, "ramp ms=100"), quiet))
    while not rendering.done():
        await asyncio.sleep(0.02)
        await children.tend()
        assert rendering.done() or "waits for a task" not in caplog.text
    await rendering
    await children.tend()
    assert "waits for a task" in caplog.text


async def test_a_failure_quotes_what_a_spare_said_while_it_waited_and_then(
    children_for: MakeChildren, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = "warm_engine:WarmEngine"
    children = children_for(engine)
    await children.tend()
    spare = children._spare
    assert spare is not None
    await until(lambda: "is ready for everything" in spare.tail(), 60.0)
    with pytest.raises(TaskFailure, match="while making this clip"):
        await children.render(job(tmp_path / "job", engine, "ramp raise"), quiet)
    assert "noise" in caplog.text
    assert "is ready for everything" in caplog.text
    assert "the secret path is /etc/ramp" in caplog.text
    assert [path.name for path in tmp_path.iterdir()] == ["job"], "its log has no name"


async def test_a_child_without_a_job_ends_by_itself(tmp_path: Path) -> None:
    child = await start_child(tmp_path, warm="warm_engine:EndlessEngine")
    assert child._process.stdin is not None
    child._process.stdin.close()
    async with asyncio.timeout(60):
        assert await child._process.wait() == 0
    await child.end()


async def test_previs_makes_the_same_clip_ready_or_not(children_for: MakeChildren, tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    pixels = np.full((90, 160, 3), (150, 180, 220), np.uint8)
    pixels[45:] = rng.integers(40, 120, (45, 160, 3))
    Image.fromarray(pixels).save(tmp_path / "picture.ppm")
    picture = Picture(path=tmp_path / "picture.ppm", width=160, height=90)
    children = children_for("previs")
    await children.tend()
    spare = children._spare
    assert spare is not None
    await until(lambda: "is ready for worlds" in spare.tail(), 120.0)

    prompt = "the camera pushes in"
    await children.render(job(tmp_path / "ready", "previs", prompt, picture), quiet)
    assert not spare.lives, "it rendered"
    await render(job(tmp_path / "fresh", "previs", prompt, picture), quiet)
    ready, fresh = (tmp_path / folder / VIDEO_FILE for folder in ("ready", "fresh"))
    assert ready.read_bytes() == fresh.read_bytes()
