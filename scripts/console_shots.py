"""Screenshots of every page of the console, in both themes, three widths and all languages, and sheets.

    python scripts/console_shots.py FOLDER [PART_OF_A_PATH ...]

Serves a console of its own, full of plausible things, on loopback; needs the [dev] extra and Chromium.
SHOT_LANGUAGES and SHOT_THEMES leave out what is not wanted.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, async_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from console_site import ADMINISTRATOR, Site
from filled_site import filled_site

from kirin_video.console.cookies import LANGUAGE, SESSION, THEME
from kirin_video.domain.task import TaskStatus
from kirin_video.store.database import Database

PAGES = (
    *("/", "/playground", "/tasks", "/tasks/{done}", "/tasks/{failed}", "/tasks/{running}"),
    *("/compare?left={done}&right={other}", "/elements", "/elements/new", "/keys", "/keys/new"),
    *(
        "/callbacks",
        "/callbacks/secret",
        "/usage",
        "/usage/books",
        "/people",
        "/accounts",
        "/accounts/default",
    ),
    *("/prices", "/server", "/me", "/nothing", "/sign-in", "/claim"),
)
SIGNED_OUT = ("/sign-in", "/claim")
WIDTHS = (390, 820, 1440)
HEIGHT = 900
TALLEST = 2400
SHEET_SCALE = {390: 0.6, 820: 0.45, 1440: 0.42}


async def shoot(site: Site, folder: Path, wanted: Sequence[str]) -> None:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    names = await asyncio.to_thread(tasks_by_name, site)
    session = await asyncio.to_thread(site.session, ADMINISTRATOR)
    pages = [path for path in PAGES if not wanted or any(part in path for part in wanted)]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for language in os.environ.get("SHOT_LANGUAGES", "en zh").split():
            for theme in os.environ.get("SHOT_THEMES", "light dark").split():
                for width in WIDTHS:
                    await shoot_all(browser, site, folder, pages, names, language, theme, width, session)
        await browser.close()


async def shoot_all(  # noqa: PLR0913, PLR0917
    browser: Browser,
    site: Site,
    folder: Path,
    paths: Sequence[str],
    names: Mapping[str, str],
    language: str,
    theme: str,
    width: int,
    session: str,
) -> None:
    """Photograph pages one after the other, and put them on sheets."""
    context = await browser.new_context(
        base_url=site.base_url, viewport={"width": width, "height": HEIGHT}, reduced_motion="reduce"
    )
    made: list[Path] = []
    page = await context.new_page()
    for path in paths:
        await context.clear_cookies()
        cookies = {LANGUAGE: language, THEME: theme}
        if path not in SIGNED_OUT:
            cookies[SESSION] = session
        await context.add_cookies([{"name": n, "value": v, "url": site.base_url} for n, v in cookies.items()])
        await page.goto(f"/console{path.format(**names)}", wait_until="load")
        await page.wait_for_timeout(250)
        if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            print(f"sticks out: {path} {language} {theme} {width}")
        name = re.sub(r"[^a-z]+", "-", path).strip("-") or "home"
        made.append(folder / f"{name}-{language}-{theme}-{width}.png")
        height = await page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": width, "height": min(TALLEST, max(HEIGHT, height))}
        await page.screenshot(path=made[-1], full_page=True, clip=clip)
    await context.close()
    write_sheets(made, folder / f"sheet-{language}-{theme}-{width}", SHEET_SCALE[width])


def write_sheets(pictures: Sequence[Path], stem: Path, scale: float, most: int = 1900) -> None:
    """Put pictures side by side, in rows, so many pixels across at most; a sheet is two rows."""
    shown = [Image.open(path) for path in pictures]
    small = [
        each.resize((round(each.width * scale), round(each.height * scale)), Image.Resampling.LANCZOS)
        for each in shown
    ]
    across = max(1, most // (small[0].width + 8))
    for number, start in enumerate(range(0, len(small), 2 * across)):
        rows = [small[at : at + across] for at in range(start, min(start + 2 * across, len(small)), across)]
        heights = [max(each.height for each in row) for row in rows]
        sheet = Image.new(
            "RGB", (across * (small[0].width + 8), sum(heights) + 8 * len(rows)), (128, 128, 128)
        )
        top = 0
        for row, height in zip(rows, heights, strict=True):
            for place, each in enumerate(row):
                sheet.paste(each, (place * (each.width + 8), top))
            top += height + 8
        sheet.save(stem.with_name(f"{stem.name}-{number + 1}.png"))


def tasks_by_name(site: Site) -> dict[str, str]:
    """Tasks to look at, by what they are."""

    async def find(database: Database) -> dict[str, str]:
        async with database.connection() as connection:
            cursor = await connection.execute("SELECT id, status FROM task ORDER BY created_at, id")
            rows = await cursor.fetchall()
        of = {status: [row["id"] for row in rows if row["status"] == status] for status in TaskStatus}
        done, other = of[TaskStatus.COMPLETED][:2]
        failed, running = of[TaskStatus.FAILED][0], of[TaskStatus.IN_PROGRESS][0]
        return {"done": done, "other": other, "failed": failed, "running": running}

    return site.on_database(find)


def main() -> None:
    if not sys.argv[1:] or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with filled_site() as site:
        asyncio.run(shoot(site, folder, sys.argv[2:]))


if __name__ == "__main__":
    main()
