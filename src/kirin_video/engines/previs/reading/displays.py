"""Small things of which no place is told: wares are shown in a studio, all else on a table in a room."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from kirin_video.engines.previs.plan import Place, RelationKind, Setting, SubjectPlan, Weather
from kirin_video.engines.previs.reading.world import PlaceWish, WorldWish

_WARES = frozenset(
    {
        "perfume",
        "wristwatch",
        "headphones",
        "lipstick",
        "can",
        "cream_jar",
        "jewel_box",
        "ring",
        "shoe",
        "phone",
        "lying_phone",
        "laptop",
        "spectacles",
        "bag",
        "camera_thing",
        "tripod_camera",
        "gift",
        "necklace",
    }
)
"""What product pictures are made of."""
_STANDS = frozenset({"pedestal", "slab", "rock"})
_FALLING = frozenset({Weather.RAIN, Weather.SNOW})
_HELD = frozenset({RelationKind.HELD_BY, RelationKind.WORN_BY})


def displayed(world: WorldWish, subjects: Sequence[SubjectPlan], small: Collection[str]) -> WorldWish:
    """The world, indoors where nothing but small things is told of and no place for them.

    Args:
        world: what the prompt asks for.
        subjects: everybody and everything.
        small: the kinds that belong on a table.
    """
    shown = {subject.kind for subject in subjects if not subject.scenery}
    held = any(r.kind in _HELD for subject in subjects for r in subject.relations)
    things = shown - _STANDS
    if world.places or world.weather in _FALLING or held or not things or not things <= {*small, *_WARES}:
        return world
    place, setting = (Place.STUDIO, Setting.STUDIO) if things <= _WARES else (Place.ROOM, Setting.ROOM)
    return replace(world, places=(PlaceWish(place, setting, "faint", ""),), setting=setting)
