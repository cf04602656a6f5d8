"""Caravans: beasts in a row with loads on their backs, and somebody on foot who leads them."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import (
    Action,
    Color,
    Garment,
    Relation,
    RelationKind,
    SubjectPlan,
    Wear,
)

_NAMES = ("caravan", "camel train", "\u9a7c\u961f", "\u5546\u961f", "\u9a86\u9a7c\u961f")
_RIDES = frozenset({RelationKind.RIDING, RelationKind.ON})
_ROBES = (
    Wear(Garment.ROBE, Color("its own", (226, 218, 200))),
    Wear(Garment.TURBAN, Color("its own", (150, 48, 40))),
)


def load_caravan(found: list[SubjectPlan]) -> None:
    """Put loads on the camels of a caravan, let them go, and give them a guide where nobody is named."""
    for at, beasts in enumerate(found):
        if beasts.kind != "camel" or not any(name in beasts.words.lower() for name in _NAMES):
            continue
        goes = replace(beasts, action=Action.WALK) if beasts.action is Action.IDLE else beasts
        people = [k for k, s in enumerate(found) if s.kind == "person" and not s.scenery]
        ridden = any(r.to == at and r.kind in _RIDES for k in people for r in found[k].relations)
        if not ridden:
            load = Relation(RelationKind.ON, at)
            found.append(SubjectPlan("camel_load", "load", count=beasts.count, relations=(load,)))
        if not people:
            goes = replace(goes, relations=(*goes.relations, Relation(RelationKind.FOLLOWING, len(found))))
            guide = SubjectPlan("person", "guide", gender="male", wears=_ROBES, action=goes.action)
            found.append(replace(guide, heading=goes.heading, tempo=goes.tempo))
        found[at] = goes
        return
