"""Ids as callers send them back."""

from __future__ import annotations


def may_be_id(text: str) -> bool:
    """Whether a text can be an id of ours: those are plain ASCII, and others could not even be asked for."""
    return text.isascii() and text.isprintable()
