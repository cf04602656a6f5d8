"""One result on its way to disk: whole or not there, and resumable while it lasts."""

from __future__ import annotations

import os
import re
import secrets
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, Self

from kirin_video.client.errors import DownloadFailed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

_ATTEMPTS = 5
"""Times in a row that a download may break off without having brought anything."""

_PAUSE_S = 0.5

_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class Transfer:
    """Collects a file beside its destination and moves it there once it is whole.

    It does no network I/O itself: the sync and the async client drive it alike. Use it as a context
    manager; leaving it without ``finish`` removes what was collected.

    Attributes:
        destination: where the file will be.
        received_bytes: how much of it is here.
        total_bytes: how much there is, once the server has said.
        finished: whether the file is at its destination.
    """

    def __init__(self, destination: Path) -> None:
        self.destination = destination
        self.received_bytes = 0
        self.total_bytes: int | None = None
        self.finished = False
        self._attempts = _ATTEMPTS
        self._received_before = 0
        self._etag: str | None = None
        # In the destination's own folder, so that the last step is a rename and not a copy.
        self._part = destination.with_name(f".{destination.name}.{secrets.token_hex(4)}.part")
        self._file: IO[bytes] = self._part.open("xb")

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove whatever ``finish`` has not moved."""
        self._file.close()
        self._part.unlink(missing_ok=True)

    def headers(self) -> dict[str, str]:
        """What to ask with: the rest of the file only, if some of it is here and can be told from another."""
        asked = {"Accept-Encoding": "identity"}
        if self.received_bytes and self._etag is not None:
            asked |= {"Range": f"bytes={self.received_bytes}-", "If-Range": self._etag}
        return asked

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Take note of an answer, before its bytes.

        Args:
            status: 200 for the whole file (what is here is dropped), 206 for the rest of it.
            headers: of the answer; names in lower case or in a case-insensitive mapping.

        Raises:
            DownloadFailed: the answer is not what was asked for.
        """
        if status == HTTPStatus.PARTIAL_CONTENT:
            found = _CONTENT_RANGE.fullmatch(headers.get("content-range", ""))
            if not found or int(found[1]) != self.received_bytes:
                raise DownloadFailed("The server answered with another part of the file than was asked for.")
            self.total_bytes = int(found[3])
            return
        if status != HTTPStatus.OK:
            raise DownloadFailed(f"The server answered {status} instead of the file.")
        self._file.seek(0)
        self._file.truncate()
        self.received_bytes = 0
        length = headers.get("content-length", "")
        self.total_bytes = int(length) if length.isdecimal() else None
        etag = headers.get("etag", "")
        self._etag = etag if etag.startswith('"') else None

    def write(self, chunk: bytes) -> None:
        """Add bytes at the end of what is here."""
        self._file.write(chunk)
        self.received_bytes += len(chunk)

    @property
    def whole(self) -> bool:
        """Whether every byte is here, as far as the server said how many there are."""
        return self.total_bytes is None or self.received_bytes == self.total_bytes

    def finish(self) -> None:
        """Move the file to its destination.

        Raises:
            DownloadFailed: it is not whole.
        """
        if not self.whole or not self.received_bytes:
            raise DownloadFailed(
                f"The download broke off after {self.received_bytes:,} of {self.total_bytes or 0:,} bytes."
            )
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.replace(self.destination)
        self.finished = True

    def pause_s(self, error: Exception) -> float:
        """Seconds to wait before asking for the rest, after the connection broke.

        Args:
            error: why it broke.

        Raises:
            DownloadFailed: it broke too often without bringing anything.
        """
        progressed = self.received_bytes > self._received_before
        self._received_before = self.received_bytes
        self._attempts = _ATTEMPTS if progressed else self._attempts - 1
        if not self._attempts:
            reason = str(error) or type(error).__name__
            raise DownloadFailed(
                f"The download broke off after {self.received_bytes:,} bytes: {reason}."
            ) from error
        return _PAUSE_S
