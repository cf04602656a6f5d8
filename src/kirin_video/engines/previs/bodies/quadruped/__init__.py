"""Quadrupeds: one anatomy, and a row of proportions for every kind."""

from kirin_video.engines.previs.bodies.quadruped.build import build_quadruped

__all__ = ["build_quadruped"]
