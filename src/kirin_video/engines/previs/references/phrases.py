"""The table of how prompts speak of their references."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib import resources

from kirin_video.engines.previs.references.standins import CLOSE, OPEN

Patterns = Mapping[str, re.Pattern[str]]

_REF = f"{OPEN}(?P<ref>\\d+){CLOSE}"


def load_patterns() -> Mapping[str, Patterns]:
    """The expressions of ``phrases.toml`` by heading and name; their group ``ref`` is a reference's index."""
    source = resources.files(__package__ or __name__).joinpath("phrases.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    parts = table.pop("parts")
    return {
        heading: {name: _compiled(text, parts["of"]) for name, text in rows.items()}
        for heading, rows in table.items()
    }


def _compiled(text: str, of: str) -> re.Pattern[str]:
    return re.compile(text.replace("{ref}", _REF).replace("{of}", of), re.IGNORECASE)
