"""What prompts say of animals in turns of phrase: a nut in its mouth, a leap for it, a swim over a pond."""

from __future__ import annotations

import re
from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Age, Relation, RelationKind, Setting, Spot, SubjectPlan
from kirin_video.engines.previs.reading.world import WorldWish

_IN_MOUTH = re.compile(
    r"\b(?:in|with|between) (?:its|his|her|their) (?:mouth|mouths|beak|beaks|jaws|teeth|paws|claws|talons)\b"
    "|嘴里叼|叼着|嘴里含|衔着|捧着"
)
_MID_AIR = re.compile(
    r"\b(?:mid-?\s?air|in the air|leap\w*|jump\w*)\b|半空|空中|跃起|跳起|飞身", re.IGNORECASE
)
_OVER_WATER = re.compile(
    r"\b(?:across|on|in|over|through) (?:a |an |the )?(?:\w+ ){0,2}?(?:pond|lake|river|stream|water|canal)\b"
    "|(?:池塘|湖|河|水)(?:面|里|中|上)|[过越](?:池塘|湖|河|水面)",
    re.IGNORECASE,
)
_WET = frozenset({Setting.LAKE, Setting.RIVER})
_PADDLERS = frozenset({"duck", "goose", "swan"})
_DRAWN = frozenset({"carriage", "cart"})
_GOES = frozenset({Action.IDLE, Action.ROLL, Action.DRIVE, Action.WALK, Action.RUN, Action.TROT})
_HORSES = re.compile(r"\bhorse.?drawn\b|\bstagecoach\b|马车", re.IGNORECASE)
_GROUNDS = re.compile(
    r"\b(?:palace|castle|temple|church|mansion|manor|house|villa) (?:gardens?|courtyard|yard|grounds|lawn)\b"
    "|(?:宫殿|皇宫|王宫|城堡|寺庙|寺院)(?:的)?(?:花园|庭院|院子)",
    re.IGNORECASE,
)
_HALLS = frozenset({"castle", "temple", "church", "house", "cabin", "pagoda", "tower"})
_LARGE_SWIMMERS = frozenset({"shark", "dolphin", "whale", "orca", "person", "seal", "swordfish"})
_SCHOOL, _MANY_FISH, _SEEN = 7, 20, 1.9
"""So many of a school are drawn beside somebody large, and so many times as large."""
_PIED = re.compile(
    r"\bblack[ -]and[ -]white"
    r"(?= (?:\w+ )?(?:cat|kitten|dog|puppy|cow|calf|horse|pony|foal|rabbit|goat|pig|bull)s?\b)",
    re.IGNORECASE,
)
_PIED_ZH = re.compile("黑白(?:色)?(?=的?(?:小)?(?:猫|狗|奶牛|牛|马|兔|山羊))")
_DRIVEN = re.compile(
    r"\b(?:herd(?:s|ing|ed)|driv(?:es|ing) (?:a|the|his|her)|rounds? up)\b|赶", re.IGNORECASE
)
_HERDED = frozenset({"sheep", "cow", "goat", "duck", "goose", "horse", "pig", "chicken", "yak", "camel"})
_BEFORE = frozenset({RelationKind.FOLLOWING, RelationKind.IN_FRONT_OF, RelationKind.TOWED_BY})
_ON_BACK = re.compile(r"\bon(?:to)? (?:its|her|his|their) (?:\w+'s )?backs?\b|背上", re.IGNORECASE)
_UPRIGHT = frozenset({Action.SIT, Action.EAT, Action.SLEEP, Action.LIE})
"""What those do whose backs carry nobody."""
_BOATS = frozenset({"fishing_boat", "boat", "ship", "sailboat", "ferry", "rowboat", "galleon", "yacht"})
_FLOCK, _NEAR_BOATS = 6, 1.7
"""So many gulls follow a boat at least, and so many times as large as they are."""
_DRINKS_AT = re.compile(
    r"\bdrink\w*\b[^.;,]{0,30}?\b(?:stream|river|creek|brook)\b"
    "|[溪河][^,\uff0c\u3002]{0,4}?(?:喝水|饮水)",
    re.IGNORECASE,
)
_PADS = 3
_PERSON, _FRISBEE = "person", "frisbee"


def coated(text: str) -> str:
    """A prompt's words with a black and white cat called patched: the picture stays in colour.

    Args:
        text: the prompt's words.
    """
    return _PIED_ZH.sub("黑白花", _PIED.sub("patched", text))


def where_they_drink(world: WorldWish, text: str) -> WorldWish:
    """The world at the stream that somebody drinks from, whatever else it lies in.

    Args:
        world: as it was read.
        text: the prompt.
    """
    if world.setting is Setting.RIVER or not _DRINKS_AT.search(text):
        return world
    stream = next((wish for wish in world.places if wish.world is Setting.RIVER), None)
    if stream is None:
        return world
    others = tuple(wish for wish in world.places if wish is not stream)
    return replace(world, places=(stream, *others), setting=Setting.RIVER)


def as_animals_do(subjects: tuple[SubjectPlan, ...], text: str, setting: Setting) -> tuple[SubjectPlan, ...]:
    """The subjects, the animals among them doing what turns of phrase tell.

    Args:
        subjects: everybody.
        text: the prompt.
        setting: where.
    """
    found = list(subjects)
    _harness(found, text)
    _take_wing(found)
    if _ON_BACK.search(text):
        _carry_young(found)
    if _DRIVEN.search(text):
        _drive_herds(found)
    _hop_along(found)
    _fill_shoals(found)
    if _GROUNDS.search(text):
        _before_the_palace(found)
    if _IN_MOUTH.search(text):
        _put_in_mouth(found)
    if _MID_AIR.search(text):
        _leap_for_it(found)
    if setting in _WET and _OVER_WATER.search(text):
        _swim(found)
    return tuple(found)


def _harness(found: list[SubjectPlan], text: str) -> None:
    """A carriage that goes has a horse before it."""
    for at, carriage in enumerate(tuple(found)):
        towed = any(r.kind is RelationKind.TOWED_BY for r in carriage.relations)
        pulled = any(s.kind in {"horse", "cow", "camel", "donkey"} for s in found)
        goes = carriage.action in _GOES and (carriage.action is not Action.IDLE or _HORSES.search(text))
        if carriage.kind not in _DRAWN or towed or pulled or not goes or carriage.kind == "cart":
            continue
        found[at] = replace(
            carriage,
            action=Action.IDLE,
            relations=(*carriage.relations, Relation(RelationKind.TOWED_BY, len(found))),
        )
        horse = SubjectPlan("horse", "horse", action=Action.TROT, heading=carriage.heading)
        found.append(horse)


def _fill_shoals(found: list[SubjectPlan]) -> None:
    """Beside a shark the fish of a school are many, and large enough to be seen."""
    hunted = any(s.kind in _LARGE_SWIMMERS for s in found)
    for at, shoal in enumerate(found):
        if hunted and shoal.kind == "fish" and not shoal.counted and shoal.count >= _SCHOOL:
            found[at] = replace(shoal, count=_MANY_FISH, size=_SEEN * shoal.size)


def _before_the_palace(found: list[SubjectPlan]) -> None:
    """Who is in the garden of a palace is before the palace, not in it."""
    for at, one in enumerate(found):
        halls = {r.to for r in one.relations if r.kind is RelationKind.IN and r.to is not None}
        for hall in halls:
            if found[hall].kind in _HALLS:
                found[at] = replace(one, relations=tuple(r for r in one.relations if r.to != hall))
                found[hall] = replace(found[hall], spot=found[hall].spot or Spot.BACKGROUND)


def _take_wing(found: list[SubjectPlan]) -> None:
    """Gulls fly after the boat that they follow, which sails; a phoenix that rises takes off."""
    for at, bird in enumerate(tuple(found)):
        if bird.kind == "phoenix" and bird.action is Action.GROW:
            found[at] = replace(bird, action=Action.TAKE_OFF)
        boat = next((r.to for r in bird.relations if r.kind is RelationKind.FOLLOWING), None)
        if bird.kind != "gull" or boat is None or found[boat].kind not in _BOATS:
            continue
        count = bird.count if bird.counted else max(bird.count, _FLOCK)
        size = bird.size * _NEAR_BOATS
        found[at] = replace(bird, action=Action.FLY, count=count, size=size)
        if found[boat].action in {Action.WALK, Action.IDLE, Action.FLY}:
            found[boat] = replace(found[boat], action=Action.SAIL)


def _carry_young(found: list[SubjectPlan]) -> None:
    """A young one that is on the back of another of its kind is carried."""
    for at, young in enumerate(tuple(found)):
        by = next((k for k, s in enumerate(found) if k != at and s.kind == young.kind), None)
        free = by is not None and found[by].action not in _UPRIGHT
        if by is not None and free and young.age is Age.BABY and young.kind != _PERSON:
            on = (Relation(RelationKind.ON, by),)
            found[at] = replace(young, action=Action.LIE, relations=on)


def _drive_herds(found: list[SubjectPlan]) -> None:
    """Who drives a herd goes behind it, not before."""
    for at, driver in enumerate(tuple(found)):
        herd = next(
            (
                k
                for k, s in enumerate(found)
                if s.kind in _HERDED and any(r.kind in _BEFORE and r.to == at for r in s.relations)
            ),
            None,
        )
        if herd is None or driver.action not in {Action.PULL, Action.WALK, Action.RUN, Action.TROT}:
            continue
        going = replace(found[herd], action=Action.WALK, heading=driver.heading)
        found[herd] = replace(going, relations=tuple(r for r in going.relations if r.to != at))
        others = tuple(r for r in driver.relations if r.to != herd)
        found[at] = replace(
            driver, action=Action.WALK, relations=(Relation(RelationKind.FOLLOWING, herd), *others)
        )


def _hop_along(found: list[SubjectPlan]) -> None:
    """A frog that jumps among leaves of water lilies goes from one to the next."""
    pad = next((k for k, s in enumerate(found) if s.kind == "lily_pad"), None)
    frog = next((k for k, s in enumerate(found) if s.kind == "frog"), None)
    if pad is None or frog is None or Action.JUMP not in {found[frog].action, found[pad].action}:
        return
    found[pad] = replace(
        found[pad], action=Action.IDLE, count=max(found[pad].count, _PADS), relations=(), scenery=False
    )
    found[frog] = replace(found[frog], action=Action.JUMP, relations=(Relation(RelationKind.ON, pad),))


def _put_in_mouth(found: list[SubjectPlan]) -> None:
    """What is told after an animal, and stands to nobody, is in its mouth."""
    animal = next((k for k, s in enumerate(found) if s.kind != _PERSON and not s.scenery), None)
    if animal is None or any(s.kind == _PERSON for s in found):
        return
    for at in range(animal + 1, len(found)):
        thing = found[at]
        if thing.size <= 1.0 and thing.kind in _MOUTHFULS:
            found[at] = replace(thing, relations=(Relation(RelationKind.HELD_BY, animal),))
            others = tuple(r for r in found[animal].relations if r.to != at)
            found[animal] = replace(found[animal], relations=others)
            return


_MOUTHFULS = frozenset(
    {
        *("egg", "seed", "fish", "flower", "rose", "ball", "tennis_ball", "apple", "carrot", "mushroom"),
        *("banana", "stick", "bone", "letter", "envelope", "leaf", "log", "frisbee", "sneakers", "book"),
    }
)


def _leap_for_it(found: list[SubjectPlan]) -> None:
    """A dog that catches a frisbee in the air has it as it leaps."""
    for thing in found:
        holder = next((r.to for r in thing.relations if r.kind is RelationKind.HELD_BY), None)
        if thing.kind == _FRISBEE and holder is not None and found[holder].kind != _PERSON:
            found[holder] = replace(found[holder], action=Action.JUMP)


def _swim(found: list[SubjectPlan]) -> None:
    """Ducks that go or glide over water swim, and so do those who follow them."""
    for at, bird in enumerate(found):
        if bird.kind in _PADDLERS and bird.action in {Action.WALK, Action.GLIDE}:
            found[at] = replace(bird, action=Action.SWIM)
    swimmers = {k for k, s in enumerate(found) if s.kind in _PADDLERS and s.action is Action.SWIM}
    for at, one in enumerate(found):
        follows = any(r.kind is RelationKind.FOLLOWING and r.to in swimmers for r in one.relations)
        if follows and one.kind != _PERSON:
            found[at] = replace(one, action=Action.SWIM)
