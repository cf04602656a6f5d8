"""What nouns stand for: kinds of bodies, sorts of them, and what may stand in where a kind is not built."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kirin_video.engines.previs.plan import Action, Age, Extra, Proportion

_LIVING = frozenset(
    {"person", "quadruped", "bird", "swimmer", "crawler", "insect", "fantastic"},
)
_MOVING = frozenset({"vehicle", "boat", "aircraft"})


@dataclass(frozen=True, slots=True)
class Concept:
    """What a noun stands for.

    Attributes:
        name: a kind, or a sort of one.
        family: the heading of its table: ``person``, ``quadruped``, ``vehicle``, ``food``...
        of: the concept it is a sort of; nothing is told of the difference.
        like: the concept that stands in for it; the caller is told.
        looks: its adjectives, in the lexicon's own words, separated by commas.
        wears: its clothes, likewise.
        shape: how it differs from the concept it is like.
        extra: parts that the other one lacks.
        rides: the concept of what it goes on, where its name alone says so: a cyclist's bicycle.
        does: how it gets along, where its name alone says so: a runner runs.
        scale: its size, as a share of that of the concept it is like.
        count: how many a noun without a number means; 1 except for groups.
        proper: whether it is a name: it means the same one wherever it stands.
    """

    name: str
    family: str
    of: str | None = None
    like: str | None = None
    looks: str = ""
    wears: str = ""
    shape: tuple[Proportion, ...] = ()
    extra: Extra | None = None
    rides: str | None = None
    does: Action | None = None
    scale: float = 1.0
    count: int = 1
    proper: bool = False

    @property
    def living(self) -> bool:
        """Whether it moves by itself as it pleases."""
        return self.family in _LIVING

    @property
    def moving(self) -> bool:
        """Whether it is made to move."""
        return self.family in _MOVING

    @property
    def young(self) -> bool:
        """Whether it is a child of its kind."""
        return any(word.strip() in {Age.BABY, Age.CHILD} for word in self.looks.split(","))


def concepts_in(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[Concept, str]]:
    """The concepts of a word table, each with the words that name it."""
    for family, rows in tables.items():
        for name, row in rows.items():
            if isinstance(row, str):
                yield Concept(name, family), row
            else:
                yield _concept(name, family, row), row["words"]


def _concept(name: str, family: str, row: Mapping[str, Any]) -> Concept:
    extra = row.get("extra")
    return Concept(
        name=name,
        family=family,
        of=row.get("of"),
        like=row.get("like"),
        looks=row.get("is", ""),
        wears=row.get("wears", ""),
        shape=tuple(_proportions(row.get("shape", ""))),
        extra=Extra(extra) if extra else None,
        rides=row.get("rides"),
        does=Action(row["does"]) if "does" in row else None,
        scale=float(row.get("scale", 1.0)),
        count=row.get("count", 1),
    )


def _proportions(text: str) -> Iterator[Proportion]:
    for part in filter(None, text.split(",")):
        name, factor = part.split()
        yield Proportion(name, float(factor))


@dataclass(frozen=True, slots=True)
class Casting:
    """Which body plays a concept.

    Attributes:
        kind: the kind of body, in the catalogue or not.
        path: the concepts from the one that was named down to that kind; each adds its looks.
        stands_in: whether the body is another's, which the caller is told.
    """

    kind: str
    path: tuple[Concept, ...]
    stands_in: bool


def cast(name: str, concepts: Mapping[str, Concept], kinds: Collection[str]) -> Casting:
    """Find the body that plays a concept: the first on its way down that can be drawn.

    Args:
        name: the concept.
        concepts: all of them.
        kinds: what can be drawn.

    Returns:
        The casting; where nothing on the way can be drawn, the kind is the concept's own, without a stand-in.
    """
    path = list(_way_down(name, concepts))
    for depth, concept in enumerate(path):
        if concept.name in kinds:
            told = any(step.like is not None for step in path[:depth])
            return Casting(concept.name, tuple(path[: depth + 1]), told)
    sorts = next((i for i, concept in enumerate(path) if concept.of is None), 0)
    return Casting(path[sorts].name, tuple(path[: sorts + 1]), stands_in=False)


def _way_down(name: str, concepts: Mapping[str, Concept]) -> Iterator[Concept]:
    """A concept, what it is a sort of or like, and so on; a circle ends where it would begin again."""
    seen: set[str] = set()
    here: str | None = name
    while here is not None and here in concepts and here not in seen:
        seen.add(here)
        yield concepts[here]
        here = concepts[here].of or concepts[here].like
