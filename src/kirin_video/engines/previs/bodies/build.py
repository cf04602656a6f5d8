"""From a subject of a plan to its body."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kirin_video.engines.previs.bodies.bird import build_bird
from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.catalogue import Family, catalogue
from kirin_video.engines.previs.bodies.creature import build_creature
from kirin_video.engines.previs.bodies.machine import build_machine
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.person import build_person
from kirin_video.engines.previs.bodies.quadruped import build_quadruped
from kirin_video.engines.previs.bodies.thing import build_thing
from kirin_video.engines.previs.bodies.winged import winged
from kirin_video.engines.previs.plan import Extra, SubjectPlan

_WINGED = {"dragon": True, "pegasus": False, "griffin": False}
"""Four-legged kinds with wings of their own, and whether these are of skin."""

_FAMILIES: Mapping[Family, Callable[[Order], Body]] = {
    Family.QUADRUPED: build_quadruped,
    Family.PERSON: build_person,
    Family.MACHINE: build_machine,
    Family.THING: build_thing,
    Family.BIRD: build_bird,
    Family.CREATURE: build_creature,
}


def build_body(subject: SubjectPlan, *, seed: int, detail: float = 1.0) -> Body:
    """Build one body of a subject, in its real size times the plan's.

    Args:
        subject: of a plan; its kind is a name of the catalogue.
        seed: the same seed builds the same body, bit for bit.
        detail: how closely it will be looked at, as in `Order`.

    Raises:
        KeyError: the catalogue has no such kind.
    """
    kind = catalogue()[subject.kind]
    order = Order(kind, subject, seed, detail)
    body = _FAMILIES[kind.family](order)
    by_nature = kind.name in _WINGED
    if kind.family is Family.QUADRUPED and (by_nature or Extra.WINGS in subject.extras):
        return winged(body, order, skin=_WINGED.get(kind.name, False))
    return body
