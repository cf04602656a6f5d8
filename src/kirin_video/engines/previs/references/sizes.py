"""What a reference is: its kind where words tell, how large that is, and how it goes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kirin_video.engines.previs.bodies.catalogue import Family, Kind, Realm, catalogue
from kirin_video.engines.previs.reading.concepts import Concept, cast
from kirin_video.engines.previs.reading.lexicon import Lexicon

_HEIGHTS_M = {
    "person": 1.7, "quadruped": 0.9, "bird": 0.35, "swimmer": 0.5, "crawler": 0.3, "insect": 0.15,
    "fantastic": 1.5, "vehicle": 1.6, "boat": 2.2, "aircraft": 3.0, "building": 6.0, "plant": 1.6,
    "furniture": 0.95, "food": 0.25, "thing": 0.45, "nature": 1.2,
}  # fmt: skip
"""By family, for what the catalogue does not know."""
_FAMILIES = {
    "person": Family.PERSON, "fantastic": Family.PERSON, "quadruped": Family.QUADRUPED,
    "bird": Family.BIRD, "swimmer": Family.CREATURE, "crawler": Family.CREATURE,
    "insect": Family.CREATURE, "vehicle": Family.MACHINE, "boat": Family.MACHINE,
    "aircraft": Family.MACHINE,
}  # fmt: skip
_REALMS = {"swimmer": Realm.WATER, "boat": Realm.AFLOAT, "aircraft": Realm.AIR, "insect": Realm.AIR}
_UNKNOWN_M = 1.2
"""How tall something is of which nothing is known: large enough to act in any world."""
_TOYS = re.compile(r"\b(?:toys?|plush|stuffed|figurine|doll)\b|玩具|毛绒|玩偶|公仔", re.IGNORECASE)
_TOY_M = 0.5
"""Toys are no taller, whatever they stand for."""
_LEAST_M = 0.3
"""Nothing that acts is smaller: it would be lost in the grass."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a reference is taken to be.

    Attributes:
        noun: the word for it; empty where nobody says.
        family: as the word tables have it, such as ``person`` or ``thing``; ``fantastic`` where nobody says.
        kind: its row for staging.
        height_m: how tall it is.
        toy: whether it is a toy of that.
    """

    noun: str
    family: str
    kind: Kind
    height_m: float
    toy: bool = False

    @property
    def alive(self) -> bool:
        """Whether it breathes."""
        return Concept("", self.family).living


def is_toy(words: str) -> bool:
    """Whether words speak of a toy, such as a plush bear."""
    return _TOYS.search(words) is not None


def likeness_of(
    name: str, concept: Concept | None, noun: str, lexicon: Lexicon, *, toy: bool = False
) -> Likeness:
    """What a reference is.

    Args:
        name: of the reference, such as ``image_1``.
        concept: what its noun stands for; None where nothing says what it is.
        noun: the noun.
        lexicon: the words.
        toy: whether it is a toy of that.
    """
    if concept is None:
        return Likeness("", "fantastic", _row(name, "person", _UNKNOWN_M), _UNKNOWN_M)
    rows = catalogue()
    found = rows.get(cast(concept.name, lexicon.concepts, rows.keys()).kind)
    high = found.height_m if found is not None else _HEIGHTS_M.get(concept.family, _UNKNOWN_M)
    if concept.young:
        high *= 0.6
    high = max(min(high, _TOY_M) if toy else high, _LEAST_M)
    kind = found or _row(name, concept.family, high)
    plain = Kind(name, kind.family, kind.realm, high, kind.colors, {})
    return Likeness(noun, concept.family, plain, high, toy)


def _row(name: str, family: str, height_m: float) -> Kind:
    return Kind(
        name=name,
        family=_FAMILIES.get(family, Family.THING),
        realm=_REALMS.get(family, Realm.LAND),
        height_m=height_m,
        colors={"body": (0.5, 0.5, 0.5)},
        shape={},
    )
