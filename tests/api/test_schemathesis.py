"""The OpenAPI document against the server: no call answers what the document does not say, none with 5xx."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from pydantic import SecretStr
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kirin_video.app import create_app
from kirin_video.settings import Settings

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# Nothing is opened before the application serves, so that these settings lead nowhere.
NOWHERE = Settings(database_url="postgresql://", data_dir=Path("/nowhere"), secret_key=SecretStr("x" * 32))
DOCUMENT = schemathesis.openapi.from_dict(create_app(NOWHERE).openapi())
OPERATIONS = {
    f"{operation.method.upper()} {operation.path}": operation
    for operation in (found.ok() for found in DOCUMENT.get_all_operations())
}
EXAMPLES = 30


def try_out(name: str, server_url: str, authorization: str, examples: int) -> set[int]:
    """Call an operation with many bodies and parameters; the statuses that it answered."""
    seen: set[int] = set()

    @given(case=OPERATIONS[name].as_strategy())
    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def attempt(case: schemathesis.Case) -> None:
        case.headers.pop("Prefer", None)  # there is no worker to wait for
        headers = {"Authorization": authorization}
        answer = case.call_and_validate(base_url=server_url, checks=CHECKS, headers=headers, timeout=20)
        seen.add(answer.status_code)

    attempt()
    return seen


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_documented(name: str, server_url: str, http: httpx2.Client) -> None:
    assert try_out(name, server_url, http.headers["authorization"], EXAMPLES)


@pytest.mark.parametrize("name", OPERATIONS)
def test_without_a_key_too(name: str, server_url: str) -> None:
    statuses = try_out(name, server_url, "Bearer none", 3)
    needs_no_key = name.split()[1].startswith(("/files/", "/healthz", "/metrics", "/readyz"))
    assert needs_no_key or statuses == {401}


def test_the_document_covers_the_contract() -> None:
    assert {"POST /model/v1/generation", "POST /model/v1/files", "GET /files/{key}/{filename}"} <= set(
        OPERATIONS
    )
