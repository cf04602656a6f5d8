"""Building a machine: its form by its kind."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.hard.finishing import Form, build_hard
from kirin_video.engines.previs.bodies.machine import aircraft, boat, cart, coach, cycle, train
from kirin_video.engines.previs.bodies.machine.car import car
from kirin_video.engines.previs.bodies.order import Order

_FORMS: dict[str, Form] = {
    "airliner": aircraft.airliner,
    "airship": aircraft.airship,
    "balloon": aircraft.balloon,
    "bicycle": cycle.bicycle,
    "biplane": aircraft.biplane,
    "bus": coach.bus,
    "car": car,
    "drone": aircraft.drone,
    "express": train.express,
    "fighter": aircraft.fighter,
    "galleon": boat.galleon,
    "helicopter": aircraft.helicopter,
    "motorcycle": cycle.motorcycle,
    "parachute": aircraft.parachute,
    "rocket": aircraft.rocket,
    "rowboat": boat.rowboat,
    "sailboat": boat.sailboat,
    "satellite": aircraft.satellite,
    "saucer": aircraft.saucer,
    "scooter": cycle.scooter,
    "ship": boat.ship,
    "spaceship": aircraft.spaceship,
    "steam": train.steam,
    "submarine": boat.submarine,
    "robot": cart.robot,
    "wagon": cart.wagon,
    "tractor": coach.tractor,
    "tram": train.tram,
    "truck": coach.truck,
    "van": coach.van,
}


def build_machine(order: Order) -> Body:
    """Build one machine."""
    return build_hard(order, _FORMS)
