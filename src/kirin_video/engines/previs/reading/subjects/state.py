"""What a walk through a prompt remembers between two phrases."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from kirin_video.engines.previs.plan import Action, Heading, RelationKind, Spot
from kirin_video.engines.previs.reading.concepts import Concept, cast
from kirin_video.engines.previs.reading.lexicon import Lexicon
from kirin_video.engines.previs.reading.phrases import Sentence
from kirin_video.engines.previs.reading.subjects.abilities import (
    CARRIED,
    GOING,
    fitting,
    is_able,
)
from kirin_video.engines.previs.reading.subjects.mention import Deed, Description, Mention

_UNKNOWN = Concept("", "unknown")


@dataclass(slots=True)
class State:
    """What is known so far.

    Attributes:
        sentence: the prompt.
        lexicon: the words.
        claimed: indices of the phrases that are verbs of the camera.
        verbs: indices of the phrases that were verbs of subjects.
        mentions: the subjects, in order.
        absent: what the prompt does not want to see.
        barred: the concepts of that.
        marks: for each later beat, the index of the phrase it begins with, and whether it is a cut.
        coming: what was said of a noun that is still to come.
        outer: the same of the noun behind the next one, where Chinese puts a clause before a noun.
        heads: those that opened the clause, and so do what its verbs say.
        before: those that opened the clause before.
        last: the subject read last.
        relation: a preposition and whom it is said of, until what it leads to is read.
        inverse: the same where the next subject is the one that stands somewhere.
        transitive: a verb and its doers, until its object is read.
        fronted: relations of the next head that stand before it: "on the table is ...".
        waiting: verbs that stand before their doer.
        waiting_objects: the same with their objects.
        joined: whether "and" was read just now.
        listed: whether a comma was, before any verb.
        listing: whether the heads are a list without "and".
        placed: the fronted relations of the heads, for those that join them.
        spot_due: where in the picture the next subject is.
        heading_due: where the next verb goes.
        tempo_due: how briskly the next verb is done.
        doers: who did the last verb.
        done: whether the clause has its verb.
        camera: whether the camera does what is told.
        dressing: whether garments that follow are worn by the last subject.
        having: who has what follows.
        chased: whether the relation is a chase.
        aside: whether a garment or a part was read last, which may move by itself.
        fresh: whether the clause has only begun.
        nature: whether wind, rain or a place is what the next verb is said of.
        simile: whether what follows is only compared with.
        skip: index of a phrase that its neighbour has taken with it.
        likeness: a statue or a toy, until what it is a likeness of is read.
        beat: the number of the beat, 0 the first.
        end: the token behind what was read.
    """

    sentence: Sentence
    lexicon: Lexicon
    claimed: Collection[int]
    verbs: set[int] = field(default_factory=set[int])
    mentions: list[Mention] = field(default_factory=list[Mention])
    absent: list[str] = field(default_factory=list[str])
    barred: list[str] = field(default_factory=list[str])
    marks: list[tuple[int, bool]] = field(default_factory=list[tuple[int, bool]])
    coming: Description = field(default_factory=Description)
    outer: Description | None = None
    heads: list[Mention] = field(default_factory=list[Mention])
    before: list[Mention] = field(default_factory=list[Mention])
    last: Mention | None = None
    relation: tuple[RelationKind, list[Mention]] | None = None
    inverse: tuple[RelationKind, list[Mention]] | None = None
    transitive: tuple[Action, list[Mention]] | None = None
    fronted: list[tuple[RelationKind, Mention]] = field(default_factory=list[tuple[RelationKind, Mention]])
    waiting: list[Action] = field(default_factory=list[Action])
    waiting_objects: list[tuple[Action, Mention]] = field(default_factory=list[tuple[Action, Mention]])
    joined: bool = False
    listed: bool = False
    listing: bool = False
    placed: list[tuple[RelationKind, Mention]] = field(default_factory=list[tuple[RelationKind, Mention]])
    spot_due: Spot | None = None
    heading_due: Heading | None = None
    tempo_due: float = 1.0
    doers: list[Mention] = field(default_factory=list[Mention])
    done: bool = False
    camera: bool = False
    dressing: bool = False
    having: list[Mention] = field(default_factory=list[Mention])
    chased: bool = False
    aside: bool = False
    fresh: bool = True
    nature: bool = False
    simile: bool = False
    skip: int = -1
    likeness: Mention | None = None
    beat: int = 0
    end: int = 0

    def concept(self, mention: Mention) -> Concept:
        """What a subject's noun stands for."""
        return self.lexicon.concepts.get(mention.concept, _UNKNOWN)

    def do(self, mention: Mention, action: Action) -> None:
        """Let a subject do something, as its kind does it."""
        action = fitting(self.concept(mention), action)
        if action in GOING and any(d.action in CARRIED and d.beat == self.beat for d in mention.deeds):
            return
        if all(deed.action is not action or deed.beat != self.beat for deed in mention.deeds):
            mention.deeds.append(Deed(action, self.beat, self.heading_due, self.tempo_due))

    def next_beat(self, at: int, *, cut: bool) -> None:
        """Begin a new beat of the shot."""
        self.beat += 1
        self.marks.append((at, cut))

    def current_deeds(self) -> list[Deed]:
        """What those who act here do."""
        if self.camera:
            return []
        return [m.deeds[-1] for m in self.doers or self.heads if m.deeds and self.done]

    def head_for(self, heading: Heading) -> None:
        """Say where those who act here go."""
        deeds = self.current_deeds()
        for deed in deeds:
            deed.heading = deed.heading or heading
        if not deeds:
            self.heading_due = heading

    def adjoins(self, at: int) -> bool:
        """Whether a phrase follows the last noun without a mark or another verb between."""
        return at > 0 and self.sentence.phrases[at - 1].clause == self.sentence.phrases[at].clause

    def can(self, mention: Mention, action: Action) -> bool:
        """Whether somebody can do it; a toy or a statue can what it is like."""
        path = cast(mention.concept, self.lexicon.concepts, ()).path if mention.concept else (_UNKNOWN,)
        alike = (*path[1:], self.lexicon.concepts.get(path[-1].like or "", _UNKNOWN))
        return is_able(path[0], action) or (
            path[0].family == "thing" and any(step.name and is_able(step, action) for step in alike)
        )
