"""Uploads: a picture or footage, sent ahead of the request that names it."""

from __future__ import annotations

import tempfile
from http import HTTPStatus
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Security
from fastapi.security import HTTPBearer
from starlette.requests import Request
from starlette.responses import Response

from kirin_video.domain.sources import FILES_PATH, upload_url
from kirin_video.domain.upload import UploadKind
from kirin_video.domain.wire import ErrorResponse, FileResource
from kirin_video.http.context import context
from kirin_video.http.errors import json_response
from kirin_video.http.gate import caller_of, creator_of
from kirin_video.http.multipart_file import FIELD, MultipartFile
from kirin_video.services.room import refusing_when_full
from kirin_video.services.uploads import ARRIVING

if TYPE_CHECKING:
    from kirin_video.domain.upload import Upload
    from kirin_video.services.authenticate import Caller

_UPLOAD = (
    "Send one JPEG, PNG, MP4 or MOV file, told by its content. It is judged at once, and its url can then "
    "stand in image_url or video_url of your requests. A file that no task takes is removed after a day, "
    "unless the operator set another time; taking it keeps it for as long again."
)
_READ = "What is known of an uploaded file."
_DELETE = "Remove an uploaded file. Tasks that took it keep what they took."
_BODY: dict[str, object] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    FIELD: {
                        "type": "string",
                        "format": "binary",
                        "description": "A picture of at most 10 MB or a video of at most 200 MB.",
                    }
                },
                "required": [FIELD],
                "additionalProperties": False,
            },
            "encoding": {FIELD: {"contentType": "image/jpeg, image/png, video/mp4, video/quicktime"}},
        }
    },
}


def _error(description: str) -> dict[str, object]:
    return {"model": ErrorResponse, "description": description}


_COMMON: dict[int | str, dict[str, object]] = {
    401: _error("000000401: no key, or not one that is valid now."),
    403: _error("000000403: the key lacks the scope."),
    429: _error("000000429: over the account's rate; Retry-After says when to come back."),
    500: _error("000000500: the server made a mistake; its log has it under the request_id."),
    503: _error("000000503: the server cannot take it now; Retry-After says when to come back."),
}
_UPLOAD_RESPONSES: dict[int | str, dict[str, object]] = {
    200: {"model": FileResource, "description": "The file, judged and kept."},
    400: _error(
        "002015003: not one multipart file, or neither picture nor video; 002015006: the picture is refused; "
        "002015007: the video is refused."
    ),
    408: _error("000000408: the body arrives too slowly."),
    413: _error("002015017: larger than any file may be. It was not read if it said so itself."),
    **_COMMON,
}
_READ_RESPONSES: dict[int | str, dict[str, object]] = {
    200: {"model": FileResource, "description": "The file."},
    404: _error("000000404: there is no such file in your account, or not any more."),
    **_COMMON,
}
_DELETE_RESPONSES: dict[int | str, dict[str, object]] = {
    204: {"description": "It is gone."},
    404: _READ_RESPONSES[404],
    **_COMMON,
}

_FileId = Annotated[str, Path(alias="id", description="The file's id.")]


def file_routes() -> APIRouter:
    """``/model/v1/files`` and what is below it."""
    scheme = HTTPBearer(
        auto_error=False, scheme_name="apiKey", description="A key that `kirin keys create` made."
    )
    router = APIRouter(prefix=FILES_PATH, tags=["files"], dependencies=[Security(scheme)])
    router.add_api_route(
        "",
        _upload,
        methods=["POST"],
        response_model=None,
        operation_id="upload_file",
        summary="Upload a file",
        description=_UPLOAD,
        responses=_UPLOAD_RESPONSES,
        openapi_extra={"requestBody": _BODY},
    )
    router.add_api_route(
        "/{id}",
        _read,
        methods=["GET"],
        response_model=None,
        operation_id="read_file",
        summary="Read a file's description",
        description=_READ,
        responses=_READ_RESPONSES,
    )
    router.add_api_route(
        "/{id}",
        _delete,
        methods=["DELETE"],
        response_model=None,
        status_code=HTTPStatus.NO_CONTENT,
        operation_id="delete_file",
        summary="Delete a file",
        description=_DELETE,
        responses=_DELETE_RESPONSES,
    )
    return router


async def _upload(request: Request) -> Response:
    caller = await creator_of(request)  # first of all: without a key the body is not read
    return file_response(request, await receive_upload(request, caller))


async def receive_upload(request: Request, caller: Caller) -> Upload:
    """Receive the file of a multipart request, judge it and keep it.

    Args:
        request: a request whose body has not been touched.
        caller: whose it will be.

    Raises:
        InvalidRequest: it is not one file that is accepted.
        BodyTooLarge: it says that it is larger than any file may be.
        Overloaded: there is no room, or the database cannot be reached.
        HTTPException: 408, it arrives too slowly.
    """
    services = context(request).services
    limits = {
        UploadKind.IMAGE: services.judge.image_limits.max_bytes,
        UploadKind.VIDEO: services.judge.video_limits.max_bytes,
    }
    services.require_room()
    with refusing_when_full(), tempfile.TemporaryDirectory(dir=services.scratch, prefix=ARRIVING) as folder:
        path = FilePath(folder) / "file"
        kind = await MultipartFile(path, limits).receive(request)
        return await services.keep_upload(caller, kind, path)


async def _read(request: Request, file_id: _FileId) -> Response:
    caller = await caller_of(request)
    return file_response(request, await context(request).services.read_upload(caller, file_id))


async def _delete(request: Request, file_id: _FileId) -> Response:
    caller = await caller_of(request)
    await context(request).services.delete_upload(caller, file_id)
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Cache-Control": "no-store"})


def file_response(request: Request, upload: Upload) -> Response:
    """Answer with what is known of an uploaded file."""
    resource = FileResource(
        id=upload.id,
        url=upload_url(context(request).base_url(request), upload.id),
        type=upload.kind.value,
        media_type=upload.media_type,
        size_bytes=upload.size_bytes,
        width=upload.width,
        height=upload.height,
        duration=None if upload.duration_s is None else round(upload.duration_s, 3),
        fps=None if upload.fps is None else round(upload.fps, 3),
        has_sound=upload.has_sound,
        created_at=int(upload.created_at.timestamp() * 1000),
        expires_at=int(upload.expires_at.timestamp() * 1000),
    )
    return json_response(resource.model_dump(mode="json", exclude_none=True))
