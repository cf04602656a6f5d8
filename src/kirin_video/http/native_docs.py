"""The native dialect in OpenAPI, made from the parameters that the parser itself reads by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirin_video.domain.inputs import MODEL
from kirin_video.domain.parameters import PARAMETERS, Kind
from kirin_video.domain.wire import ErrorResponse, TaskResource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kirin_video.domain.parameters import Parameter

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
    "wrapped": {
        "summary": "Wrapped, as clients of the original platform send it",
        "value": {
            "model": MODEL,
            "input": [{"params": {"prompt": "Snow over a city street at night", "aspect_ratio": "9:16"}}],
        },
    },
}
"""Bodies that the server accepts; a test sends each."""


def _error(description: str) -> Schema:
    return {"model": ErrorResponse, "description": description}


READ_RESPONSES: dict[int | str, dict[str, object]] = {
    200: {"model": TaskResource, "description": "The task."},
    401: _error("000000401: no key, or not one that is valid now."),
    404: _error("000000404: there is no such task in your account."),
    503: _error("000000503: the server cannot answer now; Retry-After says when to come back."),
}

CREATE_RESPONSES: dict[int | str, dict[str, object]] = {
    200: {
        "model": TaskResource,
        "description": "The task, queued; or the one this very request made before.",
    },
    400: _error(
        "The request breaks rules: 002015001 prompt missing, 002 prompt too long, 003 parameter unknown, of "
        "the wrong type or not an allowed value, 004 aspect_ratio missing, 005 duration not allowed here, "
        "006 image rejected, 007 video rejected, 008 no such element, 009 too many references, 010 frames "
        "and other inputs do not go together, 011 the prompt names a reference that is not there, 012 media "
        "cannot be fetched, 013 callback_url refused, 015 content policy, 016 malformed JSON."
    ),
    401: _error("000000401: no key, or not one that is valid now. The body was not read."),
    402: _error("000000402: the account's budget does not cover it."),
    409: _error("002015014: the external_task_id was used before with another request."),
    413: _error("002015017: the body is too large."),
    429: _error("000000429: over the account's rate or concurrency; Retry-After says when to come back."),
    503: _error("000000503: the server cannot take it now; Retry-After says when to come back."),
}


def create_request_body() -> Schema:
    """Describe the body of the create call: flat, or wrapped."""
    flat = _object(PARAMETERS)
    inner = _object(p for p in PARAMETERS if p.name != "model")
    wrapped: Schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["model", "input"],
        "properties": {
            "model": {"enum": [MODEL]},
            "input": {
                "type": "array",
                "minItems": 1,
                "maxItems": 1,
                "items": {"type": "object", "required": ["params"], "properties": {"params": inner}},
            },
        },
    }
    return {
        "required": True,
        "content": {
            "application/json": {"schema": {"oneOf": [flat, wrapped]}, "examples": CREATE_EXAMPLES},
        },
    }


def _object(parameters: Iterable[Parameter]) -> Schema:
    fields = tuple(parameters)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in fields if field.required],
        "properties": {field.name: _schema(field) for field in fields},
    }


def _schema(parameter: Parameter) -> Schema:
    schema: Schema = {"description": parameter.help, "examples": [parameter.example], **_type(parameter)}
    if parameter.default is not None:
        schema["default"] = parameter.default
    return schema


def _type(parameter: Parameter) -> Schema:
    match parameter.kind:
        case Kind.CHOICE:
            return {"type": "string", "enum": [str(choice) for choice in parameter.choices]}
        case Kind.WHOLE_NUMBER:
            number = _present(type="integer", minimum=parameter.minimum, maximum=parameter.maximum)
            return (
                {"anyOf": [number, {"type": "string", "pattern": r"^\d+$"}]}
                if parameter.digits_too
                else number
            )
        case Kind.TRUTH:
            return {"type": "boolean"}
        case Kind.OBJECT:
            return _object(parameter.fields)
        case Kind.LIST:
            return _present(type="array", maxItems=parameter.max_items, items=_object(parameter.fields))
        case Kind.TEXT | Kind.URL | Kind.SOURCE:
            uri = "uri" if parameter.kind is Kind.URL else None
            return _present(
                type="string", format=uri, minLength=parameter.min_length, maxLength=parameter.max_length
            )


def _present(**keywords: object) -> Schema:
    return {name: value for name, value in keywords.items() if value is not None}
