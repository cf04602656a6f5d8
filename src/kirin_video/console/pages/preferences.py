"""How the console looks and speaks, which needs no account; and what somebody may change about their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirin_video.console.cookies import LANGUAGE, THEME, set_cookie
from kirin_video.console.gate import open_action
from kirin_video.console.language import NAMES
from kirin_video.console.paths import own_path

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.forms import Form
    from kirin_video.console.visit import Visit

_THEMES = ("auto", "light", "dark")


def routes() -> list[Route]:
    """``/preferences``."""
    return [open_action("/preferences", _prefer)]


async def _prefer(visit: Visit, form: Form) -> Response:
    response = visit.redirect(own_path(form.text("next")))
    if (theme := form.text("theme")) in _THEMES:
        set_cookie(response, THEME, theme, https=visit.https)
    if (language := form.text("language")) in NAMES:
        set_cookie(response, LANGUAGE, language, https=visit.https)
    return response
