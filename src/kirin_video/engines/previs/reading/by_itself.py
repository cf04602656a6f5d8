"""What a cast and its world become where things do by themselves what a prompt tells of."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import (
    Action,
    Contrivance,
    Place,
    Setting,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.reading.contrivances import going_by_itself
from kirin_video.engines.previs.reading.pourings import poured
from kirin_video.engines.previs.reading.subjects import Cast, LaterBeat
from kirin_video.engines.previs.reading.world import NAMED, PlaceWish, WorldWish

_OUTSIDE = frozenset({Weather.SNOW, Weather.RAIN, Weather.FOG})
_AT_A_TREE = frozenset(
    {"christmas_tree", "gift", "person", "dog", "cat", "toy", "teddy_bear", "fireplace", "train", "sofa"}
)
"""With what a Christmas tree stands in a living room, where no place is told."""

_ROOM = PlaceWish(Place.ROOM, Setting.ROOM, "faint", "")
_STREAM = PlaceWish(Place.RIVER, Setting.RIVER, "faint", "")
_SWITCHED = frozenset({Contrivance.LIGHTS_UP, Contrivance.GOES_OUT})
_TRAINS = frozenset({"train", "steam_train"})


def by_itself(text: str, cast: Cast, world: WorldWish) -> tuple[Cast, WorldWish]:
    """The cast with its contrivances, and the world as they need it.

    Args:
        text: the prompt's words.
        cast: as it was read.
        world: what the prompt asks for.
    """
    subjects = going_by_itself(text, poured(text, cast.subjects), indoors=world.setting is Setting.STUDIO)
    hanging = {
        k
        for k, (old, new) in enumerate(zip(cast.subjects, subjects, strict=True))
        if new.action is Action.HOVER and new is not old
    }
    beats = tuple(_without_turns(beat, hanging) for beat in cast.beats)
    return replace(cast, subjects=subjects, beats=beats), _fitting(world, subjects)


def _without_turns(beat: LaterBeat, hanging: set[int]) -> LaterBeat:
    """A beat without the turning of what turns as it hangs."""
    kept = tuple(act for act in beat.acts if act.subject not in hanging or act.action is not Action.SPIN)
    return replace(beat, acts=kept)


def _fitting(world: WorldWish, subjects: tuple[SubjectPlan, ...]) -> WorldWish:
    """The world that fits what is shown, where the prompt leaves it open.

    A Christmas tree stands in a living room in the evening, a lamp is lit by night, a paper boat is on a
    stream, and a train that goes through a tunnel does so in the mountains, not on a road.
    """
    shown = {subject.kind for subject in subjects if not subject.scenery}
    told = any(place.grade in NAMED for place in world.places)
    if "christmas_tree" in shown <= _AT_A_TREE and not told and world.weather not in _OUTSIDE:
        world = replace(world, places=(_ROOM, *world.places), setting=Setting.ROOM)
    if not told and "christmas_tree" in shown and not world.times:
        world = replace(world, time=TimeOfDay.DUSK)
    if any(s.kind == "lamp" and _SWITCHED & {*s.traits} for s in subjects):
        world = world if told else replace(world, places=(_ROOM, *world.places), setting=Setting.ROOM)
        world = world if world.times else replace(world, time=TimeOfDay.NIGHT)
    if "paper_boat" in shown and not told:
        world = replace(world, places=(_STREAM, *world.places), setting=Setting.RIVER)
    if shown & _TRAINS and any(place.place is Place.TUNNEL for place in world.places):
        through = PlaceWish(Place.TUNNEL, Setting.MOUNTAINS, "exact", "")
        world = replace(world, places=(through,), setting=Setting.MOUNTAINS)
    return world
