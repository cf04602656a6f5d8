"""Building a machine: its form by its kind."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.hard.finishing import Form, build_hard
from kirin_video.engines.previs.bodies.machine.airliner import airliner
from kirin_video.engines.previs.bodies.machine.balloon import airship, balloon, parachute
from kirin_video.engines.previs.bodies.machine.bicycle import bicycle
from kirin_video.engines.previs.bodies.machine.biplane import biplane
from kirin_video.engines.previs.bodies.machine.bus import bus
from kirin_video.engines.previs.bodies.machine.cable_car import cable_car
from kirin_video.engines.previs.bodies.machine.car import car
from kirin_video.engines.previs.bodies.machine.cart import robot, wagon
from kirin_video.engines.previs.bodies.machine.digger import bulldozer, excavator, tank, tower_crane
from kirin_video.engines.previs.bodies.machine.express import express
from kirin_video.engines.previs.bodies.machine.fighter import fighter
from kirin_video.engines.previs.bodies.machine.forklift import forklift
from kirin_video.engines.previs.bodies.machine.galleon import galleon
from kirin_video.engines.previs.bodies.machine.gondola import gondola
from kirin_video.engines.previs.bodies.machine.helicopter import drone, helicopter
from kirin_video.engines.previs.bodies.machine.motorcycle import motorcycle, scooter
from kirin_video.engines.previs.bodies.machine.rocket import rocket
from kirin_video.engines.previs.bodies.machine.rowboat import rowboat
from kirin_video.engines.previs.bodies.machine.sailboat import sailboat
from kirin_video.engines.previs.bodies.machine.ship import ship
from kirin_video.engines.previs.bodies.machine.spacecraft import satellite, saucer, spaceship
from kirin_video.engines.previs.bodies.machine.steam import steam
from kirin_video.engines.previs.bodies.machine.stroller import stroller, wheelchair
from kirin_video.engines.previs.bodies.machine.submarine import submarine
from kirin_video.engines.previs.bodies.machine.tractor import tractor
from kirin_video.engines.previs.bodies.machine.tram import tram
from kirin_video.engines.previs.bodies.machine.trolley import trolley
from kirin_video.engines.previs.bodies.machine.truck import truck
from kirin_video.engines.previs.bodies.machine.van import van
from kirin_video.engines.previs.bodies.order import Order

_FORMS: dict[str, Form] = {
    "airliner": airliner,
    "airship": airship,
    "balloon": balloon,
    "bicycle": bicycle,
    "biplane": biplane,
    "bus": bus,
    "cable_car": cable_car,
    "car": car,
    "drone": drone,
    "express": express,
    "fighter": fighter,
    "forklift": forklift,
    "bulldozer": bulldozer,
    "excavator": excavator,
    "tank": tank,
    "tower_crane": tower_crane,
    "gondola": gondola,
    "galleon": galleon,
    "helicopter": helicopter,
    "motorcycle": motorcycle,
    "parachute": parachute,
    "rocket": rocket,
    "rowboat": rowboat,
    "sailboat": sailboat,
    "satellite": satellite,
    "saucer": saucer,
    "scooter": scooter,
    "ship": ship,
    "spaceship": spaceship,
    "steam": steam,
    "stroller": stroller,
    "submarine": submarine,
    "robot": robot,
    "wagon": wagon,
    "wheelchair": wheelchair,
    "tractor": tractor,
    "tram": tram,
    "trolley": trolley,
    "truck": truck,
    "van": van,
}


def build_machine(order: Order) -> Body:
    """Build one machine."""
    return build_hard(order, _FORMS)
