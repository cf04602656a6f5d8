"""Scopes and limits over the wire."""

from __future__ import annotations

import base64
import re
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import httpx2
import psycopg

from kirin_video.domain.access import Scope
from kirin_video.domain.wire import ErrorResponse
from kirin_video.settings import Settings

CREATE = "/model/v1/generation"
TEXT = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}
RATE_HEADERS = ("RateLimit-Policy", "RateLimit")


class Server(Protocol):
    @property
    def settings(self) -> Settings: ...


Limited = Callable[..., httpx2.Client]


def refusal(response: httpx2.Response) -> tuple[int, str, str]:
    body = ErrorResponse.model_validate_json(response.content)
    return response.status_code, body.error.code, body.error.error_message


def test_without_limits_nothing_is_said_of_them(http: httpx2.Client) -> None:
    for response in (http.get(f"{CREATE}/task/none"), http.post(CREATE, json=TEXT)):
        assert not set(response.headers) & {name.lower() for name in RATE_HEADERS}


def test_creates_are_limited_and_every_answer_says_where_the_account_stands(limited: Limited) -> None:
    caller = limited(creates_per_minute=3, reads_per_minute=100)
    answers = [
        caller.post(CREATE, json=TEXT),
        caller.post(CREATE, json={**TEXT, "aspect_ratio": "7:3"}),
        caller.post(CREATE, content=b"{"),
        caller.post(CREATE, json=TEXT),
    ]
    assert [each.status_code for each in answers] == [200, 400, 400, 429]
    for number, each in enumerate(answers):
        assert each.headers["RateLimit-Policy"] == '"creates";q=3;w=60'
        found = re.fullmatch(r'"creates";r=(\d+);t=(\d+)', each.headers["RateLimit"])
        assert found
        assert int(found[1]) == max(0, 2 - number)
        assert 50 < int(found[2]) <= 60
    status, code, message = refusal(answers[3])
    assert (status, code) == (429, "000000429")
    wait_s = answers[3].headers["Retry-After"]
    assert message == (
        'This account may make 3 requests a minute of the kind "creates", and this is number 4. '
        f"Try again in {wait_s} s."
    )
    assert 50 < int(wait_s) <= 60
    poll = caller.get(f"{CREATE}/task/{answers[0].json()['id']}")
    assert (poll.status_code, poll.headers["RateLimit-Policy"]) == (200, '"reads";q=100;w=60')
    assert poll.headers["RateLimit"].startswith('"reads";r=99;t=')


def test_reads_are_limited_apart_from_creates(limited: Limited) -> None:
    caller = limited(creates_per_minute=100, reads_per_minute=2)
    statuses = [caller.get(f"{CREATE}/task/none").status_code for _ in range(3)]
    assert statuses == [404, 404, 429]
    status, code, message = refusal(caller.get(f"{CREATE}/task/none"))
    assert (status, code) == (429, "000000429")
    assert '2 requests a minute of the kind "reads", and this is number 4' in message
    assert caller.post(CREATE, json=TEXT).status_code == 200


def test_a_create_over_the_rate_is_refused_before_its_body_is_read(
    limited: Limited, base_address: tuple[str, int]
) -> None:
    caller = limited(creates_per_minute=1)
    caller.post(CREATE, json=TEXT)
    head = (
        f"POST {CREATE} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n"
        f"Authorization: {caller.headers['Authorization']}\r\n\r\n"
    )
    with socket.create_connection(base_address, timeout=5) as connection:
        connection.sendall(head.encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 429 ")


def test_unfinished_tasks_are_limited(limited: Limited) -> None:
    caller = limited(unfinished_tasks=2)
    named = {**TEXT, "external_task_id": "ad-17"}
    first, second, third = (caller.post(CREATE, json=body) for body in (TEXT, named, TEXT))
    assert (first.status_code, second.status_code) == (200, 200)
    status, code, message = refusal(third)
    assert (status, code) == (429, "000000429")
    assert "may have 2 unfinished tasks at a time, and has 2" in message
    assert third.headers["Retry-After"] == "5"
    assert caller.post(CREATE, json=named).json()["id"] == second.json()["id"], "a repetition makes no task"
    cancelled = caller.post(f"{CREATE}/task/{first.json()['id']}/cancel")
    assert cancelled.json()["status"] == "failed"
    assert caller.post(CREATE, json=TEXT).status_code == 200


def test_a_read_key_may_not_create_and_is_told_which_scope_is_missing(limited: Limited) -> None:
    reader = limited(frozenset({Scope.READ}), creates_per_minute=5)
    refused = reader.post(CREATE, content=b"not even JSON")
    status, code, message = refusal(refused)
    assert (status, code) == (403, "000000403")
    assert 'scope "generate"; yours has "read"' in message
    assert "RateLimit" not in refused.headers, "a refused key is not counted"
    assert reader.get(f"{CREATE}/task/none").status_code == 404
    writer = limited(frozenset({Scope.GENERATE}))
    made = writer.post(CREATE, json=TEXT)
    assert made.status_code == 200
    status, code, message = refusal(writer.get(f"{CREATE}/task/{made.json()['id']}"))
    assert (status, code) == (403, "000000403")
    assert 'scope "read"' in message


def revoke(server: Server, task_id: str) -> float:
    """Revoke the keys of the account that a task belongs to; gives the moment."""
    with psycopg.connect(server.settings.database_url) as connection:
        connection.execute(
            "UPDATE api_key k SET revoked_at = now() FROM task t"
            " WHERE t.id = %s AND k.account_id = t.account_id",
            (task_id,),
        )
    return time.monotonic()


def test_a_stream_ends_within_a_second_of_its_keys_revocation(limited: Limited, server: Server) -> None:
    caller = limited()
    task_id = caller.post(CREATE, json=TEXT).json()["id"]
    revoked_at = 0.0
    with caller.stream("GET", f"{CREATE}/task/{task_id}/events") as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                time.sleep(1.2)  # a good key keeps its stream
                revoked_at = revoke(server, task_id)
    assert 0 < time.monotonic() - revoked_at < 1.3, "0.9 s where nothing else runs"
    assert caller.get(f"{CREATE}/task/{task_id}").status_code == 401


def test_an_answer_held_back_ends_within_a_second_of_its_keys_revocation(
    limited: Limited, server: Server
) -> None:
    caller = limited()
    with ThreadPoolExecutor(1) as threads:
        held = threads.submit(caller.post, CREATE, json=TEXT, headers={"Prefer": "wait=60"})
        while not (tasks := caller.get(f"{CREATE}/tasks").json()["data"]):
            time.sleep(0.02)
        time.sleep(1.2)  # a good key is waited for
        assert not held.done()
        revoked_at = revoke(server, tasks[0]["id"])
        status, code, message = refusal(held.result())
    assert time.monotonic() - revoked_at < 1.3
    assert (status, code) == (401, "000000401")
    assert "while its answer was held back" in message


def test_where_there_is_no_room_no_picture_is_judged(limited: Limited) -> None:
    caller = limited(unfinished_tasks=1)
    named = {**TEXT, "external_task_id": "ad-17"}
    assert caller.post(CREATE, json=named).status_code == 200
    picture = {
        "image_url": base64.b64encode(b"GIF89a no picture that we take").decode(),
        "type": "first_frame",
    }
    assert refusal(caller.post(CREATE, json={**TEXT, "image_list": [picture]}))[:2] == (429, "000000429")
    conflict = caller.post(CREATE, json={**named, "image_list": [picture]})
    assert refusal(conflict)[:2] == (409, "002015014"), "what the name stands for is looked at first"
