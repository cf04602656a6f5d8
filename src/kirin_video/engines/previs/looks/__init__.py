"""Styles as looks: laid over the frames of any source, drawn, photographed or filmed."""

from kirin_video.engines.previs.looks.catalogue import in_style, make_look
from kirin_video.engines.previs.looks.look import Flow, Look

__all__ = ["Flow", "Look", "in_style", "make_look"]
