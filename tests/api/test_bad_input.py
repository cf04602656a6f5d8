"""Whatever a client can send: the documented code, the right field, and a message that says what to do.

The full bodies are kept in ``snapshots/errors.json``, so that a change of words is seen and meant. To take
them anew: ``KIRIN_TAKE_SNAPSHOTS=1 pytest tests/api/test_bad_input.py``, and read the difference.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx2
import pytest
from PIL import Image

CREATE = "/model/v1/generation"
SNAPSHOTS = Path(__file__).parent / "snapshots" / "errors.json"
TEXT = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}
URL = "https://example.com/a"

Wanted = list[tuple[str, str]]


def text(**changes: object) -> bytes:
    body = {name: value for name, value in {**TEXT, **changes}.items() if value is not ...}
    return json.dumps(body).encode()


def picture(width: int, height: int, kind: str = "PNG") -> str:
    buffer = BytesIO()
    Image.new("RGB", (width, height)).save(buffer, kind)
    return base64.b64encode(buffer.getvalue()).decode()


def image(source: str, **more: str) -> bytes:
    return text(image_list=[{"image_url": source, "type": "first_frame", **more}])


RULES: dict[str, tuple[bytes, Wanted]] = {
    "prompt missing": (text(prompt=...), [("prompt", "002015001")]),
    "prompt blank": (text(prompt=" \n\t"), [("prompt", "002015001")]),
    "prompt null": (text(prompt=None), [("prompt", "002015001")]),
    "prompt too long": (text(prompt="x" * 2501), [("prompt", "002015002")]),
    "prompt of emoji too long": (text(prompt="\U0001f30a" * 2501), [("prompt", "002015002")]),
    "prompt not text": (text(prompt=["A valley"]), [("prompt", "002015003")]),
    "model missing": (text(model=...), [("model", "002015003")]),
    "model unknown": (text(model="kirin_video_o2"), [("model", "002015003")]),
    "parameter unknown": (text(aspect_ration="16:9"), [("aspect_ration", "002015003")]),
    "parameter unknown in a list": (image(URL, role="first"), [("image_list[0].role", "002015003")]),
    "mode not allowed": (text(mode="ultra"), [("mode", "002015003")]),
    "aspect ratio missing": (text(aspect_ratio=...), [("aspect_ratio", "002015004")]),
    "aspect ratio not allowed": (text(aspect_ratio="4:3"), [("aspect_ratio", "002015003")]),
    "duration not allowed here": (text(duration="7"), [("duration", "002015005")]),
    "duration out of range": (text(duration=11), [("duration", "002015005")]),
    "duration not a number": (text(duration="five"), [("duration", "002015003")]),
    "duration a fraction": (text(duration=5.5), [("duration", "002015003")]),
    "seed negative": (text(seed=-1), [("seed", "002015003")]),
    "seed huge": (text(seed=10**200), [("seed", "002015003")]),
    "seed true": (text(seed=True), [("seed", "002015003")]),
    "watermark not an object": (text(watermark_info=True), [("watermark_info", "002015003")]),
    "callback not public": (text(callback_url="http://0x7f.1/hook"), [("callback_url", "002015013")]),
    "callback not a url": (text(callback_url="javascript:alert(1)"), [("callback_url", "002015013")]),
    "external id with a slash": (text(external_task_id="a/b"), [("external_task_id", "002015003")]),
    "image not one": (
        image(base64.b64encode(b"Just words. " * 40).decode()),
        [("image_list[0]", "002015006")],
    ),
    "image not base64": (image("not base64!"), [("image_list[0].image_url", "002015006")]),
    "image too small": (image(picture(299, 400)), [("image_list[0]", "002015006")]),
    "image too narrow": (image(picture(300, 800)), [("image_list[0]", "002015006")]),
    "image of another kind": (image(picture(400, 400, "GIF")), [("image_list[0]", "002015006")]),
    "image from a file": (image("file:///etc/passwd"), [("image_list[0].image_url", "002015012")]),
    "image list not a list": (text(image_list={"image_url": URL}), [("image_list", "002015003")]),
    "image role not allowed": (image(URL, type="middle"), [("image_list[0].type", "002015003")]),
    "two first frames": (
        text(image_list=[{"image_url": URL, "type": "first_frame"}] * 2),
        [("image_list[1].type", "002015010")],
    ),
    "end frame alone": (
        text(image_list=[{"image_url": URL, "type": "end_frame"}]),
        [("image_list[0].type", "002015010")],
    ),
    "too many images": (text(image_list=[{"image_url": URL}] * 8), [("image_list", "002015009")]),
    "two videos": (text(video_list=[{"video_url": URL}] * 2), [("video_list", "002015009")]),
    "reference to nothing": (text(prompt="Like <<<image_2>>>"), [("prompt", "002015011")]),
    "element id not a number": (
        text(element_list=[{"element_id": "a"}]),
        [("element_list[0].element_id", "002015003")],
    ),
    "wrapped twice": (
        json.dumps({"model": "kirin_video_o1", "input": [{"params": {}}] * 2}).encode(),
        [("input", "002015003")],
    ),
    "wrapped without parameters": (
        json.dumps({"model": "kirin_video_o1", "input": [{"params": {}}]}).encode(),
        [("prompt", "002015001"), ("aspect_ratio", "002015004")],
    ),
    "everything wrong at once": (
        text(prompt="x" * 3000, mode=1, duration=[], aspect_ratio=None, nonsense=0),
        [
            ("prompt", "002015002"),
            ("mode", "002015003"),
            ("duration", "002015003"),
            ("aspect_ratio", "002015004"),
            ("nonsense", "002015003"),
        ],
    ),
}

MALFORMED: dict[str, bytes] = {
    "empty": b"",
    "only space": b" \n ",
    "not json": b"prompt=A+valley",
    "cut off": text()[:-5],
    "an array": b"[" + text() + b"]",
    "null": b"null",
    "byte order mark": b"\xef\xbb\xbf" + text(),
    "utf-16": text().decode().encode("utf-16"),
    "invalid utf-8": b'{"prompt": "\xff"}',
    "nan": b'{"seed": NaN}',
    "infinity": b'{"seed": -Infinity}',
    "1e999": b'{"seed": 1e999}',
    "5,000 digits": b'{"seed": ' + b"7" * 5000 + b"}",
    "200,000 deep": b'{"prompt": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "65 deep": b'{"prompt": ' + b"[" * 65 + b"]" * 65 + b"}",
    "duplicate names": b'{"prompt": "A", "prompt": "B"}',
    "lone surrogate": b'{"prompt": "\\ud83c"}',
    "nul": b'{"prompt": "A\\u0000B"}',
    "nul in a name": b'{"prom\\u0000pt": "A"}',
    "raw control character": b'{"prompt": "A\x01"}',
    "a million commas": b'{"image_list": [' + b"0," * 1_000_000 + b"0]}",
}


@pytest.fixture(scope="module")
def snapshots() -> Iterator[dict[str, Any]]:
    """The bodies as they were agreed upon; with KIRIN_TAKE_SNAPSHOTS set, they are written anew."""
    take = bool(os.environ.get("KIRIN_TAKE_SNAPSHOTS"))
    kept: dict[str, Any] = {} if take else json.loads(SNAPSHOTS.read_text())
    yield kept
    if take:
        SNAPSHOTS.parent.mkdir(exist_ok=True)
        SNAPSHOTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def compare(name: str, error: object, snapshots: dict[str, Any]) -> None:
    if os.environ.get("KIRIN_TAKE_SNAPSHOTS"):
        snapshots[name] = error
    assert error == snapshots.get(name)


@pytest.mark.parametrize("name", RULES)
def test_a_broken_rule(name: str, http: httpx2.Client, snapshots: dict[str, Any]) -> None:
    body, wanted = RULES[name]
    response = http.post(CREATE, content=body)
    answer = response.json()
    assert response.status_code == 400, answer
    assert [(d["field"], d["code"]) for d in answer["error"]["details"]] == wanted
    assert answer["error"]["code"] == wanted[0][1]
    assert answer["request_id"] == response.headers["x-request-id"]
    assert len(response.content) < 4000
    compare(name, answer["error"], snapshots)


@pytest.mark.parametrize("name", MALFORMED)
def test_a_body_that_is_not_json_we_take(name: str, http: httpx2.Client, snapshots: dict[str, Any]) -> None:
    response = http.post(CREATE, content=MALFORMED[name])
    answer = response.json()
    assert (response.status_code, answer["error"]["code"]) == (400, "002015016")
    compare(f"malformed: {name}", answer["error"], snapshots)


def test_every_snapshot_is_of_a_case_that_exists(snapshots: dict[str, Any]) -> None:
    assert set(snapshots) == {*RULES, *(f"malformed: {name}" for name in MALFORMED)}
