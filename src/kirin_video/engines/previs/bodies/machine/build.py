"""Building a machine: its form by its kind."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.hard.finishing import Form, build_hard
from kirin_video.engines.previs.bodies.machine.car import car
from kirin_video.engines.previs.bodies.order import Order

_FORMS: dict[str, Form] = {"car": car}


def build_machine(order: Order) -> Body:
    """Build one machine."""
    return build_hard(order, _FORMS)
