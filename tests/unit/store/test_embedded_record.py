from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirin_video.store.embedded_places import PostgresUnavailable
from kirin_video.store.embedded_record import Record, new_password


@given(password=st.text(min_size=1), folder=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_password_and_folder_survive_the_address(password: str, folder: str) -> None:
    folder = folder.replace("\0", "_")
    parts = urlsplit(Record(password.encode(errors="replace").decode(), socket_folder=Path("/", folder)).url)
    assert unquote(parts.password or "") == password.encode(errors="replace").decode()
    assert parts.username == "kirin"
    assert parts.path == "/kirin"
    assert parse_qs(parts.query)["host"] == [str(Path("/", folder))]


def test_there_is_no_address_before_the_first_start() -> None:
    with pytest.raises(PostgresUnavailable, match="not been started"):
        _ = Record("secret").url


def test_passwords_differ_and_need_no_quoting() -> None:
    passwords = {new_password() for _ in range(50)}
    assert len(passwords) == 50
    assert all(
        set(word) <= set("-_" + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        for word in passwords
    )
