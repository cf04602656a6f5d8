"""Reads a form that brings files along, as browsers without scripts send it; files go straight to disk."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from kirin_video.console.forms import Form
from kirin_video.domain.errors import BodyTooLarge, MalformedBody
from kirin_video.http.steady import steady_stream

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from python_multipart.multipart import MultipartCallbacks
    from starlette.requests import Request

_BATCH_BYTES: Final = 1 << 18
_MAX_TEXT_BYTES: Final = 128 * 1024
_MAX_PARTS: Final = 200
_MAX_HEADER_BYTES: Final = 4096
_NO_FORM: Final = "The body is not a form."


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a form.

    Attributes:
        name: what it is called at its sender's.
        path: where it lies.
    """

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class MixedForm:
    """What a form with files sent.

    Attributes:
        text: its plain fields.
        files: the files of each field in order; None where nothing was picked.
    """

    text: Form
    files: Mapping[str, Sequence[SentFile | None]]


async def read_mixed_form(request: Request, folder: Path, max_bytes: int) -> MixedForm:
    """Receive a form with files.

    Args:
        request: a request whose body has not been touched.
        folder: where the files go; the caller removes it.
        max_bytes: of the whole body.

    Raises:
        BodyTooLarge: it is larger than that.
        MalformedBody: it is not a form with files, or not whole.
        OSError: there is no room in the folder.
        HTTPException: 408, it arrives too slowly.
    """
    with ExitStack() as stack:
        return await _Receiver(folder, stack).receive(request, max_bytes)


@dataclass
class _Receiver:
    """One body on its way in."""

    folder: Path
    stack: ExitStack
    fields: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    files: dict[str, list[SentFile | None]] = field(default_factory=dict[str, list[SentFile | None]])
    _header: bytearray = field(default_factory=bytearray)
    _value: bytearray = field(default_factory=bytearray)
    _text: bytearray = field(default_factory=bytearray)
    _name: str = ""
    _filename: str | None = None
    _out: IO[bytes] | None = None
    _text_bytes: int = 0
    _parts: int = 0
    _ended: bool = False

    async def receive(self, request: Request, max_bytes: int) -> MixedForm:
        kind, options = parse_options_header(request.headers.get("content-type"))
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise MalformedBody(_NO_FORM)
        try:
            parser = MultipartParser(boundary, self._callbacks())
            await _pour(request, parser, max_bytes)
        except (FormParserError, UnicodeDecodeError) as error:
            raise MalformedBody(_NO_FORM) from error
        if not self._ended:
            raise MalformedBody("The form did not arrive whole. Send it again.")
        return MixedForm(Form(self.fields), self.files)

    def _callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin_part,
            "on_header_begin": self._begin_header,
            "on_header_field": self._add_name,
            "on_header_value": self._add_value,
            "on_header_end": self._end_header,
            "on_headers_finished": self._end_headers,
            "on_part_data": self._add_data,
            "on_part_end": self._end_part,
            "on_end": self._end,
        }

    def _begin_part(self) -> None:
        self._parts += 1
        if self._parts > _MAX_PARTS:
            raise MalformedBody("The form has more fields than any of ours.")
        self._name, self._filename, self._out = "", None, None
        self._text.clear()

    def _begin_header(self) -> None:
        self._header.clear()
        self._value.clear()

    def _add_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _add_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        if len(self._value) > _MAX_HEADER_BYTES:
            raise MalformedBody(_NO_FORM)

    def _end_header(self) -> None:
        if bytes(self._header).lower() == b"content-disposition":
            _, options = parse_options_header(self._value.decode("latin-1"))
            self._name = options.get(b"name", b"").decode("utf-8")
            if b"filename" in options:
                self._filename = options[b"filename"].decode("utf-8", "replace")

    def _end_headers(self) -> None:
        if self._filename:
            path = self.folder / f"file-{self._parts}"
            self._out = self.stack.enter_context(path.open("xb", 0))
            self.files.setdefault(self._name, []).append(SentFile(self._filename, path))
        elif self._filename is not None:
            self.files.setdefault(self._name, []).append(None)

    def _add_data(self, data: bytes, start: int, end: int) -> None:
        if self._out is not None:
            with memoryview(data) as whole, whole[start:end] as piece:
                written = 0
                while written < len(piece):
                    written += self._out.write(piece[written:])
            return
        self._text_bytes += end - start
        if self._text_bytes > _MAX_TEXT_BYTES:
            raise BodyTooLarge("The form is larger than any of ours.")
        self._text += data[start:end]

    def _end_part(self) -> None:
        if self._out is not None:
            self._out.close()
        elif self._filename is None:
            text = self._text.decode("utf-8")
            if "\0" in text:
                raise MalformedBody("The form holds a character that no text has.")
            self.fields.setdefault(self._name, []).append(text.replace("\r\n", "\n"))

    def _end(self) -> None:
        self._ended = True


async def _pour(request: Request, parser: MultipartParser, max_bytes: int) -> None:
    waiting, received = bytearray(), 0
    async for chunk in steady_stream(request):
        received += len(chunk)
        if received > max_bytes:
            raise BodyTooLarge(f"The form is larger than {max_bytes:,} bytes, which is all that is accepted.")
        waiting += chunk
        if len(waiting) >= _BATCH_BYTES:
            batch, waiting = bytes(waiting), bytearray()
            await asyncio.to_thread(parser.write, batch)
    await asyncio.to_thread(parser.write, bytes(waiting))
