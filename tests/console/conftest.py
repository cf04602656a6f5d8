"""The console as people meet it: served by the real application, seen by a real browser."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from console_site import Site, running
from playwright.async_api import Browser, async_playwright, expect
from postgres_cluster import Cluster
from pydantic import SecretStr

from kirin_video.settings import Settings

_COUNTER = itertools.count()
WAIT_MS = 60_000
"""Other work may share the machine."""


@pytest.fixture(scope="module")
def new_site(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Site]]:
    """Starts consoles, each on a database and a folder of its own."""
    with ExitStack() as stack:

        def start() -> Site:
            name = f"console_{next(_COUNTER)}"
            cluster.execute(f"CREATE DATABASE {name} TEMPLATE template_kirin")
            stack.callback(cluster.drop, name)
            settings = Settings(
                database_url=cluster.url(name),
                data_dir=tmp_path_factory.mktemp(name),
                secret_key=SecretStr("a secret of the tests, long enough to be one"),
                engines=("ramp_engine:WillingEngine",),
            )
            return Site(stack.enter_context(running(settings)), settings)

        yield start


@pytest.fixture(scope="module")
async def chromium() -> AsyncIterator[Browser]:
    """A real browser."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program is not None, "the tests of the console need Chromium; scripts/install.sh installs it"
    expect.set_options(timeout=WAIT_MS)
    async with async_playwright() as playwright:
        # Without the sandbox, which root and many containers cannot have: it only ever sees our own pages.
        browser = await playwright.chromium.launch(
            executable_path=Path(program), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        await browser.close()
