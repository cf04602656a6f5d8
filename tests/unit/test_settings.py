from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from kirin_video.settings import Settings, from_environment

REQUIRED = {
    "DATABASE_URL": "postgresql:///kirin",
    "KIRIN_DATA_DIR": "/srv/kirin",
    "KIRIN_SECRET_KEY": "a secret of the tests, long enough",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in REQUIRED.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("KIRIN_DATABASE_URL", raising=False)
    return monkeypatch


def test_settings_come_from_the_environment(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KIRIN_ENGINES", "previs, mine:Engine")
    environment.setenv("KIRIN_PRICE_STD_USD", "0.1")
    settings = from_environment()
    assert settings.data_dir == Path("/srv/kirin")
    assert settings.engines == ("previs", "mine:Engine")
    assert settings.price_std_usd == Decimal("0.1")
    assert settings.max_body_bytes == 96 * 1024 * 1024


def test_our_own_database_url_goes_first(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KIRIN_DATABASE_URL", "postgresql:///ours")
    assert from_environment().database_url == "postgresql:///ours"


def test_the_secret_does_not_show() -> None:
    settings = Settings.model_validate(_fields())
    assert REQUIRED["KIRIN_SECRET_KEY"] not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KIRIN_SECRET_KEY", "short"),
        ("KIRIN_ALLOWED_NETWORKS", "10.0.0.0/8, not a network"),
        ("KIRIN_WORKER_CONCURRENCY", "0"),
        ("KIRIN_ENGINES", " , "),
        ("KIRIN_EGRESS_PROXY", "https://proxy.example"),
        ("KIRIN_EGRESS_PROXY", "http://proxy.example/path"),
    ],
)
def test_values_that_cannot_work_are_refused(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment.setenv(name, value)
    with pytest.raises(ValidationError, match=name.removeprefix("KIRIN_").lower()):
        from_environment()


def _fields() -> dict[str, str]:
    return {
        "database_url": REQUIRED["DATABASE_URL"],
        "data_dir": REQUIRED["KIRIN_DATA_DIR"],
        "secret_key": REQUIRED["KIRIN_SECRET_KEY"],
    }


def test_every_setting_is_described() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
