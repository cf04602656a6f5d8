"""Cutting subjects out of pictures: where they are, how much of each pixel is theirs, and in which colour."""

from kirin_video.engines.previs.references.cutting.cut import Cut, cut_along, cut_out

__all__ = ["Cut", "cut_along", "cut_out"]
