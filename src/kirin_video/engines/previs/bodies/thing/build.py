"""Building a thing: its form by its kind."""


from __future__ import annotations

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.hard.finishing import Form, build_hard
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing import (
    balls,
    crate,
    desk,
    fittings,
    food,
    furniture,
    handy,
    houses,
    instruments,
    lights,
    plants,
    rods,
    rustic,
    snowman,
    sweets,
    timber,
    towers,
    umbrella,
    vessels,
)

_FORMS: dict[str, Form] = {
    form.__name__: form
    for form in (
        *(sweets.apple, furniture.bed, furniture.bench, desk.book, vessels.bottle, sweets.cake),
        *(lights.candle, furniture.chair, crate.crate, vessels.cup, lights.lamp, desk.laptop),
        *(desk.phone, furniture.sofa, balls.sphere, lights.street_lamp, furniture.table),
        *(balls.toy_balloon, umbrella.umbrella),
        *(food.banana, food.bowl, food.bread, food.burger, food.donut, food.egg, food.ice_cream),
        *(
            food.melon,
            food.pizza,
            food.plate,
            fittings.bookshelf,
            timber.bridge,
            fittings.clock,
            timber.fence,
        ),
        *(rods.flag, instruments.guitar, instruments.piano, rods.sword, fittings.television, rods.wand),
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
        *(towers.castle, plants.flower, houses.house, towers.lighthouse, plants.mushroom, plants.rock),
        *(towers.skyscraper, snowman.snowman, houses.tent, towers.tower, plants.tree, towers.windmill),
    )
}


def build_thing(order: Order) -> Body:
    """Build one thing."""
    return build_hard(order, _FORMS)
