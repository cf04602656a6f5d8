from __future__ import annotations

import pytest

from kirin_video.client.connection import connection
from kirin_video.client.errors import NotConfigured

ENVIRONMENT = {"KIRIN_BASE_URL": "https://kirin.example/", "KIRIN_API_KEY": "kirin_a\n"}


def test_arguments_win_over_the_environment() -> None:
    assert connection("http://localhost:1", "kirin_b", ENVIRONMENT).base_url == "http://localhost:1"
    found = connection(None, None, ENVIRONMENT)
    assert (found.base_url, found.api_key) == ("https://kirin.example", "kirin_a")
    assert found.headers["Authorization"] == "Bearer kirin_a"


@pytest.mark.parametrize(
    ("base_url", "api_key", "said"),
    [
        (None, "kirin_a", "KIRIN_BASE_URL"),
        ("localhost:8080", "kirin_a", "http://"),
        ("ftp://kirin.example", "kirin_a", "http://"),
        ("http://kirin.example", None, "KIRIN_API_KEY"),
        ("http://kirin.example", "  ", "KIRIN_API_KEY"),
        ("http://kirin.example", "kirin_\n_a", "KIRIN_API_KEY"),
        ("http://kirin.example", "kirin_ä", "KIRIN_API_KEY"),
    ],
)
def test_what_is_missing_is_named(base_url: str | None, api_key: str | None, said: str) -> None:
    with pytest.raises(NotConfigured, match=said):
        connection(base_url, api_key, {})


@pytest.mark.parametrize(
    ("base_url", "applies"),
    [
        ("http://127.0.0.1:8080", False),
        ("http://127.8.8.8", False),
        ("http://[::1]:8080", False),
        ("http://localhost:8080", False),
        ("http://192.168.1.5", True),
        ("https://kirin.example", True),
    ],
)
def test_a_proxy_is_never_asked_for_this_very_machine(base_url: str, applies: bool) -> None:
    assert connection(base_url, "k", {}).trust_env is applies


def test_a_callers_own_id_is_quoted_in_the_address() -> None:
    found = connection("http://kirin.example/sub/", "k", {})
    assert (
        found.task_url("ad?17 #ä") == "http://kirin.example/sub/model/v1/generation/task/ad%3F17%20%23%C3%A4"
    )
