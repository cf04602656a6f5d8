"""Putting on what is worn beside clothes, each by its maker."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kirin_video.engines.previs.bodies.person.frame import Frame
from kirin_video.engines.previs.bodies.person.outfit import Outfit
from kirin_video.engines.previs.bodies.person.palette import Rgb
from kirin_video.engines.previs.bodies.person.shape import PersonShape
from kirin_video.engines.previs.bodies.person.worn.hats import (
    beanie,
    cap,
    chef_hat,
    cowboy_hat,
    crown,
    hat,
    straw_hat,
    top_hat,
    witch_hat,
)
from kirin_video.engines.previs.bodies.person.worn.headcloths import hood, hood_down, turban, veil
from kirin_video.engines.previs.bodies.person.worn.helmets import great_helm, helmet, space_helmet
from kirin_video.engines.previs.bodies.person.worn.on_body import backpack, bib, scarf
from kirin_video.engines.previs.bodies.person.worn.on_face import glasses, headphones, mask, sunglasses
from kirin_video.engines.previs.bodies.person.worn.on_feet import skates, skis
from kirin_video.engines.previs.bodies.person.worn.wardrobe import Wardrobe
from kirin_video.engines.previs.bodies.sculpt import Layer, Sculpture
from kirin_video.engines.previs.plan import Garment

HIDES_HAIR: Mapping[Garment, bool] = {
    Garment.HAT: False,
    Garment.CAP: False,
    Garment.BEANIE: False,
    Garment.STRAW_HAT: False,
    Garment.WITCH_HAT: False,
    Garment.CHEF_HAT: False,
    Garment.COWBOY_HAT: False,
    Garment.TOP_HAT: False,
    Garment.HELMET: True,
    Garment.HOOD: True,
    Garment.TURBAN: True,
    Garment.SPACESUIT: True,
}
"""Headgear by whether it hides all hair, or lies on it."""


def add_worn(clay: Sculpture, skin: Layer, s: PersonShape, f: Frame, o: Outfit) -> None:
    """Put on whatever is worn beside clothes."""
    wardrobe = Wardrobe(clay, skin, s, f, o)
    space = Garment.SPACESUIT in o.worn
    for garment, color in o.worn.items():
        if garment is Garment.HELMET and (space or Garment.ARMOR in o.worn):
            continue
        make = _MAKERS.get(garment)
        if make is not None:
            make(wardrobe, color)
    if Garment.ARMOR in o.worn and Garment.HELMET in o.worn:
        great_helm(wardrobe, o.worn[Garment.ARMOR])


_MAKERS: Mapping[Garment, Callable[[Wardrobe, Rgb], None]] = {
    Garment.HAT: hat,
    Garment.STRAW_HAT: straw_hat,
    Garment.COWBOY_HAT: cowboy_hat,
    Garment.TOP_HAT: top_hat,
    Garment.WITCH_HAT: witch_hat,
    Garment.CHEF_HAT: chef_hat,
    Garment.CAP: cap,
    Garment.BEANIE: beanie,
    Garment.SKIS: skis,
    Garment.SKATES: skates,
    Garment.HELMET: helmet,
    Garment.SPACESUIT: space_helmet,
    Garment.CROWN: crown,
    Garment.HOOD: hood,
    Garment.TURBAN: turban,
    Garment.VEIL: veil,
    Garment.GLASSES: glasses,
    Garment.SUNGLASSES: sunglasses,
    Garment.MASK: mask,
    Garment.HEADPHONES: headphones,
    Garment.SCARF: scarf,
    Garment.APRON: bib,
    Garment.BACKPACK: backpack,
    Garment.HOODIE: hood_down,
}
