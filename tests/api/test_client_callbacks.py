"""Both clients, and the commands, with callbacks."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import httpx2
import pytest

from kirin_video.cli.callback_listener import Listener, listening_server
from kirin_video.client import AsyncClient, CallbackNotTrusted, Client, verify_callback
from kirin_video.client.errors import Forbidden, InvalidRequest, NotFound
from kirin_video.domain.access import Scope
from kirin_video.domain.callback_signature import Mismatch, read_secret, signed_headers
from kirin_video.settings import Settings

HOOK = "https://example.com/hook"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"id":"t1","created_at":1,"status":"queued","model":"kirin_video_o1"}'
Run = Callable[..., Any]


class Server(Protocol):
    @property
    def base_url(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def settings(self) -> Settings: ...


async def collected(iterator: AsyncIterator[object]) -> list[object]:
    return [each async for each in iterator]


@pytest.fixture
def key(server: Server, key_maker: Callable[..., str]) -> str:
    return key_maker(server.settings, "callback-clients", frozenset(Scope))


@pytest.fixture(params=["sync", "async"])
def run(request: pytest.FixtureRequest, server: Server, key: str) -> Run:
    """Call a method of either client's callbacks; what comes piece by piece comes as a list."""

    def call_sync(method: str, *args: object, **more: object) -> object:
        with Client(server.base_url, key) as client:
            found = getattr(client.callbacks, method)(*args, **more)
            return list(found) if isinstance(found, Iterator) else found

    def call_async(method: str, *args: object, **more: object) -> object:
        async def call() -> object:
            async with AsyncClient(server.base_url, key) as client:
                found = getattr(client.callbacks, method)(*args, **more)
                return await (collected(found) if isinstance(found, AsyncIterator) else found)

        return asyncio.run(call())

    return call_sync if request.param == "sync" else call_async


def test_deliveries_are_sent_found_and_sent_again(run: Run) -> None:
    sent = [run("test", f"{HOOK}/{number}") for number in range(3)]
    assert [each.id for each in run("deliveries", limit=2, event="test")][:3] == [each.id for each in sent][
        ::-1
    ]
    assert run("deliveries_page", limit=1).has_more
    assert run("get", sent[0].id).attempt_list == []
    assert run("resend", sent[0].id).state == "pending"
    with pytest.raises(NotFound):
        run("get", "msg_none")
    with pytest.raises(InvalidRequest):
        run("test", "http://10.0.0.1/")


def test_receivers_and_secrets(run: Run) -> None:
    sent = run("test", HOOK)
    assert sent.receiver_id in [each.id for each in run("receivers")]
    assert run("receiver", sent.receiver_id).state == "ok"
    assert run("enable", sent.receiver_id).origin == "https://example.com"
    old = run("secret")
    new = run("rotate_secret", overlap_s=60)
    assert old.secret in [each.secret for each in new.previous]
    assert run("secret").secret == new.secret != old.secret


def test_a_key_without_the_scope_sees_no_secret(server: Server) -> None:
    with Client(server.base_url, server.key) as client, pytest.raises(Forbidden):
        client.callbacks.secret()


@pytest.mark.parametrize(
    ("late_s", "secret", "body", "why"),
    [
        (0, SECRET, BODY, None),
        (0, "whsec_" + "A" * 32, BODY, Mismatch.WRONG_SIGNATURE),
        (0, SECRET, BODY + b" ", Mismatch.WRONG_SIGNATURE),
        (301, SECRET, BODY, Mismatch.TOO_OLD),
        (-301, SECRET, BODY, Mismatch.FROM_THE_FUTURE),
    ],
)
def test_a_callback_is_trusted_or_not(late_s: int, secret: str, body: bytes, why: Mismatch | None) -> None:
    headers = signed_headers([read_secret(SECRET)], "msg_1", 1_700_000_000, BODY)
    shown = {name.title(): value for name, value in headers.items()}
    if why is None:
        assert verify_callback(body, shown, secret, now=1_700_000_000).id == "t1"
        return
    with pytest.raises(CallbackNotTrusted) as refusal:
        verify_callback(body, shown, secret, now=1_700_000_000 + late_s)
    assert refusal.value.why is why


@contextlib.contextmanager
def listening(secret: str | None, status: int = 204) -> Iterator[tuple[str, list[str]]]:
    said: list[str] = []
    key = None if secret is None else read_secret(secret)
    with listening_server(Listener(key, status, said.append), "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/hook", said
        finally:
            server.shutdown()
            thread.join(5)


def test_the_listener_says_what_is_wrong() -> None:
    now = int(time.time())
    good = signed_headers([read_secret(SECRET)], "msg_1", now, BODY)
    old = signed_headers([read_secret(SECRET)], "msg_2", now - 720, BODY)
    with listening(SECRET) as (url, said), httpx2.Client(trust_env=False) as client:
        for headers, status, word in (
            (good, 204, "msg_1 /hook: verified"),
            (good, 204, "verified, number 2 with this id"),
            (old, 401, " s old; 300 are allowed"),
            ({**good, "webhook-signature": "v1,AAAA"}, 401, "kirin callbacks secret"),
            ({}, 401, "is it a callback at all"),
        ):
            said.clear()
            assert client.post(url, content=BODY, headers=headers).status_code == status
            assert word in "\n".join(said)
        assert '"status": "queued"' in "\n".join(said)
    with listening(None, 500) as (url, said), httpx2.Client(trust_env=False) as client:
        assert client.post(url, content=b"no JSON").status_code == 500
        assert "not verified" in said[0]


def test_the_commands(server: Server, key: str, tmp_path: Path) -> None:
    clean = {name: text for name, text in os.environ.items() if not name.startswith(("KIRIN_", "DATABASE_"))}
    access = {
        "DATABASE_URL": server.settings.database_url,
        "KIRIN_SECRET_KEY": server.settings.secret_key.get_secret_value(),
        "KIRIN_BASE_URL": server.base_url,
        "KIRIN_API_KEY": key,
    }

    def kirin(*words: str, exit_code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kirin_video.cli", "callbacks", *words],
            env={**clean, **access, "COLUMNS": "200"},
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == exit_code, done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    with Client(server.base_url, key) as client:
        sent = client.callbacks.test(HOOK)
        mine = ("--account", "callback-clients", "--data-dir", str(tmp_path))
        assert kirin("secret", *mine).strip() == client.callbacks.secret().secret
        rotated = json.loads(kirin("secret", "--rotate", "--overlap", "0", "--json", *mine))
        assert rotated["secret"] == client.callbacks.secret().secret
    assert rotated["previous"] == []
    assert sent.id in kirin("list", "--state", "pending")
    assert json.loads(kirin("show", sent.id, "--json"))["id"] == sent.id
    assert "https://example.com" in kirin("receivers")
    assert "has its callbacks again" in kirin("enable", sent.receiver_id)
    assert "no delivery" in kirin("show", "msg_none", exit_code=3)
    assert "no account" in kirin("secret", "--account", "nobody", "--data-dir", str(tmp_path), exit_code=1)
    assert "whsec_" in kirin("listen", "--secret", "x", exit_code=2)
