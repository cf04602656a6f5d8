"""Links that show one clip to whoever has them, until they end or are withdrawn."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PURPOSE: Final = b"kirin-video share link 1\n"
_TOKEN: Final = re.compile(r"(?P<id>[0-9a-f]{16})(?P<proof>[A-Za-z0-9_-]{43})")

LIVES: Final[Mapping[str, timedelta]] = {
    "1h": timedelta(hours=1),
    "1d": timedelta(days=1),
    "7d": timedelta(days=7),
    "30d": timedelta(days=30),
}
"""How long a link may be good, by what the form calls it."""

MAX_SHARES: Final = 50
"""Links to one clip that are good at the same time."""


@dataclass(frozen=True, slots=True)
class Share:
    """A link that is good now.

    Attributes:
        id: what it is called by; the link itself holds a proof besides.
        task_id: whose clip it shows.
        account_id: whose task that is.
        watermarked: whether it shows the copy with the watermark.
        tells_prompt: whether it tells the words that the clip was made from.
        created_at: aware.
        expires_at: aware.
    """

    id: str
    task_id: str
    account_id: str
    watermarked: bool
    tells_prompt: bool
    created_at: datetime
    expires_at: datetime


def share_token(share_id: str, secret: bytes) -> str:
    """What a link carries: the id and its HMAC-SHA256, 59 characters that may stand in an address."""
    digest = hmac.digest(secret, _PURPOSE + share_id.encode("ascii"), hashlib.sha256)
    return share_id + base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def share_path(share_id: str, secret: bytes) -> str:
    """Where a clip is shown, relative to the server."""
    return f"/console/shared/{share_token(share_id, secret)}"


def read_share_token(token: str, secrets: Sequence[bytes]) -> str | None:
    """The id of a link that one of the secrets has proven; None for what is none of ours."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    proven = [hmac.compare_digest(share_token(found["id"], secret), token) for secret in secrets]
    return found["id"] if any(proven) else None
