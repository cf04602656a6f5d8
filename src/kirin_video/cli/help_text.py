"""Help as terminals of any width show it well."""

from __future__ import annotations

import inspect


def help_text(text: str | None) -> str:
    """Join the lines of each paragraph, so that the terminal and not our source decides where they break.

    Args:
        text: a docstring or a text with blank lines between paragraphs.
    """
    paragraphs = inspect.cleandoc(text or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split("\n")) for paragraph in paragraphs)
