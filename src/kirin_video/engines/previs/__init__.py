"""The embedded engine: draws a shot as an animatic, on the CPU, with nothing to download."""

from kirin_video.engines.previs.engine import PrevisEngine

__all__ = ["PrevisEngine"]
