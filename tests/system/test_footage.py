"""Footage from a URL or an upload, through judge, plan and a real worker, to its clip and its price."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import media_samples as samples
import numpy as np
import pytest

from kirin_video.domain.errors import Fault, InvalidRequest
from kirin_video.domain.task import Task
from kirin_video.domain.upload import Upload, UploadKind
from kirin_video.media.probe import probe_clip
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.wiring import Services
from kirin_video.worker.loop import run_worker

BASE = {"model": "kirin_video_o1", "prompt": "Make it autumn in <<<video_1>>>", "mode": "std"}
HELD_10_S, PER_SECOND = 1_260_000, 126_000


@pytest.fixture
def settings(settings: Settings) -> Settings:
    more = {"engines": ("footage_engine:FootageEngine",), "allowed_networks": ("127.0.0.0/8",)}
    return settings.model_copy(update=more)


@pytest.fixture
async def worker(services: Services, settings: Settings, support_path: None) -> AsyncIterator[None]:
    del support_path
    stop = asyncio.Event()
    working = asyncio.create_task(run_worker(services, settings, stop))
    yield
    stop.set()
    await working


@asynccontextmanager
async def served(content: bytes) -> AsyncIterator[str]:
    """A URL of footage on loopback."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(content))
        writer.write(content)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as listener:
        yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/a.mp4"


async def finished(services: Services, caller: Caller, task: Task) -> Task:
    async with asyncio.timeout(60):
        while True:
            task = await services.read_task(caller, task.id)
            if task.status.is_terminal:
                return task
            await asyncio.sleep(0.05)


async def ledger(services: Services, task: Task) -> dict[str, int]:
    async with services.database.connection() as connection:
        query = "SELECT kind, amount_micro FROM ledger_entry WHERE task_id = %s"
        found: list[Any] = await (await connection.execute(query, (task.id,))).fetchall()
    return {row["kind"]: row["amount_micro"] for row in found}


def video(url: str, **more: str) -> list[dict[str, str]]:
    return [{"video_url": url, **more}]


async def upload(services: Services, caller: Caller, path: Path) -> Upload:
    return await services.keep_upload(caller, UploadKind.VIDEO, path)


def url_of(upload: Upload) -> str:
    return f"http://127.0.0.1/model/v1/files/{upload.id}"


@pytest.mark.usefixtures("worker")
async def test_footage_from_a_url_is_held_for_ten_seconds_and_billed_by_its_length(
    services: Services, caller: Caller, tmp_path: Path
) -> None:
    content = samples.save_video(tmp_path / "a.mp4", num_frames=83, sound=True).read_bytes()
    async with served(content) as url:
        request = {
            **BASE,
            "duration": 9,
            "video_list": video(url, keep_original_sound="yes"),
            "watermark_info": {"enabled": True},
        }
        task = (await services.create_task(caller, request)).task
        assert task.price.cost == HELD_10_S
        done = await finished(services, caller, task)
    assert done.failure is None, done.failure
    assert done.metadata["num_frames"] == 83
    assert (done.metadata["width"], done.metadata["height"]) == (1280, 720)
    assert done.metadata["clip"] == [1280, 720, 3.458, True]
    assert (done.metadata["is_base"], done.metadata["keep_sound"]) == (True, True)
    assert done.metadata["notes"] == ["duration 9 was ignored: the base video gives the length."]
    assert done.output is not None
    assert done.output.duration_s == pytest.approx(83 / 24)
    assert done.output.watermark_key is not None
    for key in (done.output.video_key, done.output.watermark_key):
        made = probe_clip(services.blobs.path_of(key))
        assert (made.num_frames, made.has_sound) == (83, True)
    assert done.price.cost == 3 * PER_SECOND
    assert await ledger(services, done) == {"hold": HELD_10_S, "capture": 3 * PER_SECOND}


@pytest.mark.usefixtures("worker")
async def test_uploaded_footage_is_priced_exactly_from_the_start(
    services: Services, caller: Caller, tmp_path: Path
) -> None:
    kept = await upload(services, caller, samples.save_video(tmp_path / "a.mp4", num_frames=84, sound=True))
    assert kept.duration_s == pytest.approx(3.5)
    task = (await services.create_task(caller, {**BASE, "video_list": video(url_of(kept))})).task
    assert task.price.cost == 4 * PER_SECOND, "3.5 s are rounded half up"
    await services.delete_upload(caller, kept.id)
    done = await finished(services, caller, task)
    assert done.failure is None, done.failure
    assert done.metadata["num_frames"] == 84
    assert done.output is not None
    made = probe_clip(services.blobs.path_of(done.output.video_key))
    assert not made.has_sound, "sound that is not to be kept leaves no track"
    assert await ledger(services, done) == {"hold": 4 * PER_SECOND, "capture": 4 * PER_SECOND}


@pytest.mark.usefixtures("worker")
async def test_footage_to_borrow_from_leaves_length_and_shape_to_the_request(
    services: Services, caller: Caller, tmp_path: Path
) -> None:
    kept = await upload(services, caller, samples.save_video(tmp_path / "a.mov", format="mov"))
    assert kept.media_type == "video/quicktime"
    request = {**BASE, "video_list": video(url_of(kept), refer_type="feature"), "duration": 4}
    picture = tmp_path / "p.png"
    samples.picture().save(picture)
    image = await services.keep_upload(caller, UploadKind.IMAGE, picture)
    images = [{"image_url": f"https://x{url_of(image)[16:]}"}]
    task = (await services.create_task(caller, {**request, "aspect_ratio": "1:1", "image_list": images})).task
    done = await finished(services, caller, task)
    assert done.failure is None, done.failure
    assert (done.metadata["width"], done.metadata["height"], done.metadata["num_frames"]) == (960, 960, 96)
    assert (done.metadata["is_base"], done.metadata["pictures"]) == (False, [".ppm"])
    assert await ledger(services, done) == {"hold": 4 * PER_SECOND, "capture": 4 * PER_SECOND}


async def test_phone_footage_is_judged_after_rotation(
    services: Services, caller: Caller, tmp_path: Path
) -> None:
    kept = await upload(services, caller, samples.save_video(tmp_path / "a.mp4", rotation=90))
    assert (kept.width, kept.height) == (720, 1280)


@pytest.mark.usefixtures("worker")
async def test_a_variable_rate_is_measured_by_its_frames(
    services: Services, caller: Caller, tmp_path: Path
) -> None:
    path = tmp_path / "a.mp4"
    save_variable(path, lambda k: k * 2 if k < 60 else 120 + (k - 60) * 3)  # 30, then 20 frames a second
    kept = await upload(services, caller, path)
    assert kept.duration_s == pytest.approx((120 + 40 * 3) / 60, abs=0.051)
    assert kept.fps == pytest.approx(99 / ((120 + 39 * 3) / 60), abs=0.01)
    done = await finished(
        services,
        caller,
        (await services.create_task(caller, {**BASE, "video_list": video(url_of(kept))})).task,
    )
    assert done.failure is None, done.failure
    assert done.metadata["num_frames"] == round(kept.duration_s * 24)


def save_variable(path: Path, pts: Callable[[int], int]) -> None:
    with av.open(str(path), "w", format="mp4") as movie:
        stream = movie.add_stream("libx264", rate=60, width=1280, height=720, time_base=Fraction(1, 60))
        stream.options = {"preset": "ultrafast", "bf": "0"}
        for k in range(100):
            frame = av.VideoFrame.from_ndarray(np.full((1080, 1280), 16 + k, np.uint8), "yuv420p")
            frame.pts, frame.time_base = pts(k), Fraction(1, 60)
            movie.mux(stream.encode(frame))
        movie.mux(stream.encode(None))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        ({"num_frames": 48}, "lasts 2.00 s; it must last from 3 to 10 s"),
        ({"num_frames": 250}, "lasts 10.42 s; it must last from 3 to 10 s"),
        ({"fps": 15, "num_frames": 60}, "has 15.00 frames a second; it must have from 24 to 60"),
        ({"size": (640, 360)}, "is 640x360 px; each side must be from 720 to 2160 px"),
        ({"size": (1280, 720), "rotation": 90, "num_frames": 24}, "lasts 1.00 s"),
    ],
)
@pytest.mark.usefixtures("worker")
async def test_the_message_names_the_limit_and_what_was_found(
    services: Services, caller: Caller, tmp_path: Path, make: dict[str, Any], said: str
) -> None:
    path = samples.save_video(tmp_path / "a.mp4", **make)
    with pytest.raises(InvalidRequest) as refusal:
        await upload(services, caller, path)
    assert said in refusal.value.message
    assert list(services.blobs.keys()) == []
    async with served(path.read_bytes()) as url:
        task = (await services.create_task(caller, {**BASE, "video_list": video(url)})).task
        done = await finished(services, caller, task)
    assert done.failure is not None
    assert done.failure.fault is Fault.VIDEO_REJECTED
    assert done.failure.message.startswith("video_list[0]: ")
    assert said in done.failure.message
    assert await ledger(services, done) == {"hold": HELD_10_S, "release": HELD_10_S}


async def test_a_picture_is_no_footage_and_footage_no_picture(
    services: Services, caller: Caller, tmp_path: Path
) -> None:
    samples.picture().save(tmp_path / "p.png")
    image = await services.keep_upload(caller, UploadKind.IMAGE, tmp_path / "p.png")
    movie = await upload(services, caller, samples.save_video(tmp_path / "a.mp4"))
    before = set(services.blobs.keys())
    request = {
        **BASE,
        "image_list": [{"image_url": url_of(movie)}],
        "video_list": video(url_of(image)),
    }
    with pytest.raises(InvalidRequest) as refusal:
        await services.create_task(caller, request)
    assert [(v.field, v.fault) for v in refusal.value.violations] == [
        ("image_list[0]", Fault.IMAGE_REJECTED),
        ("video_list[0]", Fault.VIDEO_REJECTED),
    ]
    assert set(services.blobs.keys()) == before, "nothing of a refused request is kept"


async def test_a_repeated_request_is_answered_although_its_upload_is_gone(
    services: Services, caller: Caller, tmp_path: Path
) -> None:
    kept = await upload(services, caller, samples.save_video(tmp_path / "a.mp4"))
    request = {**BASE, "video_list": video(url_of(kept)), "external_task_id": "once"}
    first = await services.create_task(caller, request)
    await services.delete_upload(caller, kept.id)
    again = await services.create_task(caller, request)
    assert (again.task.id, again.replayed) == (first.task.id, True)
