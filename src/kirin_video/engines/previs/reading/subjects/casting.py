"""From what was read to the plan's subjects: bodies cast, looks settled, the most important first."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kirin_video.engines.previs.plan import (
    Act,
    Action,
    Heading,
    Relation,
    RelationKind,
    Setting,
    SubjectPlan,
)
from kirin_video.engines.previs.reading.concepts import Concept, cast
from kirin_video.engines.previs.reading.lexicon import Lexicon
from kirin_video.engines.previs.reading.nearest import Nearest
from kirin_video.engines.previs.reading.subjects.abilities import is_motion
from kirin_video.engines.previs.reading.subjects.callings import do_as_called
from kirin_video.engines.previs.reading.subjects.kinship import take_after
from kirin_video.engines.previs.reading.subjects.looks import colors_of, looks_of, shape_of, wears_of
from kirin_video.engines.previs.reading.subjects.mention import Deed, Mention
from kirin_video.engines.previs.reading.subjects.mounts import with_mounts
from kirin_video.engines.previs.reading.subjects.walker import Walk

_LIVELY = frozenset(
    {Action.EAT, Action.DRINK, Action.SLEEP, Action.SIT, Action.LIE, Action.PLAY, Action.ROAR}
)
"""What only somebody alive does."""
_DOERS = {
    "bird": frozenset({Action.FLY, Action.GLIDE, Action.PERCH, Action.TAKE_OFF, Action.LAND}),
    "fish": frozenset({Action.SWIM, Action.DIVE}),
    "snake": frozenset({Action.SLITHER}),
    "butterfly": frozenset({Action.HOVER}),
    "car": frozenset({Action.DRIVE}),
    "boat": frozenset({Action.SAIL, Action.ROW, Action.SURF}),
    "rocket": frozenset({Action.LAUNCH}),
    "flower": frozenset({Action.BLOOM}),
    "tree": frozenset({Action.GROW}),
    "person": frozenset({Action.READ, Action.WRITE, Action.COOK, Action.SPEAK, Action.HOLD, Action.WAVE}),
}
"""What a stranger most likely is that does these things."""
_A_PAIR = 2
_A_FEW = 3
_A_HERD = 7
_MOST = 40
_STREETS = frozenset({Setting.CITY, Setting.VILLAGE})
_STROLL = 0.8
_ARTICLES = re.compile(r"^(an?|the|some|one) ")
_FITTINGS = frozenset({"window", "door"})
"""Parts of houses and rooms, unless the picture is of nothing else."""
_GROWN = frozenset({"plant", "nature"})
_WHOLE = frozenset(
    {
        "headphones",
        "noodles",
        "chopsticks",
        "vegetables",
        "mooncakes",
        "dumplings",
        "sushi",
        "labware",
        "stairs",
        "pancakes",
        "spectacles",
        "drum_kit",
        "shoe",
        "blocks",
        "grapes",
        "wind_chime",
    }
)
"""One thing, though its name is a plural: stairs, drums, a pair of shoes, a bunch of grapes."""
_IN_PAIRS = frozenset({"shoe", "spectacles"})
_BLOSSOMS = frozenset({"flower", "tulip", "rose", "sunflower", "lavender"})
_A_BED = 24
"""So many flowers somebody is among."""
_UNDERFOOT = frozenset({"grass"})
"""What grows everywhere: who is on it is on the ground."""
_ON_HIGH = frozenset({"earth", "planet", "star"})
"""What stands in the sky of its world."""
_LAMPS = frozenset({"street_lamp"})
"""Who is under one is under that one."""
_NEAR = frozenset(
    {RelationKind.ON, RelationKind.BEHIND, RelationKind.IN_FRONT_OF, RelationKind.UNDER, RelationKind.BESIDE}
)
_OTHERWISE = frozenset({Action.SWIM, Action.FLY, Action.SAIL})
"""How one gets along who does not walk."""
_STILL = frozenset({"plant", "nature", "building", "furniture"})


@dataclass(frozen=True, slots=True)
class LaterBeat:
    """What subjects do from some phrase on.

    Attributes:
        at: index of the phrase it begins with.
        cut: whether it is a new shot.
        acts: what they do.
    """

    at: int
    cut: bool
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is in the shot.

    Attributes:
        subjects: everybody and everything, the most important first.
        beats: what happens later.
        absent: what the prompt does not want, in its words.
        barred: the kinds of that.
        strangers: nouns for which there is no kind at all, in the prompt's words.
        spoken: for each subject, the indices of the phrases that name it.
    """

    subjects: tuple[SubjectPlan, ...]
    beats: tuple[LaterBeat, ...]
    absent: tuple[str, ...]
    barred: tuple[str, ...]
    strangers: tuple[str, ...]
    spoken: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Casters:
    """What is needed to cast subjects.

    Attributes:
        lexicon: the words.
        kinds: the bodies that can be drawn.
        nearest: finds a concept for nouns that no table has.
    """

    lexicon: Lexicon
    kinds: Collection[str]
    nearest: Nearest


def cast_subjects(walk: Walk, setting: Setting, casters: Casters) -> Cast:
    """Cast the subjects that a walk has found.

    Args:
        walk: a finished walk through the prompt.
        setting: the world around the subjects.
        casters: the words and the bodies.
    """
    known: list[Mention] = []
    strangers: list[str] = []
    for mention in walk.mentions:
        if not mention.concept:
            mention.concept = casters.nearest.concept_for(mention.noun) or ""
            mention.guessed = True
        if mention.concept in casters.lexicon.concepts:
            take_after(mention, known, casters.lexicon)
            known.append(mention)
        else:
            strangers.append(mention.words)
    if not known:
        known, strangers = _stood_in(walk, strangers, setting)
    do_as_called(known, casters.lexicon, walk.sentence.text)
    known = with_mounts(known, setting, casters.lexicon)
    return _cast_all(known, walk, setting, casters, tuple(dict.fromkeys(strangers)))


def _guess(actions: Sequence[Action], setting: Setting) -> str:
    """What does such things in such a place: what flies is a bird, what goes and eats an animal."""
    told = next((concept for action in actions for concept, deeds in _DOERS.items() if action in deeds), None)
    if told is not None:
        return told
    if setting is Setting.UNDERWATER:
        return "fish"
    return "creature" if any(a in _LIVELY or is_motion(a) for a in actions) else "box"


def _stood_in(walk: Walk, strangers: Sequence[str], setting: Setting) -> tuple[list[Mention], list[str]]:
    """A stand-in for the first stranger where the stage would be empty, by what it does and where."""
    lead = next((mention for mention in walk.mentions if mention.head and mention.described.open), None)
    if lead is None:
        return [], list(strangers)
    lead.concept, lead.guessed = _guess([deed.action for deed in lead.deeds], setting), True
    return [lead], [words for words in strangers if words != lead.words]


def _cast_all(
    known: Sequence[Mention], walk: Walk, setting: Setting, casters: Casters, strangers: tuple[str, ...]
) -> Cast:
    """Put the subjects in order and make their plans."""
    shown = [_shown(mention, known, setting, casters.lexicon) for mention in known]
    ranks = [_rank(at, known, scenery, casters.lexicon) for at, scenery in enumerate(shown)]
    order = sorted(range(len(known)), key=lambda at: (ranks[at], at))
    index = {id(known[at]): place for place, at in enumerate(order)}
    return Cast(
        subjects=tuple(_subject(known[at], shown[at], index, setting, casters) for at in order),
        beats=tuple(
            LaterBeat(at, cut, _acts([known[i] for i in order], index, beat))
            for beat, (at, cut) in enumerate(walk.marks, start=1)
        ),
        absent=tuple(walk.absent),
        barred=tuple(dict.fromkeys(_kind_of(name, casters.lexicon) for name in walk.barred)),
        strangers=strangers,
        spoken=tuple(tuple(known[at].spoken) for at in order),
    )


def _kind_of(name: str, lexicon: Lexicon) -> str:
    """The concept that a concept is a sort of."""
    concept = lexicon.concepts[name]
    return concept.of or concept.name


def _rank(at: int, known: Sequence[Mention], scenery: bool, lexicon: Lexicon) -> int:
    """The smaller, the more important: who acts, then things, then what grows and stands about."""
    mention = known[at]
    concept = lexicon.concepts[mention.concept]
    leading = at == 0 and mention.head
    if scenery:
        return 4
    if concept.living or concept.moving:
        return 2 if mention.deeds and mention.deeds[0].beat > 0 else 0
    if concept.family in _STILL:
        return 1 if leading else 3
    return 1 if leading else 2


def _shown(mention: Mention, known: Sequence[Mention], setting: Setting, lexicon: Lexicon) -> bool:
    """Whether the world shows it anyway, and the prompt says no more of it."""
    shown = lexicon.shown.get(setting, frozenset())
    concept = lexicon.concepts[mention.concept]
    if concept.name in _FITTINGS and len(known) > 1 and not mention.deeds:
        return True
    if _is_a_place_to_be(mention, known, concept) or _is_all_round(mention) or _is_a_hurdle(mention, known):
        return False
    if any(deed.action is Action.BURN for deed in mention.deeds):
        return False
    parked = concept.name == "car" and any(text == "parked" for _, _, text in mention.described.words)
    return concept.name in shown or concept.of in shown or (parked and "parked_car" in shown)


def _is_a_hurdle(mention: Mention, known: Sequence[Mention]) -> bool:
    """Whether somebody jumps over it: any one that stands about would not be in the way."""
    return not mention.plural and any(
        (RelationKind.OVER, mention) in other.relations
        and any(deed.action in {Action.JUMP, Action.LEAP} for deed in other.deeds)
        for other in known
    )


def _is_all_round(mention: Mention) -> bool:
    """Whether it is flowers that somebody is among: the few that a world has of its own are not enough."""
    return mention.surrounds and mention.concept in _BLOSSOMS


def _is_a_place_to_be(mention: Mention, known: Sequence[Mention], concept: Concept) -> bool:
    """Whether it is one tree, rock or flower that the picture is about, or that somebody is on or behind."""
    if concept.name in _ON_HIGH | _UNDERFOOT or not (concept.family in _GROWN or concept.name in _LAMPS):
        return False
    if mention.plural or mention.described.number not in {None, 1}:
        return False
    alone = len(known) == 1 and mention.head
    near = any(kind in _NEAR and to is mention for other in known for kind, to in other.relations)
    return alone or near


def _asked(mention: Mention) -> str:
    """What somebody stands in for, in the prompt's words: "vacuum cleaner", not only "cleaner"."""
    if mention.effigy or not mention.guessed or not mention.noun.isascii():
        return mention.effigy or mention.noun
    words = _ARTICLES.sub("", mention.words)
    return words if mention.described.number is None else words[words.find(" ") + 1 :]


def _usual_deeds(mention: Mention, setting: Setting) -> list[Deed]:
    """What somebody does of whom nothing is said: a crowd in the street comes along it."""
    if mention.concept == "crowd" and setting in _STREETS and not mention.relations:
        return [Deed(Action.WALK, 0, Heading.TOWARDS, _STROLL)]
    return []


def _subject(
    mention: Mention, scenery: bool, index: Mapping[int, int], setting: Setting, casters: Casters
) -> SubjectPlan:
    """The plan of one subject."""
    lexicon = casters.lexicon
    casting = cast(mention.concept, lexicon.concepts, casters.kinds)
    looks = looks_of(mention, casting, lexicon)
    deeds = [deed for deed in mention.deeds if deed.beat == 0] or _usual_deeds(mention, setting)
    main = _main(deeds)
    stands_in = casting.stands_in or mention.guessed or bool(mention.effigy)
    return SubjectPlan(
        kind=casting.kind,
        words=mention.words,
        count=_count(mention, lexicon.concepts[mention.concept], looks.size),
        counted=mention.described.counted,
        asked=_asked(mention) if stands_in else None,
        gender=looks.gender,
        age=looks.age,
        build=looks.build,
        size=1.0 if lexicon.concepts[mention.concept].count > _A_PAIR else looks.size,
        colors=colors_of(mention, casting, lexicon),
        wears=wears_of(mention, casting, lexicon),
        pattern=looks.pattern,
        extras=tuple(dict.fromkeys(step.extra for step in casting.path[:-1] if step.extra)),
        proportions=shape_of(casting),
        traits=looks.traits,
        expression=looks.expression,
        action=main.action if main else Action.IDLE,
        also=tuple(deed.action for deed in deeds if deed is not main),
        tempo=main.tempo if main else 1.0,
        heading=next((deed.heading for deed in (main, *deeds) if deed and deed.heading), None),
        spot=mention.spot,
        relations=_relations(mention.relations, index),
        scenery=scenery,
    )


def _count(mention: Mention, concept: Concept, size: float) -> int:
    """How many: the number said, a good one for "horses" or "a herd", or one; a huge herd is of more."""
    if mention.concept in _BLOSSOMS and mention.surrounds:
        return _A_BED
    if mention.described.number is not None:
        return _said(mention, mention.described.number, concept)
    if concept.count > 1:
        return concept.count if concept.count == _A_PAIR else min(round(concept.count * size**0.5), _MOST)
    if mention.noun.endswith("\u7fa4"):
        return _A_HERD
    if not mention.plural or mention.concept in _WHOLE:
        return 1
    return _A_HERD if concept.family == "plant" else _A_FEW


def _said(mention: Mention, number: int, concept: Concept) -> int:
    """The number said, in bodies: two shoes are a pair, a stack of pancakes is one, three couples are six."""
    number = max(number, 2 if mention.plural else 1)
    if mention.concept in _WHOLE:
        return max(number // 2, 1) if mention.concept in _IN_PAIRS else 1
    return number * concept.count if concept.count == _A_PAIR else number


def _main(deeds: Sequence[Deed]) -> Deed | None:
    """What a body does first of all: the first motion, or whatever it does; a smile is least."""
    moved = (deed for deed in deeds if is_motion(deed.action))
    more = (deed for deed in deeds if deed.action is not Action.LAUGH)
    first = next(moved, None)
    if first is not None and first.action is Action.WALK:
        # Who follows somebody swimming swims: how one follows is said by the verb beside it.
        first = next((deed for deed in deeds if deed.action in _OTHERWISE), first)
    return first or next(more, None) or (deeds[0] if deeds else None)


def _acts(order: Sequence[Mention], index: Mapping[int, int], beat: int) -> tuple[Act, ...]:
    """What everybody does in a later beat."""
    return tuple(
        Act(at, deed.action, deed.heading, deed.tempo, _relations(deed.relations, index))
        for at, mention in enumerate(order)
        for deed in mention.deeds
        if deed.beat == beat
    )


def _relations(
    told: Sequence[tuple[RelationKind, Mention | None]], index: Mapping[int, int]
) -> tuple[Relation, ...]:
    relations = [
        Relation(kind, None if to is None else index[id(to)])
        for kind, to in told
        if to is None or id(to) in index
    ]
    return tuple(dict.fromkeys(relations))
