"""The pages of clips in real Chromium: the gallery, a task while it is made and after, compared, shared."""

from __future__ import annotations

import asyncio
import base64
import io
import re
from collections.abc import Callable
from dataclasses import dataclass

import psycopg
import pytest
from browsing import DESK, PHONE, WAIT_MS, Watched, fits, opened
from console_site import Site, in_thread, post
from hand_worker import HandWorker
from PIL import Image
from playwright.async_api import Browser, expect
from real_clips import moving_bar

from kirin_video.domain.errors import Fault
from kirin_video.domain.person import Role
from kirin_video.media.still import poster_of
from kirin_video.store.blob_rows import BlobRows
from kirin_video.store.database import Database

FOX = "A red fox runs through fresh snow"


@dataclass(frozen=True)
class Clips:
    """A console with tasks of every kind.

    Attributes:
        site: the console.
        key: a key of its first account.
        ids: the tasks by what they are.
    """

    site: Site
    key: str
    ids: dict[str, str]

    def ask(self, prompt: str, **more: object) -> str:
        """Ask for a clip; gives the task's id."""
        return self._create(
            {"model": "kirin_video_o1", "prompt": prompt, "aspect_ratio": "16:9", "mode": "std", **more}
        )

    def ask_for_element(self, name: str, picture: str) -> str:
        """Ask for an element; gives the task's id."""
        pictures = {"element_frontal_image": picture, "element_refer_list": [{"image_url": picture}]}
        more = {"element_name": name, "element_description": "Of clay.", **pictures}
        return self._create({"model": "kirin_custom_elements", **more})

    def _create(self, body: dict[str, object]) -> str:
        with self.site.browserlike() as client:
            answer = client.post(
                "/model/v1/generation", json=body, headers={"Authorization": f"Bearer {self.key}"}
            )
        return str(answer.json()["id"])

    def work(self, step: Callable[[HandWorker], None]) -> None:
        """Do a worker's step, outside of the test's own loop."""
        in_thread(lambda: step(HandWorker(self.site.settings)))

    def progress(self, task_id: str, fraction: float) -> None:
        self.work(lambda hand: hand.progress(task_id, fraction))

    def preview(self, task_id: str) -> None:
        """Let a picture of the clip so far be seen."""
        clip = self.site.settings.data_dir / "so-far.mp4"
        clip.write_bytes(moving_bar())
        self.work(lambda hand: hand.preview(task_id, poster_of(clip)))


@pytest.fixture(scope="module")
def clips(new_site: Callable[[], Site]) -> Clips:
    site = new_site()
    site.claim()
    site.add_person("viewer", Role.VIEWER)
    with site.signed_in() as client:
        made = post(client, "/console/keys", {"name": "laptop", "scope": "generate", "lifetime": "30d"}).text
    made_clips = Clips(site, made.split("<code data-copy>")[1].split("<")[0], {})
    content = io.BytesIO()
    Image.new("RGB", (320, 320), "teal").save(content, "PNG")
    picture = base64.b64encode(content.getvalue()).decode()
    ids = made_clips.ids
    ids["fox"] = made_clips.ask(
        "A red fox runs through fresh snow", duration=5, watermark_info={"enabled": True}
    )
    ids["dog"] = made_clips.ask(
        "A grey dog runs beside <<<image_1>>>", duration=5, image_list=[{"image": picture}]
    )
    ids["failed"] = made_clips.ask("A castle that is not there")
    ids["running"] = made_clips.ask("A lighthouse in a storm")
    ids["queued"] = made_clips.ask("雪夜里的小镇", mode="pro")
    made_clips.work(lambda hand: hand.finish(ids["fox"], moving_bar(), moving_bar(24, 90)))
    made_clips.work(lambda hand: hand.finish(ids["dog"], moving_bar(24, 20)))
    fault, message = Fault.MEDIA_UNREACHABLE, "castles.example has no address."
    made_clips.work(lambda hand: hand.fail(ids["failed"], fault, message))
    made_clips.progress(ids["running"], 0.4)
    made_clips.preview(ids["running"])
    ids["kept no longer"] = made_clips.ask("A raft on a river")
    made_clips.work(lambda hand: hand.finish(ids["kept no longer"], moving_bar()))
    let_go(site, ids["kept no longer"])
    ids["element"] = made_clips.ask_for_element("Clay fox", picture)
    return made_clips


def let_go(site: Site, task_id: str) -> None:
    """Have a task's files kept for as long as its account keeps files."""
    with psycopg.connect(site.settings.database_url) as connection:
        # What has ended is settled, and the database would not let us make it older.
        connection.execute("ALTER TABLE task DISABLE TRIGGER USER")
        query = "UPDATE task SET finished_at = finished_at - interval '9 days' WHERE id = %s"
        connection.execute(query, (task_id,))
        connection.execute("ALTER TABLE task ENABLE TRIGGER USER")
        older = "UPDATE blob SET created_at = created_at - interval '9 days' WHERE task_id = %s"
        connection.execute(older, (task_id,))

    async def forget(database: Database) -> None:
        async with database.connection() as connection:
            assert await BlobRows(database).forget_old(connection, 7, 10)

    site.on_database(forget)


def pages(clips: Clips) -> list[str]:
    ids = clips.ids
    return [
        *(
            "/tasks",
            "/tasks?q=zebra",
            "/tasks?status=failed&mode=std&kind=words&from=2020-01-01",
            "/tasks?from=x",
        ),
        *(f"/tasks/{task_id}" for task_id in ids.values()),
        *("/compare", f"/compare?left={ids['fox']}", f"/compare?left={ids['fox']}&right={ids['dog']}"),
    ]


async def test_pages_of_clips_are_sound_on_a_desk_in_light(chromium: Browser, clips: Clips) -> None:
    async with opened(chromium, clips.site, viewport=DESK, color_scheme="light") as watched:
        for path in pages(clips):
            await watched.page.goto(f"/console{path}")
            await watched.check()
            assert await fits(watched.page), path


async def test_pages_of_clips_are_sound_on_a_phone_in_the_dark(chromium: Browser, clips: Clips) -> None:
    rules = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}
    options = {"viewport": PHONE, "color_scheme": "dark", "reduced_motion": "reduce"}
    async with opened(chromium, clips.site, **options) as watched:
        for path in pages(clips):
            await watched.page.goto(f"/console{path}")
            for summary in await watched.page.locator("main details > summary").all():
                await summary.click()
            await watched.check(rules)
            assert await fits(watched.page), path


async def test_a_task_is_live_until_its_clip_is_there(chromium: Browser, clips: Clips) -> None:
    task_id = clips.ask("A heron rises from the reeds")
    async with opened(chromium, clips.site, viewport=DESK) as watched:
        page = watched.page
        await page.goto(f"/console/tasks/{task_id}")
        stage = page.locator(".stage")
        await expect(stage).to_contain_text("Waiting for a worker")
        clips.progress(task_id, 0.37)
        await expect(stage).to_contain_text("37 %")
        await expect(page.locator(".task-lead")).to_contain_text("in progress")
        clips.preview(task_id)
        clips.progress(task_id, 0.52)
        await expect(stage).to_contain_text("52 %")
        clips.progress(task_id, 0.6)
        await expect(page.get_by_alt_text("The clip so far")).to_be_visible()
        clips.work(lambda hand: hand.finish(task_id, moving_bar()))
        await expect(stage.locator("video")).to_have_attribute("src", re.compile(r"^/files/"))
        await expect(page.locator(".timeline")).to_contain_text("completed")
        await expect(page.get_by_role("link", name="Download")).to_be_visible()
        await page.get_by_role("button", name="Share").click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await watched.check()


async def test_a_task_is_cancelled_and_deleted(chromium: Browser, clips: Clips) -> None:
    task_id = clips.ask("An owl that nobody waits for")
    async with opened(chromium, clips.site, viewport=DESK) as watched:
        page = watched.page
        await page.goto(f"/console/tasks/{task_id}")
        await page.get_by_role("button", name="Cancel").click()
        await page.get_by_role("dialog").locator(".danger").click()
        await expect(page.get_by_role("alert")).to_contain_text("The task was cancelled.")
        await expect(page.locator(".stage")).to_contain_text("Cancelled")
        await page.get_by_role("button", name="Delete").click()
        await watched.check()
        await page.get_by_role("dialog").locator(".danger").click()
        await expect(page.get_by_text("The task and its files are deleted.")).to_be_visible()
        answer = await page.goto(f"/console/tasks/{task_id}")
        assert answer is not None
        assert answer.status == 404


async def test_the_gallery_is_searched_filtered_and_played(chromium: Browser, clips: Clips) -> None:
    async with opened(chromium, clips.site, viewport=DESK) as watched:
        page = watched.page
        await page.goto("/console/tasks")
        fox = page.locator(f"#task-{clips.ids['fox']}")
        await fox.locator("a").hover()
        await expect(fox.locator(".plays video")).to_have_count(1)
        await page.mouse.move(0, 0)
        await expect(fox.locator("video")).to_have_count(0)
        await fox.locator("a").focus()
        await expect(fox.locator(".plays video")).to_have_count(1)
        await page.get_by_label("Search in prompts, or by id").fill("SNOW fox")
        await page.keyboard.press("Enter")
        await expect(page.locator(".clip")).to_have_count(1)
        await expect(fox).to_be_visible()
        await page.get_by_role("link", name="Show all").click()
        await page.locator("summary", has_text="Filters").click()
        await page.get_by_label("State").select_option("failed")
        await page.get_by_role("button", name="Find").click()
        await expect(page.locator(f"#task-{clips.ids['failed']}")).to_be_visible()
        await expect(fox).to_have_count(0)
        assert watched.complaints == []


async def test_nothing_moves_for_those_who_want_less_motion(chromium: Browser, clips: Clips) -> None:
    async with opened(chromium, clips.site, viewport=DESK, reduced_motion="reduce") as watched:
        page = watched.page
        await page.goto("/console/tasks")
        fox = page.locator(f"#task-{clips.ids['fox']}")
        await fox.locator("a").hover()
        await page.wait_for_timeout(600)
        await expect(fox.locator("video")).to_have_count(0)


async def test_two_clips_are_picked_and_run_in_step(chromium: Browser, clips: Clips) -> None:
    async with opened(chromium, clips.site, viewport=DESK) as watched:
        page = watched.page
        await page.goto("/console/tasks")
        for name in ("dog", "fox"):
            tile = page.locator(f"#task-{clips.ids[name]}")
            await tile.hover()
            await tile.get_by_role("checkbox").check()
        await page.get_by_role("button", name="Compare").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Compare two clips")
        scrub = page.get_by_label("Place in both clips")
        await expect(scrub).to_have_attribute("max", "23")
        await scrub.focus()
        for _ in range(3):
            await page.keyboard.press("ArrowRight")
        await expect(page.locator("output")).to_contain_text("frame 4")
        await in_step(watched, 3.5 / 24)
        await page.keyboard.press("End")
        await in_step(watched, 23.5 / 24)
        await page.keyboard.press("Home")
        await page.get_by_role("button", name="Play").click()
        await becomes(watched, "document.querySelector('video').currentTime > 0.2")
        await page.get_by_role("button", name="Pause").click()
        place = await page.evaluate("Number(document.querySelector('[data-scrub]').value)")
        await in_step(watched, (place + 0.5) / 24)
        await page.get_by_role("button", name="Wipe").click()
        await page.get_by_label("Edge").fill("25")
        assert "25%" in str(await page.locator("video").nth(1).evaluate("video => video.style.clipPath"))
        await watched.check()
        await expect(page.locator("mark", has_text="grey dog")).to_be_visible()
        await page.get_by_role("link", name="Swap").click()
        await expect(page.locator("figcaption").first).to_contain_text("A red fox")


async def in_step(watched: Watched, at_s: float) -> None:
    """Wait until both clips are at a place, to half a frame."""
    await becomes(
        watched,
        f"[...document.querySelectorAll('video')]"
        f".every(video => !video.seeking && Math.abs(video.currentTime - {at_s}) < 0.02)",
    )


async def becomes(watched: Watched, condition: str) -> None:
    """Wait until something holds on a page, whose policy lets no text be run as a script to wait for it."""
    async with asyncio.timeout(WAIT_MS / 1000):
        while not await watched.page.evaluate(condition):  # noqa: ASYNC110 - pages have no events for us
            await asyncio.sleep(0.05)


async def test_a_clip_is_shared_until_the_link_is_withdrawn(chromium: Browser, clips: Clips) -> None:
    async with (
        opened(chromium, clips.site, viewport=DESK) as owner,
        opened(chromium, clips.site, None) as guest,
    ):
        page = owner.page
        await page.goto(f"/console/tasks/{clips.ids['fox']}")
        await page.get_by_role("button", name="Share").click()
        await page.get_by_label("1 day").check()
        await page.get_by_label("Show the watermarked copy").check()
        await page.get_by_label("Tell the prompt too").check()
        await page.get_by_role("button", name="Make the link").click()
        link = await page.locator(".shares code").first.text_content()
        assert link
        await owner.check()
        await guest.page.goto(link)
        await expect(guest.page.get_by_role("heading", level=1)).to_have_text(
            "A red fox runs through fresh snow"
        )
        await becomes(guest, "document.querySelector('video').readyState >= 1")
        await guest.check()
        with clips.site.browserlike() as client:
            assert client.get(f"{link}/clip.mp4").content == moving_bar(24, 90)
            assert client.get(f"{link}/clip.mp4", headers={"Range": "bytes=0-9"}).status_code == 206
        await page.get_by_role("button", name="Withdraw").click()
        await expect(page.get_by_text("The link shows nothing any more.")).to_be_visible()
        await guest.page.reload()
        await expect(guest.page.get_by_role("heading", level=1)).to_have_text("This link has ended")
        await guest.check()
        with clips.site.browserlike() as client:
            assert client.get(f"{link}/clip.mp4").status_code == 404


def test_a_link_ends_when_its_time_is_over_and_cannot_be_guessed(clips: Clips) -> None:
    task_id = clips.ids["dog"]
    with clips.site.signed_in() as client:
        shown = post(client, f"/console/tasks/{task_id}/share", {"life": "1h"}, Accept="text/html")
        page = client.get(shown.headers["location"]).text
        path = re.search(r"/console/shared/[\w-]+", page)
        assert path is not None
    with clips.site.browserlike() as guest:
        assert guest.get(path[0]).status_code == 200
        assert "A grey dog" not in guest.get(path[0]).text
        assert guest.get(f"{path[0]}/clip.mp4").content == moving_bar(24, 20)
        assert guest.get(path[0][:-1] + ("A" if path[0][-1] != "A" else "B")).status_code == 404
        with psycopg.connect(clips.site.settings.database_url) as connection:
            assert path[0].rpartition("/")[2] not in str(
                connection.execute("SELECT * FROM task_share").fetchall()
            )
            connection.execute("UPDATE task_share SET expires_at = now() WHERE task_id = %s", (task_id,))
        for each in ("", "/clip.mp4", "/poster.webp"):
            assert guest.get(path[0] + each).status_code == 404


def test_a_page_hears_nothing_any_more_when_its_person_signs_out(clips: Clips) -> None:
    task_id = clips.ask("A swan that is watched")
    with clips.site.signed_in() as watcher, clips.site.browserlike() as other:
        other.cookies.update(watcher.cookies)
        with watcher.stream("GET", f"/console/tasks/{task_id}/events") as stream:
            lines = stream.iter_lines()
            told = next(line for line in lines if line.startswith("data:"))
            assert "Waiting for a worker" in told
            assert post(other, "/console/sign-out", {}).status_code == 303
            assert not [line for line in lines if line.startswith("data:")]


def test_nobody_sees_the_clips_of_others(clips: Clips) -> None:
    clips.site.add_person("stranger", Role.MEMBER, other_account(clips.site))
    task_id = clips.ids["fox"]
    with clips.site.signed_in("stranger") as client:
        for path in ("", "/events", "/poster", "/preview"):
            assert client.get(f"/console/tasks/{task_id}{path}").status_code == 404
        for path in ("cancel", "delete", "share", "withdraw"):
            assert post(client, f"/console/tasks/{task_id}/{path}", {}).status_code == 404
        assert client.get(f"/console/compare?left={task_id}").status_code == 404
        assert task_id not in client.get("/console/tasks").text
    with clips.site.signed_in("viewer") as client:
        page = client.get(f"/console/tasks/{task_id}").text
        assert "Download" in page
        assert f"/console/tasks/{task_id}/delete" not in page
        assert post(client, f"/console/tasks/{task_id}/delete", {}).status_code == 403


def other_account(site: Site) -> str:
    with site.signed_in() as client:
        post(client, "/console/accounts", {"name": "other-team"})
    return "other-team"


async def test_a_task_is_followed_without_scripts(chromium: Browser, clips: Clips) -> None:
    async with opened(chromium, clips.site, viewport=DESK, java_script_enabled=False) as watched:
        page = watched.page
        await page.goto("/console/")
        await page.get_by_role("link", name="A lighthouse in a storm").click()
        assert await page.locator("meta[http-equiv=refresh]").count() == 1
        await expect(page.locator(".stage")).to_contain_text("40 %")
        await page.goto(f"/console/tasks/{clips.ids['fox']}")
        await page.get_by_role("button", name="Share for 7 days").click()
        await expect(page.locator(".shares")).to_contain_text("/console/shared/")
