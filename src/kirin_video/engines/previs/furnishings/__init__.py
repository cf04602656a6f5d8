"""What rooms are made of: floors, walls with windows, furniture."""

from __future__ import annotations

from kirin_video.engines.previs.furnishings.bookcase import shelf
from kirin_video.engines.previs.furnishings.greenery import pot_plant
from kirin_video.engines.previs.furnishings.hangings import picture
from kirin_video.engines.previs.furnishings.hearth import fireplace
from kirin_video.engines.previs.furnishings.lamps import floor_lamp, pendant
from kirin_video.engines.previs.furnishings.seating import chair, sofa, table
from kirin_video.engines.previs.furnishings.surfaces import (
    OAK,
    WALNUT,
    WHITE,
    Shade,
    boards,
    panel,
    rug,
    tiles,
)
from kirin_video.engines.previs.furnishings.windows import curtain, window

__all__ = [
    "OAK",
    "WALNUT",
    "WHITE",
    "Shade",
    "boards",
    "chair",
    "curtain",
    "fireplace",
    "floor_lamp",
    "panel",
    "pendant",
    "picture",
    "pot_plant",
    "rug",
    "shelf",
    "sofa",
    "table",
    "tiles",
    "window",
]
