"""Gives riders what they ride where the prompt leaves it out: a surfer a board, a cyclist a bicycle."""

from __future__ import annotations

from collections.abc import Sequence

from kirin_video.engines.previs.plan import Action, RelationKind, Setting
from kirin_video.engines.previs.reading.lexicon import Lexicon
from kirin_video.engines.previs.reading.subjects.mention import Deed, Description, Mention

_GOING_ON_IT = frozenset(
    {
        Action.RIDE,
        Action.SURF,
        Action.SKATE,
        Action.SKI,
        Action.SNOWBOARD,
        Action.SLED,
        Action.DRIVE,
        Action.RUN,
        Action.JUMP,
        Action.GLIDE,
        Action.SPIN,
        Action.ROW,
    }
)
"""What one whose name says what he rides does on it; whoever walks or sits has left it somewhere."""
_BY_DEED = {
    Action.SURF: "surfboard",
    Action.SNOWBOARD: "snowboard",
    Action.SLED: "sled",
    Action.SKATE: "skateboard",
}
_ICY = frozenset({Setting.LAKE, Setting.SNOWFIELD, Setting.STAGE})
"""Where who skates does it on skates."""
_STREETS = frozenset({Setting.CITY, Setting.ROAD, Setting.VILLAGE})
_RIDDEN = frozenset(
    {
        "horse",
        "donkey",
        "camel",
        "elephant",
        "unicorn",
        "pegasus",
        "dragon",
        "chinese_dragon",
        "carousel",
        "wave",
    }
)
_CARRYING = frozenset({RelationKind.RIDING, RelationKind.ON, RelationKind.IN})
_GAITS = {
    **dict.fromkeys(("skateboard", "snowboard", "sled", "bicycle"), Action.DRIVE),
    "motorcycle": Action.DRIVE,
    "horse": Action.TROT,
    **dict.fromkeys(("canoe", "boat"), Action.SAIL),
}


def with_mounts(known: Sequence[Mention], setting: Setting, lexicon: Lexicon) -> list[Mention]:
    """The mentions and, behind them, what some of them ride without the prompt saying so.

    Args:
        known: everybody and everything that has a concept; riders get the relation.
        setting: the world around them: who rides nothing in particular rides a horse, in streets a bicycle.
        lexicon: the words.
    """
    mounts: list[Mention] = []
    for mention in known:
        name = _mount_of(mention, known, setting, lexicon)
        if name is None:
            continue
        number = mention.described.number
        mount = Mention(name, name, name, mention.plural, Description(number=number))
        deed = next((deed for deed in mention.deeds if deed.beat == 0), Deed(Action.IDLE, 0))
        mount.deeds.append(Deed(_GAITS.get(name, Action.GLIDE), 0, deed.heading, deed.tempo))
        mention.relate(RelationKind.RIDING, mount)
        mounts.append(mount)
    return [*known, *mounts]


def _mount_of(mention: Mention, known: Sequence[Mention], setting: Setting, lexicon: Lexicon) -> str | None:
    """What somebody rides; None for who rides nothing, or something that the prompt names."""
    concept = lexicon.concepts[mention.concept]
    carried = any(kind in _CARRYING for kind, _ in mention.relations)
    if concept.family != "person" or carried or any(_carries(other, lexicon) for other in known):
        return None
    actions = [deed.action for deed in mention.deeds if deed.beat == 0]
    for action in actions:
        if action in _BY_DEED and not (action is Action.SKATE and setting in _ICY):
            return _BY_DEED[action]
    if concept.rides and (not actions or any(action in _GOING_ON_IT for action in actions)):
        return concept.rides
    if Action.RIDE in actions:
        return "bicycle" if setting in _STREETS else "horse"
    return None


def _carries(mention: Mention, lexicon: Lexicon) -> bool:
    """Whether it may be what somebody rides."""
    concept = lexicon.concepts[mention.concept]
    return concept.moving or concept.name in _RIDDEN or concept.of in _RIDDEN
