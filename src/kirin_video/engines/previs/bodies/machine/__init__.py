"""Machines: what people drive, sail and fly."""

from kirin_video.engines.previs.bodies.machine.build import build_machine

__all__ = ["build_machine"]
