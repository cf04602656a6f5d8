"""From a subject of a plan to its body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.catalogue import Family, catalogue
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.plan import Extra, SubjectPlan

_WINGED = {"dragon": True, "pegasus": False, "griffin": False}
"""Four-legged kinds with wings of their own, and whether these are of skin."""

_BUILDERS: Mapping[Family, str] = {
    Family.QUADRUPED: "build_quadruped",
    Family.PERSON: "build_person",
    Family.MACHINE: "build_machine",
    Family.THING: "build_thing",
    Family.BIRD: "build_bird",
    Family.CREATURE: "build_creature",
}
"""What each family's package calls its builder."""


def _builder(family: Family) -> Callable[[Order], Body]:
    """The builder of a family, imported when somebody of it comes on stage: all take half a second."""
    package = import_module(f"{__package__}.{family.value}")
    return cast("Callable[[Order], Body]", getattr(package, _BUILDERS[family]))


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
    body = _builder(kind.family)(order)
    by_nature = kind.name in _WINGED
    if kind.family is Family.QUADRUPED and (by_nature or Extra.WINGS in subject.extras):
        from kirin_video.engines.previs.bodies.winged import winged  # noqa: PLC0415 -- few have wings

        return winged(body, order, skin=_WINGED.get(kind.name, False))
    return _grafted(body, order, kind.family)


def _grafted(body: Body, order: Order, family: Family) -> Body:
    """The body with half of another, where the plan asks for one."""
    extras = order.subject.extras
    torso = family is Family.QUADRUPED and Extra.HUMAN_TORSO in extras
    tail = family is Family.PERSON and Extra.FISH_TAIL in extras
    if not (torso or tail):
        return body
    from kirin_video.engines.previs.bodies.grafts import centaur, mermaid  # noqa: PLC0415 -- few are

    def build(subject: SubjectPlan) -> Body:
        return build_body(subject, seed=order.seed, detail=order.detail)

    return centaur(body, order, build) if torso else mermaid(body, order, build)
