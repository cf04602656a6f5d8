"""What every page works with, made once while the application starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from kirin_video.console.cookies import is_https

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from kirin_video.console.assets import Assets
    from kirin_video.console.language import Catalogue
    from kirin_video.console.rendering import Renderer
    from kirin_video.wiring import Services

STATE = "console"
"""The name under which the application's state holds the context."""


@dataclass(frozen=True, slots=True)
class ConsoleContext:
    """What the pages work with.

    Attributes:
        services: the use cases, the same that answer programs.
        catalogues: the texts by language.
        assets: styles, scripts and icons.
        renderer: fills templates.
        public_url: where people reach the server; None for where their request arrived.
    """

    services: Services
    catalogues: Mapping[str, Catalogue]
    assets: Assets
    renderer: Renderer
    public_url: str | None

    def is_https(self, request: Request) -> bool:
        """Whether the browser reaches us over https."""
        return is_https(request, self.public_url)

    def base_url(self, request: Request) -> str:
        """Where people and programs reach this server; without a trailing slash."""
        return (self.public_url or str(request.url.replace(path="", query="", fragment=""))).rstrip("/")


def console_context(request: Request) -> ConsoleContext:
    """Find the context of the application that a request arrived at."""
    return cast("ConsoleContext", getattr(request.state, STATE))
