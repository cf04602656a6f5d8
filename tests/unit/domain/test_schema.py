from typing import Any

import pytest

from kirin_video.domain.errors import InvalidRequest
from kirin_video.domain.parameters import PARAMETERS, Kind, Parameter
from kirin_video.domain.request import MODEL, parse_request
from kirin_video.domain.schema import request_schema

BODY = {"model": MODEL, "prompt": "A horse", "aspect_ratio": "16:9"}
NESTED = [parameter for parent in PARAMETERS for parameter in parent.fields]


def flat() -> dict[str, Any]:
    schema: Any = request_schema()
    return schema["anyOf"][0]


def refused(changes: dict[str, Any]) -> set[str]:
    try:
        parse_request({**BODY, **changes})
    except InvalidRequest as error:
        return {violation.field for violation in error.violations}
    return set()


def test_the_schema_names_every_parameter_and_no_other() -> None:
    assert list(flat()["properties"]) == [parameter.name for parameter in PARAMETERS]
    assert flat()["required"] == ["model", "prompt"]
    assert flat()["additionalProperties"] is False


def test_its_own_examples_are_accepted() -> None:
    for example in flat()["examples"]:
        assert parse_request(example).prompt


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.name)
def test_the_example_of_every_parameter_is_accepted(parameter: Parameter) -> None:
    assert refused({parameter.name: parameter.example}) == set()


@pytest.mark.parametrize("parameter", [*PARAMETERS, *NESTED], ids=lambda parameter: parameter.name)
def test_every_parameter_says_what_it_is_for(parameter: Parameter) -> None:
    assert parameter.help.endswith(".")
    assert parameter.help == parameter.help.strip()


@pytest.mark.parametrize(
    "parameter", [p for p in PARAMETERS if p.kind is Kind.CHOICE], ids=lambda parameter: parameter.name
)
def test_choices_are_what_the_parser_takes(parameter: Parameter) -> None:
    assert all(refused({parameter.name: choice}) == set() for choice in parameter.choices)
    assert refused({parameter.name: "another"}) == {parameter.name}


def test_ranges_are_what_the_parser_takes() -> None:
    for name in ("seed", "duration"):
        parameter = next(p for p in PARAMETERS if p.name == name)
        assert parameter.minimum is not None
        assert parameter.maximum is not None
        beside = {"element_list": [{"element_id": 1}]}
        assert (
            refused({**beside, name: parameter.minimum})
            == refused({**beside, name: parameter.maximum})
            == set()
        )
        assert refused({**beside, name: parameter.minimum - 1}) == {name}
        assert refused({**beside, name: parameter.maximum + 1}) == {name}


def test_lengths_are_what_the_parser_takes() -> None:
    for name in ("prompt", "external_task_id"):
        parameter = next(p for p in PARAMETERS if p.name == name)
        assert parameter.max_length is not None
        assert refused({name: "x" * parameter.max_length}) == set()
        assert refused({name: "x" * (parameter.max_length + 1)}) == {name}


def test_defaults_are_what_absence_means() -> None:
    given = {parameter.name: parameter.default for parameter in PARAMETERS if parameter.default is not None}
    assert parse_request({**BODY, **given}) == parse_request(BODY)


def test_an_optional_parameter_may_be_null() -> None:
    for parameter in PARAMETERS:
        if not parameter.required and parameter.name != "aspect_ratio":
            assert refused({parameter.name: None}) == set()
            assert {"type": "null"} in flat()["properties"][parameter.name]["anyOf"]
