"""Building a thing: its form by its kind."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.hard.finishing import Form, build_hard
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing import food, handy, objects, places, rustic, tools

_FORMS: dict[str, Form] = {
    form.__name__: form
    for form in (
        *(objects.apple, objects.bed, objects.bench, objects.book, objects.bottle, objects.cake),
        *(objects.candle, objects.chair, objects.crate, objects.cup, objects.lamp, objects.laptop),
        *(objects.phone, objects.sofa, objects.sphere, objects.street_lamp, objects.table),
        *(objects.toy_balloon, objects.umbrella),
        *(food.banana, food.bowl, food.bread, food.burger, food.donut, food.egg, food.ice_cream),
        *(food.melon, food.pizza, food.plate, tools.bookshelf, tools.bridge, tools.clock, tools.fence),
        *(tools.flag, tools.guitar, tools.piano, tools.sword, tools.television, tools.wand),
        *(
            handy.bag,
            handy.campfire,
            handy.fishing_rod,
            handy.lantern,
            handy.skateboard,
            handy.torch,
            *(handy.sparkler, handy.surfboard),
        ),
        *(rustic.bough, rustic.igloo, rustic.log, rustic.pyramid, rustic.teapot, rustic.vase),
        *(places.castle, places.flower, places.house, places.lighthouse, places.mushroom, places.rock),
        *(places.skyscraper, places.snowman, places.tent, places.tower, places.tree, places.windmill),
    )
}


def build_thing(order: Order) -> Body:
    """Build one thing."""
    return build_hard(order, _FORMS)
