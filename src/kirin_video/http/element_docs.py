"""The library of subjects in OpenAPI, made from the parameters that the parser itself reads by."""

from __future__ import annotations

import base64
import struct
import zlib

from kirin_video.domain.schema import element_schema
from kirin_video.domain.wire import ElementResource
from kirin_video.http.idempotency import REPLAYED_HEADER
from kirin_video.http.keyed import COMMON_ERRORS, error

Schema = dict[str, object]

_SIDE_PX = 320


def _picture(red: int, green: int, blue: int) -> str:
    """A plain PNG of one colour, small enough to print."""
    row = b"\0" + bytes((red, green, blue)) * _SIDE_PX
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", _SIDE_PX, _SIDE_PX, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * _SIDE_PX, 9)),
        (b"IEND", b""),
    )
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return base64.b64encode(png).decode("ascii")


def element_examples() -> dict[str, Schema]:
    """Bodies that the server accepts; a test sends each."""
    return {
        "urls": {
            "summary": "Pictures at URLs",
            "value": {
                "element_name": "Clay fox",
                "element_description": "A small orange fox of clay with a white tip to its tail.",
                "element_frontal_image": "https://example.com/fox-front.jpg",
                "element_refer_list": [{"image_url": "https://example.com/fox-side.jpg"}],
                "tag_list": [{"tag_id": "animal"}],
                "external_task_id": "fox-1",
            },
        },
        "inline": {
            "summary": "Pictures sent along, here two plain ones",
            "value": {
                "element_name": "Swatch",
                "element_frontal_image": _picture(230, 120, 40),
                "element_refer_list": [{"image_url": "data:image/png;base64," + _picture(220, 110, 35)}],
            },
        },
    }


CREATE_ELEMENT_RESPONSES: dict[int | str, Schema] = {
    **COMMON_ERRORS,
    200: {
        "model": ElementResource,
        "description": "The element, completed or queued; or the one this very request made before.",
        "headers": REPLAYED_HEADER,
    },
    400: error(
        "The request breaks rules: 002015003 parameter unknown, missing, of the wrong type or not an allowed "
        "value, 002015006 image rejected, 002015012 media cannot be fetched, 002015013 callback_url refused, "
        "002015016 malformed JSON."
    ),
    404: error("000000404: the element that this very request made before was deleted since."),
    408: error("000000408: the body arrives too slowly."),
    409: error("002015014: the external_task_id or Idempotency-Key was used before with another request."),
    413: error("002015017: the body is too large. It was not read if it said so itself."),
    429: error("000000429: over the account's rate or concurrency; Retry-After says when to come back."),
}


def element_request_body() -> Schema:
    """Describe the body of the create call."""
    content = {"schema": element_schema(), "examples": element_examples()}
    return {"required": True, "content": {"application/json": content}}
