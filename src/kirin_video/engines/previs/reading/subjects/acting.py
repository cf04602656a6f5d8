"""Reads verbs, prepositions and pronouns: who does what, to whom, and where."""

from __future__ import annotations

from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.reading.lexicon import Kind
from kirin_video.engines.previs.reading.phrases import Phrase
from kirin_video.engines.previs.reading.subjects.abilities import (
    OF_WHAT_IS_WORN,
    is_motion,
)
from kirin_video.engines.previs.reading.subjects.attire import Attire
from kirin_video.engines.previs.reading.subjects.describing import (
    begin,
)
from kirin_video.engines.previs.reading.subjects.mention import Description, Mention
from kirin_video.engines.previs.reading.subjects.objects import TOGETHER, bind_object
from kirin_video.engines.previs.reading.subjects.roles import VERBAL, before_noun

_VERBAL = {
    "chasing": (RelationKind.CHASING, Action.RUN),
    "following": (RelationKind.FOLLOWING, Action.WALK),
    "facing": (RelationKind.FACING, Action.STAND),
}


_A_PAIR = 2
_WHOEVER = {
    **dict.fromkeys(("he", "\u4ed6"), "man"),
    **dict.fromkeys(("she", "\u5979"), "woman"),
    **dict.fromkeys(("they", "\u4ed6\u4eec", "\u5979\u4eec", "\u5927\u5bb6"), "people"),
}
"""Whom a pronoun means that means nobody in particular."""
_FOR = "\u7ed9"
"""For somebody, where another verb follows."""


class Acting(Attire):
    """Verbs and what ties subjects together."""

    __slots__ = ()

    def verb(self, at: int, phrase: Phrase) -> None:
        """A verb: find who does it, and wait for whom or what it is done to."""
        meaning = phrase.meaning(Kind.ACTION)
        assert meaning is not None
        action = Action(meaning.value)
        led = self.coming.begun or self.relation is not None or self.transitive is not None
        prenominal = bool(meaning.grade) and led and before_noun(self.sentence, at)
        prenominal = prenominal or (bool(self.heads) and self.before_de(at))
        if prenominal or (self.coming.open and not self.coming.unknown):
            self.before_doer(phrase, action)
            return
        if self.nature:
            return
        self.close()
        self.relation = None
        if phrase.text == _FOR and self.heads and self.does_later(at):
            # "\u7ed9\u5973\u513f\u8bb2\u6545\u4e8b": it is done for her; nothing is given.
            self.relation, self.transitive = (RelationKind.FACING, list(self.heads)), None
            return
        self.fresh = False
        self.verbs.add(at)
        if self.aside and action in OF_WHAT_IS_WORN and not self.joined:
            return
        self.dressing = self.aside = False
        actors = self.actors(at, phrase, action)
        if actors:
            self.act(at, phrase, action, actors)
        elif meaning.grade and before_noun(self.sentence, at):
            self.before_doer(phrase, action)
        else:
            self.await_doer(phrase, action)

    def before_de(self, at: int) -> bool:
        """Whether a Chinese verb only tells which one: "\u4ece\u7740\u706b\u7684\u623f\u5b50\u91cc"."""
        phrases = self.sentence.phrases
        if not 0 < at < len(phrases) - 1 or not phrases[at + 1].says(Kind.JOIN, "de"):
            return False
        place = at + 2 < len(phrases) and phrases[at + 2].meaning(Kind.PLACE) is not None
        return phrases[at - 1].meaning(Kind.SUBJECT) is None and (place or self.relative_follows(at))

    def does_later(self, at: int) -> bool:
        """Whether another verb follows in the clause."""
        clause = self.sentence.phrases[at].clause
        later = self.sentence.phrases[at + 2 :]
        return any(p.clause == clause and p.meaning(Kind.ACTION) for p in later)

    def await_doer(self, phrase: Phrase, action: Action) -> None:
        """A verb whose doer is still to come, or is not in the picture."""
        if not phrase.text.isascii() or self.fronted:
            self.waiting.append(action)
        self.transitive = (action, [])

    def act(self, at: int, phrase: Phrase, action: Action, actors: list[Mention]) -> None:
        """Let the doers of a verb do it."""
        self.sequel(at, phrase, action, actors)
        for actor in actors:
            self.do(actor, action)
        if action in TOGETHER and len(actors) == _A_PAIR:
            actors[1].relate(RelationKind.WITH, actors[0])
        self.heading_due, self.tempo_due = None, 1.0
        self.transitive = (action, actors)
        self.doers = actors
        self.done = True
        self.joined = self.listed = False
        also = phrase.meaning(Kind.RELATION)
        if also is not None and also.value not in VERBAL:
            self.transitive, self.relation = None, (RelationKind(also.value), actors)
        if phrase.text.endswith("\u5411"):
            self.transitive, self.relation = None, (RelationKind.TOWARDS, actors)

    def before_doer(self, phrase: Phrase, action: Action) -> None:
        """A verb between an article and its noun."""
        begin(self.coming, phrase)
        self.coming.deeds.append(action)

    def actors(self, at: int, phrase: Phrase, action: Action) -> list[Mention]:
        """Who does it: the nearest that can, else those that opened the clause, else those before them."""
        if self.camera:
            return []
        meaning = phrase.meaning(Kind.ACTION) or phrase.meaning(Kind.RELATION)
        adjoining = self.adjoins(at)
        last = self.last
        if (
            last is not None
            and last not in self.heads
            and adjoining
            and meaning is not None
            and meaning.grade
            and not self.joined
            and self.can(last, action)
        ):
            return [last]
        heads = self.heads[-1:] if self.listing and adjoining and last in self.heads[-1:] else self.heads
        for group in (heads, self.before):
            able = [mention for mention in group if self.can(mention, action)]
            if able:
                return able
        if last is not None and phrase.text.isascii() and self.can(last, action) and adjoining:
            return [last]
        return []

    def sequel(self, at: int, phrase: Phrase, action: Action, actors: list[Mention]) -> None:
        """Begin a beat where somebody who moves is said to move otherwise, "and" between."""
        meaning = phrase.meaning(Kind.ACTION)
        finite = meaning is not None and not meaning.grade
        before = actors[0].acts(self.beat)
        if not (finite and self.joined) or before is None or before.action is action:
            return
        if is_motion(before.action) and is_motion(action):
            self.next_beat(at, cut=False)

    def relate(self, at: int, phrase: Phrase) -> None:
        """A preposition, or a verb that is one."""
        meaning = phrase.meaning(Kind.RELATION)
        assert meaning is not None
        if meaning.value in _VERBAL:
            self.pursue(at, phrase, *_VERBAL[meaning.value])
            return
        if meaning.value == "of":
            self.of()
            return
        if not phrase.text.isascii() and meaning.value != "with":
            return  # the noun before it has seen it
        kind = RelationKind(meaning.value)
        if self.camera and not self.heads:
            self.transitive = None
            return  # it leads to whom the camera looks at: "zooms in on a cat sleeping"
        sources = list(self.heads)
        last = self.last
        living = last is not None and self.concept(last).living
        if last is not None and (kind is RelationKind.WITH or (kind is RelationKind.IN and living)):
            sources = [last]
        elif last is not None and kind is RelationKind.ON and self.lies_there(last):
            sources = [
                last
            ]  # a fish in a bowl on a table: the bowl is on it; so are candles that one blows at
        elif self.done and self.doers:
            sources = list(self.doers)
        elif not self.done and last is not None and last not in self.heads and self.heads:
            sources = list(self.heads)
        if kind is RelationKind.WITH and not phrase.text.isascii():
            self.joined = not self.done
            return
        self.transitive = None
        self.relation = (kind, sources)

    def lies_there(self, thing: Mention) -> bool:
        """Whether a thing itself is on what comes next: it holds something, or somebody blows at it."""
        doing = [deed.action for doer in self.doers for deed in doer.deeds]
        blown_at = self.done and Action.BLOW in doing and thing not in self.doers
        return blown_at or self.holds_something(thing)

    def holds_something(self, container: Mention) -> bool:
        """Whether somebody was just said to be in it."""
        small = self.concept(container).family in {"thing", "food"}
        return small and any((RelationKind.IN, container) in other.relations for other in self.mentions)

    def pursue(self, at: int, phrase: Phrase, kind: RelationKind, action: Action) -> None:
        """Chasing, following, facing: a verb that is a relation too."""
        actors = self.actors(at, phrase, action)
        for actor in actors:
            if action is not Action.STAND and actor.acts(self.beat) is None:
                self.do(actor, action)
        self.transitive = None
        self.done = True
        self.doers = actors
        self.joined = False
        if actors:
            self.relation = (kind, actors)
            self.chased = kind is RelationKind.CHASING

    def of(self) -> None:
        """Read ``X of Y``: a likeness of Y, or Y in X."""
        last = self.last
        if last is None or last.concept not in self.lexicon.concepts:
            return
        if last.concept in {"statue", "toy", "plush_toy", "origami"}:
            self.likeness = last
            return
        if self.concept(last).family in {"thing", "furniture", "boat", "vehicle"}:
            self.inverse = (RelationKind.IN, [last])

    def passive(self, _at: int, phrase: Phrase) -> None:
        """Read ``Pulled by``, "surrounded by": what comes next does it."""
        meaning = phrase.meaning(Kind.PASSIVE)
        sources = [self.last] if self.last is not None else []
        if meaning is None or not sources:
            return
        self.transitive = None
        if meaning.value == "pulling":
            self.relation = (RelationKind.TOWED_BY, sources)
        elif meaning.value == "holding":
            self.relation = (RelationKind.HELD_BY, sources)
        else:
            self.inverse = (RelationKind(meaning.value), sources)

    def wearing(self, at: int, phrase: Phrase) -> None:
        """Read ``Wearing``: what follows is put on."""
        if self.coming.unknown:
            self.close()
        self.dressing = True
        self.transitive = None
        if phrase.meaning(Kind.JOIN) and self.last is not None:
            self.having = [self.last]
        if phrase.text.isascii():
            actors = self.actors(at, phrase, Action.HOLD)
            self.last = actors[0] if actors else self.last
        elif self.coming.open or (self.joined and self.opens_noun(at)):
            # "... and the woman in red": not worn by whom it joins.
            self.coming.measured = True

    def opens_noun(self, at: int) -> bool:
        """Whether a Chinese verb begins what stands before a noun: ``穿 ... 的 ...``."""
        clause = self.sentence.phrases[at].clause
        following = self.sentence.phrases[at + 1 : at + 6]
        return any(phrase.clause == clause and phrase.says(Kind.JOIN, "de") for phrase in following)

    def pronoun(self, at: int, phrase: Phrase) -> None:
        """A pronoun: again the one it means."""
        meaning = phrase.meaning(Kind.PRONOUN)
        assert meaning is not None
        if meaning.value == "who":
            return
        meant = self.meant(meaning.value)
        if not meant:
            self.whoever(phrase)
            return
        for mention in meant:
            mention.spoken.append(at)
        if self.transitive is not None and self.transitive[1] != meant:
            action, actors = self.transitive
            self.transitive = None
            bind_object(action, actors, meant[0], self.concept(meant[0]), self.beat)
        elif self.relation is not None:
            kind, sources = self.relation
            self.relation = None
            for source in sources:
                source.relate(kind, meant[0])
        elif at == 0 or not self.done or self.joined:
            self.heads = meant
            self.last = meant[0]
            self.done = False

    def whoever(self, phrase: Phrase) -> None:
        """A pronoun that opens a prompt and means nobody who was named is somebody all the same."""
        concept = _WHOEVER.get(phrase.text)
        if concept is None or self.mentions:
            return
        mention = self.mention(phrase, concept)
        self.coming = Description()
        self.place(mention, relative=False)
        self.last = mention
        self.fresh = False

    def meant(self, pronoun: str) -> list[Mention]:
        """Whom a pronoun means."""
        people = [m for m in self.mentions if self.concept(m).family in {"person", "fantastic"}]
        others = [m for m in self.mentions if m not in people]
        if pronoun == "they":
            return self.before or self.heads or self.mentions[-1:]
        if pronoun in {"he", "she"}:
            return people[-1:]
        heads = [m for m in others if m.head]
        return heads[-1:] or others[-1:] or self.mentions[-1:]
