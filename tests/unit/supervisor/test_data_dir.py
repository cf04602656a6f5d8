from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kirin_video.supervisor.data_dir import default_data_dir, describe


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"KIRIN_DATA_DIR": "some/where", "XDG_DATA_HOME": "/xdg"}, "some/where"),
        ({"XDG_DATA_HOME": "/xdg"}, "/xdg/kirin-video"),
        ({"XDG_DATA_HOME": "relative"}, "/home/somebody/.local/share/kirin-video"),
        ({"KIRIN_DATA_DIR": "", "XDG_DATA_HOME": ""}, "/home/somebody/.local/share/kirin-video"),
    ],
)
def test_the_default_folder(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KIRIN_DATA_DIR", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/somebody")
    for name, text in environment.items():
        monkeypatch.setenv(name, text)
    assert default_data_dir() == Path(expected)


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.EACCES, "that this user can write"),
        (errno.EROFS, "that this user can write"),
        (errno.ENOSPC, "Free some space"),
        (errno.EDQUOT, "Free some space"),
        (errno.ENAMETOOLONG, "Choose another --data-dir"),
    ],
)
def test_errors_name_the_path_and_the_remedy(number: int, remedy: str) -> None:
    message = describe(OSError(number, os.strerror(number), "/data/file"), Path("/data"))
    assert message.startswith("/data/file: ")
    assert remedy in message


def test_an_error_without_a_path_names_the_folder() -> None:
    assert describe(OSError(errno.ENOSPC, "No space left on device"), Path("/data")).startswith(
        "/data: no space"
    )
