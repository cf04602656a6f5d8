"""Lengths of time as people write them: 90m, 24h, 30d."""

from __future__ import annotations

import re
from datetime import timedelta

from kirin_video.cli.exit_codes import CommandFailed, ExitCode

_FORM = re.compile(r"([0-9]{1,6})([smhdw])")
_UNIT_S = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_LONGEST = timedelta(days=36500)


def read_duration(text: str, option: str, *, shortest_s: int = 0) -> timedelta:
    """Read a length of time.

    Args:
        text: a whole number and a unit: s, m, h, d or w.
        option: where it was given, for the message.
        shortest_s: the shortest allowed, in seconds.

    Raises:
        CommandFailed: it is none, or too short or too long.
    """
    found = _FORM.fullmatch(text.strip().lower())
    length = timedelta(seconds=int(found[1]) * _UNIT_S[found[2]]) if found else None
    if length is None or not timedelta(seconds=shortest_s) <= length <= _LONGEST:
        least = f", {shortest_s}s or more" if shortest_s else ""
        raise CommandFailed(
            f'{option} is "{text}"; give a number with a unit, such as 90m, 24h, 30d or 52w{least}.',
            ExitCode.USAGE,
        )
    return length
