from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kirin_video.store.blobs import BlobDamaged, BlobNotFound, LocalBlobs
from kirin_video.store.disk import StorageFull

CONTENT = os.urandom(3 * 1024 * 1024 + 17)


@pytest.fixture
def blobs(tmp_path: Path) -> LocalBlobs:
    return LocalBlobs(tmp_path / "data" / "blobs")


def _files(blobs: LocalBlobs) -> list[Path]:
    return [path for path in blobs.root.rglob("*") if path.is_file()]


async def test_a_file_comes_back_as_it_was(blobs: LocalBlobs, tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(CONTENT)
    blob = await blobs.put_file(tmp_path / "clip.mp4", media_type="video/mp4")
    assert (blob.size_bytes, blob.sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    assert re.fullmatch(r"[0-9a-f]{32}\.mp4", blob.key)
    assert blobs.path_of(blob.key).read_bytes() == CONTENT
    with blobs.open(blob.key) as opened:
        assert opened.read() == CONTENT
    await blobs.check(blob.key, blob.size_bytes, blob.sha256)
    assert list(blobs.keys()) == [blob.key]
    assert (tmp_path / "clip.mp4").exists()


async def test_bytes_of_every_size(blobs: LocalBlobs) -> None:
    for size in (0, 1, 1 << 20, (1 << 20) + 1):
        blob = await blobs.put_bytes(CONTENT[:size], media_type="image/png")
        assert blobs.path_of(blob.key).read_bytes() == CONTENT[:size]


async def test_the_same_content_twice_is_two_blobs(blobs: LocalBlobs) -> None:
    first, second = [await blobs.put_bytes(b"x", media_type="image/png") for _ in range(2)]
    assert first.key != second.key
    await blobs.delete(first.key)
    assert blobs.path_of(second.key).read_bytes() == b"x"


async def test_a_deleted_blob_is_gone_and_may_be_deleted_again(blobs: LocalBlobs) -> None:
    blob = await blobs.put_bytes(b"x", media_type="text/html")
    assert blob.key.endswith(".bin")
    await blobs.delete(blob.key)
    await blobs.delete(blob.key)
    with pytest.raises(BlobNotFound):
        blobs.path_of(blob.key)
    with pytest.raises(BlobNotFound):
        blobs.open(blob.key)
    with pytest.raises(BlobNotFound):
        await blobs.check(blob.key, blob.size_bytes, blob.sha256)


@pytest.mark.parametrize(
    "key",
    ["", "..", "../../etc/passwd", "/etc/passwd", "a" * 32, "A" * 32 + ".mp4", "a" * 32 + ".mp4\n",
     "aa/../" + "a" * 26 + ".mp4", "a" * 32 + "./..", "a" * 31 + "\0.mp4", "incoming/" + "a" * 32 + ".mp4"],
)  # fmt: skip
async def test_what_is_not_a_key_reaches_no_file(blobs: LocalBlobs, key: str) -> None:
    await blobs.put_bytes(b"x", media_type="image/png")
    for attempt in (blobs.path_of, blobs.open):
        with pytest.raises(BlobNotFound):
            attempt(key)
    with pytest.raises(BlobNotFound):
        await blobs.delete(key)
    assert len(_files(blobs)) == 1


async def test_nobody_else_can_read_them(blobs: LocalBlobs) -> None:
    blob = await blobs.put_bytes(b"x", media_type="image/png")
    path = blobs.path_of(blob.key)
    assert path.stat().st_mode & 0o777 == 0o600
    for folder in (path.parent, path.parent.parent, blobs.root):
        assert folder.stat().st_mode & 0o077 == 0


async def test_a_changed_byte_is_noticed(blobs: LocalBlobs) -> None:
    blob = await blobs.put_bytes(CONTENT, media_type="video/mp4")
    with blobs.path_of(blob.key).open("r+b") as file:
        file.seek(1000)
        file.write(bytes([CONTENT[1000] ^ 1]))
    with pytest.raises(BlobDamaged):
        await blobs.check(blob.key, blob.size_bytes, blob.sha256)


async def test_a_source_that_fails_leaves_nothing(blobs: LocalBlobs) -> None:
    def failing() -> Iterator[bytes]:
        yield b"half"
        assert len(_files(blobs)) == 1
        raise RuntimeError("the source")

    with pytest.raises(RuntimeError, match="the source"):
        blobs._put(failing(), "video/mp4")
    assert _files(blobs) == []


async def test_an_unfinished_blob_cannot_be_seen(blobs: LocalBlobs) -> None:
    seen: list[list[str]] = []

    def watched() -> Iterator[bytes]:
        yield b"half"
        seen.append(list(blobs.keys()))
        yield b"whole"

    blob = blobs._put(watched(), "video/mp4")
    assert seen == [[]]
    assert blobs.path_of(blob.key).read_bytes() == b"halfwhole"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
async def test_a_full_disk_is_told_apart(
    blobs: LocalBlobs, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull):
        await blobs.put_bytes(b"x", media_type="image/png")
    monkeypatch.undo()
    assert _files(blobs) == []
    await blobs.put_bytes(b"x", media_type="image/png")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
async def test_a_really_full_device(blobs: LocalBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def on_a_full_device(path: str | Path, flags: int, mode: int = 0o777) -> int:
        return opened("/dev/full", os.O_WRONLY) if flags & os.O_CREAT else opened(path, flags, mode)

    monkeypatch.setattr(os, "open", on_a_full_device)
    with pytest.raises(StorageFull):
        await blobs.put_bytes(CONTENT, media_type="image/png")


async def test_other_failures_stay_what_they_are(blobs: LocalBlobs, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await blobs.put_file(tmp_path / "nothing", media_type="video/mp4")


async def test_many_at_once(blobs: LocalBlobs) -> None:
    put = [blobs.put_bytes(bytes([n]) * 100, media_type="image/png") for n in range(40)]
    stored = await asyncio.gather(*put)
    assert {blobs.path_of(blob.key).read_bytes()[0] for blob in stored} == set(range(40))


async def test_only_old_leftovers_are_removed(blobs: LocalBlobs) -> None:
    await blobs.put_bytes(b"x", media_type="image/png")
    incoming = blobs.root / "incoming"
    for name, age_s in (("old", 7200), ("new", 0)):
        (incoming / name).write_bytes(b"half")
        past = (incoming / name).stat().st_mtime - age_s
        os.utime(incoming / name, (past, past))
    assert await blobs.remove_leftovers(older_than_s=3600) == 1
    assert [path.name for path in incoming.iterdir()] == ["new"]
    assert len(list(blobs.keys())) == 1
