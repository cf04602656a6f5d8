"""Pictures and videos judged by the real, locked-down reading process."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import random
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator
from fractions import Fraction
from pathlib import Path

import media_samples as samples
import pytest
from PIL import ExifTags, Image

from kirin_video.media.errors import MediaRejected
from kirin_video.media.judge import MediaJudge


@pytest.fixture(scope="module")
async def judge() -> AsyncIterator[MediaJudge]:
    async with MediaJudge() as judge:
        yield judge


@pytest.fixture(scope="module")
def good_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.save_video(tmp_path_factory.mktemp("video") / "good.mp4", size=(1280, 720), sound=True)


async def _refusal_of_image(judge: MediaJudge, path: Path) -> str:
    with pytest.raises(MediaRejected) as refusal:
        await judge.judge_image(path)
    return refusal.value.message


async def _refusal_of_video(judge: MediaJudge, path: Path) -> str:
    with pytest.raises(MediaRejected) as refusal:
        await judge.judge_video(path)
    return refusal.value.message


# Pictures


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
async def test_good_picture(judge: MediaJudge, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "picture.bin"
    samples.picture(400, 300).save(path, kind)
    facts = await judge.judge_image(path)
    assert (facts.width, facts.height, facts.format) == (400, 300, kind)
    assert facts.size_bytes == path.stat().st_size


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("orientation", range(1, 9))
async def test_exif_rotation_decides_the_sides(
    judge: MediaJudge, tmp_path: Path, kind: str, orientation: int
) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    samples.picture(400, 300).save(tmp_path / "picture", kind, exif=exif)
    facts = await judge.judge_image(tmp_path / "picture")
    assert (facts.width, facts.height) == ((300, 400) if orientation >= 5 else (400, 300))


@pytest.mark.parametrize(
    ("mode", "kind"),
    [(mode, "JPEG") for mode in ("L", "CMYK")]
    + [(mode, "PNG") for mode in ("1", "L", "LA", "P", "RGBA", "I;16")],
)
async def test_every_pixel_format_is_accepted(
    judge: MediaJudge, tmp_path: Path, mode: str, kind: str
) -> None:
    picture = samples.picture(mode="L").convert("I;16") if mode == "I;16" else samples.picture(mode=mode)
    picture.save(tmp_path / "picture", kind)
    assert (await judge.judge_image(tmp_path / "picture")).width == 400


async def test_progressive_and_multi_picture_jpegs_and_animated_pngs(
    judge: MediaJudge, tmp_path: Path
) -> None:
    picture = samples.picture()
    picture.save(tmp_path / "progressive", "JPEG", progressive=True)
    picture.save(tmp_path / "phone", "MPO", save_all=True, append_images=[samples.picture(320, 300)])
    picture.save(tmp_path / "animated", "PNG", save_all=True, append_images=[picture.rotate(180)])
    for name, kind in (("progressive", "JPEG"), ("phone", "JPEG"), ("animated", "PNG")):
        facts = await judge.judge_image(tmp_path / name)
        assert (facts.width, facts.height, facts.format) == (400, 300, kind)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("part", [0.02, 0.5, 0.97])
async def test_truncated_picture(judge: MediaJudge, tmp_path: Path, kind: str, part: float) -> None:
    whole = io.BytesIO()
    samples.picture().save(whole, kind)
    (tmp_path / "cut").write_bytes(whole.getvalue()[: int(len(whole.getvalue()) * part)])
    assert "whole and undamaged" in await _refusal_of_image(judge, tmp_path / "cut")


@pytest.mark.parametrize("kind", ["GIF", "BMP", "WEBP", "TIFF", "PPM", "ICO", "TGA", "PDF", "EPS"])
async def test_other_formats_named_png(judge: MediaJudge, tmp_path: Path, kind: str) -> None:
    samples.picture().save(tmp_path / "picture.png", kind)
    assert "JPEG and PNG are accepted" in await _refusal_of_image(judge, tmp_path / "picture.png")


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"<svg xmlns='http://www.w3.org/2000/svg' width='400' height='400'/>", b"\x89PNG\r\n\x1a\n",
     b"\xff\xd8\xff", b"\xff\xd8\xff\xe0" + bytes(500), b"SIMPLE  =                    T" + bytes(2880)],
)  # fmt: skip
async def test_not_a_picture(judge: MediaJudge, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "picture.jpg").write_bytes(content)
    assert "not a picture we can read" in await _refusal_of_image(judge, tmp_path / "picture.jpg")


async def test_a_header_of_40000_by_40000_is_refused_undecoded(judge: MediaJudge, tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(samples.png_header(40_000, 40_000))
    message = await _refusal_of_image(judge, tmp_path / "bomb.png")
    assert message == "The picture is 40000x40000 px; it may have at most 64 million pixels altogether."


async def test_limits_name_what_was_found(judge: MediaJudge, tmp_path: Path) -> None:
    samples.picture(240, 800).save(tmp_path / "thin", "JPEG")
    assert await _refusal_of_image(judge, tmp_path / "thin") == (
        "The picture is 240x800 px; each side must be at least 300 px. "
        "The picture is 240x800 px; its width to height must be between 1:2.5 and 2.5:1."
    )
    Image.new("RGB", (4, 4)).save(tmp_path / "tiny", "JPEG")
    assert await _refusal_of_image(judge, tmp_path / "tiny") == (
        "The picture is 4x4 px; each side must be at least 300 px."
    )
    with (tmp_path / "big").open("wb") as file:
        file.truncate(10 * 1024 * 1024 + 1)
    assert await _refusal_of_image(judge, tmp_path / "big") == (
        "The picture has 10,485,761 bytes; at most 10,485,760 (10 MB) are allowed."
    )


async def test_a_pipe_is_not_waited_for(judge: MediaJudge, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert await _refusal_of_image(judge, tmp_path / "pipe") == "This is not a file."


# Videos


async def test_good_video(judge: MediaJudge, good_video: Path) -> None:
    facts = await judge.judge_video(good_video)
    assert (facts.width, facts.height, facts.num_frames, facts.fps) == (1280, 720, 72, 24)
    assert facts.duration_s == pytest.approx(3)
    assert facts.has_sound
    assert facts.codec == "h264"
    assert facts.size_bytes == good_video.stat().st_size


@pytest.mark.parametrize(
    ("name", "made", "expected"),
    [
        ("quicktime", {"format": "mov", "movflags": ""}, (1280, 720, 24.0)),
        ("index last", {"movflags": ""}, (1280, 720, 24.0)),
        ("fragmented", {"movflags": "+frag_keyframe+empty_moov+default_base_moof"}, (1280, 720, 24.0)),
        ("film", {"fps": Fraction(24000, 1001), "num_frames": 72}, (1280, 720, 23.976)),
        ("ntsc", {"fps": Fraction(30000, 1001), "num_frames": 300}, (1280, 720, 29.97)),
        ("sixty", {"fps": 60, "num_frames": 180}, (1280, 720, 60.0)),
        ("rotated", {"rotation": 90}, (720, 1280, 24.0)),
        ("upside down", {"rotation": 180}, (1280, 720, 24.0)),
        ("reordered", {"options": {"preset": "veryfast"}}, (1280, 720, 24.0)),
        ("mpeg4", {"codec": "mpeg4", "options": {}}, (1280, 720, 24.0)),
        ("hevc", {"codec": "libx265", "options": {"preset": "ultrafast", "x265-params": "log-level=none"}},
         (1280, 720, 24.0)),
        ("av1", {"codec": "libsvtav1", "options": {"preset": "12"}}, (1280, 720, 24.0)),
        ("portrait", {"size": (1080, 1920)}, (1080, 1920, 24.0)),
    ],
)  # fmt: skip
async def test_videos_of_every_allowed_kind(
    judge: MediaJudge, tmp_path: Path, name: str, made: dict[str, object], expected: tuple[int, int, float]
) -> None:
    path = samples.save_video(tmp_path / name, **made)
    facts = await judge.judge_video(path)
    assert (facts.width, facts.height) == expected[:2]
    assert facts.fps == pytest.approx(expected[2], abs=0.001)
    assert facts.num_frames == made.get("num_frames", 72)
    assert facts.duration_s == pytest.approx(facts.num_frames / facts.fps, abs=0.001)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        ({"num_frames": 48}, "The video lasts 2.00 s; it must last from 3 to 10 s."),
        ({"num_frames": 264}, "The video lasts 11.00 s; it must last from 3 to 10 s."),
        ({"fps": 15, "num_frames": 60}, "The video has 15.00 frames a second; it must have from 24 to 60."),
        (
            {"fps": 120, "num_frames": 400},
            "The video has 120.00 frames a second; it must have from 24 to 60.",
        ),
        ({"size": (640, 720)}, "The video is 640x720 px; each side must be from 720 to 2160 px."),
        ({"size": (2400, 720)}, "The video is 2400x720 px; each side must be from 720 to 2160 px."),
    ],
)
async def test_videos_beyond_a_limit(
    judge: MediaJudge, tmp_path: Path, made: dict[str, object], message: str
) -> None:
    assert await _refusal_of_video(judge, samples.save_video(tmp_path / "video.mp4", **made)) == message


async def test_every_broken_limit_is_named(judge: MediaJudge, tmp_path: Path) -> None:
    path = samples.save_video(tmp_path / "video.mp4", size=(320, 240), fps=10, num_frames=5)
    with pytest.raises(MediaRejected) as refusal:
        await judge.judge_video(path)
    assert len(refusal.value.problems) == 3


async def test_a_long_video_is_not_counted_to_its_end(judge: MediaJudge, tmp_path: Path) -> None:
    path = samples.save_video(tmp_path / "video.mp4", size=(720, 720), num_frames=900)
    assert "The video lasts 29." in await _refusal_of_video(judge, path)


@pytest.mark.parametrize(
    ("movflags", "part"), [("+faststart", 0.5), ("+faststart", 0.98), ("", 0.5), ("", 0.98)]
)
async def test_truncated_video(judge: MediaJudge, tmp_path: Path, movflags: str, part: float) -> None:
    whole = samples.save_video(tmp_path / "whole.mp4", movflags=movflags).read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[: int(len(whole) * part)])
    message = await _refusal_of_video(judge, tmp_path / "cut.mp4")
    assert "cut short" in message if movflags else "whole and undamaged" in message


async def test_sound_alone(judge: MediaJudge, tmp_path: Path) -> None:
    message = await _refusal_of_video(judge, samples.save_sound(tmp_path / "sound.mp4"))
    assert message == "The video has no pictures: there is no video track in it."


@pytest.mark.parametrize("format", ["matroska", "mpegts", "avi"])
async def test_other_containers_named_mp4(judge: MediaJudge, tmp_path: Path, format: str) -> None:  # noqa: A002
    path = samples.save_video(tmp_path / "video.mp4", format=format, movflags="")
    assert "not an MP4 or MOV" in await _refusal_of_video(judge, path)


async def test_a_video_file_that_is_too_large(judge: MediaJudge, tmp_path: Path) -> None:
    with (tmp_path / "big.mp4").open("wb") as file:
        file.truncate(200 * 1024 * 1024 + 1)
    assert await _refusal_of_video(judge, tmp_path / "big.mp4") == (
        "The video has 209,715,201 bytes; at most 209,715,200 (200 MB) are allowed."
    )


# Hostile files


@pytest.mark.parametrize(
    "text",
    [
        "ffconcat version 1.0\nfile {sibling}\n",
        "ffconcat version 1.0\nfile {url}\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{sibling}\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{url}\n#EXT-X-ENDLIST\n",
        (
            "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
            "m=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n"
        ),
        '<?xml version="1.0"?><MPD><Period><BaseURL>{url}</BaseURL></Period></MPD>',
    ],
)
async def test_playlists_named_mp4_open_nothing(judge: MediaJudge, tmp_path: Path, text: str) -> None:
    """The sibling is a pipe that would wake our thread, the URL a listener that would see a connection."""
    os.mkfifo(tmp_path / "sibling.ts")
    opened = threading.Event()

    def wait_for_a_reader() -> None:
        with (tmp_path / "sibling.ts").open("wb"):
            opened.set()

    waiting = threading.Thread(target=wait_for_a_reader)
    waiting.start()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/a.ts"
        path = tmp_path / "video.mp4"
        path.write_text(text.format(sibling=tmp_path / "sibling.ts", url=url))
        message = await _refusal_of_video(judge, path)
        woken = opened.is_set()
        with pytest.raises(BlockingIOError):
            listener.accept()
    os.close(os.open(tmp_path / "sibling.ts", os.O_RDONLY))
    waiting.join(5)
    assert "not an MP4 or MOV" in message
    assert not woken
    assert opened.is_set()  # the trap works


async def test_flipped_bits_are_judged_and_never_break_the_judge(
    judge: MediaJudge, tmp_path: Path, good_video: Path
) -> None:
    sources: dict[str, bytes] = {"video": good_video.read_bytes()}
    for kind in ("JPEG", "PNG"):
        whole = io.BytesIO()
        samples.picture(320, 320).save(whole, kind)
        sources[kind] = whole.getvalue()
    chance = random.Random(20)
    judged = refused = 0
    for index in range(120):
        kind = sorted(sources)[index % 3]
        content = bytearray(sources[kind])
        for _ in range(chance.choice((1, 4, 40))):
            # Half of the flips hit the first kilobytes, where the structure is.
            span = len(content) if chance.random() < 0.5 else min(3000, len(content))
            content[chance.randrange(span)] ^= 1 << chance.randrange(8)
        path = tmp_path / "flipped"
        path.write_bytes(content)
        try:
            await (judge.judge_video(path) if kind == "video" else judge.judge_image(path))
            judged += 1
        except MediaRejected:
            refused += 1
    assert judged > 5
    assert refused > 20


# The reading process


async def test_its_environment_holds_nothing_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KIRIN_CANARY", "a secret")
    samples.picture().save(tmp_path / "picture", "PNG")
    async with MediaJudge() as judge:
        await judge.judge_image(tmp_path / "picture")
        environment = Path(f"/proc/{judge.reader_pid}/environ").read_bytes()
    assert environment.strip(b"\0").split(b"\0") == [b"LC_ALL=C.UTF-8"]


async def test_a_killed_reader_is_replaced(tmp_path: Path) -> None:
    samples.picture().save(tmp_path / "picture", "PNG")
    async with MediaJudge() as judge:
        first = judge.reader_pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        assert (await judge.judge_image(tmp_path / "picture")).width == 400
        second = judge.reader_pid
        assert second not in {None, first}
        # And in the middle of work:
        waiting = [asyncio.create_task(judge.judge_image(tmp_path / "picture")) for _ in range(12)]
        await asyncio.sleep(0.01)
        os.kill(second or 0, signal.SIGKILL)
        assert {facts.width for facts in await asyncio.gather(*waiting)} == {400}
    assert judge.reader_pid is None


async def test_it_dies_with_its_parent(tmp_path: Path) -> None:
    code = (
        "import asyncio, time\n"
        "from kirin_video.media.judge import MediaJudge\n"
        "async def main():\n"
        "    async with MediaJudge() as judge:\n"
        "        print(judge.reader_pid, flush=True)\n"
        "        await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE, cwd=tmp_path
    )
    assert parent.stdout is not None
    reader = int(await parent.stdout.readline())
    assert _alive(reader)
    parent.kill()
    await parent.wait()
    async with asyncio.timeout(5):
        while _alive(reader):  # noqa: ASYNC110 - another process sets no event
            await asyncio.sleep(0.02)


def _alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
