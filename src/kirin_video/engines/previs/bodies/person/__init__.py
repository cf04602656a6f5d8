"""People: one anatomy, from toddlers to the old, and the clothes that tell who they are."""

from kirin_video.engines.previs.bodies.person.build import build_person

__all__ = ["build_person"]
