"""Creating and reading tasks over the wire."""

from __future__ import annotations

import base64
import json
import secrets
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import httpx2
import pytest
from PIL import Image

from kirin_video.domain.wire import TaskResource

CREATE = "/model/v1/generation"
TEXT = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}


def task_path(task_id: str) -> str:
    return f"{CREATE}/task/{task_id}"


def own_id() -> str:
    return f"own-{secrets.token_hex(8)}"


def test_a_created_task_is_queued_and_can_be_read(http: httpx2.Client) -> None:
    own = own_id()
    response = http.post(CREATE, json={**TEXT, "external_task_id": own})
    assert response.status_code == 200
    created = response.json()
    assert created == {
        "id": created["id"],
        "created_at": created["created_at"],
        "status": "queued",
        "model": "kirin_video_o1",
        "external_task_id": own,
    }
    TaskResource.model_validate(created)
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-store"
    assert http.get(task_path(created["id"])).json() == created
    assert http.get(task_path(own)).json() == created


def test_the_wrapped_form_makes_the_same_task(http: httpx2.Client) -> None:
    own = own_id()
    params = {key: value for key, value in TEXT.items() if key != "model"} | {"external_task_id": own}
    wrapped = http.post(CREATE, json={"model": TEXT["model"], "input": [{"params": params}]})
    flat = http.post(CREATE, json={**TEXT, "external_task_id": own})
    assert (wrapped.status_code, flat.status_code) == (200, 200)
    assert wrapped.json() == flat.json()


@pytest.mark.parametrize(
    "content_type", [None, "application/x-www-form-urlencoded", "text/plain", "nonsense"]
)
def test_json_is_read_whatever_the_content_type(http: httpx2.Client, content_type: str | None) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    response = http.post(CREATE, content=json.dumps(TEXT).encode(), headers=headers)
    assert response.json()["status"] == "queued"


def test_the_same_request_again_is_the_same_task_and_another_is_refused(http: httpx2.Client) -> None:
    body = {**TEXT, "external_task_id": own_id()}
    first, second = http.post(CREATE, json=body), http.post(CREATE, json={**body, "duration": "5"})
    assert (second.status_code, second.json()) == (200, first.json())
    other = http.post(CREATE, json={**body, "duration": "10"})
    assert other.status_code == 409
    assert other.json()["error"]["code"] == "002015014"


def test_requests_that_race_under_one_id_make_one_task(http: httpx2.Client) -> None:
    body = {**TEXT, "external_task_id": own_id()}
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: http.post(CREATE, json=body), range(50)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_anothers_task_is_as_absent_as_one_that_does_not_exist(
    http: httpx2.Client, other_http: httpx2.Client
) -> None:
    own = own_id()
    task = http.post(CREATE, json={**TEXT, "external_task_id": own}).json()
    answers = [other_http.get(task_path(name)) for name in (task["id"], own, "no-such-task")]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.json()["error"]["error_message"] for answer in answers}) == 1
    mine = other_http.post(CREATE, json={**TEXT, "external_task_id": own}).json()
    assert mine["id"] != task["id"]


@pytest.mark.parametrize(
    "name", ["a%00b", "%FF%FE", "%ED%A0%80", "x" * 5000, "%2E%2E", "%20", "'--", "%F0%9F%8C%8A"]
)
def test_no_name_of_a_task_is_too_odd_to_be_absent(http: httpx2.Client, name: str) -> None:
    response = http.get(task_path(name))
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "000000404"


def test_seven_large_pictures_pass_at_once_and_leave_the_server_lean(
    http: httpx2.Client, rss_mib: Callable[[], float]
) -> None:
    noise = Image.effect_noise((3400, 3000), 90).convert("L")
    buffer = BytesIO()
    noise.save(buffer, "PNG", compress_level=0)
    picture = base64.b64encode(buffer.getvalue()).decode()
    assert 9_500_000 < len(buffer.getvalue()) <= 10 * 1024 * 1024
    body: dict[str, Any] = {**TEXT, "image_list": [{"image_url": picture}] * 7}
    content = json.dumps(body).encode()
    del buffer, picture, body, noise
    before = rss_mib()
    response = http.post(CREATE, content=content)
    assert response.status_code == 200
    assert rss_mib() - before < 300


def test_a_caller_that_leaves_while_sending_troubles_nobody(
    http: httpx2.Client, base_address: tuple[str, int]
) -> None:
    head = "POST /model/v1/generation HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n"
    with socket.create_connection(base_address) as connection:
        key = http.headers["authorization"]
        connection.sendall(f"{head}Authorization: {key}\r\n\r\n".encode() + b'{"prompt": "' + b"x" * 100_000)
    assert http.get("/healthz").json() == {"status": "ok"}
    assert http.get("/readyz").json()["status"] == "ready"
    assert http.head("/readyz").status_code == 200
