"""Birds, and dinosaurs on two legs: one anatomy, and a row of proportions for every kind."""

from kirin_video.engines.previs.bodies.bird.build import build_bird

__all__ = ["build_bird"]
