"""What tests of every folder share: a private PostgreSQL, and a fresh database in it for each test."""

from __future__ import annotations

import asyncio
import itertools
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from postgres_cluster import Cluster
from pydantic import SecretStr

from kirin_video.queue.schema import migrate_queue
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.store.database import Database
from kirin_video.wiring import Services, build

_COUNTER = itertools.count()


@pytest.fixture(scope="session", autouse=True)
def _heed_signals() -> None:
    """What tests start heeds Ctrl-C and hang-ups, even if pytest was started to ignore them, like nohup."""
    for signum in (signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(signum) is signal.SIG_IGN:
            signal.signal(signum, signal.default_int_handler)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio, as the server does."""
    return "asyncio"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL with a template database of the current schema."""
    # Not pytest's own folder: root's is closed to others, and PostgreSQL never runs as root.
    with tempfile.TemporaryDirectory(prefix="kirin-test-pg-") as folder:
        Path(folder).chmod(0o755)
        made = Cluster(Path(folder))
        made.start()
        try:
            # Without it a killed PostgreSQL forgets its last commits, and tests would blame us for that.
            made.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = on")
            made.execute("CREATE DATABASE template_kirin")
            asyncio.run(_migrate(made.url("template_kirin")))
            yield made
        finally:
            made.stop()


@pytest.fixture
def database_url(cluster: Cluster) -> Iterator[str]:
    """The URL of a fresh, migrated database."""
    name = f"test_{next(_COUNTER)}"
    cluster.execute(f"CREATE DATABASE {name} TEMPLATE template_kirin")
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a server on a fresh database, with the tests' own quick engine."""
    return Settings(
        database_url=database_url,
        data_dir=tmp_path / "data",
        secret_key=SecretStr("a secret of the tests, long enough"),
        engines=("ramp_engine:RampEngine",),
    )


@pytest.fixture
async def services(settings: Settings) -> AsyncIterator[Services]:
    """Everything a server has, without its processes."""
    async with build(settings) as built:
        yield built


@pytest.fixture
async def caller(services: Services) -> Caller:
    """Somebody with a key."""
    return await services.authenticate((await services.create_key("test")).text)


@pytest.fixture
def support_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let child processes find the tests' engine."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).with_name("support")))


async def _migrate(url: str) -> None:
    async with Database(url) as database:
        await database.migrate(migrate_queue)
