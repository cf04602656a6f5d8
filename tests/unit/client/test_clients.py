"""Both clients against scripted answers: what they send, and what they do when the connection fails."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from kirin_video.client import AsyncClient, Client, ConnectionFailed, TaskFailed, TaskResource
from kirin_video.client.errors import Forbidden, NotConfigured, ServerError, TooManyRequests

QUEUED = {"id": "t1", "created_at": 1, "status": "queued", "model": "kirin_video_o1"}
RUNNING = {**QUEUED, "status": "in_progress", "progress": 0.5}
DONE = {**QUEUED, "status": "completed", "usage": {"cost": "0.42", "discount": 0}, "output": []}
FAILED = {**QUEUED, "status": "failed", "error": {"code": "002015095", "error_message": "No."}}

Step = dict[str, object] | Exception | httpx2.Response
Call = Callable[..., TaskResource]


class Script:
    """A server that answers step by step and remembers what it was asked."""

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        step = self.steps.pop(0)
        if isinstance(step, Exception):
            raise step
        return step if isinstance(step, httpx2.Response) else httpx2.Response(200, json=step)


@pytest.fixture(params=["sync", "async"])
def run(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Call a method of the sync or the async client against a script; pauses take no time."""

    async def no_pause(_seconds: float) -> None:
        return

    monkeypatch.setattr(time, "sleep", lambda _seconds: None)

    def call_sync(script: Script, method: str, *args: object, **kwargs: object) -> object:
        with Client("http://k.example", "kirin_a", transport=httpx2.MockTransport(script)) as client:
            return getattr(client, method)(*args, **kwargs)

    def call_async(script: Script, method: str, *args: object, **kwargs: object) -> object:
        async def call() -> object:
            transport = httpx2.MockTransport(script)
            async with AsyncClient("http://k.example", "kirin_a", transport=transport) as client:
                return await getattr(client, method)(*args, **kwargs)

        monkeypatch.setattr("kirin_video.client.async_client.asyncio.sleep", no_pause)
        return asyncio.run(call())

    return call_sync if request.param == "sync" else call_async


def test_create_sends_the_parameters_with_the_key(run: Callable[..., TaskResource]) -> None:
    script = Script(QUEUED)
    task = run(script, "create", {"prompt": "A"}, aspect_ratio="16:9", seed=None)
    (request,) = script.requests
    assert task.status == "queued"
    assert (request.method, str(request.url)) == ("POST", "http://k.example/model/v1/generation")
    assert request.headers["authorization"] == "Bearer kirin_a"
    assert json.loads(request.content) == {"model": "kirin_video_o1", "prompt": "A", "aspect_ratio": "16:9"}


def test_generate_waits_and_tells_of_each_step(run: Callable[..., TaskResource]) -> None:
    seen: list[tuple[str, float | None]] = []
    script = Script(QUEUED, QUEUED, RUNNING, DONE)
    task = run(script, "generate", prompt="A", on_progress=lambda t: seen.append((t.status, t.progress)))
    assert task.usage is not None
    assert task.usage.cost == "0.42"
    assert seen == [("queued", None), ("in_progress", 0.5), ("completed", None)]


def test_waiting_outlives_a_restart_of_the_server(run: Callable[..., TaskResource]) -> None:
    unready = httpx2.Response(503, headers={"Retry-After": "1"})
    script = Script(RUNNING, httpx2.ConnectError("refused"), httpx2.ReadError("reset"), unready, DONE)
    assert run(script, "wait", "t1").status == "completed"
    assert len(script.requests) == 5


def test_a_failed_task_is_raised(run: Callable[..., TaskResource]) -> None:
    with pytest.raises(TaskFailed) as caught:
        run(Script(FAILED), "wait", "t1")
    assert (caught.value.code, caught.value.task.id) == ("002015095", "t1")


def test_create_is_sent_again_under_the_same_key(run: Callable[..., TaskResource]) -> None:
    lost, busy = httpx2.ReadError("reset"), httpx2.Response(503, headers={"Retry-After": "1"})
    keys: set[str] = set()
    for _ in range(2):
        script = Script(lost, busy, lost, httpx2.Response(502), QUEUED)
        assert run(script, "create", prompt="A").id == "t1"
        [(content, key)] = {(sent.content, sent.headers["idempotency-key"]) for sent in script.requests}
        assert json.loads(content)["prompt"] == "A"
        keys.add(key)
    assert len(keys) == 2, "each call has a key of its own"


def test_create_does_not_try_for_ever_and_not_where_it_cannot_help(run: Callable[..., TaskResource]) -> None:
    never = Script(*[httpx2.ReadError("reset")] * 9)
    with pytest.raises(ConnectionFailed):
        run(never, "create", prompt="A")
    assert len(never.requests) == 4
    broken = Script(httpx2.Response(500), QUEUED)
    with pytest.raises(ServerError):
        run(broken, "create", prompt="A")
    assert len(broken.requests) == 1


def too_many(retry_after: str) -> httpx2.Response:
    return httpx2.Response(429, headers={"Retry-After": retry_after})


def test_create_waits_as_a_refusal_over_the_rate_says(run: Callable[..., TaskResource]) -> None:
    script = Script(too_many("20"), too_many("40"), QUEUED)
    assert run(script, "create", prompt="A").id == "t1"
    assert len(script.requests) == 3


@pytest.mark.parametrize(("waits", "asked"), [(["61"], 1), (["30", "31"], 2), (["5"] * 14, 13)])
def test_create_waits_a_minute_in_all(run: Callable[..., TaskResource], waits: list[str], asked: int) -> None:
    script = Script(*map(too_many, waits), QUEUED)
    with pytest.raises(TooManyRequests) as caught:
        run(script, "create", prompt="A")
    assert len(script.requests) == asked
    assert caught.value.retry_after_s == float(waits[-1])


def test_a_missing_scope_is_raised_at_once(run: Callable[..., TaskResource]) -> None:
    script = Script(httpx2.Response(403))
    with pytest.raises(Forbidden):
        run(script, "create", prompt="A")
    assert len(script.requests) == 1


def test_failures_are_put_in_words(run: Callable[..., TaskResource]) -> None:
    with pytest.raises(ConnectionFailed, match=r"No server answers at http://k\.example"):
        run(Script(httpx2.ConnectError("refused")), "get", "t1")
    with pytest.raises(ConnectionFailed, match=r"The connection to http://k\.example failed: ReadTimeout\."):
        run(Script(httpx2.ReadTimeout("")), "get", "t1")


def test_a_client_without_a_server_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIRIN_BASE_URL", raising=False)
    with pytest.raises(NotConfigured):
        Client(api_key="kirin_a")
