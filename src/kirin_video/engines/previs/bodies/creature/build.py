"""From an order to the builder of its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.creature.insect import build_insect
from kirin_video.engines.previs.bodies.creature.jelly import build_jelly
from kirin_video.engines.previs.bodies.creature.swimmer import build_swimmer
from kirin_video.engines.previs.bodies.order import Order

_FORMS: Mapping[str, Callable[[Order], Body]] = {
    "swimmer": build_swimmer,
    "insect": build_insect,
    "jelly": build_jelly,
}


def build_creature(order: Order) -> Body:
    """Build one creature of whatever form its row names."""
    return _FORMS[str(order.kind.shape["form"])](order)
