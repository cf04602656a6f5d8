"""Every page in real Chromium: what people do there, and that nothing is wrong with any of it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import DESK, PHONE, fits, opened
from console_site import ADMINISTRATOR, PASSWORD, Site, draw_presets, post
from hand_worker import HandWorker, clip
from PIL import Image
from playwright.async_api import Browser, Route, expect

from kirin_video.domain.errors import Fault

PAGES = (
    *(
        "/",
        "/playground",
        "/playground?start=story",
        "/keys",
        "/keys/new",
        "/usage",
        "/usage/books",
        "/callbacks",
        "/callbacks/secret",
        "/elements",
    ),
    *("/elements/new", "/me", "/people", "/accounts", "/accounts/default", "/prices", "/server", "/nothing"),
)
FIRST_PAGE_BYTES = 150_000


@pytest.fixture(scope="module")
def site(new_site: Callable[[], Site]) -> Site:
    """A console that has something to show: tasks of several ends, with callbacks, a budget and prices."""
    site = new_site()
    site.claim()
    draw_presets(site)
    hand = HandWorker(site.settings)
    with site.signed_in() as client:
        made = post(client, "/console/keys", {"name": "laptop", "scope": "generate", "lifetime": "30d"}).text
        key = made.split("<code data-copy>")[1].split("<")[0]
        ids = [
            client.post(
                "/model/v1/generation",
                json={
                    "model": "kirin_video_o1",
                    "prompt": f"A <b>fox</b> & {number}",
                    "aspect_ratio": "16:9",
                    "duration": 5,
                    "mode": ("std", "pro")[number % 2],
                    "callback_url": "https://hooks.example.com/kirin",
                },
                headers={"Authorization": f"Bearer {key}"},
            ).json()["id"]
            for number in range(4)
        ]
        post(client, "/console/accounts/default/budget", {"budget": "$1,250.50"})
        names = ("std", "pro", "std_with_video", "pro_with_video")
        post(client, "/console/prices", dict.fromkeys(names, "0.1"))
        post(client, "/console/people/invite", {"note": "Li", "role": "viewer", "account": "default"})
    for number, task_id in enumerate(ids[:2]):
        hand.finish(task_id, clip(2000, number))
    hand.fail(ids[2], Fault.GENERATION_FAILED, "The engine could not draw the shot.")
    return site


async def test_every_page_is_sound_on_a_desk_in_light(chromium: Browser, site: Site) -> None:
    async with opened(chromium, site, viewport=DESK, color_scheme="light") as watched:
        for path in PAGES:
            await watched.page.goto(f"/console{path}")
            await expect(watched.page.locator("h1")).to_be_visible()
            await watched.check()
            assert await fits(watched.page), path


async def test_every_page_is_sound_on_a_phone_in_the_dark(chromium: Browser, site: Site) -> None:
    # What axe finds beyond colours and sizes it has found on the desk already.
    rules = {
        "runOnly": {
            "type": "rule",
            "values": ["color-contrast", "target-size", "scrollable-region-focusable"],
        }
    }
    async with opened(
        chromium, site, viewport=PHONE, color_scheme="dark", reduced_motion="reduce"
    ) as watched:
        for path in PAGES:
            await watched.page.goto(f"/console{path}")
            await expect(watched.page.locator("h1")).to_be_visible()
            await watched.check(rules)
            assert await fits(watched.page), path


async def test_from_the_printed_link_to_a_key_that_works(
    chromium: Browser, new_site: Callable[[], Site]
) -> None:
    site = new_site()
    async with opened(chromium, site, None, viewport=DESK) as watched:
        page = watched.page
        await page.goto(f"/console/claim?token={site.claim_token}")
        await watched.check()
        assert sum(watched.sizes.values()) < FIRST_PAGE_BYTES
        assert not [path for path in watched.sizes if not path.startswith("/console/")]
        await page.get_by_label("Your name").fill("Mira Solberg")
        await page.get_by_label("Email or user name").fill("mira")
        await page.get_by_label("Password").fill(PASSWORD)
        await page.get_by_role("button", name="Become its administrator").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Mira Solberg")
        await expect(page.get_by_text("Welcome, Mira Solberg.")).to_be_visible()
        await watched.check()
        await page.get_by_role("link", name="New key").click()
        await page.get_by_label("Name").fill("laptop")
        await page.get_by_role("button", name="Make key").click()
        key = await page.locator("code[data-copy]").first.text_content()
        assert key
        await watched.check()
        answer = await page.request.get(
            "/model/v1/generation/tasks", headers={"Authorization": f"Bearer {key}"}
        )
        assert answer.status == 200
        await page.get_by_role("link", name="I have copied it").click()
        row = page.get_by_role("row", name="laptop")
        await row.get_by_role("button", name="Revoke").click()
        await page.get_by_role("button", name="Revoke for good").click()
        await expect(page.get_by_text("is revoked")).to_be_visible()
        await expect(row).to_have_count(0)
        await watched.check()


async def test_somebody_is_invited_joins_and_speaks_chinese(chromium: Browser, site: Site) -> None:
    async with opened(chromium, site, viewport=DESK) as admin, opened(chromium, site, None) as guest:
        await admin.page.goto("/console/people")
        await admin.page.get_by_role("button", name="Invite somebody").click()
        await expect(admin.page.get_by_role("dialog")).to_be_visible()
        await admin.check()
        await admin.page.get_by_label("For").fill("李娜")
        await admin.page.get_by_label("Viewer").check()
        await admin.page.get_by_role("button", name="Make the link").click()
        link = await admin.page.locator("code[data-copy]").text_content()
        assert link
        await guest.page.goto(link)
        await guest.page.get_by_role("button", name="简体中文").click()
        await guest.page.get_by_label("姓名").fill("李娜")
        await guest.page.get_by_label("邮箱或用户名").fill("lina")
        await guest.page.get_by_label("密码").fill("short")
        await guest.page.get_by_label("密码").evaluate("field => field.removeAttribute('minlength')")
        await guest.page.get_by_role("button", name="加入").click()
        await expect(guest.page.get_by_text("密码至少 12 个字符。")).to_be_visible()
        await guest.check()
        await guest.page.get_by_label("密码").fill(PASSWORD)
        await guest.page.get_by_role("button", name="加入").click()
        await expect(guest.page.get_by_role("heading", level=1)).to_contain_text("李娜")
        assert await guest.page.get_by_role("link", name="人员").count() == 0
        await guest.check()


async def test_signing_in_leads_where_one_wanted_to_go(chromium: Browser, site: Site) -> None:
    async with opened(chromium, site, None, viewport=PHONE) as watched:
        page = watched.page
        await page.goto("/console/usage/books")
        await page.get_by_label("Email or user name").fill(ADMINISTRATOR)
        await page.get_by_label("Password").fill("not the password")
        await page.get_by_role("button", name="Sign in").click()
        await expect(page.get_by_role("alert")).to_contain_text("Nobody has this name and this password")
        await watched.check()
        await page.get_by_label("Password").fill(PASSWORD)
        await page.get_by_role("button", name="Sign in").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Books")
        await expect(page.get_by_role("row", name="charged")).to_have_count(2)
        # The menu of a phone opens and closes by keyboard.
        menu = page.get_by_role("button", name="Menu")
        await menu.focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("link", name="Keys")).to_be_visible()
        await watched.check()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("link", name="Keys")).to_be_hidden()
        await menu.click()
        await page.locator(".me > summary").click()
        await page.get_by_role("button", name="Dark").click()
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        await menu.click()
        await page.locator(".me > summary").click()
        await page.get_by_role("button", name="Sign out").click()
        await expect(page.get_by_text("You are signed out.")).to_be_visible()


async def test_an_element_is_made_of_pictures_that_were_picked(
    chromium: Browser, site: Site, tmp_path: Path
) -> None:
    for name, colour in (("front", "red"), ("side", "blue")):
        content = io.BytesIO()
        Image.new("RGB", (320, 320), colour).save(content, "PNG")
        (tmp_path / f"{name}.png").write_bytes(content.getvalue())
    (tmp_path / "none.png").write_text("no picture")
    async with opened(chromium, site, viewport=DESK) as watched:
        page = watched.page
        await page.goto("/console/elements/new")
        await page.get_by_label("Name").fill("Clay fox")
        front, other = page.locator("k-upload").first, page.locator("k-upload").last
        make, arrive = page.get_by_role("button", name="Make element"), asyncio.Event()

        async def late(route: Route) -> None:
            await arrive.wait()
            await route.continue_()

        await front.locator("input[type=file]").set_input_files(tmp_path / "none.png")
        await expect(front.locator("[data-state=failed]")).to_contain_text("none of JPEG, PNG")
        await page.get_by_label("Tags").fill("animal, clay")
        await make.click()
        await expect(front.get_by_role("button", name="Remove")).to_be_focused()
        await front.get_by_role("button", name="Remove").click()
        await front.locator("input[type=file]").set_input_files(tmp_path / "front.png")
        await expect(page.locator("k-upload [data-state=done]")).to_have_count(1)
        await page.route("**/console/files", late)
        await other.locator("input[type=file]").set_input_files(tmp_path / "side.png")
        await expect(page.locator("k-upload [data-state=sending]")).to_have_count(1)
        await watched.check()
        # The form waits for what is on its way.
        await make.click()
        await expect(page.locator("k-live")).to_contain_text("still on its way")
        arrive.set()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Clay fox")
        await expect(page.get_by_alt_text("Clay fox, picture 2")).to_be_visible()
        await watched.check()
        await page.get_by_role("button", name="Delete").click()
        await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        await expect(page.get_by_text("The element is deleted.")).to_be_visible()


async def test_a_test_callback_is_sent_and_seen(chromium: Browser, site: Site) -> None:
    async with opened(chromium, site, viewport=DESK) as watched:
        page = watched.page
        await page.goto("/console/callbacks")
        await page.get_by_role("button", name="Send a test").click()
        await page.get_by_label("Address").fill("http://127.0.0.1:9/")
        await page.get_by_role("button", name="Send", exact=True).click()
        await expect(page.get_by_role("alert")).to_be_visible()
        await page.get_by_role("button", name="Send a test").click()
        await page.get_by_label("Address").fill("https://hooks.example.com/test")
        await page.get_by_role("button", name="Send", exact=True).click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Test")
        await expect(page.get_by_text("kirin-callback-test")).to_be_visible()
        await watched.check()


async def test_pages_work_without_scripts(chromium: Browser, site: Site) -> None:
    async with opened(chromium, site, viewport=DESK, java_script_enabled=False) as watched:
        page = watched.page
        await page.goto("/console/")
        await page.get_by_role("link", name="Usage").click()
        await page.get_by_text("As a table").click()
        await expect(page.get_by_role("row", name="20")).not_to_have_count(0)
        await page.get_by_role("link", name="Keys").click()
        await page.get_by_role("link", name="New key").click()
        await page.get_by_label("Name").fill("without scripts")
        await page.get_by_role("button", name="Make key").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Your new key")
