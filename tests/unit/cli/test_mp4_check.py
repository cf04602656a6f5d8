from __future__ import annotations

import struct
from pathlib import Path

import pytest

from kirin_video.cli.mp4_check import mp4_problem


def box(name: bytes, payload: bytes = b"\0" * 24) -> bytes:
    return struct.pack(">I4s", 8 + len(payload), name) + payload


def long_box(name: bytes, payload: bytes) -> bytes:
    return struct.pack(">I4sQ", 1, name, 16 + len(payload)) + payload


WHOLE = box(b"ftyp") + box(b"moov") + box(b"free", b"") + box(b"mdat", b"x" * 100)


def problem(tmp_path: Path, content: bytes) -> str | None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    return mp4_problem(path)


@pytest.mark.parametrize(
    "content",
    [
        WHOLE,
        box(b"ftyp") + long_box(b"mdat", b"x" * 1000) + box(b"moov"),
        box(b"ftyp") + box(b"moov") + struct.pack(">I4s", 0, b"mdat") + b"x" * 1000,
    ],
)
def test_whole_files_pass(tmp_path: Path, content: bytes) -> None:
    assert problem(tmp_path, content) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not an MP4"),
        (b"<html>no</html>", "cut off or not an MP4"),
        (box(b"moov") + box(b"ftyp") + box(b"mdat"), "does not start with an ftyp"),
        (box(b"ftyp"), "no moov and no mdat"),
        (box(b"ftyp") + box(b"mdat"), "no moov"),
        (WHOLE + b"\0\0\0", "cut off"),
        (WHOLE + struct.pack(">I4s", 7, b"free"), "broken"),
        (WHOLE + struct.pack(">I4sQ", 1, b"free", 15) + b"x" * 40, "broken"),
        (WHOLE + struct.pack(">I4s", 1, b"free"), "broken"),
    ],
)
def test_anything_else_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    found = problem(tmp_path, content)
    assert found is not None
    assert said in found


def test_a_file_cut_off_anywhere_fails(tmp_path: Path) -> None:
    for end in range(len(WHOLE)):
        assert problem(tmp_path, WHOLE[:end]) is not None, end
