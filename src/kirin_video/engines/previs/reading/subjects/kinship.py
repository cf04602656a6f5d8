"""Families of animals: "its calf" is an elephant's after an elephant, the mother of ducklings is a duck."""

from __future__ import annotations

from collections.abc import Sequence

from kirin_video.engines.previs.plan import Age, RelationKind
from kirin_video.engines.previs.reading.lexicon import Kind, Lexicon
from kirin_video.engines.previs.reading.subjects.mention import Mention

_CUBS = frozenset(
    {
        *("cub", "cubs", "baby", "babies", "pup", "pups", "calf", "calves", "foal", "foals", "young"),
        *("\u5e7c\u5d3d", "\u5b9d\u5b9d", "\u5a74\u513f", "\u5b69\u5b50", "\u5e7c\u4ed4"),
    }
)
"""The young of many kinds."""
PARENTS = frozenset({"mother", "father"})
"""Concepts of people that are also said of animals."""
_GROWN = {"chick": "chicken", "duckling": "duck"}
_MOTHERS = {"lion": "lioness"}
"""Mothers that look otherwise than fathers."""
_DUCKLINGS = ("duck", "\u9e2d")


def take_after(mention: Mention, known: Sequence[Mention], lexicon: Lexicon) -> None:
    """Let a young one, or a parent, be of the kind of the animals that were named before it.

    Args:
        mention: who was named; its concept is changed where it only says "cub" or "mother".
        known: whoever was named before.
        lexicon: the words.
    """
    animals = [m for m in known if lexicon.concepts[m.concept].living and not _is_person(m, lexicon)]
    if not animals or any(_is_person(m, lexicon) for m in known):
        return
    noun = mention.noun.lower()
    if noun in _CUBS:
        mention.concept = _young(animals[-1].concept, lexicon)
        mention.described.words.append((Kind.AGE, Age.BABY, mention.noun))
        if not mention.relations:
            mention.relate(RelationKind.BESIDE, animals[-1])
    elif _is_cub_of_like(mention, animals[-1], lexicon):
        # "小熊" after a polar bear is one of its own.
        mention.concept = _young(animals[-1].concept, lexicon)
        mention.described.words.append((Kind.AGE, Age.BABY, mention.noun))
    elif mention.concept in PARENTS:
        grown = _grown(animals[-1], lexicon)
        mention.concept = _MOTHERS.get(grown, grown) if mention.concept == "mother" else grown


def _is_cub_of_like(young: Mention, grown: Mention, lexicon: Lexicon) -> bool:
    """Whether a young one is of the kind that stands in for the kind of a grown one."""
    cub, parent = lexicon.concepts[young.concept], lexicon.concepts[grown.concept]
    return cub.young and cub.family == "quadruped" and parent.like is not None and cub.of == parent.like


def _young(kind: str, lexicon: Lexicon) -> str:
    """The concept of the young of a kind, where there is one: a lion's has no mane."""
    concepts = lexicon.concepts.values()
    return next((c.name for c in concepts if c.of == kind and c.young), kind)


def _is_person(mention: Mention, lexicon: Lexicon) -> bool:
    return lexicon.concepts[mention.concept].family == "person"


def _grown(young: Mention, lexicon: Lexicon) -> str:
    """What the young of a kind become."""
    name = "duckling" if any(word in young.noun for word in _DUCKLINGS) else young.concept
    concept = lexicon.concepts[young.concept]
    return _GROWN.get(name) or (concept.of if concept.young and concept.of else young.concept)
