"""A line of an engine's plan, split into a name and a value, the name in the page's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kirin_video.console.language import Catalogue

_LINE: Final = re.compile(r"\s*(?:(\d+)\.|(\S+)) +(.*)")
_NAMES: Final = frozenset(
    {"also", "camera", "does", "look", "looks", "stands", "then", "wears", "when", "where", "without"}
)
_NOTE: Final = "note"


def plan_line(text: Catalogue, line: str) -> tuple[str, str] | None:
    """Split a line.

    Args:
        text: the page's texts.
        line: such as ``Where    forest`` or ``1. fox (a red fox)``.

    Returns:
        What it is about, and what it says; None for a note, of which there is a list already.
    """
    found = _LINE.fullmatch(line)
    if found is None:
        return "", line.strip()
    number, name, value = found[1], found[2], found[3]
    if number is not None:
        return text("playground.plan_subject", number=number), value
    if name.lower() == _NOTE:
        return None
    return (text(f"playground.plan_{name.lower()}") if name.lower() in _NAMES else name), value
