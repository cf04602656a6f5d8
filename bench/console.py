"""How much the console's pages weigh, and how soon they can be used: `python -m bench.console`.

Real Chromium opens pages of a console that has been in use, each with an empty cache and again with a warm
one, several times in turn. Weight is what went over the wire, heads included. A page can be used when it is
painted and its document is whole (DOMContentLoaded: modules have run by then). Results go to bench/results/.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import shutil
import statistics
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, async_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from console_site import ADMINISTRATOR, Site  # noqa: E402
from filled_site import filled_site  # noqa: E402

from kirin_video.console.cookies import SESSION  # noqa: E402

RESULTS = ROOT / "bench" / "results"
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
PAGES = ("/sign-in", "/", "/playground", "/tasks", "/keys", "/usage", "/server")
MOST_BYTES = 150_000
LONGEST_MS = 1000.0
MEASURE = """() => {
  const [page] = performance.getEntriesByType('navigation');
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  const rest = performance.getEntriesByType('resource');
  return {
    bytes: [page, ...rest].reduce((sum, each) => sum + each.transferSize, 0),
    requests: 1 + rest.length,
    answered_ms: page.responseEnd,
    painted_ms: paint ? paint.startTime : null,
    usable_ms: Math.max(page.domContentLoadedEventEnd, paint ? paint.startTime : 0),
    loaded_ms: page.loadEventEnd,
  };
}"""


async def measure(site: Site) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Open each page cold and warm, in rounds."""
    session = await asyncio.to_thread(site.session, ADMINISTRATOR)
    found: dict[str, dict[str, list[dict[str, Any]]]] = {page: {"cold": [], "warm": []} for page in PAGES}
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for _ in range(ROUNDS):
            for page in PAGES:
                context = await new_context(browser, site, None if page == "/sign-in" else session)
                for kind in ("cold", "warm"):
                    found[page][kind].append(await visit(context, page))
                await context.close()
        await browser.close()
    return found


async def new_context(browser: Browser, site: Site, session: str | None) -> BrowserContext:
    """A window with an empty cache."""
    context = await browser.new_context(base_url=site.base_url, viewport={"width": 1280, "height": 900})
    if session is not None:
        await context.add_cookies([{"name": SESSION, "value": session, "url": site.base_url}])
    return context


async def visit(context: BrowserContext, path: str) -> dict[str, Any]:
    """Open a page in a tab of its own."""
    page = await context.new_page()
    await page.goto(f"/console{path}", wait_until="load")
    await page.wait_for_timeout(150)  # the paint is told of a moment later
    found: dict[str, Any] = await page.evaluate(MEASURE)
    await page.close()
    return found


def summed_up(rounds: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The median of each figure."""
    return {
        name: round(statistics.median(each[name] for each in rounds if each[name] is not None), 1)
        for name in rounds[0]
    }


def main() -> None:
    """Measure, tell and keep."""
    with filled_site() as site:
        found = asyncio.run(measure(site))
    pages = {
        page: {kind: summed_up(rounds) for kind, rounds in kinds.items()} for page, kinds in found.items()
    }
    for page, kinds in pages.items():
        cold, warm = kinds["cold"], kinds["warm"]
        print(
            f"{page:12} cold {cold['bytes'] / 1000:6.1f} kB {cold['requests']:3.0f} requests"
            f" usable {cold['usable_ms']:6.0f} ms | warm {warm['bytes'] / 1000:6.1f} kB"
            f" usable {warm['usable_ms']:6.0f} ms"
        )
    RESULTS.mkdir(exist_ok=True)
    told = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"processors": os.cpu_count(), "system": platform.system(), "load": os.getloadavg()[0]},
        "rounds": ROUNDS,
        "bounds": {"bytes": MOST_BYTES, "usable_ms": LONGEST_MS},
        "pages": pages,
    }
    path = RESULTS / f"console-{datetime.now(UTC):%Y-%m-%d}.json"
    path.write_text(json.dumps(told, indent=2) + "\n")
    heaviest = max(each["cold"]["bytes"] for each in pages.values())
    if heaviest > MOST_BYTES:
        raise SystemExit(f"a page weighs {heaviest:,.0f} bytes; {MOST_BYTES:,} are allowed")


if __name__ == "__main__":
    main()
