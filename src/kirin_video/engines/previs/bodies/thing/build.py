"""Building a thing: its form by its kind."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.hard.finishing import Form, build_hard
from kirin_video.engines.previs.bodies.order import Order

_MODULES = {
    "appliances": "vacuum_cleaner washing_machine refrigerator stove fan sewing_machine",
    "balls": "sphere toy_balloon",
    "board": "chef_knife cutting_board vegetables mooncakes robot_vacuum",
    "boards": "blackboard whiteboard",
    "churches": "church domed columns arch",
    "climbing": "stairs ladder swing slide seesaw",
    "crate": "crate",
    "diner": "diner",
    "dishes": "sushi dumplings hot_pot",
    "desk": "book laptop phone",
    "display": "pedestal slab perfume wristwatch typewriter",
    "fair": "ferris_wheel carousel",
    "filling": "gas_station",
    "festive": "christmas_tree",
    "fittings": "bookshelf clock tall_clock television",
    "flying": "broom magic_carpet",
    "food": "banana bowl bread burger donut egg ice_cream melon pizza plate",
    "furniture": "chair table bench sofa bed",
    "games": "chess_board chess_piece magic_cube globe blocks matryoshka",
    "garden": "pumpkin carrot pineapple grapes strawberry bamboo pot_plant hay_bale",
    "gear": "watering_can hairbrush bamboo_stalk barbell toothbrush ski_pole snowboard",
    "glassware": "fish_bowl wine_glass drinking_glass hourglass snow_globe",
    "squeezed": "accordion saw sawn_board",
    "handwork": "clipboard shaker rolling_pin dough fishing_net fire_hose bar_counter",
    "handy": "bag campfire fishing_rod flashlight lantern skateboard torch sparkler surfboard",
    "houses": "house tent",
    "hung": "hung",
    "iceberg": "iceberg",
    "instruments": "guitar piano",
    "kites": "kite",
    "capital": "temple_of_heaven gate_of_heavenly_peace",
    "ironwork": "eiffel_tower",
    "landmarks": "clock_tower liberty pearl_tower sphinx",
    "lights": "candle lamp floor_lamp street_lamp",
    "loads": "camel_load",
    "luggage": "suitcase barrel bucket basket treasure_chest bird_cage trash_can",
    "music": "drum drum_kit bell trumpet saxophone microphone hand_microphone",
    "openings": "door window mirror fireplace bathtub",
    "noodles": "lifted_noodles chopsticks",
    "optics": "camera telescope spectacles trophy crown hat",
    "pads": "lily_pad",
    "paper": "paper_boat",
    "parlour": "zither toaster",
    "picnics": "picnic",
    "plants": "tree flower mushroom rock",
    "plush": "teddy_bear",
    "pots": "cooking_pot kettle cauldron frying_pan coffee_maker",
    "pourings": "pour",
    "rods": "sword wand flag",
    "rustic": "bough igloo log pyramid teapot",
    "science": "microscope labware",
    "seats": "armchair stool deck_chair throne",
    "shrines": "temple pagoda pavilion torii",
    "slung": "hammock porch_swing rocking_chair",
    "sneakers": "shoe",
    "snowman": "snowman",
    "tools": "axe pickaxe hoe shovel rake sweeping_broom chopping_block",
    "splashes": "fruit_splash",
    "street": "traffic_light signpost billboard mailbox letter_box phone_booth vending_machine fountain well",
    "sweets": "apple cake pancakes",
    "timber": "fence bridge",
    "towers": "tower castle lighthouse windmill skyscraper",
    "toys": "jump_rope frisbee pancake knitting trampoline",
    "trays": "tray",
    "umbrella": "umbrella",
    "vases": "vase",
    "wares": "headphones lipstick can cream_jar jewel_box necklace bubble_tea",
    "vessels": "cup bottle",
}
"""The forms that each module of this package builds."""


def build_thing(order: Order) -> Body:
    """Build one thing.

    Raises:
        KeyError: there is no such form.
    """
    form = str(order.kind.shape["form"])
    return build_hard(order, {form: _form(form)})


def _form(name: str) -> Form:
    """The builder of a form; its module is imported when it is first asked for."""
    module = next((m for m, names in _MODULES.items() if name in names.split()), None)
    if module is None:
        raise KeyError(name)
    return cast("Form", getattr(import_module(f"{__package__}.{module}"), name))
