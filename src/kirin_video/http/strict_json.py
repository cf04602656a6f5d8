"""JSON as we accept it: RFC 8259 and nothing looser, with limits that keep a hostile body cheap."""

from __future__ import annotations

import json
import math
from typing import cast

from kirin_video.domain.errors import Fault, MalformedBody, Violation

_MAX_DEPTH = 64
"""Nesting that is accepted; a request needs six levels."""

_MAX_COMMAS = 500_000
"""An element of 2 bytes costs some 60 once parsed, so their number is bounded before parsing."""

_MAX_NUMBER_CHARS = 300
"""Python's int() takes quadratic time; no parameter needs more than 16 digits."""


_MAX_PATH_CHARS = 200
"""Characters of a field's path that an error message repeats."""


def parse_object(text: str) -> dict[str, object]:
    """Parse a request body.

    Args:
        text: the decoded body.

    Returns:
        The decoded JSON object. All its strings and names can be encoded as UTF-8 and hold no NUL.

    Raises:
        MalformedBody: it is not JSON, not an object, or JSON that readers disagree about: duplicate names,
            NaN, infinite or overlong numbers, lone surrogates, NUL, deep nesting.
    """
    parsed = _parse(text)
    if not isinstance(parsed, dict):
        raise MalformedBody(
            f'The body must be a JSON object such as {{"model": "kirin_video_o1", ...}}, not {_kind(parsed)}.'
        )
    _check_strings(cast("dict[str, object]", parsed))
    return cast("dict[str, object]", parsed)


def decode_body(body: bytes) -> str:
    """Decode a request body; a step of its own, so that the bytes can be dropped before parsing.

    Args:
        body: the raw body; must be UTF-8 without a byte order mark.

    Returns:
        Its text.

    Raises:
        MalformedBody: it is empty, not UTF-8, or has too many elements to be a request.
    """
    if not body.strip(b" \t\r\n"):
        raise MalformedBody('The body is empty. Send a JSON object such as {"model": "kirin_video_o1", ...}.')
    if body.startswith(b"\xef\xbb\xbf"):
        raise MalformedBody("The body starts with a byte order mark. Send plain UTF-8 without one.")
    if body.count(b",") > _MAX_COMMAS:
        raise MalformedBody(f"The body has more than {_MAX_COMMAS:,} elements. No request needs that many.")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise MalformedBody(f"The body is not UTF-8: byte {error.start} cannot be decoded.") from error


def _parse(text: str) -> object:
    try:
        return cast(
            "object",
            json.loads(
                text,
                object_pairs_hook=_object,
                parse_int=_integer,
                parse_float=_number,
                parse_constant=_constant,
            ),
        )
    except json.JSONDecodeError as error:
        # Some of the library's messages end in "at", others do not.
        problem = error.msg.removesuffix(" at").removesuffix(" starting")
        raise MalformedBody(
            f"The body is not valid JSON: {problem}, at line {error.lineno}, column {error.colno}."
        ) from error
    except RecursionError as error:
        raise _too_deep() from error


def _too_deep() -> MalformedBody:
    return MalformedBody(f"The JSON is nested too deeply; {_MAX_DEPTH} levels are allowed.")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) == len(pairs):
        return result
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise MalformedBody(
                f"The name {_shown(name)} occurs twice in one JSON object; which one counts would be a guess."
            )
        seen.add(name)
    return result


def _integer(text: str) -> int:
    if len(text) > _MAX_NUMBER_CHARS:
        raise _long_number(text)
    return int(text)


def _number(text: str) -> float:
    if len(text) > _MAX_NUMBER_CHARS:
        raise _long_number(text)
    value = float(text)
    if math.isinf(value):
        raise MalformedBody(f"The number {text} is out of range.")
    return value


def _long_number(text: str) -> MalformedBody:
    return MalformedBody(
        f"A number of {len(text):,} characters is too long; {_MAX_NUMBER_CHARS} are allowed."
    )


def _constant(text: str) -> object:
    raise MalformedBody(f"{text} is not JSON. Send a finite number, or leave the parameter out.")


def _check_strings(root: dict[str, object]) -> None:
    """Refuse NUL, lone surrogates and deep nesting anywhere below ``root``."""
    waiting: list[tuple[str, object, int]] = [("", root, 1)]
    while waiting:
        path, value, depth = waiting.pop()
        if isinstance(value, str):
            _check_string(path, value)
        elif depth > _MAX_DEPTH:
            raise _too_deep()
        elif isinstance(value, dict):
            for name, inner in cast("dict[str, object]", value).items():
                _check_string(path or "the top level", name, what="A name")
                waiting.append((_longer(path, f".{name}" if path else name), inner, depth + 1))
        elif isinstance(value, list):
            items = cast("list[object]", value)
            waiting.extend((_longer(path, f"[{i}]"), v, depth + 1) for i, v in enumerate(items))


def _longer(path: str, step: str) -> str:
    """Extend a field's path, but not without end: names are the caller's."""
    return path + step if len(path) + len(step) <= _MAX_PATH_CHARS else (path + step)[:_MAX_PATH_CHARS]


def _check_string(path: str, text: str, *, what: str = "The text") -> None:
    if "\x00" in text:
        problem = "holds a NUL character, which no text may contain"
    elif not text.isascii() and _has_surrogate(text):
        problem = (
            "holds half of a surrogate pair; escape characters above U+FFFF as two \\u escapes, or not at all"
        )
    else:
        return
    message = f"{what} at {path} {problem}."
    raise MalformedBody(message, violations=(Violation(path, Fault.MALFORMED_JSON, message),))


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _shown(name: str) -> str:
    """Quote a name of the caller's in ASCII, shortened."""
    shown = json.dumps(name)
    return shown if len(shown) <= 80 else f'{shown[:77]}..."'  # noqa: PLR2004


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    return "a string" if isinstance(value, str) else "an array"
