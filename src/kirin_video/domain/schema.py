"""The create call's body as a JSON Schema, made from the parameters that also validate it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from pydantic import JsonValue

from kirin_video.domain.element_parameters import ELEMENT_PARAMETERS
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
    """The schema of a create call's body, whichever model it names. JSON Schema 2020-12.

    Each model's parameters stand flat, or wrapped in ``input``. The rules between parameters go beyond what a
    schema can say; they are in its description.
    """
    flat = _object(PARAMETERS)
    flat["title"] = "Parameters"
    flat["description"] = "Rules between parameters: " + " ".join(rule.statement for rule in RULES)
    flat["examples"] = [{p.name: p.example for p in PARAMETERS if p.required or p.name == "aspect_ratio"}]
    forms = [flat, _wrapped("Wrapped parameters", PARAMETERS), *_element_forms(model_needed=True)]
    return {"anyOf": cast("list[JsonValue]", forms)}


def element_schema() -> Schema:
    """The schema of a request for an element at its own address, where ``model`` may be left out."""
    return {"anyOf": cast("list[JsonValue]", _element_forms(model_needed=False))}


def _element_forms(*, model_needed: bool) -> list[Schema]:
    flat = _object(ELEMENT_PARAMETERS, _required(ELEMENT_PARAMETERS, model_too=model_needed))
    flat["title"] = "Element"
    flat["examples"] = [{p.name: p.example for p in ELEMENT_PARAMETERS if p.required}]
    return [flat, _wrapped("Wrapped element", ELEMENT_PARAMETERS, model_needed=model_needed)]


def _wrapped(title: str, parameters: Sequence[Parameter], *, model_needed: bool = True) -> Schema:
    """``input`` with the parameters in its one entry; ``model`` may be there or among them."""
    model = next(p for p in parameters if p.name == MODEL_NAME.name)
    params = _object(parameters, _required(parameters, model_too=False))
    return {
        "title": title,
        "type": "object",
        "properties": {
            "model": parameter_schema(model),
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
        "required": ["model", "input"] if model_needed else ["input"],
        "additionalProperties": False,
    }


def _required(parameters: Sequence[Parameter], *, model_too: bool) -> list[str]:
    return [p.name for p in parameters if p.required and (model_too or p.name != MODEL_NAME.name)]


def object_schema(parameters: Sequence[Parameter]) -> Schema:
    """The schema of an object that holds these parameters and nothing else."""
    return _object(parameters)


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
