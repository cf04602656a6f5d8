"""Receives the one file of a multipart upload: to disk as it comes, within limits, or not at all."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from kirin_video.domain.errors import BodyTooLarge, Fault, InvalidRequest, Overloaded, Violation
from kirin_video.domain.quoting import shown_name
from kirin_video.domain.upload import UploadKind
from kirin_video.http.steady import steady_stream

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from python_multipart.multipart import MultipartCallbacks
    from starlette.requests import Request

FIELD = "file"
"""The name of the part that holds the file."""

_FULL_RETRY_AFTER_S = 30.0  # somebody has to make room first
_BATCH_BYTES = 1 << 18
_ENVELOPE_BYTES = 1 << 16
_HEAD_BYTES = 12
_MEGABYTE = 1024 * 1024
_MOVIE_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})
_HOW = 'Send multipart/form-data with one part named "file", as curl -F file=@picture.jpg does.'


@dataclass
class MultipartFile:
    """The file of one multipart body, on its way to disk.

    Attributes:
        path: where it goes.
        limits: the most bytes of a file of each kind.
        kind: what its first bytes say it is; None before they have come.
        size_bytes: how much of it is here.
    """

    path: Path
    limits: Mapping[UploadKind, int]
    kind: UploadKind | None = None
    size_bytes: int = 0
    _head: bytes = b""
    _out: IO[bytes] | None = None
    _header: bytearray = field(default_factory=bytearray)
    _value: bytearray = field(default_factory=bytearray)
    _name: str | None = None
    _parts: int = 0
    _ended: bool = False

    async def receive(self, request: Request) -> UploadKind:
        """Receive a request's body.

        Args:
            request: a request whose body has not been touched.

        Returns:
            The kind of the file, which lies whole at ``path``.

        Raises:
            InvalidRequest: not multipart, not exactly one part named ``file``, neither picture nor movie by
                its first bytes, or larger than its kind may be.
            BodyTooLarge: the body says that it is larger than any file may be.
            Overloaded: there is no room to receive it.
            HTTPException: 408, the sender is too slow.
        """
        parser = self._parser(request)
        self._check_length(request)
        try:
            with self.path.open("xb", 0) as self._out:
                await self._pour(request, parser)
        except FormParserError as error:
            raise _refusal(f"The body is not sound multipart/form-data. {_HOW}") from error
        except OSError as error:
            raise Overloaded(
                "The server has no room to receive the file now. Try again later.",
                retry_after_s=_FULL_RETRY_AFTER_S,
            ) from error
        if not self._ended:
            raise _refusal(f"The body is not whole: its last boundary is missing. {_HOW}")
        if not self._parts:
            raise _refusal(f"The body holds no file. {_HOW}")
        if self.kind is None:
            raise _not_media()
        return self.kind

    async def _pour(self, request: Request, parser: MultipartParser) -> None:
        waiting = bytearray()
        async for chunk in steady_stream(request):
            waiting += chunk
            if len(waiting) >= _BATCH_BYTES:
                batch, waiting = bytes(waiting), bytearray()
                await asyncio.to_thread(parser.write, batch)
        await asyncio.to_thread(parser.write, bytes(waiting))

    def _parser(self, request: Request) -> MultipartParser:
        kind, options = parse_options_header(request.headers.get("content-type"))
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise _refusal(f"The Content-Type is not multipart/form-data with a boundary. {_HOW}")
        callbacks: MultipartCallbacks = {
            "on_part_begin": self._begin_part,
            "on_header_begin": self._begin_header,
            "on_header_field": self._add_name,
            "on_header_value": self._add_value,
            "on_header_end": self._end_header,
            "on_headers_finished": self._end_headers,
            "on_part_data": self._add_data,
            "on_end": self._end,
        }
        try:
            return MultipartParser(boundary, callbacks)
        except FormParserError as error:
            raise _refusal(f"The boundary of the body is too long. {_HOW}") from error

    def _check_length(self, request: Request) -> None:
        declared = request.headers.get("content-length", "")
        most = max(self.limits.values()) + _ENVELOPE_BYTES
        if declared.isdecimal() and int(declared[:20]) > most:
            raise BodyTooLarge(
                f"The body is {int(declared[:20]):,} bytes; {max(self.limits.values()):,} are allowed for a "
                f"video and {min(self.limits.values()):,} for a picture."
            )

    def _begin_part(self) -> None:
        self._parts += 1
        self._name = None
        if self._parts > 1:
            raise _refusal(f"The body has more than one part. {_HOW}")

    def _begin_header(self) -> None:
        self._header.clear()
        self._value.clear()

    def _add_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _add_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        if bytes(self._header).lower() == b"content-disposition":
            _, options = parse_options_header(self._value.decode("latin-1"))
            self._name = options.get(b"name", b"").decode("utf-8", "replace")

    def _end_headers(self) -> None:
        if self._name != FIELD:
            name = shown_name(self._name or "")
            raise _refusal(f"{name} is not a known part. {_HOW}", name)

    def _add_data(self, data: bytes, start: int, end: int) -> None:
        assert self._out is not None
        self.size_bytes += end - start
        if len(self._head) < _HEAD_BYTES:
            self._head += data[start : min(end, start + _HEAD_BYTES - len(self._head))]
            if len(self._head) == _HEAD_BYTES:
                self.kind = _kind_of(self._head)
        most = self.limits[self.kind] if self.kind else _HEAD_BYTES
        if self.size_bytes > most:
            raise _file_too_large(self.kind, most) if self.kind else _not_media()
        with memoryview(data) as whole, whole[start:end] as piece:
            written = 0
            while written < len(piece):
                written += self._out.write(piece[written:])

    def _end(self) -> None:
        self._ended = True


def _kind_of(head: bytes) -> UploadKind | None:
    """What a file is by its first bytes, whatever it is called."""
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return UploadKind.IMAGE
    return UploadKind.VIDEO if head[4:8] in _MOVIE_BOXES else None


def _refusal(message: str, name: str = FIELD, fault: Fault = Fault.INVALID_PARAMETER) -> InvalidRequest:
    return InvalidRequest((Violation(name, fault, message),))


def _not_media() -> InvalidRequest:
    return _refusal("file: this is none of JPEG, PNG, MP4 and MOV, by its content; those are accepted.")


def _file_too_large(kind: UploadKind, most: int) -> InvalidRequest:
    what, fault = (
        ("picture", Fault.IMAGE_REJECTED) if kind is UploadKind.IMAGE else ("video", Fault.VIDEO_REJECTED)
    )
    allowed = f"at most {most:,} ({most // _MEGABYTE} MB) are allowed"
    return _refusal(f"file: the {what} has more than {most:,} bytes; {allowed}.", FIELD, fault)
