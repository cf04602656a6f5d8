"""What people carry instead of keys: sessions, links that let somebody in, and the token of every form.

Sessions and links have 256 random bits, and are kept only as their HMAC-SHA256 under the server's secret key.
The claim of a new server is derived from that key, so that nothing need be stored before it is used; so is
the token of a session's forms.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from enum import Enum
from typing import Final

_BYTES: Final = 32


class Purpose(Enum):
    """What a token is good for; none is good for two."""

    SESSION = b"kirin-video session 1"
    INVITE = b"kirin-video invite 1"
    CLAIM = b"kirin-video claim 1"
    FORM = b"kirin-video form 1"


def new_token() -> str:
    """Make a token: 43 characters that may stand in an address."""
    return secrets.token_urlsafe(_BYTES)


def token_hash(purpose: Purpose, token: str, secret: bytes) -> bytes:
    """What is stored of a token, and looked up: 32 bytes."""
    return hmac.digest(
        secret, purpose.value + b"\n" + token.encode("utf-8", "backslashreplace"), hashlib.sha256
    )


def claim_token(secret: bytes) -> str:
    """The token that makes its bearer the first administrator of a server that has none."""
    return _text(hmac.digest(secret, Purpose.CLAIM.value, hashlib.sha256))


def claim_path(secret: bytes) -> str:
    """Where the claim is made, relative to the server."""
    return f"/console/claim?token={claim_token(secret)}"


def invite_path(token: str) -> str:
    """Where an invitation is used, relative to the server."""
    return f"/console/join?token={token}"


def form_token(session_hash: bytes, secret: bytes) -> str:
    """The token that a session's forms carry, which no other site can read."""
    return _text(hmac.digest(secret, Purpose.FORM.value + b"\n" + session_hash, hashlib.sha256))


def is_same(given: str, expected: str) -> bool:
    """Whether two tokens are equal, in a time that tells nothing."""
    return hmac.compare_digest(given.encode("utf-8", "backslashreplace"), expected.encode())


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
