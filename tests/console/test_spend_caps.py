"""Spend caps and the server's log, as people meet them in a browser."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from browsing import DESK, PHONE, fits, opened
from console_site import Site
from playwright.async_api import Browser, expect

from kirin_video.console.cookies import LANGUAGE
from kirin_video.domain.log_line import LogLevel
from kirin_video.store.database import Database
from kirin_video.store.log_rows import LogRows, Said

TEXT = {"model": "kirin_video_o1", "prompt": "ramp", "aspect_ratio": "16:9", "mode": "std"}


@pytest.fixture(scope="module")
def site(new_site: Callable[[], Site]) -> Site:
    site = new_site()
    site.claim()
    said = [
        Said(time.time(), LogLevel.INFO, "kirin_video.worker.loop", "worker w stops"),
        Said(time.time(), LogLevel.WARNING, "kirin_video.media.fetch", "could not fetch <b>it</b>"),
        Said(time.time(), LogLevel.ERROR, "kirin_video.worker", "the render child ended with -9\nKilled"),
    ]

    async def keep(database: Database) -> None:
        async with database.transaction() as connection:
            await LogRows(database).insert(connection, "worker here:1", said)

    site.on_database(keep)
    return site


def status(site: Site, key: str) -> int:
    with site.browserlike() as client:
        headers = {"Authorization": f"Bearer {key}"}
        return client.post("/model/v1/generation", json=TEXT, headers=headers).status_code


async def test_a_key_is_capped_when_it_is_made_and_later(chromium: Browser, site: Site) -> None:
    async with opened(chromium, site, viewport=DESK) as watched:
        page = watched.page
        await page.goto("/console/keys/new")
        await page.get_by_label("Name").fill("intern")
        await page.get_by_label("Spend cap in US$").fill("a lot")
        await page.get_by_role("button", name="Make key").click()
        await expect(page.get_by_text("An amount of US dollars such as 20 or 12.50.")).to_be_visible()
        await watched.check()
        await page.get_by_label("Spend cap in US$").fill("$0.50")
        await page.get_by_role("button", name="Make key").click()
        key = await page.locator("code[data-copy]").first.text_content()
        assert key
        assert [status(site, key), status(site, key)] == [200, 402]
        await page.goto("/console/keys")
        row = page.get_by_role("row", name="intern")
        await expect(row).to_contain_text("$0.42 of $0.50 this month")
        await row.get_by_role("button", name="Cap intern").click()
        dialog = page.get_by_role("dialog", name="What “intern” may spend")
        await expect(dialog.get_by_label("Spend cap in US$")).to_have_value("0.50")
        await dialog.get_by_label("Spend cap in US$").fill("0.42")
        await dialog.get_by_label("In what time").select_option("in all")
        await watched.check()
        await dialog.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("The spend cap of “intern” holds at once.")).to_be_visible()
        await expect(row).to_contain_text("$0.42 of $0.42 in all")
        await expect(row).to_contain_text("Nothing more is let through")
        await watched.check()
        await row.get_by_role("button", name="Cap intern").click()
        await dialog.get_by_label("Spend cap in US$").fill("")
        await dialog.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("Key “intern” has no spend cap now.")).to_be_visible()
        assert status(site, key) == 200


async def test_the_log_is_read_by_level(chromium: Browser, site: Site) -> None:
    async with opened(chromium, site, viewport=PHONE, color_scheme="dark") as watched:
        page = watched.page
        await page.goto("/console/server")
        log = page.get_by_role("region", name="Log")
        await expect(log).to_contain_text("worker w stops")
        await expect(log).to_contain_text("could not fetch <b>it</b>")
        await watched.check()
        assert await fits(page)
        await log.get_by_role("link", name="Errors", exact=True).click()
        await expect(log).not_to_contain_text("could not fetch")
        await log.get_by_text("the render child ended with -9").click()
        await expect(log.get_by_text("Killed")).to_be_visible()
        await watched.check()


async def test_a_refusal_is_told_in_the_language_of_the_page(chromium: Browser, site: Site) -> None:
    async with opened(chromium, site, viewport=DESK) as watched:
        page = watched.page
        await page.context.add_cookies([{"name": LANGUAGE, "value": "zh", "url": site.base_url}])
        await page.goto("/console/usage?from=yesterday")
        await expect(page.get_by_text("此处不允许该值")).to_be_visible()
        await expect(page.get_by_text("must be")).to_have_count(0)
        await watched.check()
