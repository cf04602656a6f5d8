"""The OpenAPI document: whole, true, and with examples that work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

import httpx2
import pytest

from kirin_video.domain.element_request import asks_for_element, parse_element_request
from kirin_video.domain.parameters import PARAMETERS
from kirin_video.domain.request import parse_request
from kirin_video.domain.wire import ErrorResponse, TaskResource
from kirin_video.domain.wire_faults import WIRE_FAULTS
from kirin_video.engines.base import Feature
from kirin_video.http.native_docs import CREATE_EXAMPLES
from kirin_video.services.engine_support import asked_features

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document(http: httpx2.Client) -> dict[str, Any]:
    response = http.get("/openapi.json")
    assert response.status_code == 200
    return response.json()


def walk(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield cast("dict[str, Any]", value)
        for inner in cast("dict[str, object]", value).values():
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from walk(inner)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            yield path, method, item[method]


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    references = [node["$ref"] for node in walk(document) if isinstance(node.get("$ref"), str)]
    assert references
    for reference in references:
        place = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_the_addresses_are_those_that_answer(document: dict[str, Any]) -> None:
    found = {(method, path) for path, method, _ in operations(document)}
    assert found == {
        ("post", "/model/v1/generation"),
        ("post", "/model/v1/generation/quote"),
        ("get", "/model/v1/generation/tasks"),
        ("get", "/model/v1/generation/task/{id}"),
        ("delete", "/model/v1/generation/task/{id}"),
        ("get", "/model/v1/generation/task/{id}/events"),
        ("post", "/model/v1/generation/task/{id}/cancel"),
        ("get", "/model/v1/models"),
        ("get", "/model/v1/usage"),
        ("post", "/model/v1/files"),
        ("get", "/model/v1/files/{id}"),
        ("delete", "/model/v1/files/{id}"),
        ("post", "/model/v1/elements"),
        ("get", "/model/v1/elements"),
        ("get", "/model/v1/elements/{element_id}"),
        ("delete", "/model/v1/elements/{element_id}"),
        ("get", "/model/v1/callbacks/deliveries"),
        ("get", "/model/v1/callbacks/deliveries/{id}"),
        ("post", "/model/v1/callbacks/deliveries/{id}/resend"),
        ("post", "/model/v1/callbacks/test"),
        ("get", "/model/v1/callbacks/receivers"),
        ("get", "/model/v1/callbacks/receivers/{id}"),
        ("post", "/model/v1/callbacks/receivers/{id}/enable"),
        ("get", "/model/v1/callbacks/secret"),
        ("post", "/model/v1/callbacks/secret/rotate"),
        ("get", "/files/{key}/{filename}"),
        ("get", "/healthz"),
        ("get", "/readyz"),
        ("get", "/metrics"),
    }


def test_every_operation_says_how_it_fails_and_who_may_call(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(ids)) == len(ids)
    schemes = document["components"]["securitySchemes"]
    assert [scheme["scheme"] for scheme in schemes.values()] == ["bearer"]
    for path, _, operation in operations(document):
        assert operation["summary"]
        assert "422" not in operation["responses"]
        assert ("security" in operation) == path.startswith("/model/")
        for status, response in operation["responses"].items():
            assert "X-Request-Id" in response["headers"]
            if int(status) >= 400:
                schema = response["content"]["application/json"]["schema"]
                assert schema["$ref"].endswith("/ErrorResponse")


def test_the_documented_codes_are_those_of_the_table(document: dict[str, Any]) -> None:
    responses = document["paths"]["/model/v1/generation"]["post"]["responses"]
    for status, response in responses.items():
        if status in ("200", "500"):
            continue
        codes = re.findall(r"\b\d{9}\b", response["description"])
        first = codes[0]
        codes += [first[:6] + short for short in re.findall(r"\b0\d\d\b", response["description"])]
        expected = {wire.code for wire in WIRE_FAULTS.values() if wire.status == int(status)}
        # A body that trickles is HTTP's own matter: no fault names it.
        assert set(codes) == (expected - {"000000404"} or {f"{int(status):09d}"})


def test_the_request_schema_names_every_parameter(document: dict[str, Any]) -> None:
    body = document["paths"]["/model/v1/generation"]["post"]["requestBody"]
    assert body["required"] is True
    flat, wrapped, *_ = body["content"]["application/json"]["schema"]["anyOf"]
    assert set(flat["properties"]) == {parameter.name for parameter in PARAMETERS}
    assert set(wrapped["properties"]) == {"model", "input"}
    for parameter in PARAMETERS:
        assert flat["properties"][parameter.name]["examples"] == [parameter.example]


@pytest.mark.parametrize("name", CREATE_EXAMPLES)
def test_every_example_of_a_request_is_accepted(
    name: str, document: dict[str, Any], able_http: httpx2.Client
) -> None:
    shown = document["paths"]["/model/v1/generation"]["post"]["requestBody"]["content"]["application/json"]
    value = shown["examples"][name]["value"]
    parse = parse_element_request if asks_for_element(value) else parse_request
    parse(value)
    response = able_http.post("/model/v1/generation", json=value)
    assert response.status_code == 200, response.text


def test_there_is_an_example_of_every_kind_of_request() -> None:
    shown = [parse_request(each["value"]) for name, each in CREATE_EXAMPLES.items() if name != "element"]
    assert {feature for request in shown for feature in asked_features(request)} == set(Feature)


def test_every_example_of_an_answer_is_one(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    statuses = [TaskResource.model_validate(shown).status for shown in schemas["TaskResource"]["examples"]]
    assert statuses == ["queued", "in_progress", "completed", "failed"]
    for shown in schemas["ErrorResponse"]["examples"]:
        ErrorResponse.model_validate(shown)
