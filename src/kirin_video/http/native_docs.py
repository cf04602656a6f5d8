"""The native dialect in OpenAPI, made from the parameters that the parser itself reads by."""

from __future__ import annotations

from kirin_video.domain.inputs import ELEMENT_MODEL, MODEL
from kirin_video.domain.schema import request_schema
from kirin_video.domain.wire import TaskResource
from kirin_video.http.idempotency import REPLAYED_HEADER
from kirin_video.http.keyed import COMMON_ERRORS, NO_SUCH_TASK, error

Schema = dict[str, object]

CREATE_EXAMPLES: dict[str, Schema] = {
    "text": {
        "summary": "From words",
        "value": {
            "model": MODEL,
            "prompt": "A foggy pine valley at dawn, the camera slowly pans right. Without people.",
            "mode": "std",
            "aspect_ratio": "16:9",
            "duration": "5",
        },
    },
    "first_frame": {
        "summary": "From a photograph",
        "value": {
            "model": MODEL,
            "prompt": "The camera slowly pushes in on <<<image_1>>>.",
            "image_list": [{"image_url": "https://example.com/harbour.jpg", "type": "first_frame"}],
            "duration": 10,
            "watermark_info": {"enabled": True},
            "external_task_id": "ad-17",
            "seed": 7,
        },
    },
    "first_and_last_frame": {
        "summary": "From the first frame to the last",
        "value": {
            "model": MODEL,
            "prompt": "The tide comes in.",
            "image_list": [
                {"image_url": "https://example.com/low-tide.jpg", "type": "first_frame"},
                {"image_url": "https://example.com/high-tide.jpg", "type": "end_frame"},
            ],
            "duration": "7",
        },
    },
    "references": {
        "summary": "With subjects of the library and images to refer to",
        "value": {
            "model": MODEL,
            "prompt": "<<<element_1>>> rolls along the street of <<<image_1>>>, drawn as <<<image_2>>> is.",
            "image_list": [
                {"image_url": "https://example.com/street.jpg"},
                {"image_url": "https://example.com/watercolour.png"},
            ],
            "element_list": [{"element_id": 1}],
            "aspect_ratio": "1:1",
            "duration": "8",
        },
    },
    "edit": {
        "summary": "Footage to edit, with its own sound",
        "value": {
            "model": MODEL,
            "prompt": "Make it winter in <<<video_1>>>.",
            "video_list": [
                {
                    "video_url": "https://example.com/street.mp4",
                    "refer_type": "base",
                    "keep_original_sound": "yes",
                }
            ],
        },
    },
    "feature": {
        "summary": "Footage to borrow the camera's movement from",
        "value": {
            "model": MODEL,
            "prompt": "A market hall, filmed as <<<video_1>>> is.",
            "video_list": [{"video_url": "https://example.com/walk.mp4", "refer_type": "feature"}],
            "aspect_ratio": "16:9",
            "mode": "std",
            "duration": "4",
        },
    },
    "element": {
        "summary": "A subject for the library",
        "value": {
            "model": ELEMENT_MODEL,
            "element_name": "Clay fox",
            "element_frontal_image": "https://example.com/fox-front.jpg",
            "element_refer_list": [{"image_url": "https://example.com/fox-side.jpg"}],
        },
    },
    "wrapped": {
        "summary": "Wrapped, as clients of the original platform send it",
        "value": {
            "model": MODEL,
            "input": [{"params": {"prompt": "Snow over a city street at night", "aspect_ratio": "9:16"}}],
        },
    },
}
"""Bodies that a server accepts whose engines work from such inputs; a test sends each."""


READ_RESPONSES: dict[int | str, dict[str, object]] = {
    **COMMON_ERRORS,
    200: {"model": TaskResource, "description": "The task."},
    404: NO_SUCH_TASK,
}

CREATE_RESPONSES: dict[int | str, dict[str, object]] = {
    **COMMON_ERRORS,
    200: {
        "model": TaskResource,
        "description": "The task, queued; or the one this very request made before.",
        "headers": REPLAYED_HEADER,
    },
    400: error(
        "The request breaks rules: 002015001 prompt missing, 002 prompt too long, 003 parameter unknown, of "
        "the wrong type or not an allowed value, 004 aspect_ratio missing, 005 duration not allowed here, "
        "006 image rejected, 007 video rejected, 008 no such element, 009 too many references, 010 frames "
        "and other inputs do not go together, 011 the prompt names a reference that is not there, 012 media "
        "cannot be fetched, 013 callback_url refused, 015 content policy, 016 malformed JSON."
    ),
    401: error("000000401: no key, or not one that is valid now. The body was not read."),
    402: error("000000402: the account's budget does not cover it."),
    404: error("000000404: the task that this very call made before was deleted since."),
    408: error("000000408: the body arrives too slowly."),
    409: error("002015014: the external_task_id or Idempotency-Key was used before with another request."),
    413: error("002015017: the body is too large. It was not read if it said so itself."),
    429: error("000000429: over the account's rate or concurrency; Retry-After says when to come back."),
    503: error("000000503: the server cannot take it now; Retry-After says when to come back."),
}


def create_request_body() -> Schema:
    """Describe the body of the create call: flat, or wrapped."""
    return {
        "required": True,
        "content": {"application/json": {"schema": request_schema(), "examples": CREATE_EXAMPLES}},
    }
