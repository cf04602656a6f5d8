"""All that neither walks on two or four legs nor has feathers: swimmers, snakes, insects, jellies."""

from kirin_video.engines.previs.bodies.creature.build import build_creature

__all__ = ["build_creature"]
