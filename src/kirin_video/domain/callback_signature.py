"""Signatures of callbacks, as the Standard Webhooks specification has them, and their secrets.

What is signed is ``id.timestamp.body``; the signature is ``v1,`` and the base64 of its HMAC-SHA256. While a
secret is being replaced there are two of them, with a space between. A secret is shown as ``whsec_`` and its
base64.

Secrets are not kept: each is derived from the server's secret key, so that a copy of the database gives none
away.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - what every secret begins with
TOLERANCE_S: Final = 300
"""Seconds that a receiver's clock may differ from the signature's."""

ID_HEADER: Final = "webhook-id"
TIMESTAMP_HEADER: Final = "webhook-timestamp"
SIGNATURE_HEADER: Final = "webhook-signature"

_VERSION: Final = "v1,"
_PURPOSE: Final = b"kirin-video callback secret 1"
_KEY_PURPOSE: Final = b"kirin-video callback key id 1"
_KEY_ID_BYTES: Final = 8
_MIN_SECRET_BYTES: Final = 16


class Mismatch(StrEnum):
    """Why a callback cannot be trusted."""

    UNSIGNED = "unsigned"
    WRONG_SIGNATURE = "wrong signature"
    TOO_OLD = "too old"
    FROM_THE_FUTURE = "from the future"


def derive_secret(server_secret: bytes, account_id: str, generation: int, salt: bytes) -> bytes:
    """Derive an account's secret: 32 bytes, HMAC-SHA256 under the server's secret key.

    Args:
        server_secret: the server's secret key.
        account_id: whose secret it is.
        generation: 1 for the account's first; each has another secret.
        salt: random, kept beside the generation, so that an account made anew under an old name gets new
            ones.
    """
    parts = (account_id.encode(), str(generation).encode(), salt)
    message = b"".join([_PURPOSE, *(b"\n%d:%b" % (len(part), part) for part in parts)])
    return hmac.digest(server_secret, message, hashlib.sha256)


def server_key_id(server_secret: bytes) -> bytes:
    """What tells one of the server's secret keys from another without telling anything of it: 8 bytes."""
    return hmac.digest(server_secret, _KEY_PURPOSE, hashlib.sha256)[:_KEY_ID_BYTES]


def show_secret(secret: bytes) -> str:
    """A secret as callers are given it."""
    return SECRET_PREFIX + base64.b64encode(secret).decode("ascii")


def read_secret(text: str) -> bytes:
    """Read a secret that was shown, with or without its prefix.

    Raises:
        ValueError: it is not one.
    """
    try:
        secret = base64.b64decode(text.strip().removeprefix(SECRET_PREFIX).encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("a secret is whsec_ and base64") from error
    if len(secret) < _MIN_SECRET_BYTES:
        raise ValueError("a secret is longer than this; it may have been cut off")
    return secret


def sign(secret: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """One signature: ``v1,`` and base64.

    Args:
        secret: of the account.
        message_id: the delivery's id.
        timestamp: of the attempt, Unix seconds.
        body: exactly what is sent.
    """
    content = f"{message_id}.{timestamp}.".encode() + body
    return _VERSION + base64.b64encode(hmac.digest(secret, content, hashlib.sha256)).decode("ascii")


def signed_headers(secrets: Sequence[bytes], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers that go with a callback; a signature for each secret that is good."""
    return {
        ID_HEADER: message_id,
        TIMESTAMP_HEADER: str(timestamp),
        SIGNATURE_HEADER: " ".join(sign(secret, message_id, timestamp, body) for secret in secrets),
    }


def mismatch(secret: bytes, headers: Mapping[str, str], body: bytes, now: float) -> Mismatch | None:
    """Why a callback that arrived cannot be trusted; None if it can.

    Args:
        secret: the account's.
        headers: of the request, their names in lower case.
        body: exactly what arrived.
        now: Unix seconds.
    """
    message_id, timestamp, signatures = (
        headers.get(name, "") for name in (ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER)
    )
    if not (message_id and signatures and timestamp.isascii() and timestamp.isdigit()):
        return Mismatch.UNSIGNED
    sent_at = int(timestamp[:20])
    expected = sign(secret, message_id, sent_at, body).encode()
    given = [each.encode("utf-8", "backslashreplace") for each in signatures.split(" ")]
    if not any(hmac.compare_digest(expected, each) for each in given):
        return Mismatch.WRONG_SIGNATURE
    if sent_at < now - TOLERANCE_S:
        return Mismatch.TOO_OLD
    return Mismatch.FROM_THE_FUTURE if sent_at > now + TOLERANCE_S else None
