"""The examples of docs/api.md about callbacks are what the server says, and the receiver in it works."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx2

from kirin_video.domain.callback_signature import read_secret, signed_headers
from kirin_video.domain.wire import TaskResource
from kirin_video.domain.wire_callbacks import DeliveryRecord

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"id":"t1","created_at":1,"status":"completed","model":"kirin_video_o1"}'


def test_the_delivery_is_one() -> None:
    [shown] = [
        json.loads(text) for text in re.findall(r"```json\n(\{.*\})\n```", PAGE) if '"attempt_list"' in text
    ]
    record = DeliveryRecord.model_validate(shown)
    assert record.model_dump(mode="json", exclude_none=True) == shown
    assert record.body is not None
    assert TaskResource.model_validate_json(record.body).status == record.event


def test_the_documents_calls_are_those_there_are(http: httpx2.Client) -> None:
    section = PAGE.split("## Callbacks\n")[1].split("\n## ")[0]
    told = set(re.findall(r"^\| `(\w+) (/model/v1/callbacks\S*)` \|", section, re.MULTILINE))
    paths: dict[str, dict[str, Any]] = http.get("/openapi.json").json()["paths"]
    there = {(m.upper(), path) for path, item in paths.items() for m in item if "/callbacks" in path}
    assert told == there


def test_the_receiver_takes_what_is_signed_and_nothing_else(tmp_path: Path) -> None:
    [script] = [
        text for text in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL) if "standardwebhooks" in text
    ]
    (tmp_path / "receiver.py").write_text(script)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "KIRIN_CALLBACK_SECRET": SECRET, "PORT": str(port)}
    with (
        subprocess.Popen(
            [sys.executable, "receiver.py"],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process,
        httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
    ):
        try:
            _until_it_answers(client)
            good = signed_headers([read_secret(SECRET)], "msg_1", int(time.time()), BODY)
            assert [client.post("/", content=BODY, headers=good).status_code for _ in range(2)] == [204, 204]
            assert client.post("/", content=BODY + b" ", headers=good).status_code == 401
        finally:
            process.terminate()
        assert process.stdout is not None
        assert process.stdout.read() == "t1 completed\n", "once, though it came twice"


def _until_it_answers(client: httpx2.Client) -> None:
    for _ in range(200):
        try:
            client.get("/")
        except httpx2.ConnectError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the receiver did not start")
