"""API keys: how they look, and how they are kept.

A key is ``kirin_``, 32 random base62 characters (190 bits) and six more that are the CRC-32 of those 32.
The checksum lets a mistyped or truncated key be refused without a query; it is no secret. A key is kept
only as its HMAC-SHA256: with this much entropy a fast keyed hash is right.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import zlib

PREFIX = "kirin_"
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_RANDOM_CHARS = 32
_CHECK_CHARS = 6
_SHOWN_CHARS = 6
_FORM = re.compile(rf"{PREFIX}[0-9A-Za-z]{{{_RANDOM_CHARS + _CHECK_CHARS}}}")


def new_key() -> str:
    """Make a key. It is shown to its owner once and kept nowhere."""
    body = "".join(secrets.choice(_BASE62) for _ in range(_RANDOM_CHARS))
    return PREFIX + body + _checksum(body)


def is_well_formed(text: str) -> bool:
    """Whether ``text`` can be a key at all: its form and its checksum are right."""
    if not _FORM.fullmatch(text):
        return False
    body = text[len(PREFIX) : len(PREFIX) + _RANDOM_CHARS]
    return text[-_CHECK_CHARS:] == _checksum(body)


def key_hash(text: str, secret: bytes) -> bytes:
    """HMAC-SHA256 of a key under the server's secret: 32 bytes, what is stored and looked up."""
    return hmac.digest(secret, text.encode("utf-8", "backslashreplace"), hashlib.sha256)


def shown_prefix(text: str) -> str:
    """The start of a key, enough for its owner to tell it from others and useless to anyone else."""
    return text[: len(PREFIX) + _SHOWN_CHARS]


def _checksum(body: str) -> str:
    """CRC-32 of ``body`` as six base62 digits, most significant first (62**6 > 2**32)."""
    rest = zlib.crc32(body.encode("ascii"))
    digits: list[str] = []
    for _ in range(_CHECK_CHARS):
        rest, digit = divmod(rest, len(_BASE62))
        digits.append(_BASE62[digit])
    return "".join(reversed(digits))
