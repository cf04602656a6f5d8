"""The SQL files of this package, read as named statements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources

_HEADING = re.compile(r"^-- (?P<name>[a-z0-9_]+) --$", re.MULTILINE)


def read_queries() -> Mapping[str, bytes]:
    """Every statement of ``queries/*.sql`` under its name.

    Raises:
        ValueError: two statements have the same name.
    """
    statements: dict[str, bytes] = {}
    for text in _read_folder("queries").values():
        for name, statement in split_statements(text).items():
            if name in statements:
                raise ValueError(f"two statements are named {name}")
            statements[name] = statement.encode()
    return statements


def read_schema() -> Mapping[str, bytes]:
    """The scripts of ``schema/*.sql`` by file name, in the order they are applied."""
    return {name: text.encode() for name, text in _read_folder("schema").items()}


def split_statements(text: str) -> dict[str, str]:
    """Split a file at its ``-- name --`` headings; what comes before the first is for people.

    Raises:
        ValueError: two statements have the same name.
    """
    parts = _HEADING.split(text)[1:]
    names, bodies = parts[::2], parts[1::2]
    if len(set(names)) < len(names):
        raise ValueError(f"a name is used twice: {names}")
    return {name: body.strip() for name, body in zip(names, bodies, strict=True)}


def _read_folder(folder: str) -> dict[str, str]:
    files = (
        file
        for file in (resources.files("kirin_video.store") / folder).iterdir()
        if file.name.endswith(".sql")
    )
    return {file.name: file.read_text("utf-8") for file in sorted(files, key=lambda file: file.name)}
