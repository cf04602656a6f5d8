"""Common sense: what a plan's relations come to on stage, where words leave it to the reader."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.bodies.catalogue import Family, catalogue
from kirin_video.engines.previs.plan import Action, Age, Relation, RelationKind, SubjectPlan
from kirin_video.engines.previs.staging.prop import HANDY

_IN_ARMS = frozenset({Action.LIE, Action.SLEEP})
"""Who does this is carried in the arms of somebody."""
_LOOKED_AT = frozenset({"phone", "book"})
_BOARDS = frozenset({"skateboard", "surfboard", "snowboard"})
_BOARDS_TO_SEE = frozenset({"billboard", "blackboard", "whiteboard", "easel", "painting", "mirror", "window"})
_LOOKED_INTO = frozenset({"mirror", "window", "painting"})
_AT_BOARDS = frozenset({RelationKind.ON, RelationKind.IN})
_BEDS = frozenset({"bed", "hammock"})
_AT_BOARD = Action.POINT
MOUNTS = frozenset({RelationKind.ON, RelationKind.RIDING})
"""How somebody stands to another who carries it."""
_AT_TABLE = frozenset({Action.DRINK, Action.EAT})
_BESIDE = frozenset({RelationKind.BESIDE, RelationKind.IN_FRONT_OF, RelationKind.FACING})
_MOUTHFUL = 0.30
"""How large something in an animal's mouth may be, as a share of the animal's height."""

_LONG = frozenset({"bamboo_stalk"})
"""What is bitten at one place only."""
_HUGS = frozenset({Action.HUG, Action.KISS})
_ARMFUL_M, _CUB = 0.38, 0.6
"""What is less tall than this is taken up to be hugged; the young are so much smaller than their kind."""
_FLYERS = frozenset({Family.BIRD, Family.QUADRUPED})
_SEEN = {RelationKind.ON: 0.16, RelationKind.OVER: 0.32, RelationKind.ABOVE: 0.32}
"""How tall somebody is beside what he is on or flies over, at least, as a share of its height."""
_MOST = 3.0
"""Nobody becomes more than so many times as large."""

Subjects = tuple[SubjectPlan, ...]


def sensible(subjects: Subjects) -> Subjects:
    """The subjects with what people do with handy things put in their hands.

    Somebody on the phone holds it, so does who looks at it or into a book; who is under an umbrella holds it;
    a cup that is drunk from is the cup in the hand; a ball in a dog's mouth is no beach ball; boards carry
    their riders on.
    """
    found = list(subjects)
    for number, subject in enumerate(subjects):
        if _is_person(subject):
            for relation in subject.relations:
                if relation.to is None:
                    continue
                thing = found[relation.to]
                if relation.kind is RelationKind.IN and thing.kind in _BEDS:
                    _go_to_bed(found, number, relation)
                elif relation.kind in _AT_BOARDS and thing.kind in _BOARDS_TO_SEE:
                    _before(found, number, relation)
                elif _handles(subject, relation, thing):
                    _hand_over(found, number, relation)
                elif thing.kind in _BOARDS and relation.kind in MOUNTS and thing.action is Action.IDLE:
                    found[relation.to] = replace(thing, action=Action.DRIVE)
        found[number] = _hanging(_running_up(_eating(found[number])), found)
        _fit_mouth(found, number)
        _fit_company(found, number)
        _take_by_hand(found, number)
        _take_up(found, number)
    return tuple(_without_doubles(found))


def _is_person(subject: SubjectPlan) -> bool:
    kind = catalogue().get(subject.kind)
    return kind is not None and kind.family is Family.PERSON


def _handles(person: SubjectPlan, relation: Relation, thing: SubjectPlan) -> bool:
    """Whether a relation to a thing means that it is in the person's hand."""
    if thing.kind == "umbrella":
        return relation.kind is RelationKind.UNDER
    if thing.kind in _LOOKED_AT:
        busy = relation.kind in _BESIDE and person.action in {
            Action.LOOK,
            Action.READ,
            Action.IDLE,
            Action.SPEAK,
        }
        return busy or relation.kind is RelationKind.ON
    return thing.kind in HANDY and relation.kind in MOUNTS


def _before(found: list[SubjectPlan], number: int, relation: Relation) -> None:
    """Who writes on a board, or paints on a canvas, stands before it: its own is where the room has him."""
    others = tuple(r for r in found[number].relations if r != relation)
    thing = found[relation.to] if relation.to is not None else None
    looks = thing is not None and thing.kind in _LOOKED_INTO
    kind, action = (RelationKind.FACING, Action.LOOK) if looks else (RelationKind.BESIDE, _AT_BOARD)
    if thing is None or not thing.scenery:
        others = (Relation(kind, relation.to), *others)
    found[number] = replace(found[number], relations=others, action=action)


def _go_to_bed(found: list[SubjectPlan], number: int, relation: Relation) -> None:
    """Who is in bed is on it, and lies there where nothing else is said."""
    person = found[number]
    others = (Relation(RelationKind.ON, r.to) if r == relation else r for r in person.relations)
    action = Action.LIE if person.action is Action.IDLE else person.action
    found[number] = replace(person, relations=tuple(others), action=action)


def _hand_over(found: list[SubjectPlan], holder: int, relation: Relation) -> None:
    assert relation.to is not None
    person, thing = found[holder], found[relation.to]
    kept = tuple(r for r in person.relations if r != relation)
    own = tuple(r for r in thing.relations if r.to != holder)
    found[holder] = replace(person, relations=kept)
    found[relation.to] = replace(thing, relations=(Relation(RelationKind.HELD_BY, holder), *own))


def _take_by_hand(found: list[SubjectPlan], number: int) -> None:
    """A child that somebody holds stands beside him, hand in hand; babies are carried."""
    child = found[number]
    holder = next((r.to for r in child.relations if r.kind is RelationKind.HELD_BY), None)
    if holder is None or not _is_person(child) or child.age is Age.BABY or not _is_person(found[holder]):
        return
    if found[holder].action is Action.CARRY and child.action in _IN_ARMS:
        return
    others = tuple(r for r in child.relations if r.kind is not RelationKind.HELD_BY)
    if found[holder].action is Action.CARRY and child.age is Age.CHILD:
        # Who is carried by somebody on foot sits on his shoulders.
        found[number] = replace(child, relations=(Relation(RelationKind.ON, holder), *others))
        found[holder] = replace(found[holder], action=Action.WALK)
        return
    with_him = (Relation(RelationKind.WITH, holder), *others)
    found[number] = replace(child, relations=with_him, also=(*child.also, Action.HOLD_HANDS))
    found[holder] = replace(found[holder], also=(*found[holder].also, Action.HOLD_HANDS))


def _take_up(found: list[SubjectPlan], number: int) -> None:
    """A small animal that somebody hugs is in his arms."""
    person, kinds = found[number], catalogue()
    if not _is_person(person) or not _HUGS & {person.action, *person.also}:
        return
    for relation in person.relations:
        pet = found[relation.to] if relation.to is not None else person
        kind = kinds.get(pet.kind)
        if relation.kind is not RelationKind.WITH or kind is None or kind.family not in _FLYERS:
            continue
        tall = kind.height_m * pet.size * (_CUB if pet.age is Age.BABY else 1.0)
        if relation.to is not None and tall < _ARMFUL_M:
            others = tuple(r for r in pet.relations if r.to != number)
            held = (Relation(RelationKind.HELD_BY, number), *others)
            found[relation.to] = replace(pet, action=Action.SIT, relations=held)
            kept = tuple(r for r in person.relations if r.to != relation.to)
            found[number] = replace(person, relations=kept)


def _eating(subject: SubjectPlan) -> SubjectPlan:
    """An animal that sits and eats is shown eating."""
    eats = subject.action is Action.SIT and Action.EAT in subject.also and not _is_person(subject)
    return replace(subject, action=Action.EAT) if eats else subject


def _hanging(subject: SubjectPlan, found: list[SubjectPlan]) -> SubjectPlan:
    """Who swings from a bough hangs on it by the hands."""
    kind = catalogue().get(subject.kind)
    if subject.action not in {Action.SWAY, Action.HANG} or kind is None or not kind.shape.get("handy"):
        return subject
    bough = next((r.to for r in subject.relations if r.to is not None and found[r.to].kind == "bough"), None)
    if bough is None:
        return replace(subject, action=Action.IDLE)
    return replace(subject, action=Action.HANG, relations=(Relation(RelationKind.ON, bough),))


def _running_up(subject: SubjectPlan) -> SubjectPlan:
    """Who jumps over something runs up to it, leaps once, and runs on."""
    over = any(r.kind is RelationKind.OVER and r.to is not None for r in subject.relations)
    leaps = subject.action in {Action.JUMP, Action.LEAP}
    return (
        replace(subject, action=Action.RUN, also=(Action.JUMP, *subject.also)) if over and leaps else subject
    )


def _fit_mouth(found: list[SubjectPlan], number: int) -> None:
    """What an animal holds, or the ball that it runs after, is small enough for its mouth."""
    subject, kinds = found[number], catalogue()
    holder = next((r.to for r in subject.relations if r.kind is RelationKind.HELD_BY), None)
    if subject.kind == "ball" and holder is None:
        holder = next((k for k, s in enumerate(found) if _chases(s, number)), None)
    if (
        subject.kind in _LONG
        or holder is None
        or subject.kind not in kinds
        or found[holder].kind not in kinds
    ):
        return
    kind, host = kinds[subject.kind], kinds[found[holder].kind]
    if host.family is not Family.PERSON and kind.height_m > _MOUTHFUL * host.height_m:
        size = _MOUTHFUL * host.height_m * found[holder].size / kind.height_m
        found[number] = replace(subject, size=min(subject.size, size))


def _chases(subject: SubjectPlan, number: int) -> bool:
    return any(r.kind is RelationKind.CHASING and r.to == number for r in subject.relations)


def _fit_company(found: list[SubjectPlan], number: int) -> None:
    """Who is hardly seen beside something huge is larger: a bird on an elephant, a dragon over a castle."""
    subject, kinds = found[number], catalogue()
    if subject.kind not in kinds or kinds[subject.kind].family not in _FLYERS:
        return
    for relation in subject.relations:
        share = _SEEN.get(relation.kind)
        if relation.to is None or share is None or found[relation.to].kind not in kinds:
            continue
        host = found[relation.to]
        size = share * kinds[host.kind].height_m * host.size / kinds[subject.kind].height_m
        found[number] = replace(subject, size=max(subject.size, min(size, _MOST * subject.size)))
        return


def _without_doubles(found: list[SubjectPlan]) -> list[SubjectPlan]:
    """Of two cups, one in the hand and one to drink from, one is enough."""
    for person in found:
        if person.action not in _AT_TABLE:
            continue
        for relation in person.relations:
            if relation.to is None or relation.kind not in _BESIDE:
                continue
            twin = found[relation.to]
            if any(other.kind == twin.kind and _is_held(other) for other in found if other is not twin):
                found[relation.to] = replace(twin, scenery=True)
    return found


def _is_held(subject: SubjectPlan) -> bool:
    return any(relation.kind is RelationKind.HELD_BY for relation in subject.relations)
