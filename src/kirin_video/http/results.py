"""Serves results under their signed links: whole, in part, or not at all."""

from __future__ import annotations

import asyncio
import os
import time
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kirin_video.domain.errors import Forbidden, NotFound
from kirin_video.domain.wire import ErrorResponse
from kirin_video.http.boundary import request_id
from kirin_video.http.byte_range import ByteRange, UnsatisfiableRange, requested_range
from kirin_video.http.context import context
from kirin_video.http.errors import status_response

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from typing import BinaryIO

    from kirin_video.services.results import OpenedResult

_CHUNK_BYTES = 1 << 18
_MAX_EXPIRES_DIGITS = 12
_RESPONSES: dict[int | str, dict[str, object]] = {
    200: {
        "description": "The whole file.",
        "content": {"video/mp4": {"schema": {"type": "string", "format": "binary"}}},
    },
    206: {"description": "The part that the Range header asks for."},
    304: {"description": "The file is the one that If-None-Match names."},
    403: {"model": ErrorResponse, "description": "The link was altered or has expired. Read the task again."},
    404: {"model": ErrorResponse, "description": "The file is not kept any more."},
    416: {"model": ErrorResponse, "description": "The range lies outside the file."},
}


def result_routes() -> APIRouter:
    """``/files/...``: the addresses in a completed task's ``output``."""
    router = APIRouter(tags=["results"])
    path = "/files/{key:path}/{filename}"
    router.add_api_route(
        path,
        _send_result,
        methods=["GET"],
        response_model=None,
        operation_id="fetch_result",
        summary="Fetch a result",
        description="The links come signed from a completed task; no key is needed, and Range is honoured.",
        responses=_RESPONSES,
    )
    router.add_api_route(path, _send_result, methods=["HEAD"], response_model=None, include_in_schema=False)
    return router


async def _send_result(
    request: Request,
    key: str,
    filename: str,
    expires: Annotated[str, Query(description="When the link dies, Unix seconds.")] = "",
    signature: Annotated[str, Query(description="Proof that the link is ours and unaltered.")] = "",
) -> Response:
    expires_at = _expires_at(expires)
    opened = await context(request).services.open_result(key, filename, expires_at, signature)
    # The bytes behind a link never change, so it may be cached for as long as it lives.
    lifetime_s = max(0, int(expires_at - time.time()))
    return await send_file(request, opened, filename, f"private, max-age={lifetime_s}, immutable")


async def send_file(request: Request, opened: OpenedResult, filename: str, caching: str) -> Response:
    """Send a file, or the part of it that is asked for.

    Args:
        request: who asks; its method and its ``Range`` count.
        opened: the file.
        filename: what it is called.
        caching: the answer's ``Cache-Control``.

    Raises:
        NotFound: the file is gone.
    """
    size_bytes = await asyncio.to_thread(_size, opened.path)
    headers = _headers(opened, filename, caching)
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    try:
        part = requested_range(_range_header(request, headers["ETag"]), size_bytes)
    except UnsatisfiableRange:
        return status_response(
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            f"The range lies outside the file, which has {size_bytes} bytes.",
            request_id(request),
            {"Content-Range": f"bytes */{size_bytes}"},
        )
    status = HTTPStatus.OK
    if part is not None:
        status = HTTPStatus.PARTIAL_CONTENT
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size_bytes}"
    part = part or ByteRange(0, size_bytes)
    headers["Content-Length"] = str(part.stop - part.start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    return StreamingResponse(_bytes(opened.path, part), status_code=status, headers=headers)


def _expires_at(text: str) -> int:
    """Read ``expires``. The signature covers the number; its spelling must be ours too, or it was altered."""
    if len(text) <= _MAX_EXPIRES_DIGITS and text.isascii() and text.isdecimal() and str(int(text)) == text:
        return int(text)
    raise Forbidden("This link is not whole. Read the task again for a new one.")


def _headers(opened: OpenedResult, filename: str, caching: str) -> dict[str, str]:
    return {
        "Content-Type": opened.media_type,
        "ETag": f'"{opened.sha256.hex()}"',
        "Accept-Ranges": "bytes",
        "Content-Disposition": f'inline; filename="{filename}"',
        "Cache-Control": caching,
        "Content-Security-Policy": "default-src 'none'; media-src 'self'; sandbox",
    }


def _range_header(request: Request, etag: str) -> str | None:
    """The ``Range`` that counts: none if ``If-Range`` names another file, or the method is not GET."""
    if request.method != "GET" or request.headers.get("if-range", etag) != etag:
        return None
    return request.headers.get("range")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError as error:  # removed since the service looked
        raise NotFound("This file is not kept any more.") from error


async def _bytes(path: Path, part: ByteRange) -> AsyncGenerator[bytes]:
    file = await _open(path)
    try:
        position = part.start
        while position < part.stop:
            chunk = await asyncio.to_thread(_read, file, position, min(_CHUNK_BYTES, part.stop - position))
            if not chunk:
                return  # the file shrank; the server sees the missing bytes and cuts the connection
            position += len(chunk)
            yield chunk
    finally:
        file.close()


async def _open(path: Path) -> BinaryIO:
    """Open a file in a thread; should the caller leave meanwhile, it is closed once it is open."""
    opening = asyncio.create_task(asyncio.to_thread(path.open, "rb", 0))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_close_opened)
        raise


def _close_opened(opening: asyncio.Task[BinaryIO]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()


def _read(file: BinaryIO, position: int, size: int) -> bytes:
    return os.pread(file.fileno(), size, position)
