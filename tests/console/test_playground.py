"""The playground in real Chromium: a clip from nothing, and every way to fill in the form."""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from browsing import DESK, PHONE, fits, opened
from console_site import ADMINISTRATOR, PASSWORD, Site, draw_presets, post
from PIL import Image
from playwright.async_api import Browser, Page, expect
from worker_process import WorkerProcess

from kirin_video.console.playground.starters import GROUPS
from kirin_video.domain.person import Role
from kirin_video.domain.shot import Quality
from kirin_video.media.encode import Mp4Writer

if TYPE_CHECKING:
    from playwright.async_api import FilePayload

SLOT = re.compile(r"<<<(\w+)>>>")
TASK_URL = re.compile(r"/console/tasks/[0-9a-v]{20}$")


@pytest.fixture(scope="module")
def site(new_site: Callable[[], Site]) -> Site:
    site = new_site()
    site.claim()
    draw_presets(site)
    site.add_person("viewer", Role.VIEWER)
    return site


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of footage as small as the rules allow."""
    path = tmp_path_factory.mktemp("footage") / "street.mp4"
    with Mp4Writer(path, 720, 720, quality=Quality.STD) as writer:
        for index in range(72):
            writer.write(np.full((1, 720, 720, 3), index, np.uint8))
    return path


def picture(name: str, colour: str = "teal") -> FilePayload:
    content = io.BytesIO()
    Image.new("RGB", (320, 320), colour).save(content, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": content.getvalue()}


def prompt(page: Page) -> Any:  # noqa: ANN401 - Playwright's
    return page.get_by_label("What does the clip show?")


async def request_shown(page: Page) -> dict[str, Any]:
    """The request as the form shows it for programs, once it has caught up with what was done."""
    await expect(page.locator(".pg-send")).not_to_have_class(re.compile("pg-stale"))
    return json.loads(await page.locator(".pg-code [data-copy]").text_content() or "")


async def test_from_sign_in_to_a_finished_clip(chromium: Browser, site: Site, tmp_path: Path) -> None:
    worker = WorkerProcess(site.settings, tmp_path / "worker.log")
    try:
        async with opened(chromium, site, None, viewport=DESK) as watched:
            page = watched.page
            await page.goto("/console/")
            await page.get_by_label("Email or user name").fill(ADMINISTRATOR)
            await page.get_by_label("Password").fill(PASSWORD)
            await page.get_by_role("button", name="Sign in").click()
            await page.get_by_role("link", name="Open the playground").click()
            await expect(page.locator("[data-cost]")).to_have_text("$0.42")
            await watched.check()
            await page.get_by_role("link", name="A scene").click()
            await expect(prompt(page)).to_have_value(re.compile("^Two white horses"))
            await expect(prompt(page)).to_be_focused()
            await page.get_by_label("square").check()
            await page.keyboard.press("Control+Enter")
            await page.wait_for_url(TASK_URL)
            task_id = page.url.rpartition("/")[2]
            with site.signed_in() as client:
                made = post(client, "/console/keys", {"name": "k", "scope": "read", "lifetime": "never"}).text
                key = made.split("<code data-copy>")[1].split("<")[0]
                headers = {"Authorization": f"Bearer {key}"}
                for _ in range(600):
                    task = client.get(f"/model/v1/generation/task/{task_id}", headers=headers).json()
                    if task["status"] in ("completed", "failed"):
                        break
                    await asyncio.sleep(0.1)
            assert task["status"] == "completed"
            assert (task["metadata"]["width"], task["metadata"]["num_frames"]) == (960, 120)

            # The same again, filled in; then another one of the same.
            await page.goto(f"/console/playground?from={task_id}")
            await expect(prompt(page)).to_have_value(re.compile("^Two white horses"))
            await expect(page.get_by_label("square")).to_be_checked()
            assert (await request_shown(page))["seed"] == task["metadata"]["seed"]
            assert page.url.endswith("/console/playground")
            await page.goto(f"/console/playground?from={task_id}&seed=new")
            assert "seed" not in await request_shown(page)

            # What was made can be worked on.
            await page.get_by_role("button", name="A clip of yours").click()
            await page.get_by_role("dialog").get_by_role("button", name="Two white horses").click()
            await expect(page.locator(".pg-item[data-kind=video]")).to_be_visible()
            await expect(page.get_by_text("The footage gives the shape.")).to_be_visible()
            shown = await request_shown(page)
            assert shown["video_list"][0]["refer_type"] == "base"
            assert "aspect_ratio" not in shown
            assert "duration" not in shown
            await expect(page.locator("[data-cost]")).to_have_text("$0.63")
            await watched.check()
    finally:
        worker.end()


async def test_pictures_are_picked_pasted_dropped_and_given_roles(
    chromium: Browser, site: Site, footage: Path
) -> None:
    async with opened(chromium, site, viewport=DESK) as watched:
        page = watched.page
        await page.goto("/console/playground")
        items = page.locator(".pg-item")
        await page.locator("[data-files]").set_input_files([picture("a.png")])
        await expect(items.locator("select")).to_have_value("first_frame")
        await expect(page.get_by_text("The first frame gives the shape.")).to_be_visible()
        await hand_over(page, "paste", "b.png")
        await hand_over(page, "drop", "c.webp", "image/webp")
        await expect(items).to_have_count(3)
        await expect(page.locator(".pg-item[data-state=done]")).to_have_count(3)
        await expect(page.locator("[data-used]")).to_have_text("3 of 7")
        await items.nth(1).get_by_label("Use of image_2").select_option("End frame")
        told = items.nth(1).locator("[data-problem]")
        await expect(told).to_have_text(
            "An end frame goes with a first frame alone, not with further pictures."
        )
        await watched.check()
        await items.nth(2).get_by_role("button", name="Remove").click()
        await expect(told).to_have_text("")
        assert [each.get("type") for each in (await request_shown(page))["image_list"]] == [
            "first_frame",
            "end_frame",
        ]
        await page.locator("[data-files]").set_input_files(footage)
        await expect(page.locator(".pg-item[data-kind=video][data-state=done]")).to_be_visible()
        await expect(items.first.locator("[data-problem]")).to_contain_text(
            "Footage to edit has frames of its own"
        )
        await expect(page.locator("[data-used]")).to_have_text("2 of 4")
        await page.get_by_label("Use of video_1").select_option("Footage to follow")
        await expect(items.first.locator("[data-problem]")).to_have_text("")
        await page.locator("[data-files]").set_input_files(footage)
        await expect(page.get_by_role("alert").first).to_contain_text("one piece of footage")
        await page.locator("[data-files]").set_input_files(
            {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"x"}
        )
        await expect(page.get_by_role("alert").first).to_contain_text("neither a picture nor footage")
        broken: FilePayload = {"name": "broken.png", "mimeType": "image/png", "buffer": b"no picture"}
        await page.locator("[data-files]").set_input_files(broken)
        failed = page.locator(".pg-item[data-state=failed]")
        await expect(failed).to_contain_text("none of JPEG, PNG")
        await watched.check()
        await prompt(page).fill("x")
        await page.get_by_role("button", name="Make the clip").click()
        await expect(failed.get_by_role("button", name="Remove")).to_be_focused()


async def hand_over(page: Page, how: str, name: str, kind: str = "image/png") -> None:
    """Paste or drop a picture, as a browser does it."""
    await page.evaluate(
        """async ([how, name, kind]) => {
            const canvas = Object.assign(document.createElement("canvas"), {width: 400, height: 400});
            canvas.getContext("2d").fillRect(0, 0, 400, 400);
            const content = await new Promise((resolve) => canvas.toBlob(resolve, kind));
            const data = new DataTransfer();
            data.items.add(new File([content], name, {type: kind}));
            const target = document.querySelector("#prompt");
            const options = {bubbles: true, cancelable: true};
            target.dispatchEvent(how === "paste"
                ? new ClipboardEvent("paste", {...options, clipboardData: data})
                : new DragEvent("drop", {...options, dataTransfer: data}));
        }""",
        [how, name, kind],
    )


async def test_references_are_named_by_keyboard_and_go_as_a_whole(chromium: Browser, site: Site) -> None:
    async with opened(chromium, site, viewport=DESK) as watched:
        page = watched.page
        await page.goto("/console/playground")
        await page.locator("[data-files]").set_input_files([picture("a.png"), picture("b.png", "red")])
        await expect(page.locator(".pg-item[data-state=done]")).to_have_count(2)
        await prompt(page).focus()
        await page.keyboard.type("A dog like @")
        options = page.locator("#prompt-suggest [role=option]:visible")
        await expect(options).to_have_count(4)
        await expect(options.first).to_have_attribute("aria-selected", "true")
        await watched.check()
        await page.keyboard.press("ArrowDown")
        active = await prompt(page).get_attribute("aria-activedescendant")
        assert active == await options.nth(1).get_attribute("id")
        await page.keyboard.press("Enter")
        await page.keyboard.type("runs with @im")
        await expect(options).to_have_count(2)
        await page.keyboard.press("Tab")
        await expect(prompt(page)).to_have_value("A dog like <<<image_2>>> runs with <<<image_1>>> ")
        await page.keyboard.type("at me@example.com @")
        await page.keyboard.press("Escape")
        await expect(options).to_have_count(0)
        for _ in range(len("at me@example.com @") + 1):
            await page.keyboard.press("Backspace")
        await page.keyboard.press("Backspace")
        await expect(prompt(page)).to_have_value("A dog like <<<image_2>>> runs with ")
        await page.keyboard.press("Control+z")
        await expect(prompt(page)).to_have_value("A dog like <<<image_2>>> runs with <<<image_1>>>")
        # With one of them gone the other's number moves, in the words too.
        await page.locator(".pg-item").first.get_by_role("button", name="Remove").click()
        await expect(prompt(page)).to_have_value("A dog like <<<image_1>>> runs with ")
        # An element is found, chosen and named in one go, by keyboard alone.
        await prompt(page).press("End")
        await page.keyboard.type("@")
        await expect(options).to_have_count(3)
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await page.get_by_label("Find an element").fill("robot")
        await expect(page.locator("#pick-element .pg-choice:visible")).to_have_count(1)
        await watched.check()
        await page.get_by_role("button", name="Clay robot").press("Enter")
        await expect(prompt(page)).to_have_value("A dog like <<<image_1>>> runs with <<<element_1>>> ")
        await prompt(page).fill("<<<image_1>>> and <<<image_7>>>")
        await expect(page.locator("[data-problem=prompt]")).to_contain_text(
            "name something that is not below"
        )
        await expect(page.locator(".pg-mirror mark.missing")).to_have_text("<<<image_7>>>")
        await page.get_by_role("button", name="Put it into the words: element_1").click()
        await expect(prompt(page)).to_have_value("<<<image_1>>> and <<<image_7>>> <<<element_1>>> ")


async def test_a_draft_survives_a_reload_and_can_be_dropped(chromium: Browser, site: Site) -> None:
    async with opened(chromium, site, viewport=PHONE, has_touch=True) as watched:
        page = watched.page
        await page.goto("/console/playground")
        await page.locator("[data-files]").set_input_files([picture("a.png")])
        await expect(page.locator(".pg-item[data-state=done]")).to_have_count(1)
        await page.get_by_label("Use of image_1").select_option("Reference")
        await prompt(page).fill("<<<image_1>>> dances")
        await page.get_by_text("More options").click()
        await page.get_by_label("Seed").fill("12")
        await page.keyboard.press("Enter")  # which sends nothing
        await page.get_by_label("Also a watermarked copy").check()
        await page.get_by_label("pro", exact=False).first.check()
        await page.get_by_label("7 s").check()
        before = await request_shown(page)
        await page.reload()
        await expect(prompt(page)).to_have_value("<<<image_1>>> dances")
        await expect(page.locator(".pg-thumb img")).to_have_js_property("naturalWidth", 320)
        assert await request_shown(page) == before
        assert (before["seed"], before["duration"], before["mode"]) == (12, "7", "pro")
        assert await fits(page)
        await watched.check()
        await page.evaluate("document.querySelector('[data-reset]').click()")
        await expect(prompt(page)).to_have_value("")
        await expect(page.locator(".pg-item")).to_have_count(0)
        await page.reload()
        await expect(prompt(page)).to_have_value("")


async def test_problems_are_told_at_their_fields_and_counted(chromium: Browser, site: Site) -> None:
    async with opened(chromium, site, viewport=DESK) as watched:
        page = watched.page
        await page.goto("/console/playground")
        await expect(page.locator("[data-cost]")).to_have_text("$0.42")
        await expect(page.locator("[data-wrong]")).to_be_hidden()
        await page.get_by_role("button", name="Make the clip").click()
        await expect(page.locator("[data-problem=prompt]")).to_have_text("Say what the clip shows.")
        await expect(prompt(page)).to_be_focused()
        await expect(prompt(page)).to_have_attribute("aria-invalid", "true")
        await prompt(page).fill("狐" * 2501)
        await expect(page.locator("#prompt-count")).to_have_text("2,501 / 2,500")
        await expect(page.locator("[data-problem=prompt]")).to_have_text(
            "One character too many: 2,500 are allowed."
        )
        await prompt(page).fill("狐" * 2500)
        await expect(page.locator("[data-problem=prompt]")).to_have_text("")
        await page.get_by_text("More options").click()
        await page.get_by_label("Seed").fill("-1")
        await page.get_by_label("Your own id").fill("a/b")
        await page.get_by_label("Callback address").fill("ftp://example.com")
        await expect(page.locator("[data-wrong]")).to_contain_text("3 things are to be mended")
        for place in ("seed", "external_task_id", "callback_url"):
            await expect(page.locator(f"[data-problem={place}]")).not_to_have_text("")
        await watched.check()
        await page.locator("[data-files]").set_input_files([picture(f"{n}.png") for n in range(8)])
        await expect(page.locator(".pg-item[data-state=done]")).to_have_count(8)
        await expect(page.locator("[data-used]")).to_have_text("8 of 7")
        await expect(page.locator("[data-problem=materials]")).to_contain_text(
            "8 pictures and elements; 7 are"
        )


async def test_examples_fill_the_form_and_ask_for_what_they_need(
    chromium: Browser, site: Site, footage: Path
) -> None:
    async with opened(chromium, site, viewport=DESK) as watched:
        page = watched.page
        await page.goto("/console/playground")
        assert await page.locator(".pg-card").count() == sum(len(group.starters) for group in GROUPS)
        for name in ("From words", "From pictures", "With elements", "Edit footage", "Follow footage"):
            await page.get_by_role("button", name=name).click()
            await expect(page.get_by_role("region", name=name)).to_be_visible()
        await watched.check()
        await page.get_by_role("button", name="Edit footage").click()
        await page.get_by_role("link", name="Weather and time").click()
        slot = page.locator(".pg-slot")
        await expect(slot).to_contain_text("Footage to edit")
        # Without it this would be another clip than the example's.
        await page.get_by_role("button", name="Make the clip").click()
        await expect(page.get_by_role("alert").first).to_contain_text("waits for: Footage to edit")
        await expect(slot.locator("input")).to_be_focused()
        await watched.check()
        await slot.locator("input").set_input_files(footage)
        await expect(page.locator("select[name=footage_role]")).to_have_value("base")
        await expect(slot).to_have_count(0)
        await expect(page.locator("[data-cost]")).to_have_text("$0.378")
        # Another example: what is here gets the part that it needs.
        await page.get_by_text("Start from an example").click()
        await page.get_by_role("button", name="Follow footage").click()
        await page.get_by_role("link", name="The same camera").click()
        await expect(page.locator("select[name=footage_role]")).to_have_value("feature")
        await expect(slot).to_have_count(0)
        assert SLOT.findall(await prompt(page).input_value()) == ["video_1"]
        await page.goto("/console/playground?start=own_style")
        await request_shown(page)
        await expect(page.locator("[data-problem=prompt]")).to_have_text("")
        await slot.get_by_role("button", name="Go without it").click()
        await expect(slot).to_have_count(0)
        await expect(page.locator("[data-problem=prompt]")).to_contain_text("not below")
        await page.goto("/console/playground?start=subjects")
        await expect(page.locator(".pg-item[data-kind=element]")).to_have_count(2)
        assert len((await request_shown(page))["element_list"]) == 2
        await watched.check()


async def test_sending_waits_for_a_file_that_is_on_its_way(chromium: Browser, site: Site) -> None:
    async with opened(chromium, site, viewport=DESK) as watched:
        page = watched.page
        arrive = asyncio.Event()

        async def late(route: Any) -> None:  # noqa: ANN401 - Playwright's
            await arrive.wait()
            await route.continue_()

        await page.route("**/console/files", late)
        await page.goto("/console/playground")
        await prompt(page).fill("It moves")
        await page.locator("[data-files]").set_input_files([picture("a.png")])
        await expect(page.locator(".pg-item[data-state=sending]")).to_be_visible()
        await page.get_by_role("button", name="Make the clip").click()
        await expect(page.get_by_role("alert").first).to_contain_text("still on its way")
        arrive.set()
        await page.wait_for_url(TASK_URL)
        task_id = page.url.rpartition("/")[2]
        await page.goto(f"/console/playground?from={task_id}")
        await expect(page.locator(".pg-item select")).to_have_value("first_frame")
        await expect(page.locator(".pg-thumb img")).to_have_js_property("naturalWidth", 320)


async def test_the_request_is_there_for_programs(chromium: Browser, site: Site) -> None:
    async with opened(
        chromium, site, viewport=DESK, permissions=["clipboard-read", "clipboard-write"]
    ) as watched:
        page = watched.page
        await page.goto("/console/playground")
        await prompt(page).fill('It\'s a "quoted" fox\n`here` ${x}')
        shown = await request_shown(page)
        code: dict[str, str] = {}
        for name in ("curl", "Python", "JavaScript"):
            await page.get_by_role("button", name=name, exact=True).click()
            await page.get_by_role("button", name="Copy the code").click()
            await expect(page.get_by_role("status").last).to_have_text("Copied")
            code[name] = await page.evaluate("navigator.clipboard.readText()")
        sent = await page.evaluate(
            """async (code) => {
                let sent;
                const process = {env: {KIRIN_API_KEY: "k"}};
                const console = {log() {}};
                const answer = {status: "completed", output: [{content: [{url: "x"}]}]};
                const fetch = async (url, options) => {
                    sent = {url, ...options};
                    return {ok: true, json: async () => answer};
                };
                const run = Object.getPrototypeOf(async () => {}).constructor;
                await new run("process", "console", "fetch", code)(process, console, fetch);
                return sent;
            }""",
            code["JavaScript"],
        )
        assert json.loads(sent["body"]) == shown
        assert sent["url"] == f"{site.base_url}/model/v1/generation"
        assert sent["headers"]["Authorization"] == "Bearer k"
        shell = await asyncio.create_subprocess_exec(
            "sh", "-c", f"curl() {{ cat; }}\n{code['curl']}", stdout=asyncio.subprocess.PIPE
        )
        assert json.loads((await shell.communicate())[0]) == shown
        compile(code["Python"], "snippet", "exec")


async def test_the_form_works_without_scripts(
    chromium: Browser, site: Site, footage: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(picture("a.png")["buffer"])
    async with opened(chromium, site, viewport=DESK, java_script_enabled=False) as watched:
        page = watched.page
        await page.goto("/console/playground")
        await page.get_by_role("link", name="Weather and time").click()
        await expect(prompt(page)).to_have_value("Make it snow and turn day into night")
        await page.get_by_role("button", name="Show the price").click()
        await expect(page.locator("[data-cost]")).to_have_text("$0.42")
        await page.get_by_label("Footage", exact=True).set_input_files(footage)
        await page.get_by_label("Picture", exact=True).first.set_input_files(path)
        await page.get_by_label("Used as").first.select_option("First frame")
        await page.get_by_role("button", name="Make the clip").click()
        await expect(page.locator(".pg-item").first).to_contain_text("Footage to edit has frames of its own")
        await page.get_by_label("Use of image_1").select_option("Reference")
        await page.get_by_role("button", name="Make the clip").click()
        await page.wait_for_url(TASK_URL)


async def test_only_who_may_make_clips_comes_in(chromium: Browser, site: Site) -> None:
    async with opened(chromium, site, "viewer", viewport=DESK) as watched:
        page = watched.page
        answer = await page.goto("/console/playground")
        assert answer is not None
        assert answer.status == 403
        await page.goto("/console/")
        await expect(page.get_by_role("link", name="Playground")).to_have_count(0)


def test_files_of_another_account_are_not_shown(site: Site) -> None:
    with site.signed_in() as admin:
        headers = {
            "X-Kirin-Form": re.findall(r'form_token" value="([^"]+)', admin.get("/console/me").text)[0]
        }
        made = picture("a.png")
        files = {"file": ("a.png", made["buffer"], "image/png")}
        url = admin.post("/console/files", files=files, headers=headers).json()["url"]
        path = f"/console/files/{url.rpartition('/')[2]}"
        assert admin.get(path).content == made["buffer"]
        assert admin.get(path).headers["content-type"] == "image/png"
        post(admin, "/console/accounts", {"name": "others"})
        post(admin, "/console/account", {"account": "others"})
        assert admin.get(path).status_code == 404


HEAD = 'Content-Disposition: form-data; name="{}"\r\n\r\n'


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("--b\r\n" + HEAD.format("prompt") + "cut", 400),
        ("--b\r\n" + HEAD.format("prompt") + "\0\r\n--b--\r\n", 400),
        ("--b\r\n" + HEAD.format("prompt") + "\udcff\r\n--b--\r\n", 400),
        ("--b\r\n" + HEAD.format("x" * 9000) + "x\r\n--b--\r\n", 400),
        (("--b\r\n" + HEAD.format("x") + "x\r\n") * 300 + "--b--\r\n", 400),
        ("--b\r\n" + HEAD.format("prompt") + "x" * 200_000 + "\r\n--b--\r\n", 413),
        ("--b\r\n" + HEAD.format("form_token") + "guessed\r\n--b--\r\n", 403),
        ("--b\r\n" + HEAD.format("prompt") + "no token\r\n--b--\r\n", 403),
    ],
    ids=["empty", "cut", "nul", "not text", "long name", "many", "large", "guessed token", "no token"],
)
def test_forms_with_files_are_read_strictly(site: Site, body: str, status: int) -> None:
    with site.signed_in() as client:
        answer = client.post(
            "/console/playground",
            content=body.encode("utf-8", "surrogateescape"),
            headers={"Content-Type": "multipart/form-data; boundary=b"},
        )
    assert answer.status_code == status
    assert not list((site.settings.data_dir / "scratch").glob("upload-*")), "nothing is left of it"


def test_a_form_sent_twice_makes_one_task_and_a_changed_one_another(site: Site) -> None:
    with site.signed_in() as client:
        form = {"attempt": "a1", "prompt": "Once", "mode": "std"}
        token = re.findall(r'form_token" value="([^"]+)', client.get("/console/me").text)[0]
        made = [
            client.post(
                "/console/playground", files={"none": ("", b"")}, data={**form, **other, "form_token": token}
            ).headers["location"]
            for other in ({}, {}, {"prompt": "Twice"}, {"attempt": "a2"})
        ]
    assert made[0] == made[1]
    assert len(set(made)) == 3
