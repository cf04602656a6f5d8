"""Things: buildings, plants, furniture, objects and food."""

from kirin_video.engines.previs.bodies.thing.build import build_thing

__all__ = ["build_thing"]
