"""Where the console is, for templates, redirects and cookies alike."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

BASE: Final = "/console"
HOME: Final = f"{BASE}/"
SIGN_IN: Final = f"{BASE}/sign-in"


def own_path(text: str) -> str:
    """A place of the console to go back to, as an address or a form gave it; home if it leads elsewhere."""
    parts = urlsplit(text)
    is_ours = parts.path == HOME or parts.path.startswith(f"{BASE}/")
    if parts.scheme or parts.netloc or not is_ours or "\\" in text or not text.isprintable():
        return HOME
    return parts.path + (f"?{parts.query}" if parts.query else "")
