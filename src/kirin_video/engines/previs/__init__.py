"""The embedded engine: draws a shot as an animatic, on the CPU, with nothing to download."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kirin_video.engines.previs.engine import PrevisEngine

__all__ = ["PrevisEngine"]


def __getattr__(name: str) -> object:
    """The engine, imported when asked for: painting processes need nothing of it, and it takes a while."""
    if name != "PrevisEngine":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kirin_video.engines.previs.engine import PrevisEngine  # noqa: PLC0415

    return PrevisEngine
