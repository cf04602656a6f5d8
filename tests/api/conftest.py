"""A real server for the tests of the API: uvicorn on loopback, PostgreSQL behind it, no worker."""

from __future__ import annotations

import asyncio
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import httpx2
import psycopg
import pytest
from hand_worker import HandWorker
from pydantic import SecretStr

from kirin_video.app import Server, create_app
from kirin_video.domain.access import DEFAULT_SCOPES, LimitOverrides, Scope
from kirin_video.queue.schema import migrate_queue
from kirin_video.services.create_key import CreateKey
from kirin_video.settings import Settings
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.cap_rows import CapRows
from kirin_video.store.database import Database
from kirin_video.store.key_rows import KeyRows

SECRET = "a secret of the tests, long enough to be one"


class Cluster(Protocol):
    """What the tests use of the PostgreSQL in ``tests/conftest.py``."""

    def url(self, name: str) -> str: ...

    def execute(self, statement: str) -> None: ...


@dataclass(frozen=True)
class ApiServer:
    """A server that runs in this process, in a thread of its own."""

    base_url: str
    key: str
    settings: Settings

    def http(self, **headers: str) -> httpx2.Client:
        """A client with the key that knows nothing of proxies."""
        given = {"Authorization": f"Bearer {self.key}", **headers}
        return httpx2.Client(base_url=self.base_url, headers=given, trust_env=False, timeout=30)


@pytest.fixture(scope="session")
def api_settings(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    name = "api_tests"
    cluster.execute(f"CREATE DATABASE {name} TEMPLATE template_kirin")
    more = {"previous_secret_key": SecretStr("the secret of the tests before the last change")}
    yield settings_for(cluster.url(name), tmp_path_factory.mktemp("api"), **more)
    cluster.drop(name)


def settings_for(database_url: str, data_dir: Path, **more: object) -> Settings:
    return Settings(database_url=database_url, data_dir=data_dir, secret_key=SecretStr(SECRET), **more)  # pyright: ignore[reportArgumentType]


@pytest.fixture(scope="session")
def server(api_settings: Settings) -> Iterator[ApiServer]:
    with running(api_settings) as base_url:
        yield ApiServer(base_url, make_key(api_settings), api_settings)


@pytest.fixture
def another_server(server: ApiServer) -> Callable[[], AbstractContextManager[httpx2.Client]]:
    """Starts one more server on the same data; leaving its block stops it."""

    @contextmanager
    def start() -> Iterator[httpx2.Client]:
        with (
            running(server.settings) as base_url,
            ApiServer(base_url, server.key, server.settings).http() as http,
        ):
            yield http

    return start


@pytest.fixture(scope="session")
def http(server: ApiServer) -> Iterator[httpx2.Client]:
    with server.http() as client:
        yield client


@pytest.fixture(scope="session")
def other_http(server: ApiServer) -> Iterator[httpx2.Client]:
    """A caller of another account."""
    key = make_key(server.settings, "another", frozenset(Scope))
    other = ApiServer(server.base_url, key, server.settings)
    with other.http() as client:
        yield client


@pytest.fixture(scope="session")
def able_http(server: ApiServer) -> Iterator[httpx2.Client]:
    """A caller of a server on the same data whose engine works from whatever a request may bring."""
    able = server.settings.model_copy(update={"engines": ("ramp_engine:WillingEngine",)})
    with running(able) as base_url, ApiServer(base_url, server.key, able).http() as client:
        yield client


@pytest.fixture
def new_account(server: ApiServer) -> Iterator[Callable[[], httpx2.Client]]:
    """Callers, each of an account that has nothing yet."""
    with ExitStack() as stack:

        def make() -> httpx2.Client:
            key = make_key(server.settings, f"account-{secrets.token_hex(4)}")
            return stack.enter_context(ApiServer(server.base_url, key, server.settings).http())

        yield make


@pytest.fixture(scope="session")
def key_maker() -> Callable[[Settings, str, frozenset[Scope]], str]:
    """Makes keys of an account, and the account if need be."""
    return make_key


@pytest.fixture
def limited(server: ApiServer) -> Iterator[Callable[..., httpx2.Client]]:
    """Callers, each of a new account with the limits that are given and a key with the scopes."""
    with ExitStack() as stack:

        def make(scopes: frozenset[Scope] = frozenset(Scope), **limits: int) -> httpx2.Client:
            account = f"limited-{secrets.token_hex(4)}"
            key = make_key(server.settings, account, scopes)
            with psycopg.connect(server.settings.database_url) as connection:
                for name, limit in limits.items():
                    connection.execute(f"UPDATE account SET {name} = {limit} WHERE id = %s", (account,))  # pyright: ignore[reportArgumentType, reportCallIssue]
            return stack.enter_context(ApiServer(server.base_url, key, server.settings).http())

        yield make


@pytest.fixture(scope="session")
def worker(server: ApiServer) -> HandWorker:
    return HandWorker(server.settings)


@pytest.fixture(scope="session")
def server_url(server: ApiServer) -> str:
    return server.base_url


@pytest.fixture(scope="session")
def base_address(server: ApiServer) -> tuple[str, int]:
    """Host and port, for what no well-behaved client can be made to send."""
    url = httpx2.URL(server.base_url)
    assert url.port is not None
    return url.host, url.port


@pytest.fixture
def rss_mib() -> Callable[[], float]:
    """Measures the most memory that this process, server and all, has held since the fixture was made."""
    Path("/proc/self/clear_refs").write_text("5")  # resets the high-water mark

    def peak() -> float:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    return peak


def make_key(settings: Settings, account: str = "default", scopes: frozenset[Scope] = DEFAULT_SCOPES) -> str:
    async def make() -> str:
        async with Database(settings.database_url) as database:
            await database.migrate(migrate_queue)
            secret = settings.secret_key.get_secret_value().encode()
            accounts = AccountRows(database)
            async with database.connection() as connection:
                await accounts.insert(connection, account, LimitOverrides())
            made = await CreateKey(database, KeyRows(database), CapRows(database), accounts, secret)(
                "tests", account, scopes=scopes
            )
            return made.text

    return asyncio.run(make())


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """Serve the real application until the block ends; gives its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        uvicorn_server = Server(create_app(settings))
        thread = threading.Thread(target=uvicorn_server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            wait_until(lambda: uvicorn_server.started or not thread.is_alive())
            assert uvicorn_server.started, "the server did not start"
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            uvicorn_server.should_exit = True
            thread.join(20)
            assert not thread.is_alive()


class Condition(Protocol):
    def __call__(self) -> bool: ...


def wait_until(condition: Condition, timeout_s: float = 20) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)
