"""A subject of a shot: who or what, how many, what it looks like, what it does and where it is."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.engines.previs.plan.deeds import Action, Heading, Relation, Spot
from kirin_video.engines.previs.plan.looks import (
    Age,
    Build,
    Color,
    Expression,
    Extra,
    PartColor,
    Pattern,
    Proportion,
    Wear,
)


@dataclass(frozen=True, slots=True)
class SubjectPlan:
    """Somebody or something in the picture.

    Attributes:
        kind: a name of the catalogue of kinds, such as ``horse``, ``person``, ``car``, ``tree``.
        words: the prompt's own words for it, for notes and for people.
        count: how many; at least 1.
        counted: whether the prompt says the number; else ``count`` is a good number for "horses" or "a herd".
        asked: what the prompt calls it where ``kind`` only stands in, as ``capybara``; None where it is that.
        gender: ``female``, ``male`` or None.
        age: how old.
        build: how the body is made.
        size: times the kind's usual size: 1.5 big, 2.5 giant, 0.6 small, 0.3 tiny.
        colors: by part; a part that is not named keeps the kind's colour.
        wears: garments, outermost first; a person without any wears what the kind wears.
        pattern: what is drawn on it; None leaves it to the kind.
        extras: parts that its kind does not have.
        proportions: how it differs from its kind.
        traits: further adjectives of the prompt that nothing above holds: ``wooden``, ``rusty``.
        expression: what its face shows.
        action: what it does first; `Beat` has what it does later.
        also: what it does at the same time, as laughing while it runs.
        tempo: how briskly, 1.0 usual.
        heading: where it goes; None where the prompt does not say.
        spot: where in the picture it is; None where the prompt does not say.
        relations: how it stands to others, the most telling first.
        enters: number of the beat that first speaks of it; 0 is the shot's beginning.
        scenery: whether the world shows it anyway, as the palms of a beach; staging places it only if the
            prompt says more of it than that.
    """

    kind: str
    words: str
    count: int = 1
    counted: bool = False
    asked: str | None = None
    gender: str | None = None
    age: Age = Age.ADULT
    build: Build = Build.NORMAL
    size: float = 1.0
    colors: tuple[PartColor, ...] = ()
    wears: tuple[Wear, ...] = ()
    pattern: Pattern | None = None
    extras: tuple[Extra, ...] = ()
    proportions: tuple[Proportion, ...] = ()
    traits: tuple[str, ...] = ()
    expression: Expression | None = None
    action: Action = Action.IDLE
    also: tuple[Action, ...] = ()
    tempo: float = 1.0
    heading: Heading | None = None
    spot: Spot | None = None
    relations: tuple[Relation, ...] = ()
    enters: int = 0
    scenery: bool = False

    def color_of(self, part: str) -> Color | None:
        """The colour the prompt gives a part, if any."""
        return next((c.color for c in self.colors if c.part == part), None)
