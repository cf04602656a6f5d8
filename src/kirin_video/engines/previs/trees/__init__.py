"""Trees and shrubs, each built once per kind and planted many times."""

from __future__ import annotations

from kirin_video.engines.previs.trees.broadleaves import acacia, broadleaf, bush
from kirin_video.engines.previs.trees.cacti import cactus
from kirin_video.engines.previs.trees.conifers import pine
from kirin_video.engines.previs.trees.leaves import leaves
from kirin_video.engines.previs.trees.palms import palm

__all__ = [
    "acacia",
    "broadleaf",
    "bush",
    "cactus",
    "leaves",
    "palm",
    "pine",
]
