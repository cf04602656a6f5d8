"""A page of the console in a real browser, and everything that goes wrong on it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from console_site import ADMINISTRATOR, Site
from playwright.async_api import Browser, ConsoleMessage, Page, Response

from kirin_video.console.cookies import SESSION

AXE = resources.files("axe_playwright_python") / "axe.min.js"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
WAIT_MS = 60_000


@dataclass
class Watched:
    """A page, and everything that went wrong on it.

    Attributes:
        page: the page.
        complaints: errors of scripts and what the policy refused.
        sizes: bytes of each answer's body, by path.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)

    def hear(self, message: ConsoleMessage) -> None:
        # That a page answers 4xx is told there too; it is what some tests are about.
        if message.type in ("error", "warning") and "the server responded with a status" not in message.text:
            self.complaints.append(message.text)

    def weigh(self, response: Response) -> None:
        self.sizes[urlsplit(response.url).path] = int(response.headers.get("content-length", "0"))

    async def check(self, rules: dict[str, Any] | None = None) -> None:
        """Insist that axe finds nothing, and that nobody has complained."""
        await self.page.evaluate(AXE.read_text())
        found = await self.page.evaluate("options => axe.run(document, options)", rules or {})
        violations = [
            f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
            for each in found["violations"]
            for node in each["nodes"]
        ]
        assert not violations, "\n".join([self.page.url, *violations])
        assert not self.complaints, "\n".join([self.page.url, *self.complaints])


@asynccontextmanager
async def opened(
    chromium: Browser,
    site: Site,
    login: str | None = ADMINISTRATOR,
    **options: Any,  # noqa: ANN401 - Playwright's
) -> AsyncGenerator[Watched]:
    """A fresh page in a window of its own, signed in as somebody."""
    context = await chromium.new_context(base_url=site.base_url, locale="en-GB", **options)
    context.set_default_timeout(WAIT_MS)
    if login is not None:
        cookie = {"name": SESSION, "value": site.session(login), "url": site.base_url}
        await context.add_cookies([cookie])  # pyright: ignore[reportArgumentType]
    watched = Watched(await context.new_page())
    watched.page.on("console", watched.hear)
    watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    watched.page.on("response", watched.weigh)
    try:
        yield watched
    finally:
        await context.close()


async def fits(page: Page) -> bool:
    """Whether nothing sticks out of the page to the side."""
    return bool(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
