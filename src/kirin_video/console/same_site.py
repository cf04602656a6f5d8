"""Whether a request that changes something was made by a page of ours, by what the browser says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.requests import Request

_USUAL_PORTS: Final = {"http": ":80", "https": ":443"}


def is_same_site(request: Request, public_url: str | None) -> bool:
    """Whether the browser says that a page of this very server sent the request.

    ``Sec-Fetch-Site`` must not say otherwise, and ``Origin`` must name us: by the host that the request was
    sent to, or by the address in the settings. Every browser sends ``Origin`` with a form; what sends neither
    is none.

    Args:
        request: a request that changes something.
        public_url: where the settings say that people reach us.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return site is not None
    ours = {_plain(f"{request.url.scheme}://{request.headers.get('host', '')}"), _plain(public_url or "")}
    return _plain(origin) in ours - {""}


def _plain(url: str) -> str:
    """Host and port of an address, without a port that is the scheme's own.

    The scheme is left out: behind a proxy that ends TLS we may take https for http.
    """
    parts = urlsplit(url)
    return parts.netloc.lower().removesuffix(_USUAL_PORTS.get(parts.scheme, ":"))
