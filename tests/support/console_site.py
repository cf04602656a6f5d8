"""A served console for tests: the real application on loopback, somebody to sign in, tasks to show."""

from __future__ import annotations

import asyncio
import io
import re
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import httpx2
from PIL import Image

from kirin_video.app import Server, create_app
from kirin_video.console.cookies import SESSION
from kirin_video.domain.console_token import claim_token
from kirin_video.domain.person import Registration, Role
from kirin_video.presets.catalogue import NUM_VIEWS, PRESETS
from kirin_video.services.people import make_people
from kirin_video.settings import Settings
from kirin_video.store.blobs import LocalBlobs
from kirin_video.store.database import Database

PASSWORD = "a quiet lake at dusk"
ADMINISTRATOR = "mira@example.com"
_START_S = 60.0
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
Result = TypeVar("Result")


@dataclass(frozen=True)
class Site:
    """A console that serves.

    Attributes:
        base_url: the server's address.
        settings: what it works with.
    """

    base_url: str
    settings: Settings

    @property
    def secret(self) -> bytes:
        return self.settings.secret_key.get_secret_value().encode()

    @property
    def claim_token(self) -> str:
        return claim_token(self.secret)

    def browserlike(self, **headers: str) -> httpx2.Client:
        """A client that says of its requests what a browser says of a page's own."""
        given = {"Origin": self.base_url, "Sec-Fetch-Site": "same-origin", "Accept": "text/html", **headers}
        return httpx2.Client(base_url=self.base_url, headers=given, trust_env=False, timeout=60)

    def session(self, login: str) -> str:
        """Sign somebody in without a password, which takes time to verify; gives the cookie's value."""

        async def work(database: Database) -> str:
            people = make_people(database, (self.secret,))
            person_id = next(each.id for each in await people.everybody() if each.login == login)
            async with database.transaction() as connection:
                return (await people.sessions.begin(connection, person_id, "tests")).token

        return self.on_database(work)

    @contextmanager
    def signed_in(self, login: str = ADMINISTRATOR) -> Iterator[httpx2.Client]:
        """A client that is signed in."""
        with self.browserlike() as client:
            client.cookies.set(SESSION, self.session(login))
            yield client

    def claim(self) -> None:
        """Have a first administrator."""

        async def work(database: Database) -> None:
            registration = Registration(ADMINISTRATOR, "Mira Solberg", PASSWORD)
            await make_people(database, (self.secret,)).registering.claim(
                self.claim_token, registration, "tests"
            )

        self.on_database(work)

    def add_person(self, login: str, role: Role, account: str = "default") -> str:
        """Let somebody join; gives their id."""

        async def work(database: Database) -> str:
            people = make_people(database, (self.secret,))
            link = await people.invitations.invite(login, role, account)
            return (
                await people.registering.join(link.token, Registration(login, login, PASSWORD), "tests")
            ).person_id

        return self.on_database(work)

    def on_database(self, work: Callable[[Database], Awaitable[Result]]) -> Result:
        """Do some work on the server's database, in a loop of its own."""

        async def run() -> Result:
            async with Database(self.settings.database_url) as database:
                return await work(database)

        return in_thread(lambda: asyncio.run(run()))


def form_token(page: str) -> str:
    """The token that a page's forms carry."""
    found = _TOKEN.search(page)
    assert found is not None
    return found[1]


def post(client: httpx2.Client, path: str, form: dict[str, str], **headers: str) -> httpx2.Response:
    """Send a form of the session's own."""
    token = form_token(client.get("/console/me").text)
    return client.post(path, data={"form_token": token, **form}, headers=headers)


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """Serve the real application until the block ends; gives its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        server = Server(create_app(settings))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            deadline = time.monotonic() + _START_S
            while not server.started and thread.is_alive() and time.monotonic() < deadline:
                time.sleep(0.02)
            assert server.started, "the server did not start"
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(_START_S)
            assert not thread.is_alive()


def in_thread(work: Callable[[], Result]) -> Result:
    """Run something in a thread of its own, where no event loop runs; gives what it gave."""
    found: list[Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(work())
        except BaseException as error:  # noqa: BLE001 - handed on below
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return found[0]


def draw_presets(site: Site) -> None:
    """Put something in the place of the presets' pictures, which take time to draw."""
    content = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(content, "PNG")
    blobs = LocalBlobs(site.settings.data_dir / "blobs")
    picture = site.settings.data_dir / "teal.png"
    picture.write_bytes(content.getvalue())

    async def put(_: Database) -> None:
        for preset in PRESETS:
            for view in range(NUM_VIEWS):
                await blobs.put_as(picture, preset.picture_key(view))

    site.on_database(put)
