"""Values a caller sent, made fit for a message: short, one line, only visible characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

_MAX_SHOWN = 40
_MAX_NAME = 64
_LARGEST_SHOWN = 10**20


def quoted(value: object) -> str:  # noqa: PLR0911  # one return for each type of JSON
    """Say what a JSON value is, for ``found ...`` in a message.

    Text is quoted and cut to 40 characters, numbers are written out, containers are only counted, so
    that the cost and the length of the answer never depend on the size of the value.
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{visible(value, _MAX_SHOWN)}"'
        case int():
            # Python refuses to write out integers of more than 4,300 digits.
            return str(value) if abs(value) < _LARGEST_SHOWN else "a very large number"
        case float():
            return repr(value)
        case Mapping():
            return "an object"
        case Sequence():
            return f"a list of {len(cast('Sequence[object]', value))}"
        case _:
            return f"a {type(value).__name__}"


def shown_name(name: str) -> str:
    """A parameter's name that is not ours, fit for a path; the empty one as two quotes."""
    return visible(name, _MAX_NAME) or '""'


def visible(text: str, limit: int) -> str:
    """``text`` cut to ``limit`` characters, with quotes and whatever does not print written as escapes."""
    shown = "".join(c if c.isprintable() and c not in '"\\' else _escaped(c) for c in text[:limit])
    return shown + "..." if len(text) > limit else shown


def _escaped(char: str) -> str:
    return "\\" + char if char in '"\\' else f"\\u{{{ord(char):x}}}"
