"""Where things are done: who surfs is at sea, who cooks in a kitchen, who looks at the sea is ashore."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Place, Setting
from kirin_video.engines.previs.reading.lexicon import Lexicon
from kirin_video.engines.previs.reading.subjects.hunting import catches_fish
from kirin_video.engines.previs.reading.subjects.mention import Mention
from kirin_video.engines.previs.reading.world import NAMED, PlaceWish, WorldWish

_OF_PEOPLE: Mapping[Action, Place] = {
    Action.SURF: Place.SEA,
    Action.SKI: Place.PISTE,
    Action.SWIM: Place.POOL,
    Action.DIVE: Place.UNDERWATER,
    Action.FISH: Place.RIVER,
    Action.ROW: Place.LAKE,
    Action.SAIL: Place.SEA,
    Action.SKATE: Place.CITY,
    Action.COOK: Place.KITCHEN,
    Action.SING: Place.STAGE,
    Action.DRIVE: Place.ROAD,
}
_OF_ANIMALS: Mapping[Action, Place] = {Action.SWIM: Place.LAKE, Action.DIVE: Place.LAKE}
_OPEN_WATER = frozenset({Place.SEA, Place.STRAIT})
_ON_FOOT = frozenset({"person", "quadruped"})
_AFLOAT = frozenset(
    {
        *(Action.SWIM, Action.DIVE, Action.SURF, Action.FLOAT, Action.SAIL, Action.ROW, Action.RIDE),
        *(Action.FLY, Action.GLIDE, Action.LEAP, Action.FALL, Action.DRIVE, Action.HOVER, Action.LAND),
    }
)
"""What one does at sea who is no ship."""
_SKIES, _HINTS = frozenset({Place.SKY, Place.HEIGHTS}), frozenset({"hint", "faint"})
_FROM_GROUND = frozenset({Action.POINT, Action.WAVE, Action.LOOK, Action.WALK, Action.RUN, Action.STAND})
"""What is done on the ground by who looks up, or goes to what has landed."""
_BEHIND = frozenset({Place.MOUNTAINS, Place.FUJI})
_TRAINS = frozenset({"train", "steam_train", "bullet_train"})
_CARRYING = frozenset({"boat", "aircraft", "spacecraft"})
_DIVING = frozenset({"submarine"})
"""What goes down at sea to be seen there."""
_HOMES = frozenset({"house", "cabin", "barn", "cottage", "home", "mansion", "villa", "hut"})
_FISHED = frozenset({Setting.LAKE, Setting.RIVER, Setting.SEA, Setting.BEACH, Setting.UNDERWATER})
"""Where fish are caught."""
_LIGHTHOUSE = "lighthouse"
_WAVES = frozenset({"wave", "iceberg", "island", "whale", "orca", "turtle", "dolphin"})
"""What somebody at sea is on, or near."""


def where_it_is_done(world: WorldWish, mentions: Sequence[Mention], lexicon: Lexicon) -> WorldWish:
    """The world, at the place that goes with the first deed where the prompt names and hints at none.

    Where it names the open sea, and everybody in it has feet to stand on and neither swims nor has a boat,
    they are on the beach: from there one looks at the sea.

    Args:
        world: as it was read.
        mentions: everybody, with what they do.
        lexicon: the words, which tell people from animals and which world shows a place.
    """
    if world.place in _OPEN_WATER:
        if any(m.concept in _DIVING and _dives(m) for m in mentions):
            return _at(Place.UNDERWATER, world, lexicon)
        if _breaks_ashore(world, mentions, lexicon):
            return _at(Place.COAST, world, lexicon)
        return _at(Place.BEACH, world, lexicon) if _is_watched(mentions, lexicon) else world
    if all(place.grade not in NAMED for place in world.places) and any(_is_home_ablaze(m) for m in mentions):
        return _at(Place.VILLAGE, world, lexicon)
    if catches_fish(mentions) and (not world.places or world.places[0].grade not in NAMED):
        return _where_fish_are(world, mentions, lexicon)
    world = _from_below(_by_rail(world, mentions), mentions, lexicon)
    open_ = not world.places and world.setting is Setting.MEADOW
    place = _by_deed(mentions, lexicon) if open_ else None
    return world if place is None else _at(place, world, lexicon)


def _breaks_ashore(world: WorldWish, mentions: Sequence[Mention], lexicon: Lexicon) -> bool:
    """Whether the sea is told of at its rocks, by a lighthouse or by waves that break, and no ship is out."""
    concepts = [lexicon.concepts[m.concept] for m in mentions if m.concept in lexicon.concepts]
    if any(c.family in _CARRYING or c.moving or c.name in _WAVES or c.living for c in concepts):
        return False
    return any(c.name == _LIGHTHOUSE for c in concepts) or any(p.place is Place.COAST for p in world.places)


def _by_deed(mentions: Sequence[Mention], lexicon: Lexicon) -> Place | None:
    """Where the first deed is done that tells its place."""
    for mention in mentions:
        concept = lexicon.concepts.get(mention.concept)
        if concept is None or not concept.living:
            continue
        deeds = _OF_PEOPLE if concept.family == "person" else _OF_ANIMALS
        place = next((deeds[d.action] for d in mention.deeds if d.beat == 0 and d.action in deeds), None)
        if place is not None:
            return place
    return None


def _is_home_ablaze(mention: Mention) -> bool:
    """Whether it is a house that burns: it stands by itself, among few others."""
    return mention.concept in _HOMES and any(deed.action is Action.BURN for deed in mention.deeds)


def _by_rail(world: WorldWish, mentions: Sequence[Mention]) -> WorldWish:
    """The world of a train: no street that only a car hints at; the mountains behind its meadows."""
    if not any(mention.concept in _TRAINS for mention in mentions):
        return world
    named = [place for place in world.places if place.grade in NAMED]
    heights = next((place for place in named if place.place in _BEHIND), None)
    if heights is not None and named[0].world is Setting.MEADOW:
        # Meadows lie before the mountains: they are one country.
        return replace(world, places=(heights,), setting=heights.world)
    hinted = bool(world.places) and all(p.grade in _HINTS and p.world is Setting.CITY for p in world.places)
    return replace(world, places=(), setting=Setting.MEADOW) if hinted else world


def _from_below(world: WorldWish, mentions: Sequence[Mention], lexicon: Lexicon) -> WorldWish:
    """The world without a sky that only an aircraft hints at, where somebody on foot looks up at it."""
    first = next(iter(world.places), None)
    if first is None or first.place not in _SKIES or first.grade not in _HINTS:
        return world
    afoot = any(
        mention.concept in lexicon.concepts
        and lexicon.concepts[mention.concept].family in _ON_FOOT
        and any(deed.action in _FROM_GROUND for deed in mention.deeds)
        for mention in mentions
    )
    if not afoot:
        return world
    left = tuple(wish for wish in world.places if wish.place not in _SKIES)
    return replace(world, places=left, setting=left[0].world if left else Setting.MEADOW)


def _where_fish_are(world: WorldWish, mentions: Sequence[Mention], lexicon: Lexicon) -> WorldWish:
    """A river for who stands in it, a lake for birds that come down to it, or what water there is."""
    if world.setting in _FISHED:
        return world
    concepts = [lexicon.concepts[m.concept] for m in mentions if m.concept in lexicon.concepts]
    winged = any(concept.family == "bird" for concept in concepts)
    return _at(Place.LAKE if winged else Place.RIVER, world, lexicon)


def _dives(mention: Mention) -> bool:
    deed = mention.acts(0)
    return deed is not None and deed.action in {Action.DIVE, Action.FALL}


def _at(place: Place, world: WorldWish, lexicon: Lexicon) -> WorldWish:
    wish = PlaceWish(place, Setting(lexicon.worlds[place]), "hint", "")
    return replace(world, places=(wish, *world.places), setting=wish.world)


def _is_watched(mentions: Sequence[Mention], lexicon: Lexicon) -> bool:
    """Whether the sea is only looked at: by somebody on foot, and nobody is on or in it."""
    concepts = [lexicon.concepts[m.concept] for m in mentions if m.concept in lexicon.concepts]
    deeds = {deed.action for mention in mentions for deed in mention.deeds}
    carried = any(c.family in _CARRYING or c.moving or c.name in _WAVES or c.rides for c in concepts)
    return any(c.family in _ON_FOOT for c in concepts) and not carried and not deeds & _AFLOAT
