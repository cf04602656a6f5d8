from __future__ import annotations

import io

import pytest

from kirin_video.supervisor.archive import (
    BLOBS,
    DATABASE,
    HEADER,
    LOST,
    SECRET,
    ArchiveDamaged,
    ArchiveWriter,
    read_archive,
)

KEYS = [f"{BLOBS}{digit * 32}.mp4" for digit in "0a"]
MEMBERS = {
    HEADER: b'{"format": 1}',
    SECRET: b"secret",
    DATABASE: bytes(range(256)) * 3,
    KEYS[0]: b"first" * 200,
    KEYS[1]: b"",
    LOST: b"",
}


def archive(members: dict[str, bytes] = MEMBERS) -> bytes:
    out = io.BytesIO()
    writer = ArchiveWriter(out)
    for name, content in members.items():
        writer.add(name, content)
    writer.finish()
    writer.close()
    return out.getvalue()


def read(content: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for member in read_archive(io.BytesIO(content)):
        found[member.name] = member.small()
    return found


WHOLE = archive()


def test_what_was_written_is_read() -> None:
    assert list(read(WHOLE).items()) == list(MEMBERS.items())


@pytest.mark.parametrize("start", range(7))
def test_a_changed_byte_anywhere_is_noticed_or_changes_nothing(start: int) -> None:
    """Every seventh byte in each of seven cases: all of them, headers, padding and sums included."""
    for place in range(start, len(WHOLE), 7):
        changed = bytearray(WHOLE)
        changed[place] ^= 0x41
        try:
            assert read(bytes(changed)) == MEMBERS, place
        except ArchiveDamaged:
            continue


def test_every_byte_of_content_counts() -> None:
    for content in (b"first", b"secret", b'"format"', bytes(range(256))):
        changed = bytearray(WHOLE)
        changed[WHOLE.index(content)] ^= 1
        with pytest.raises(ArchiveDamaged):
            read(bytes(changed))


def test_an_archive_that_is_cut_off_anywhere_before_its_end_is_refused() -> None:
    for length in range(0, len(WHOLE.rstrip(b"\0")), 97):
        with pytest.raises(ArchiveDamaged):
            read(WHOLE[:length])


@pytest.mark.parametrize(
    "members",
    [
        {name: content for name, content in MEMBERS.items() if name != SECRET},
        {name: content for name, content in MEMBERS.items() if name != LOST},
        {SECRET: b"", **MEMBERS},
        {**MEMBERS, f"{BLOBS}../../etc/passwd": b"x"},
        {**MEMBERS, "/etc/passwd": b"x"},
        dict(reversed(MEMBERS.items())),
        {"README": b"x"},
        {},
    ],
)
def test_members_that_do_not_belong_are_refused(members: dict[str, bytes]) -> None:
    with pytest.raises(ArchiveDamaged):
        read(archive(members))


def test_what_is_no_archive_is_said_to_be_none() -> None:
    for content in (b"", b"x" * 100, b"x" * 5000, archive({"README": b"x"})):
        with pytest.raises(ArchiveDamaged, match="not a backup"):
            read(content)
