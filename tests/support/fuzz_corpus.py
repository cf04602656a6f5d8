"""Malformed media, made by seeded code: each a name and the bytes of a file.

The files are small so that a thousand of them take seconds; what they attack is parsing, not patience.
"""

from __future__ import annotations

import io
import random
import struct
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import media_samples as samples
from PIL import Image

Sample = tuple[str, bytes]

_CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"})


def corpus(seed: int = 20) -> Iterator[Sample]:
    """Every malformed file: more than 500, always the same ones for a seed."""
    dice = random.Random(seed)
    good = dict(_good())
    for name, content in good.items():
        yield from _truncated(name, content, dice)
        yield from _flipped(name, content, dice, 40)
        yield from _spliced(name, content, good, dice)
    yield from _png_bombs()
    yield from _jpeg_bombs(good["jpeg"], dice)
    for name in ("mp4", "mov", "fragmented"):
        yield from _absurd_boxes(name, good[name], dice, 60)
    yield from _wrong_containers()
    yield from _noise(dice)


def _good() -> Iterator[Sample]:
    for kind, mode in (("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "P")):
        buffer = io.BytesIO()
        samples.picture(320, 300).convert(mode).save(
            buffer, kind, **({"progressive": True} if kind == "JPEG" else {})
        )
        yield f"{kind.lower()}{'' if mode == 'RGB' else mode}", buffer.getvalue()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        flags = {"mp4": "+faststart", "mov": "", "fragmented": "frag_keyframe+empty_moov"}
        for name, movflags in flags.items():
            container = "mov" if name == "mov" else "mp4"
            samples.save_video(
                path, size=(64, 64), num_frames=72, format=container, movflags=movflags, sound=name == "mp4"
            )
            yield name, path.read_bytes()


def _truncated(name: str, content: bytes, dice: random.Random) -> Iterator[Sample]:
    cuts = [0, 1, 7, 8, 12, 33, *(dice.randrange(len(content)) for _ in range(14))]
    for cut in cuts:
        yield f"{name} cut at {cut}", content[:cut]


def _flipped(name: str, content: bytes, dice: random.Random, count: int) -> Iterator[Sample]:
    """Bits flipped: few or many, anywhere or near the start, where the structure is."""
    for number in range(count):
        changed = bytearray(content)
        reach = len(content) if number % 2 else min(len(content), 600)
        for _ in range(dice.choice([1, 3, 30, 300])):
            changed[dice.randrange(reach)] ^= 1 << dice.randrange(8)
        yield f"{name} flipped {number}", bytes(changed)


def _spliced(name: str, content: bytes, good: dict[str, bytes], dice: random.Random) -> Iterator[Sample]:
    for other, more in good.items():
        if other != name:
            at = dice.randrange(12, len(content))
            yield f"{name} goes on as {other}", content[:at] + more[dice.randrange(len(more)) :]
    yield f"{name} doubled", content + content
    yield f"{name} with a gap", content[: len(content) // 2] + bytes(5000) + content[len(content) // 2 :]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 2) -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + _chunk(b"IEND", b"")


def _png_bombs() -> Iterator[Sample]:
    zeros = zlib.compress(bytes(60 << 20), 9)
    for side in (40_000, 65_535, 2**31 - 1, 2**32 - 1, 0):
        yield f"png of {side} pixels a side", _png(side, side, _chunk(b"IDAT", zeros))
    yield "png that unpacks to more than it says", _png(300, 300, _chunk(b"IDAT", zeros))
    yield "png that unpacks to less than it says", _png(7000, 7000, _chunk(b"IDAT", zlib.compress(b"x")))
    yield (
        "png with a bomb of text",
        _png(
            300,
            300,
            _chunk(b"zTXt", b"a\0\0" + zeros),
            _chunk(b"iTXt", b"a\0\1\0\0\0" + zeros),
            _chunk(b"IDAT", zeros),
        ),
    )
    yield (
        "png with a bomb for a profile",
        _png(300, 300, _chunk(b"iCCP", b"a\0\0" + zeros), _chunk(b"IDAT", zeros)),
    )
    yield "png of a thousand empty chunks", _png(300, 300, *[_chunk(b"IDAT", b"")] * 1000)
    for depth, colour in ((16, 6), (1, 3), (3, 2), (8, 7), (16, 3)):
        yield (
            f"png of depth {depth}, colour {colour}",
            _png(300, 300, _chunk(b"IDAT", zeros[:5000]), depth=depth, colour=colour),
        )
    animation = _chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))
    yield "png of two thousand million frames", _png(300, 300, animation, _chunk(b"IDAT", zeros))


def _jpeg_bombs(good: bytes, dice: random.Random) -> Iterator[Sample]:
    start = good.index(b"\xff\xc2")  # the progressive frame header
    for width, height in ((65_535, 65_535), (65_500, 900), (0, 300), (300, 0)):
        changed = bytearray(good)
        changed[start + 5 : start + 9] = struct.pack(">HH", height, width)
        yield f"jpeg that says {width}x{height}", bytes(changed)
    scan = good.index(b"\xff\xda")
    yield "jpeg of two thousand scans", good[:scan] + good[scan:-2] * 400 + good[-2:]
    yield "jpeg with a megabyte of comments", good[:2] + (b"\xff\xfe\xff\xff" + bytes(65533)) * 16 + good[2:]
    exif = Image.Exif()
    exif[0x0112] = 6
    block = bytearray(b"Exif\0\0" + exif.tobytes()[6:])
    for number in range(20):
        changed = bytearray(block)
        for _ in range(4):
            changed[dice.randrange(6, len(changed))] = dice.randrange(256)
        segment = b"\xff\xe1" + struct.pack(">H", len(changed) + 2) + bytes(changed)
        yield f"jpeg with broken exif {number}", good[:2] + segment + good[2:]


def _boxes(content: bytes, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
    """Where each box of a movie starts and ends, and its type, those inside others too."""
    at = start
    while at + 8 <= end:
        size = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        if size < 8 or at + size > end:
            return
        yield at, at + size, kind
        if kind in _CONTAINERS:
            yield from _boxes(content, at + 8, at + size)
        at += size


def _absurd_boxes(name: str, content: bytes, dice: random.Random, count: int) -> Iterator[Sample]:
    """Sizes, counts and offsets that cannot be: in sample tables above all."""
    boxes = list(_boxes(content, 0, len(content)))
    tables = [
        box
        for box in boxes
        if box[2] in {b"stsz", b"stts", b"stsc", b"stco", b"ctts", b"stss", b"elst", b"trun"}
    ]
    huge = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF0)
    changes: list[tuple[int, int]] = [(box[0], value) for box in boxes for value in dice.sample(huge, 2)]
    for start, end, _ in tables:
        for value in huge:
            changes += [(dice.randrange(start + 12, max(start + 13, end - 4)), value), (start + 12, value)]
    for number, (at, value) in enumerate(dice.sample(changes, min(count, len(changes)))):
        changed = content[:at] + struct.pack(">I", value) + content[at + 4 :]
        yield f"{name} with an absurd box {number}", changed
    nested = b""
    for _ in range(3000):
        nested = struct.pack(">I4s", len(nested) + 8, b"moov") + nested
    yield f"{name} with boxes three thousand deep", content[:32] + nested


def _wrong_containers() -> Iterator[Sample]:
    texts = {
        "ffconcat": b"ffconcat version 1.0\nfile secret.ts\n",
        "hls": b"#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:5,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        "sdp": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
        "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 400 400\n(%pipe%id) (w) file\n",
        "zip": b"PK\x03\x04" + bytes(200),
        "html": b"<!doctype html><script>alert(1)</script>",
        "mpeg-ts": (b"G\x40\x00\x10" + bytes(184)) * 50,
        "matroska": b"\x1a\x45\xdf\xa3" + bytes(500),
        "avi": b"RIFF" + struct.pack("<I", 500) + b"AVI LIST" + bytes(500),
    }
    for name, text in texts.items():
        yield name, text
        yield f"{name} behind an ftyp box", struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 0) + text
        yield f"{name} behind a free box", struct.pack(">I4s", 8, b"free") + text
    for kind in ("GIF", "BMP", "TIFF", "WEBP", "ICO", "PPM", "TGA", "PCX", "SGI", "JPEG2000"):
        buffer = io.BytesIO()
        samples.picture(320, 300).save(buffer, kind)
        yield kind, buffer.getvalue()
        yield f"{kind} behind a PNG's first bytes", b"\x89PNG\r\n\x1a\n" + buffer.getvalue()
    reference = b"url " + bytes(4) + b"file:///etc/passwd\0"
    dref = struct.pack(">I4s", len(reference) + 20, b"dref") + bytes(4) + struct.pack(">I", 1)
    dref += struct.pack(">I", len(reference) + 4) + reference
    yield (
        "mp4 with a reference to another file",
        struct.pack(">I4s4sI", 16, b"ftyp", b"qt  ", 0) + struct.pack(">I4s", len(dref) + 8, b"moov") + dref,
    )


def _noise(dice: random.Random) -> Iterator[Sample]:
    heads = {
        "png": b"\x89PNG\r\n\x1a\n",
        "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
        "mp4": struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 0),
        "moov": struct.pack(">I4s", 4008, b"moov"),
        "mdat": struct.pack(">I4s", 1, b"mdat") + struct.pack(">Q", 2**63),
        "nothing": b"",
    }
    for name, head in heads.items():
        for number in range(6):
            yield f"{name}, then noise {number}", head + dice.randbytes(dice.choice([10, 400, 4000]))
