"""The console's cookies: who is signed in, what the next page says, which language and theme they chose.

Over https their names begin with ``__Host-``, so that no other site below the same domain can set them; that
needs https, so over plain http they have plain names.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast
from urllib.parse import urlsplit

from kirin_video.services.sessions import LIFETIME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

SESSION: Final = "kirin_session"
FLASH: Final = "kirin_flash"
LANGUAGE: Final = "kirin_language"
THEME: Final = "kirin_theme"

_YEAR_S: Final = 365 * 24 * 60 * 60
_FLASH_S: Final = 60
_MAX_FLASH: Final = 1000

Tone = Literal["good", "bad"]


@dataclass(frozen=True, slots=True)
class Flash:
    """What somebody is told on the next page, once.

    Attributes:
        name: of the text.
        values: what stands in it.
        tone: whether it is good news.
    """

    name: str
    values: Mapping[str, str]
    tone: Tone = "good"


def is_https(request: Request, public_url: str | None) -> bool:
    """Whether the browser reaches us over https, as far as we are told: by a proxy or by the settings."""
    if request.url.scheme == "https":
        return True
    public = urlsplit(public_url or "")
    return public.scheme == "https" and public.netloc.lower() == request.headers.get("host", "").lower()


def read_cookie(request: Request, name: str, *, https: bool) -> str | None:
    """The value of one of our cookies."""
    return request.cookies.get(_name(name, https=https))


def set_cookie(response: Response, name: str, value: str, *, https: bool, max_age_s: int = _YEAR_S) -> None:
    """Give the browser one of our cookies, which scripts cannot read and other sites' forms do not send."""
    response.set_cookie(
        _name(name, https=https),
        value,
        max_age=max_age_s,
        path="/",
        secure=https,
        httponly=True,
        samesite="lax" if name == SESSION else "strict",
    )


def drop_cookie(response: Response, name: str, *, https: bool) -> None:
    """Have the browser forget one of our cookies."""
    set_cookie(response, name, "", https=https, max_age_s=0)


def set_session(response: Response, token: str, *, https: bool) -> None:
    """Sign the browser in."""
    set_cookie(response, SESSION, token, https=https, max_age_s=int(LIFETIME.total_seconds()))


def set_flash(response: Response, flash: Flash, *, https: bool) -> None:
    """Have the next page say something."""
    text = json.dumps([flash.name, dict(flash.values), flash.tone], ensure_ascii=True)
    value = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    set_cookie(response, FLASH, value, https=https, max_age_s=_FLASH_S)


def read_flash(request: Request, *, https: bool) -> Flash | None:
    """What the page before left to say; None if there is nothing, or nothing of ours."""
    value = read_cookie(request, FLASH, https=https)
    if not value or len(value) > _MAX_FLASH:
        return None
    try:
        read = json.loads(base64.b64decode(value + "=" * (-len(value) % 4), b"-_", validate=True))
        name, values, tone = cast("tuple[object, dict[object, object], object]", read)
        shown = {str(key): str(each) for key, each in values.items()}
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError):
        return None
    return Flash(str(name), shown, "bad" if tone == "bad" else "good")


def _name(name: str, *, https: bool) -> str:
    return f"__Host-{name}" if https else name
