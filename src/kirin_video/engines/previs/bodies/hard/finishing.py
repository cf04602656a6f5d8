"""From an assembly and its mechanism to a body."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kirin_video.engines.previs.bodies.body import Body, Contact
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.motion import HardMotion
from kirin_video.engines.previs.bodies.order import Order

Form = Callable[[Order, Assembly], Mechanism]
"""Builds one form of body: hangs its pieces and says what moves."""

_FACE = 0.55
"""What a close-up shows of it, as a share of its height."""


def build_hard(order: Order, forms: Mapping[str, Form]) -> Body:
    """Build the form that a kind's shape names, in the kind's size.

    Raises:
        KeyError: there is no such form.
    """
    kit = Assembly()
    made = forms[str(order.kind.shape["form"])](order, kit)
    rails = set(made.rails.bones) if made.rails else set[int]()
    flames = {flame.bone for flame in (*made.flames, *made.puffs)}
    low, high = kit.extent(set(range(len(kit.bones))) - rails - flames - set(made.lines))
    factor = order.kind.height_m * order.subject.size / (high[1] - max(low[1], 0.0))
    length, height, width = ((b - a) * factor for a, b in zip(low, high, strict=True))
    about = kit.extent(set(made.about)) if made.about else (low, high)
    skeleton, shells = kit.finish(factor)
    made = made.scaled(factor)
    return Body(
        kind=order.kind.name,
        skeleton=skeleton,
        shells=shells,
        motion=HardMotion(made, skeleton),
        length_m=length,
        height_m=height,
        width_m=width,
        face_m=_FACE * height,
        contacts=made.contacts or (Contact(made.hull, (0.0, 0.0, 0.0), 0.62 * max(length, width), 0.5),),
        anchors={name: (bone, point) for name, bone, point in made.anchors},
        sides=made.sides,
        # Rails lie far beyond a train: a picture of it is about the train.
        about=made.about or (tuple(sorted(set(range(len(kit.bones))) - rails)) if rails else ()),
        about_share=(about[1][1] - about[0][1]) / (high[1] - low[1]),
    )
