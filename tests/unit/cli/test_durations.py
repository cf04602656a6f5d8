from __future__ import annotations

from datetime import timedelta

import pytest

from kirin_video.cli.durations import read_duration
from kirin_video.cli.exit_codes import CommandFailed, ExitCode


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("45s", timedelta(seconds=45)),
        ("90m", timedelta(minutes=90)),
        ("24h", timedelta(days=1)),
        (" 30D ", timedelta(days=30)),
        ("2w", timedelta(days=14)),
        ("0s", timedelta(0)),
    ],
)
def test_a_number_and_a_unit(text: str, length: timedelta) -> None:
    assert read_duration(text, "--overlap") == length


@pytest.mark.parametrize("text", ["", "30", "d", "-1d", "1.5h", "30 d", "1y", "٣d", "999999w", "0s"])
def test_anything_else_names_the_option_and_what_is_allowed(text: str) -> None:
    with pytest.raises(CommandFailed) as caught:
        read_duration(text, "--expires", shortest_s=1)
    assert caught.value.exit_code == ExitCode.USAGE
    assert f'--expires is "{text}"' in caught.value.message
    assert "30d" in caught.value.message
