"""One request to the console: who makes it, in which language, and the ways to answer it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, RedirectResponse

from kirin_video.console.cookies import (
    FLASH,
    LANGUAGE,
    SESSION,
    THEME,
    Flash,
    Tone,
    drop_cookie,
    read_cookie,
    read_flash,
    set_flash,
)
from kirin_video.console.language import preferred
from kirin_video.console.navigation import Group, menu
from kirin_video.console.paths import BASE
from kirin_video.domain.access import Scope
from kirin_video.domain.errors import Unauthenticated

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from kirin_video.console.context import ConsoleContext
    from kirin_video.console.language import Catalogue
    from kirin_video.services.authenticate import Caller
    from kirin_video.services.sessions import Session
    from kirin_video.wiring import Services

_THEMES = ("light", "dark")


@dataclass(frozen=True)
class Visit:
    """One request.

    Attributes:
        request: the request.
        context: what the pages work with.
        session: who makes it; None for somebody who is not signed in.
    """

    request: Request
    context: ConsoleContext
    session: Session | None

    @property
    def services(self) -> Services:
        """The use cases."""
        return self.context.services

    @property
    def signed_in(self) -> Session:
        """The session of a page for people who are signed in.

        Raises:
            Unauthenticated: there is none; such pages are not reached then.
        """
        if self.session is None:
            raise Unauthenticated("Nobody is signed in.")
        return self.session

    @property
    def caller(self) -> Caller:
        """Who it is to the services."""
        return self.signed_in.caller

    @cached_property
    def https(self) -> bool:
        """Whether the browser reaches us over https."""
        return self.context.is_https(self.request)

    @cached_property
    def text(self) -> Catalogue:
        """The texts in the language that was chosen, or that the browser prefers."""
        code = read_cookie(self.request, LANGUAGE, https=self.https)
        if code is None or code not in self.context.catalogues:
            code = preferred(self.request.headers.get("accept-language", ""))
        return self.context.catalogues[code]

    @cached_property
    def theme(self) -> str:
        """``light``, ``dark``, or ``auto`` for what the system says."""
        chosen = read_cookie(self.request, THEME, https=self.https)
        return chosen if chosen in _THEMES else "auto"

    @cached_property
    def flash(self) -> tuple[Tone, str] | None:
        """What the page before left to say, and whether it is good news; None if there is nothing of ours."""
        found = read_flash(self.request, https=self.https)
        try:
            return None if found is None else (found.tone, self.text(f"flash.{found.name}", **found.values))
        except KeyError:
            return None

    @property
    def address(self) -> str:
        """Where the browser is, as far as is known."""
        return self.request.client.host if self.request.client else ""

    @property
    def agent(self) -> str:
        """The browser, in its own words."""
        return self.request.headers.get("user-agent", "")

    def may(self, scope: str) -> bool:
        """Whether whoever makes the request may do what a scope stands for."""
        return self.session is not None and Scope(scope) in self.session.caller.scopes

    def _menu(self) -> tuple[Group, ...]:
        return () if self.session is None else menu(self.request.url.path, self.text, self.may)

    def page(self, template: str, *, status: int = HTTPStatus.OK, **values: object) -> Response:
        """Answer with a page.

        Args:
            template: its name, such as ``keys.html``.
            status: the HTTP status.
            values: what the template gets besides ``visit`` and ``t``.
        """
        shown = {"visit": self, "t": self.text, "menu": self._menu(), **values}
        body = self.context.renderer.render(template, shown)
        response = HTMLResponse(body, status_code=status, headers={"Cache-Control": "no-store"})
        if read_cookie(self.request, FLASH, https=self.https) is not None:
            drop_cookie(response, FLASH, https=self.https)
        return response

    def redirect(self, path: str, flash: str | None = None, tone: Tone = "good", **values: str) -> Response:
        """Answer by sending the browser to another page.

        Args:
            path: where, below the console, such as ``/keys``; whole if it begins with the console's own.
            flash: what to say there: a text below ``flash.``.
            tone: whether it is good news.
            values: what stands in the text.
        """
        target = path if path.startswith(BASE) else BASE + path
        response = RedirectResponse(target, HTTPStatus.SEE_OTHER, headers={"Cache-Control": "no-store"})
        if flash is not None:
            set_flash(response, Flash(flash, values, tone), https=self.https)
        return response


async def open_visit(request: Request, context: ConsoleContext) -> Visit:
    """Find out who makes a request.

    Raises:
        Overloaded: the database cannot be reached.
    """
    token = read_cookie(request, SESSION, https=context.is_https(request))
    session = await context.services.console.sessions.find(token) if token else None
    return Visit(request, context, session)
