"""Reading prompts, English and Chinese, into shot plans."""

from kirin_video.engines.previs.reading.reader import read_plan

__all__ = ["read_plan"]
