"""Signed links to results: whoever holds the link may read one file until it expires."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence

_PURPOSE = b"kirin-video result link 1"


def sign_link(secret: bytes, key: str, filename: str, expires_at: int) -> str:
    """Sign a link.

    Args:
        secret: the server's current secret.
        key: the blob's key.
        filename: the name the link gives the file.
        expires_at: Unix seconds after which the link is dead.

    Returns:
        43 characters of base64url: HMAC-SHA256 over key, filename and expiry.
    """
    digest = hmac.digest(secret, _message(key, filename, expires_at), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def check_link(  # noqa: PLR0913  # a link has this many parts, and the clock
    secrets: Sequence[bytes], key: str, filename: str, expires_at: int, signature: str, *, now: float
) -> bool:
    """Whether a link is whole and alive.

    Args:
        secrets: the secrets that count, the current one first; the previous one keeps older links alive
            through a rotation.
        key: the blob's key, as the link gives it.
        filename: the file's name, as the link gives it.
        expires_at: Unix seconds, as the link gives them.
        signature: the link's signature. It is compared as text in constant time, so every alteration
            of it fails.
        now: Unix seconds.
    """
    given = signature.encode("utf-8", "backslashreplace")
    matches = [
        hmac.compare_digest(sign_link(secret, key, filename, expires_at).encode("ascii"), given)
        for secret in secrets
    ]
    return any(matches) and now < expires_at


def _message(key: str, filename: str, expires_at: int) -> bytes:
    """The signed bytes; every part goes in with its length, so no two links share them."""
    parts = (part.encode("utf-8", "surrogatepass") for part in (key, filename, str(expires_at)))
    return b"".join([_PURPOSE, *(b"\n%d:%b" % (len(part), part) for part in parts)])
