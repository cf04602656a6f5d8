"""The create call's body as a JSON Schema, made from the parameters that also validate it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from pydantic import JsonValue

from kirin_video.domain.parameters import (
    IMAGE,
    IMAGE_LIST,
    IMAGE_URL,
    MODEL_NAME,
    PARAMETERS,
    Kind,
    Parameter,
)
from kirin_video.domain.rules import RULES

Schema = dict[str, JsonValue]

_DIGITS = r"^(0|[1-9][0-9]{0,15})$"


def request_schema() -> Schema:
    """The schema of a body: the parameters flat, or wrapped in ``input``. JSON Schema 2020-12.

    The rules between parameters go beyond what a schema can say; they are in its description.
    """
    flat = _object(PARAMETERS)
    flat["title"] = "Parameters"
    flat["description"] = "Rules between parameters: " + " ".join(rule.statement for rule in RULES)
    flat["examples"] = [{p.name: p.example for p in PARAMETERS if p.required or p.name == "aspect_ratio"}]
    params = _object(PARAMETERS, required=[p.name for p in PARAMETERS if p.required and p is not MODEL_NAME])
    wrapped: Schema = {
        "title": "Wrapped parameters",
        "type": "object",
        "properties": {
            "model": parameter_schema(MODEL_NAME),
            "input": {
                "type": "array",
                "minItems": 1,
                "maxItems": 1,
                "items": {
                    "type": "object",
                    "properties": {"params": params},
                    "required": ["params"],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["model", "input"],
        "additionalProperties": False,
    }
    return {"anyOf": [flat, wrapped]}


def parameter_schema(parameter: Parameter) -> Schema:
    """The schema of one parameter. An optional one may also be null, which means absent."""
    schema = _value(parameter)
    schema["description"] = parameter.help
    schema["examples"] = [parameter.example]
    if parameter.default is not None:
        schema["default"] = parameter.default
    return schema


def _value(parameter: Parameter) -> Schema:
    """What the parameter's value may be."""
    forms = _forms(parameter)
    if not parameter.required:
        forms.append({"type": "null"})
    return forms[0] if len(forms) == 1 else {"anyOf": cast("list[JsonValue]", forms)}


def _forms(parameter: Parameter) -> list[Schema]:  # noqa: PLR0911  # one return for each kind
    """The JSON that the parameter may be given as."""
    match parameter.kind:
        case Kind.CHOICE:
            return [{"type": "string", "enum": list(parameter.choices)}]
        case Kind.WHOLE_NUMBER:
            number = _present({"type": "integer", "minimum": parameter.minimum, "maximum": parameter.maximum})
            return [number, {"type": "string", "pattern": _DIGITS}] if parameter.digits_too else [number]
        case Kind.TRUTH:
            return [{"type": "boolean"}]
        case Kind.LIST:
            item = _object(parameter.fields)
            if parameter is IMAGE_LIST:
                item = _either_name(item)
            bounds: Schema = {"minItems": parameter.min_items, "maxItems": parameter.max_items}
            return [_present({"type": "array", "items": item, **bounds})]
        case Kind.OBJECT:
            entry = _object(parameter.fields)
            return [entry, {"type": "array", "items": entry, "minItems": 1, "maxItems": 1}]
        case Kind.TEXT | Kind.SOURCE:
            return [_text(parameter)]
        case Kind.URL:
            return [{**_text(parameter), "format": "uri"}]


def _text(parameter: Parameter) -> Schema:
    return _present({"type": "string", "minLength": parameter.min_length, "maxLength": parameter.max_length})


def _object(parameters: Sequence[Parameter], required: Sequence[str] | None = None) -> Schema:
    names = [p.name for p in parameters if p.required] if required is None else required
    return {
        "type": "object",
        "properties": {p.name: parameter_schema(p) for p in parameters},
        "required": list(names),
        "additionalProperties": False,
    }


def _either_name(item: Schema) -> Schema:
    """An image goes by one of two names."""
    names: list[JsonValue] = [{"required": [IMAGE_URL.name]}, {"required": [IMAGE.name]}]
    return {**{key: value for key, value in item.items() if key != "required"}, "anyOf": names}


def _present(schema: dict[str, JsonValue]) -> Schema:
    return {key: value for key, value in schema.items() if value is not None}
