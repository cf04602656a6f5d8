"""What is known of a subject while its prompt is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from kirin_video.engines.previs.plan import Action, Color, Heading, RelationKind, Spot


@dataclass(slots=True)
class Description:
    """What adjectives, numbers and articles have said so far of a noun that is still to come.

    Attributes:
        first: index of the first token that belongs to it; -1 while nothing does.
        article: whether an article or a possessive was read, and which.
        number: how many; None where no number was read.
        counted: whether the number is exact.
        colors: colours read and not yet given to a part.
        words: adjectives as (kind, value, text).
        wears: garments read before their wearer, as in Chinese.
        deeds: actions read before their doer, as in "a running horse".
        relations: relations read before their subject.
        parts: colours of parts read before their owner.
        unknown: words that no table has, as (first token, last token, text).
    """

    first: int = -1
    article: str = ""
    number: int | None = None
    counted: bool = False
    measured: bool = False
    colors: list[Color] = field(default_factory=list[Color])
    words: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    wears: list[tuple[str, Color | None]] = field(default_factory=list[tuple[str, Color | None]])
    deeds: list[Action] = field(default_factory=list[Action])
    relations: list[tuple[RelationKind, Mention]] = field(
        default_factory=list[tuple[RelationKind, "Mention"]]
    )
    parts: list[tuple[str, Color]] = field(default_factory=list[tuple[str, Color]])
    unknown: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])

    @property
    def open(self) -> bool:
        """Whether a noun is due."""
        return bool(self.article or self.number is not None or self.measured)

    @property
    def begun_early(self) -> bool:
        """Whether its noun is still to come behind all this, as in Chinese."""
        return bool(self.deeds or self.measured)

    @property
    def begun(self) -> bool:
        """Whether anything was read."""
        return self.first >= 0


@dataclass(slots=True)
class Deed:
    """Something that a subject does.

    Attributes:
        action: what.
        beat: in which beat of the shot, 0 the first.
        heading: where to.
        tempo: how briskly.
        relations: how it stands to others from then on, for a later beat.
    """

    action: Action
    beat: int
    heading: Heading | None = None
    tempo: float = 1.0
    relations: list[tuple[RelationKind, Mention | None]] = field(
        default_factory=list[tuple[RelationKind, "Mention | None"]]
    )


@dataclass(slots=True, eq=False)
class Mention:
    """A subject as the prompt has told it so far.

    Attributes:
        concept: what its noun stands for; empty for a noun that no table has.
        noun: the noun itself.
        words: the whole noun phrase in the prompt's words.
        plural: whether the noun was in the plural.
        described: its description.
        head: whether it opened a clause rather than hang on a preposition or verb.
        spot: where in the picture.
        deeds: what it does, in order.
        relations: how it stands to others; None is the camera.
        parts: colours of its parts.
        wears: its garments.
        scenery: whether it was named only as part of a place.
        guessed: whether its concept was only guessed.
        effigy: what it is made into, as in "a statue of a lion".
        surrounds: whether somebody is among it.
        spoken: indices of the phrases that name it.
    """

    concept: str
    noun: str
    words: str
    plural: bool
    described: Description
    head: bool = False
    spot: Spot | None = None
    deeds: list[Deed] = field(default_factory=list[Deed])
    relations: list[tuple[RelationKind, Mention | None]] = field(
        default_factory=list[tuple[RelationKind, "Mention | None"]]
    )
    parts: list[tuple[str, Color]] = field(default_factory=list[tuple[str, Color]])
    wears: list[tuple[str, Color | None]] = field(default_factory=list[tuple[str, Color | None]])
    guessed: bool = False
    effigy: str = ""
    surrounds: bool = False
    spoken: list[int] = field(default_factory=list[int])

    def relate(self, kind: RelationKind, to: Mention | None) -> None:
        """Add a relation, once, and never to itself; in a later beat it belongs to the deed there."""
        last = self.deeds[-1] if self.deeds else None
        relations = last.relations if last is not None and last.beat else self.relations
        if to is not self and (kind, to) not in relations:
            relations.append((kind, to))
            if to is not None and kind is RelationKind.AMONG:
                to.surrounds = True

    def acts(self, beat: int) -> Deed | None:
        """Its first deed in a beat."""
        return next((deed for deed in self.deeds if deed.beat == beat), None)
