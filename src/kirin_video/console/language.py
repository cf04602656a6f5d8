"""The console's languages: catalogues of texts by name, and which of them a browser gets."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final, cast

DEFAULT: Final = "en"
NAMES: Final[Mapping[str, str]] = {"en": "English", "zh": "简体中文"}
"""The languages by their codes, each called what its speakers call it."""

_TAGS: Final[Mapping[str, str]] = {"en": "en", "zh": "zh-Hans"}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All texts of one language.

    Attributes:
        code: the language.
        texts: by their names, such as ``keys.title``. One that depends on a count ends in
            ``.other``, and has a ``.one`` beside it where the language has such a form.
    """

    code: str
    texts: Mapping[str, str]

    @property
    def tag(self) -> str:
        """The language as HTML names it."""
        return _TAGS[self.code]

    def __call__(self, name: str, /, **values: object) -> str:
        """The text of a name, with values put in.

        Args:
            name: the text's; given ``count``, the form that fits it is taken.
            values: what stands in the text in braces.

        Raises:
            KeyError: there is no such text, or a value is missing.
        """
        if "count" in values and f"{name}.other" in self.texts:
            # Not every language has a form of its own for one.
            name = f"{name}.one" if values["count"] == 1 and f"{name}.one" in self.texts else f"{name}.other"
        text = self.texts[name]
        return text.format_map(values) if values else text


def read_catalogues() -> Mapping[str, Catalogue]:
    """Every language's texts by its code."""
    return {code: Catalogue(code, dict(_flat(_read(code)))) for code in NAMES}


def preferred(header: str) -> str:
    """The language for a browser that says what it likes best in ``Accept-Language``."""
    ranked: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        tag, _, weight = part.partition(";q=")
        code = tag.strip().lower().partition("-")[0]
        if code in NAMES:
            ranked.append((_weight(weight), code))
    return max(ranked, key=lambda each: each[0])[1] if ranked else DEFAULT


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


def _read(code: str) -> Mapping[str, Any]:
    text = (resources.files("kirin_video.console.texts") / f"{code}.toml").read_text("utf-8")
    return tomllib.loads(text)


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, str):
            yield prefix + name, value
        else:
            yield from _flat(cast("Mapping[str, Any]", value), f"{prefix}{name}.")
