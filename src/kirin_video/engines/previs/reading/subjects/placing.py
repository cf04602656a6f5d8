"""Ties a new subject to those before it: as object, neighbour, partner, or a new doer."""

from __future__ import annotations

from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.reading.concepts import Concept
from kirin_video.engines.previs.reading.subjects.mention import Deed, Mention
from kirin_video.engines.previs.reading.subjects.objects import bind_object, gait_of
from kirin_video.engines.previs.reading.subjects.state import State

_HOLDABLE = frozenset({"thing", "food", "plant"})
_RIDDEN = frozenset({"bicycle", "motorcycle", "scooter", "dragon", "ostrich"})
_BEARING = frozenset({"furniture", "food", "thing"})


class Placing(State):
    """Where a new subject belongs."""

    __slots__ = ()

    def landmark(self, mention: Mention, kind: RelationKind) -> None:
        """A noun that tells where somebody is."""
        self.transitive = None
        if self.outer is not None:
            self.outer.relations.append((kind, mention))
            self.coming, self.outer = self.outer, None
        elif self.coming.deeds:
            self.coming.relations.append((kind, mention))
        elif self.heads and not self.fresh:
            for head in self.heads:
                head.relate(kind, mention)
        elif self.heads:
            self.before, self.heads, self.done = self.heads, [], False
            self.fronted.append((kind, mention))
        else:
            self.fronted.append((kind, mention))
        self.fresh = False

    def place(self, mention: Mention, *, relative: bool) -> None:
        """Tie a subject to what came before it: as object, neighbour, partner or a new doer."""
        concept = self.concept(mention)
        if self.outer is not None:
            actions = list(self.outer.deeds)
            self.waiting_objects += [(action, mention) for action in actions]
        elif self.transitive is not None:
            action, actors = self.transitive
            self.transitive = None
            if actors:
                bind_object(action, actors, mention, concept, self.beat)
            elif relative:
                self.waiting_objects.append((action, mention))
            else:
                bind_object(action, [], mention, concept, self.beat)
                self.lead(mention)
        elif self.relation is not None:
            self.lean(mention, concept)
        elif self.inverse is not None:
            kind, sources = self.inverse
            self.inverse = None
            for source in sources:
                mention.relate(kind, source)
        elif self.having:
            self.belong(mention, self.having)
            self.having = []
        else:
            self.lead(mention)

    def lean(self, mention: Mention, concept: Concept) -> None:
        """Behind a preposition."""
        assert self.relation is not None
        kind, sources = self.relation
        self.relation = None
        if kind is RelationKind.WITH:
            self.accompany(mention, concept, sources)
        elif sources:
            for source in sources:
                self.lean_on(source, kind, mention)
            if kind is RelationKind.TOWED_BY and concept.living:
                self.do(mention, Action.WALK)
            if (
                self.chased
                and kind is RelationKind.CHASING
                and not mention.deeds
                and (concept.living or concept.moving)
            ):
                self.do(mention, Action.RUN)
        else:
            self.fronted.append((kind, mention))

    def lean_on(self, source: Mention, kind: RelationKind, mention: Mention) -> None:
        """One relation; a person on a horse rides it."""
        concept = self.concept(mention)
        ridden = concept.family == "quadruped" or concept.name in _RIDDEN
        if kind is RelationKind.ON and ridden and self.concept(source).family == "person":
            source.relate(RelationKind.RIDING, mention)
            if source.acts(self.beat) is None:
                source.deeds.append(Deed(Action.RIDE, self.beat))
                self.do(mention, gait_of(concept))
            return
        source.relate(kind, mention)

    def accompany(self, mention: Mention, concept: Concept, sources: list[Mention]) -> None:
        """Behind "with": held, or on it, or together."""
        if not sources:
            self.lead(mention)
        elif concept.family in _HOLDABLE or self.concept(sources[0]).family in _BEARING:
            self.belong(mention, sources)
        elif concept.living:
            # Who is there with somebody's kite is with whoever flies it.
            if not self.concept(sources[0]).living and self.heads and self.concept(self.heads[0]).living:
                sources = list(self.heads)
            for source in sources:
                deed = source.acts(self.beat)
                mention.relate(RelationKind.WITH if deed is not None else RelationKind.BESIDE, source)
                if deed is not None and mention.acts(self.beat) is None:
                    # One holds the kite's line; the other one stands by.
                    action = Action.STAND if deed.action is Action.HOLD else deed.action
                    mention.deeds.append(Deed(action, self.beat))
        else:
            mention.relate(RelationKind.BESIDE, sources[0])

    def belong(self, mention: Mention, owners: list[Mention]) -> None:
        """Something that somebody has."""
        owner = owners[0]
        family = self.concept(owner).family
        concept = self.concept(mention)
        if self.concept(owner).living and concept.family in _HOLDABLE:
            mention.relate(RelationKind.HELD_BY, owner)
        elif family in _BEARING:
            mention.relate(RelationKind.IN if family == "thing" else RelationKind.ON, owner)
        else:
            mention.relate(RelationKind.BESIDE, owner)

    def lead(self, mention: Mention) -> None:
        """A subject that opens a clause, or joins those that did."""
        told = bool(self.heads) and (bool(self.heads[-1].relations) or self.heads[-1].spot is not None)
        joined = (self.joined or (self.listed and not told)) and self.heads and not self.done
        if not joined:
            if self.heads:
                self.before = self.heads
            self.heads = []
            self.done = False
            self.placed = list(self.fronted)
        self.listing = bool(self.heads) and not self.joined
        self.heads.append(mention)
        mention.head = True
        self.camera = False
        for kind, to in self.placed:
            mention.relate(kind, to)
        for action in self.waiting:
            self.do(mention, action)
        for action, to in self.waiting_objects:
            self.do(mention, action)
            bind_object(action, [mention], to, self.concept(to), self.beat)
        self.fronted, self.waiting, self.waiting_objects = [], [], []

    def take_place_of(self, likeness: Mention, mention: Mention) -> None:
        """A statue of a lion is a lion of stone: the lion takes the statue's place."""
        mention.effigy = f"{likeness.noun} of {mention.words}"
        mention.words = f"{likeness.words} of {mention.words}"
        mention.head, mention.relations = likeness.head, likeness.relations
        mention.described.colors = mention.described.colors or likeness.described.colors
        if self.concept(likeness).name == "statue" and not mention.described.colors:
            mention.described.colors = [self.lexicon.colors["grey"]]
        self.mentions.remove(likeness)
        self.heads = [mention if head is likeness else head for head in self.heads]
        self.last, self.likeness = mention, None
