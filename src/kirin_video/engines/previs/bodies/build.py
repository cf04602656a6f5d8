"""From a subject of a plan to its body."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.catalogue import Family, catalogue
from kirin_video.engines.previs.bodies.machine import build_machine
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.person import build_person
from kirin_video.engines.previs.bodies.quadruped import build_quadruped
from kirin_video.engines.previs.plan import SubjectPlan

_FAMILIES: Mapping[Family, Callable[[Order], Body]] = {
    Family.QUADRUPED: build_quadruped,
    Family.PERSON: build_person,
    Family.MACHINE: build_machine,
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
    return _FAMILIES[kind.family](Order(kind, subject, seed, detail))
