"""A console with plausible things on all of its pages: for screenshots and measurements."""

from __future__ import annotations

import asyncio
import io
import math
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from console_site import Site, post, running
from hand_worker import HandWorker
from PIL import Image
from postgres_cluster import Cluster
from pydantic import SecretStr
from real_clips import moving_bar

from kirin_video.domain.errors import Fault
from kirin_video.domain.log_line import LogLevel
from kirin_video.domain.person import Role
from kirin_video.presets.catalogue import NUM_VIEWS, PRESETS
from kirin_video.queue.schema import migrate_queue
from kirin_video.settings import Settings
from kirin_video.store.blobs import LocalBlobs
from kirin_video.store.database import Database
from kirin_video.store.log_rows import LogRows, Said

PROMPTS = (
    "A red fox runs through fresh snow at dawn, the camera beside it",
    "Rain on a neon street at night, a woman with a yellow umbrella walks away",
    "一只橘猫坐在窗台上看雨",
    "A paper boat drifts down a brook; slow motion, low camera, shallow focus, late light through beeches",
    "Drone over a foggy pine valley",
    "An astronaut plants a flower on Mars, film grain, 35 mm",
)
_FOLD_DAYS = 30


@contextmanager
def filled_site() -> Iterator[Site]:
    """Serve a console that has been in use for a while, with a database and a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="kirin-console-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        cluster = Cluster(folder)
        cluster.start()
        try:
            cluster.execute("CREATE DATABASE filled")
            settings = Settings(
                database_url=cluster.url("filled"),
                data_dir=folder / "data",
                secret_key=SecretStr("a secret of the tests, long enough to be one"),
            )
            asyncio.run(_migrate(settings.database_url))
            with running(settings) as address:
                site = Site(address, settings)
                fill(site)
                yield site
        finally:
            cluster.stop()


def fill(site: Site) -> None:
    """Claim a console and leave traces of use on all of its pages."""
    site.claim()
    for login, role in (("li@example.com", Role.MEMBER), ("viewer@example.com", Role.VIEWER)):
        site.add_person(login, role)
    _draw_presets(site)
    keys = _make_keys(site)
    tasks = [_ask(site, keys[number % 2], number) for number in range(18)]
    _work(HandWorker(site.settings), tasks)
    _administer(site)
    _age(site)
    _say(site)


def _make_keys(site: Site) -> list[str]:
    forms = (
        {"name": "edit suite", "scope": "generate", "lifetime": "30d", "cap": "20", "period": "month"},
        {"name": "night batch of the trailer team", "scope": "generate", "lifetime": "never"},
        {"name": "intern", "scope": "generate", "lifetime": "90d", "cap": "0", "period": "total"},
        {"name": "dashboard", "scope": "read", "lifetime": "never"},
    )
    with site.signed_in() as client:
        pages = [post(client, "/console/keys", form).text for form in forms]
    return [page.split("<code data-copy>")[1].split("<")[0] for page in pages]


def _ask(site: Site, key: str, number: int) -> str:
    body: dict[str, object] = {
        "model": "kirin_video_o1",
        "prompt": PROMPTS[number % len(PROMPTS)],
        "aspect_ratio": ("16:9", "9:16", "1:1")[number % 3],
        "mode": ("std", "pro")[number % 2],
        "duration": (5, 10)[number % 2],
        "callback_url": "https://hooks.example.com/kirin",
    }
    with site.browserlike() as client:
        headers = {"Authorization": f"Bearer {key}"}
        return str(client.post("/model/v1/generation", json=body, headers=headers).json()["id"])


def _work(hand: HandWorker, tasks: list[str]) -> None:
    for number, task in enumerate(tasks[:12]):
        hand.finish(task, moving_bar(24, 30 + 10 * number))
    hand.fail(tasks[12], Fault.GENERATION_FAILED, "The engine could not draw the shot.")
    hand.fail(tasks[13], Fault.MEDIA_UNREACHABLE, "The picture at example.com could not be fetched.")
    hand.progress(tasks[14], 0.45)


def _administer(site: Site) -> None:
    with site.signed_in() as client:
        post(client, "/console/accounts", {"name": "film-team", "account": "film-team"})
        post(client, "/console/accounts/default/budget", {"budget": "1250.50"})
        prices = dict.fromkeys(("std", "pro", "std_with_video", "pro_with_video"), "0.1")
        post(client, "/console/prices", prices)
        post(client, "/console/people/invite", {"note": "Li", "role": "viewer", "account": "default"})


def _draw_presets(site: Site) -> None:
    """Put something in the place of the presets' pictures, which take time to draw."""
    blobs = LocalBlobs(site.settings.data_dir / "blobs")

    async def put(_: Database) -> None:
        for number, preset in enumerate(PRESETS):
            picture = site.settings.data_dir / "preset.png"
            picture.write_bytes(_disc(number))
            for view in range(NUM_VIEWS):
                await blobs.put_as(picture, preset.picture_key(view))

    site.on_database(put)


def _disc(number: int) -> bytes:
    side, content = 240, io.BytesIO()
    picture = Image.new("RGB", (side, side), (238, 232, 222))
    hue = tuple(int(128 + 90 * math.cos(number + k)) for k in (0.0, 2.1, 4.2))
    picture.paste(
        hue,
        (40, 40, 200, 200),
        Image.radial_gradient("L").resize((160, 160)).point(lambda v: 255 * (v < 128)),
    )
    picture.save(content, "PNG")
    return content.getvalue()


def _age(site: Site) -> None:
    """Spread what happened over the month before."""
    with psycopg.connect(site.settings.database_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only")
        connection.execute(
            "UPDATE ledger_entry SET created_at = now() - (id %% %s) * interval '1 day 3 hours'",
            (_FOLD_DAYS,),
        )
        connection.execute("ALTER TABLE ledger_entry ENABLE TRIGGER ledger_entry_append_only")


def _say(site: Site) -> None:
    """Put lines into the log, as processes of some days would have."""
    lines = (
        (LogLevel.INFO, "worker.presence", "worker studio-7:4711 is number 3, for cpu"),
        (
            LogLevel.WARNING,
            "media.fetch",
            "could not fetch https://cdn.example.com/a.png: ConnectTimeout: 10 s",
        ),
        (LogLevel.WARNING, "worker.task_run", "task d5u5obte8783ap44qtj0: run 1 was taken over or cancelled"),
        (
            LogLevel.ERROR,
            "worker.render_process",
            "the render child ended with -9; its log ends with:\nINFO: painting frame 41 of 120\nKilled",
        ),
    )
    said = [
        Said(time.time() - 1000 * (40 - n), level, f"kirin_video.{name}", message)
        for n in range(40)
        for level, name, message in [lines[n % len(lines)]]
    ]

    async def keep(database: Database) -> None:
        async with database.transaction() as connection:
            await LogRows(database).insert(connection, "worker studio-7:4711", said)

    site.on_database(keep)


async def _migrate(url: str) -> None:
    async with Database(url) as database:
        await database.migrate(migrate_queue)
