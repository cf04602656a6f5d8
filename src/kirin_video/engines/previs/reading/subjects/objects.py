"""What a verb and its object say of both: riding a horse, holding a cup, chasing a cat."""

from __future__ import annotations

from collections.abc import Sequence

from kirin_video.engines.previs.plan import Action, Age, RelationKind
from kirin_video.engines.previs.reading.concepts import Concept
from kirin_video.engines.previs.reading.subjects.mention import Deed, Mention

_RIDDEN = frozenset({Action.RIDE, Action.DRIVE, Action.SAIL, Action.ROW, Action.FLY})
_STEERING = {"boat": Action.SAIL, "aircraft": Action.FLY, "vehicle": Action.DRIVE}
TOGETHER = frozenset(
    {Action.FIGHT, Action.DANCE, Action.HUG, Action.KISS, Action.HOLD_HANDS, Action.SPEAK, Action.SHAKE_HANDS}
)
_OF_PEOPLE = frozenset({Action.HUG, Action.KISS, Action.HOLD_HANDS, Action.SHAKE_HANDS})
_PEOPLE = frozenset({"person", "fantastic"})
"""Who has arms to do these with."""
_OVER = frozenset({Action.JUMP, Action.FLY, Action.LEAP})
_IN_HAND = frozenset({Action.HOLD, Action.RAISE, Action.CARRY, Action.CATCH, Action.EAT})
_PASSING = frozenset({Action.WALK, Action.RUN, Action.DRIVE, Action.TROT, Action.GALLOP})
_CROSSED = frozenset({"bridge", "stairs", "pier_thing", "log", "carpet", "plank"})
_ONTO = frozenset({Action.CLIMB, Action.HANG, Action.SIT, Action.LIE, Action.PERCH, Action.LAND})
_HURDLES = frozenset({"bench", "fence", "stool"})
_SMALL = frozenset({"thing", "food", "plant", "nature", "insect"})
_INSTRUMENTS = frozenset(
    {"guitar", "violin", "piano", "drum", "drum_kit", "trumpet", "saxophone", "flute", "accordion"}
)
_GROWING = frozenset(
    {
        *("flower", "rose", "tulip", "sunflower", "tree", "pine", "palm", "cherry_tree", "pot_plant", "bush"),
        *("vegetable", "carrot", "pumpkin", "strawberry", "grass", "bamboo"),
    }
)
_ON_A_STRING = frozenset({"kite", "drone", "paper_plane", "toy_balloon"})
_WINGED = frozenset({"dragon", "chinese_dragon", "pegasus", "griffin", "phoenix", "pterosaur"})
_CLOTHES = frozenset({"garment", "soap", "hat_thing"})
_READ = frozenset({"book", "phone"})
_SHINING = frozenset({"lamp", "floor_lamp", "candle", "lantern", "flashlight", "street_lamp"})
_PRESENTED = frozenset({"plate", "tray", "gift", "trophy", "jewel_box", "bowl", "bottle", "cup"})
"""What is shown to somebody, besides food."""


def bind_object(action: Action, actors: Sequence[Mention], to: Mention, concept: Concept, beat: int) -> None:
    """Say what a verb does to its object.

    Args:
        action: the verb.
        actors: who does it.
        to: whom or what.
        concept: what the object is.
        beat: in which beat of the shot.
    """
    if not actors and action in _RIDDEN:
        _let(to, gait_of(concept), beat)
    if action is Action.KNIT and concept.name in _CLOTHES:
        # What is knitted hangs from the needles still.
        to.concept = "knitting"
    for actor in actors:
        if to is not actor:
            _bind(action, actor, to, concept, beat)


def gait_of(concept: Concept) -> Action:
    """How what is ridden goes: who has wings to carry somebody uses them."""
    return Action.FLY if concept.name in _WINGED else _STEERING.get(concept.family, Action.WALK)


def _bind(action: Action, actor: Mention, to: Mention, concept: Concept, beat: int) -> None:
    """One actor's share of it: the first reading that fits."""
    if not (
        _fed(action, actor, to, concept, beat)
        or _before_it(action, actor, to, concept)
        or _planted(action, actor, to, concept)
        or _rocked(action, actor, to, concept, beat)
        or _on_a_string(action, actor, to, concept, beat)
        or _carried(action, actor, to, concept, beat)
        or _together(action, actor, to, concept, beat)
        or _led(action, actor, to, concept, beat)
    ):
        _handled(_put_better(action, actor, concept), actor, to, concept)


def _on_a_string(action: Action, actor: Mention, to: Mention, concept: Concept, beat: int) -> bool:
    """A kite is flown from the ground."""
    if concept.name not in _ON_A_STRING:
        return False
    _instead(actor, action, Action.HOLD)
    to.relate(RelationKind.ABOVE, actor)
    _let(to, Action.FLY, beat)
    return True


def _fed(action: Action, actor: Mention, to: Mention, concept: Concept, beat: int) -> bool:
    """Who is fed eats, before the one who feeds it; babies are held."""
    if action is not Action.FEED or not concept.living:
        return False
    if concept.family == "person" and concept.young:
        to.relate(RelationKind.HELD_BY, actor)
        return True
    to.relate(RelationKind.IN_FRONT_OF, actor)
    _let(to, Action.EAT, beat)
    return True


def _carried(action: Action, actor: Mention, to: Mention, concept: Concept, beat: int) -> bool:
    """What is ridden or driven carries its rider, at its own gait."""
    carries = action in _RIDDEN and (concept.moving or (concept.living and action is Action.RIDE))
    if not carries and action is not Action.RIDE:
        return False
    actor.relate(RelationKind.RIDING, to)
    if carries:
        _let(to, gait_of(concept), beat)
    return True


def _before_it(action: Action, actor: Mention, to: Mention, concept: Concept) -> bool:
    """What is watered, chopped or blown at is before whoever does it; what is combed is on the head."""
    if action in {Action.WATER, Action.CHOP} or (action is Action.BLOW and concept.name not in _INSTRUMENTS):
        to.relate(RelationKind.IN_FRONT_OF, actor)
        return True
    return action is Action.COMB


def _planted(action: Action, actor: Mention, to: Mention, concept: Concept) -> bool:
    """What is put into the ground is before whoever kneels there; a flag is stood up instead."""
    if action is not Action.PLANT:
        return False
    if concept.name in _GROWING:
        to.relate(RelationKind.IN_FRONT_OF, actor)
        return True
    _instead(actor, action, Action.WORK)
    return False


def _rocked(action: Action, actor: Mention, to: Mention, concept: Concept, beat: int) -> bool:
    """A baby that is rocked sleeps in somebody's arms."""
    if action is not Action.ROCK or not (concept.young or concept.family != "person"):
        return False
    to.relate(RelationKind.HELD_BY, actor)
    if concept.living:
        _let(to, Action.SLEEP, beat)
    return True


def _together(action: Action, actor: Mention, to: Mention, concept: Concept, beat: int) -> bool:
    """It takes two to dance, to fight, to hug."""
    if action not in TOGETHER or not concept.living:
        return False
    if action is Action.HUG and concept.family == "person" and Age.BABY in concept.looks:
        to.relate(RelationKind.HELD_BY, actor)
        return True
    actor.relate(RelationKind.WITH, to)
    if not (action in _OF_PEOPLE and concept.family not in _PEOPLE):
        _let(to, action, beat)
    return True


def _led(action: Action, actor: Mention, to: Mention, concept: Concept, beat: int) -> bool:
    """Beasts are led, dogs are walked, things are towed."""
    if action is Action.WALK and concept.name == "dog":
        to.relate(RelationKind.BESIDE, actor)
    elif action is not Action.PULL or concept.name in _INSTRUMENTS:
        return False
    elif not concept.living:
        to.relate(RelationKind.TOWED_BY, actor)
        return True
    else:
        to.relate(RelationKind.FOLLOWING, actor)
    _let(to, Action.WALK, beat)
    return True


def _put_better(action: Action, actor: Mention, concept: Concept) -> Action:
    """The verb as its object makes it: playing a guitar is music, looking into a book is reading."""
    better = action
    if action in {Action.PLAY, Action.PULL, Action.HOLD, Action.BLOW} and concept.name in _INSTRUMENTS:
        better = Action.MUSIC if action is not Action.HOLD else action
    elif action is Action.LOOK and concept.name in _READ:
        better = Action.READ
    elif action is Action.SPEAK and (concept.family == "food" or concept.name in _PRESENTED):
        # A dish that is presented is held out.
        better = Action.HOLD
    elif action is Action.JUMP and concept.family == "food":
        # What a cook flips is in a pan.
        better = Action.COOK
    _instead(actor, action, better)
    return better


def _handled(action: Action, actor: Mention, to: Mention, concept: Concept) -> None:
    """Everything else: the actor stands to the object, or has it in his hand, or before him."""
    side = _side(action, concept)
    if action is Action.GLOW and actor.concept in _SHINING:
        # What is shone upon is by the side of what shines.
        to.relate(RelationKind.BESIDE, actor)
    elif side is not None:
        actor.relate(side, to)
    elif (concept.family in _SMALL and action is not Action.KICK) or (
        action in _IN_HAND and (concept.young or concept.name == "fish")
    ):
        to.relate(RelationKind.HELD_BY, actor)
    else:
        to.relate(RelationKind.IN_FRONT_OF, actor)


def _side(action: Action, concept: Concept) -> RelationKind | None:
    """Where the actor of some verbs is."""
    if action in {Action.LOOK, Action.POINT, Action.SPEAK, Action.ROAR, Action.HOWL}:
        return RelationKind.FACING
    if action in _PASSING:
        return RelationKind.ON if concept.name in _CROSSED else RelationKind.PAST
    if action in {Action.EAT, Action.GRAZE} and concept.family == "plant":
        return RelationKind.FACING
    if action in _OVER:
        onto = concept.family == "furniture" and concept.name not in _HURDLES
        return RelationKind.ON if onto else RelationKind.OVER
    if action in _ONTO:
        return RelationKind.ON
    return RelationKind.BEHIND if action is Action.PUSH else None


def _let(mention: Mention, action: Action, beat: int) -> None:
    """Let somebody do something who does nothing yet."""
    if mention.acts(beat) is None:
        mention.deeds.append(Deed(action, beat))


def _instead(actor: Mention, action: Action, other: Action) -> None:
    """Say better what an actor does."""
    for deed in actor.deeds:
        if deed.action is action:
            deed.action = other
