"""What is worn beside clothes: hats, helmets, glasses, scarves, aprons' bibs, packs."""

from __future__ import annotations

from collections.abc import Mapping

from kirin_video.engines.previs.bodies.person.frame import Frame
from kirin_video.engines.previs.bodies.person.outfit import Outfit
from kirin_video.engines.previs.bodies.person.shape import PersonShape
from kirin_video.engines.previs.bodies.sculpt import Layer, Sculpture
from kirin_video.engines.previs.plan import Garment

HIDES_HAIR: Mapping[Garment, bool] = {}


def add_worn(clay: Sculpture, skin: Layer, s: PersonShape, f: Frame, o: Outfit) -> None:
    """Put on what is worn."""
    del clay, skin, s, f, o
