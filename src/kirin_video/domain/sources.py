"""Where a picture or footage comes from: a URL, base64, an upload, or a blob that a task keeps."""

from __future__ import annotations

import binascii
import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from kirin_video.domain.errors import KirinError

MAX_URL_LENGTH = 4096
"""Characters of a URL that we take."""

FILES_PATH = "/model/v1/files"
"""Below here every uploaded file has its URL."""

_STORED = "blob:"
# Whatever the host: this server may be reached under several names, and it fetches from none of them.
_UPLOADED = re.compile(r"https?://[^?#]+/model/v1/files/([0-9a-v]{20})/?", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DATA_HEAD = re.compile(r"data:[^,;]{0,100}(?:;[^,;]{1,100})*?;base64,", re.IGNORECASE)
_HEAD_CHARS = 512
_MAX_PORT = 65535
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_GROUP = 4
_MAX_PADDING = 2


class UnusableSource(KirinError):
    """A source that can be neither fetched nor decoded.

    Attributes:
        problem: what is wrong, as a phrase that follows the parameter's name.
        is_address: whether it was meant as a URL.
    """

    def __init__(self, problem: str, *, is_address: bool) -> None:
        super().__init__(problem)
        self.problem = problem
        self.is_address = is_address


@dataclass(frozen=True, slots=True)
class InlineData:
    """Bytes that came in the request itself."""

    data: bytes


@dataclass(frozen=True, slots=True)
class RemoteUrl:
    """An ``http(s)`` URL of sound syntax. Whether its address may be reached is judged at the fetch."""

    url: str


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that the caller uploaded. It is looked up in the caller's account, never fetched."""

    id: str


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """A file this server keeps. Only the server writes this form; callers may not."""

    key: str


@dataclass(frozen=True, slots=True)
class InlineText:
    """Sound base64 that is not decoded yet.

    Attributes:
        start: where in the text it begins, after its head.
        size_bytes: length of what it decodes to.
    """

    start: int
    size_bytes: int


def stored_source(key: str) -> str:
    """The text form of a stored blob, which ``classify_source`` reads back as ``StoredBlob``."""
    return _STORED + key


def upload_url(base_url: str, upload_id: str) -> str:
    """The URL of an uploaded file, which ``classify_source`` reads back as ``UploadedFile``."""
    return f"{base_url}{FILES_PATH}/{upload_id}"


def inspect_source(text: str) -> InlineText | RemoteUrl | UploadedFile | StoredBlob:
    """Judge a media source without decoding it, which for base64 is seven times as fast.

    Args:
        text: a URL, an upload's URL, base64 with or without a ``data:...;base64,`` head, or the stored form.

    Raises:
        UnusableSource: none of these, or broken.
    """
    if text.startswith(_STORED):
        return StoredBlob(text[len(_STORED) :])
    if text[:5].lower() != "data:" and (_SCHEME.match(text) or text.startswith("//")):
        if problem := url_problem(text):
            raise UnusableSource(problem, is_address=True)
        uploaded = _UPLOADED.fullmatch(text)
        return UploadedFile(uploaded[1].lower()) if uploaded else RemoteUrl(text)
    start = _base64_start(text)
    return InlineText(start, _decoded_size(text[start:]))


def classify_source(text: str) -> InlineData | RemoteUrl | UploadedFile | StoredBlob:
    """Read a media source as ``inspect_source`` does; base64 comes decoded.

    Raises:
        UnusableSource: see there.
    """
    source = inspect_source(text)
    if isinstance(source, InlineText):
        return InlineData(binascii.a2b_base64(text[source.start :]))
    return source


def source_identity(text: str) -> str:
    """What a sound source means: the SHA-256 of base64 without its head, or the text itself."""
    source = inspect_source(text)
    if isinstance(source, InlineText):
        return hashlib.sha256(text[source.start :].encode("ascii")).hexdigest()
    return text


def url_problem(text: str) -> str | None:  # noqa: PLR0911  # one return for each way to be wrong
    """What is wrong with the syntax of a URL that we are to call, as a phrase; None if nothing is.

    The URL itself is never repeated in the answer: it may hold credentials.
    """
    if len(text) > MAX_URL_LENGTH:
        return f"has {len(text)} characters; a URL may have {MAX_URL_LENGTH}"
    if not text.isprintable() or " " in text or "\\" in text:
        return "holds spaces, backslashes or invisible characters; percent-encode them"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "is not a valid URL; give one such as https://example.com/file"
    if parts.scheme not in {"http", "https"}:
        return "is not an http or https URL; only those are used"
    if not host:
        return "names no host; give a URL such as https://example.com/file"
    if "@" in parts.netloc:
        return "carries a user name or password; leave them out"
    if port is not None and not 0 < port <= _MAX_PORT:
        return "names a port that does not exist; ports are 1 to 65535"
    return None


def _base64_start(text: str) -> int:
    """Where the base64 of inline data begins."""
    if text[:5].lower() != "data:":
        return 0
    head = _DATA_HEAD.match(text[:_HEAD_CHARS])
    if head is None:
        problem = "is a data: URL that is not base64; write data:image/png;base64,..."
        raise UnusableSource(problem, is_address=False)
    return head.end()


def _decoded_size(base64: str) -> int:
    """Bytes that base64 decodes to; it must be strict: standard alphabet, padded, no line breaks."""
    digits = base64.rstrip("=")
    padding = len(base64) - len(digits)
    is_sound = base64.isascii() and len(base64) % _GROUP == 0 and padding <= _MAX_PADDING
    if not is_sound or digits.encode("ascii").translate(None, _ALPHABET):
        problem = (
            "is neither an http(s) URL nor base64 (standard alphabet, padded, without line breaks); a file "
            "of yours goes to /model/v1/files first"
        )
        raise UnusableSource(problem, is_address=False)
    if not digits:
        raise UnusableSource("holds no data", is_address=False)
    return len(base64) // _GROUP * 3 - padding
