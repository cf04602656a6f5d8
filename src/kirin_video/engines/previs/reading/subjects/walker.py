"""Walks through a prompt, phrase by phrase, and collects who is in it, doing what, and where.

English and Chinese share the walk. It is not a grammar: it knows noun phrases, who can be the doer of a verb,
what prepositions lead to, and the few ways in which Chinese puts the same before instead of behind its noun.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kirin_video.engines.previs.plan import Action, Heading, RelationKind, Spot
from kirin_video.engines.previs.reading.lexicon import Kind
from kirin_video.engines.previs.reading.phrases import Phrase
from kirin_video.engines.previs.reading.subjects.abilities import (
    is_motion,
)
from kirin_video.engines.previs.reading.subjects.acting import Acting
from kirin_video.engines.previs.reading.subjects.describing import (
    take_digits,
)
from kirin_video.engines.previs.reading.subjects.mention import Deed, Description
from kirin_video.engines.previs.reading.subjects.roles import Context, Role, before_noun, role_of

_ENDS = frozenset(".;!?\n")
_WATERS = frozenset({"pond", "hot_spring", "lake", "river", "sea"})
_WITHIN = frozenset({"\u91cc", "\u91cc\u9762", "\u4e2d", "\u6c34\u91cc", "\u91cc\u8fb9"})
"""What stands behind a place in Chinese whose inside is meant."""
_BATHERS = frozenset({"person", "quadruped"})
_RESTING = frozenset({Action.SIT, Action.LIE, Action.SLEEP, Action.IDLE})


class Walk(Acting):
    """One walk through one prompt."""

    __slots__ = ()

    def run(self) -> None:
        """Walk from the first phrase to the last."""
        for at, phrase in enumerate(self.sentence.phrases):
            self.cross(self.end, phrase.first)
            self.meet(at, phrase)
            self.end = max(self.end, phrase.last)
        self.cross(self.end, len(self.sentence.tokens))
        self.close()

    def cross(self, first: int, last: int) -> None:
        """Pass what stands between two phrases: marks and words that no table has."""
        for at in range(first, last):
            token = self.sentence.tokens[at]
            if token.is_mark:
                self.mark(token.form)
            elif token.form.isdigit():
                take_digits(self.coming, at, token.form)
            elif token.is_word or not token.form.isascii():
                text = self.sentence.text[token.start : token.end]
                if token.is_word and not self.coming.open:
                    self.relation = None  # it led to something that no table has
                if self.coming.open or (token.plural and self.free()):
                    self.coming.unknown.append((at, at + 1, text))
                    self.coming.first = at if self.coming.first < 0 else self.coming.first

    def mark(self, form: str) -> None:
        """A punctuation mark ends what is open."""
        self.close()
        self.transitive = None
        self.relation = None
        self.inverse = None
        self.having = []
        self.dressing = self.aside = False
        self.likeness = None
        self.nature = self.simile = False
        self.fresh = True
        self.heading_due, self.tempo_due = None, 1.0
        self.heading_due, self.tempo_due = None, 1.0
        self.joined = form == "\u3001"
        self.listed = form in {",", "\u3001"} and not self.done
        if form in _ENDS:
            self.sentence_ends()
        elif self.done:
            self.listed = False

    def sentence_ends(self) -> None:
        """A full stop: doers are forgotten, save for pronouns."""
        if self.heads:
            self.before = self.heads
        self.heads = []
        self.spot_due = None
        self.fronted = []
        self.waiting = []
        self.waiting_objects = []
        self.done = False
        self.camera = False
        self.joined = False
        self.listed = False

    def meet(self, at: int, phrase: Phrase) -> None:
        """Take one phrase in the role it has here."""
        if phrase.unwanted:
            self.refuse(phrase)
            return
        self.fresh = self.fresh and phrase.text != "\u5728"
        if self.simile or at == self.skip:
            return
        whips = phrase.says(Kind.SEQUENCE, "whip")
        if (at in self.claimed and not whips) or phrase.says(Kind.NEGATION, "before"):
            self.close()
            return
        context = Context(
            noun_due=self.coming.begun and not self.coming.unknown,
            after_relation=self.relation is not None or self.inverse is not None,
            doer=bool(self.heads or (phrase.text.isascii() and (self.coming.unknown or self.last))),
            done=self.done,
        )
        role = role_of(self.sentence, at, context)
        if role is Role.AND and self.coming.begun and self.list_of_adjectives(at):
            return
        if role not in _KEEP_OPEN:
            self.close()
        handler = _HANDLERS.get(role)
        if handler is not None:
            handler(self, at, phrase)

    def list_of_adjectives(self, at: int) -> bool:
        """Whether "and" stands between two adjectives of one noun."""
        phrases = self.sentence.phrases
        return not self.coming.unknown and at + 1 < len(phrases) and before_noun(self.sentence, at + 1)

    def liken(self, _at: int, _phrase: Phrase) -> None:
        """What follows is only compared with, to the end of the clause."""
        self.simile = True

    def refuse(self, phrase: Phrase) -> None:
        """Something that is not wanted."""
        self.coming = Description()
        meaning = phrase.meaning(Kind.SUBJECT)
        if meaning is not None and phrase.text not in self.absent:
            self.absent.append(phrase.text)
            self.barred.append(meaning.value)

    def another(self, _at: int, _phrase: Phrase) -> None:
        """Read ``And``: what follows joins what was."""
        self.joined = True

    def clause(self, _at: int, _phrase: Phrase) -> None:
        """Read ``While``: a new clause with doers of its own."""
        if self.heads:
            self.before = self.heads
        self.heads = []
        self.done = False
        self.camera = False
        self.transitive = None
        self.relation = None

    def of_zh(self, _at: int, _phrase: Phrase) -> None:
        """Read ``的`` closes what stands before a Chinese noun."""
        if self.outer is not None:
            outer, self.outer = self.outer, None
            outer.wears += self.coming.wears
            outer.parts += self.coming.parts
            outer.words += [word for word in self.coming.words if word[1] == "hair"]
            self.coming = outer

    def there(self, _at: int, phrase: Phrase) -> None:
        """Read ``There is``: what follows is new here."""
        self.transitive = None
        action = phrase.meaning(Kind.ACTION)
        if action is not None and is_motion(Action(action.value)):
            self.waiting.append(Action(action.value))

    def sequence(self, at: int, phrase: Phrase) -> None:
        """Read ``Then``: the shot goes on to something else."""
        self.transitive = None
        self.relation = None
        self.joined = self.listed = False
        if phrase.says(Kind.SEQUENCE, "start"):
            return
        if self.mentions or at:
            whips = phrase.says(Kind.SEQUENCE, "whip")
            self.next_beat(at, cut=whips or phrase.says(Kind.SEQUENCE, "cut"))

    def spot(self, at: int, phrase: Phrase) -> None:
        """Where in the picture the last subject is."""
        meaning = phrase.meaning(Kind.SPOT)
        assert meaning is not None
        self.transitive = None
        if self.nature:
            return
        before = self.sentence.phrases[at - 1].text if at else ""
        if before.endswith(("\u5411", "\u5f80")):
            self.head_for(Heading.AWAY)
            return
        if self.fresh:
            self.spot_due = Spot(meaning.value)
        elif self.last is not None and self.relation is None:
            group = self.heads if self.last in self.heads else [self.last]
            for mention in group:
                mention.spot = mention.spot or Spot(meaning.value)
        heading = phrase.meaning(Kind.HEADING)
        if heading is not None:
            self.head_for(Heading(heading.value))

    def heading(self, _at: int, phrase: Phrase) -> None:
        """Where those who act go."""
        meaning = phrase.meaning(Kind.HEADING)
        assert meaning is not None
        self.transitive = None
        self.head_for(Heading(meaning.value))

    def tempo(self, _at: int, phrase: Phrase) -> None:
        """How briskly they do it."""
        meaning = phrase.meaning(Kind.BRISKNESS)
        assert meaning is not None
        deeds = self.current_deeds()
        for deed in deeds:
            deed.tempo = float(meaning.value)
        if not deeds:
            self.tempo_due = float(meaning.value)

    def camera_speaks(self, at: int, _phrase: Phrase) -> None:
        """The camera is spoken of: verbs are its own now."""
        before = self.sentence.phrases[at - 1].text if at else ""
        if before.endswith("\u5411"):
            self.head_for(Heading.TOWARDS)
            return
        self.camera = True
        self.transitive = None
        if self.heads:
            self.before = self.heads
        self.heads = []

    def setting(self, at: int, phrase: Phrase) -> None:
        """A place, a time, a weather: it takes whatever preposition waits."""
        if self.as_adjective(at, phrase):
            return
        self.into_water(at, phrase)
        kinds = (Kind.PHENOMENON, Kind.WEATHER, Kind.SCENERY)
        free = self.relation is None and self.transitive is None
        if phrase.text.isascii():
            kinds = (*kinds, Kind.PLACE)
        else:
            free = free and (self.fresh or not self.heads)
        self.nature = free and any(phrase.meaning(kind) for kind in kinds)
        self.coming = Description()
        self.relation = None
        self.inverse = None
        self.transitive = None
        self.joined = False

    def into_water(self, at: int, phrase: Phrase) -> None:
        """Read ``in a hot spring``: who only is or rests there is in the water."""
        place = phrase.meaning(Kind.PLACE)
        if place is None or place.value not in _WATERS:
            return
        after = self.sentence.phrases[at + 1].text if at + 1 < len(self.sentence.phrases) else ""
        within = self.relation is not None and self.relation[0] is RelationKind.IN
        if not (within or after in _WITHIN):
            return
        sources = self.relation[1] if self.relation is not None else []
        for mention in sources or self.heads:
            concept, deed = self.concept(mention), mention.acts(self.beat)
            if concept.family not in _BATHERS or (deed is not None and deed.action not in _RESTING):
                continue
            if deed is not None:
                deed.action = Action.BATHE
            else:
                mention.deeds.append(Deed(Action.BATHE, self.beat))

    def as_adjective(self, at: int, phrase: Phrase) -> bool:
        """Whether a word of the world or the look only describes a noun here: "a vintage car"."""
        if not self.coming.begun or not before_noun(self.sentence, at):
            return False
        self.coming.words.append((Kind.TRAIT, "words", phrase.text))
        return True

    def other(self, at: int, phrase: Phrase) -> None:
        """A phrase that says nothing of subjects."""
        if self.coming.unknown and not phrase.text.isascii():
            self.close()
            return
        if self.as_adjective(at, phrase):
            return
        self.coming = Description()
        self.relation = None
        self.transitive = None


_KEEP_OPEN = frozenset(
    {
        Role.ARTICLE,
        Role.NUMBER,
        Role.MEASURE,
        Role.ADJECTIVE,
        Role.NOUN,
        Role.GARMENT,
        Role.PART,
        Role.VERB,
        Role.OF_ZH,
        Role.WEARING,
        Role.SETTING,
        Role.OTHER,
        Role.PARTICLE,
    }
)
_HANDLERS: Mapping[Role, Callable[[Walk, int, Phrase], None]] = {
    Role.ARTICLE: Walk.article,
    Role.NUMBER: Walk.number,
    Role.MEASURE: Walk.measure,
    Role.ADJECTIVE: Walk.adjective,
    Role.NOUN: Walk.noun,
    Role.GARMENT: Walk.garment,
    Role.PART: Walk.part,
    Role.VERB: Walk.verb,
    Role.RELATION: Walk.relate,
    Role.PASSIVE: Walk.passive,
    Role.WEARING: Walk.wearing,
    Role.PRONOUN: Walk.pronoun,
    Role.AND: Walk.another,
    Role.CLAUSE: Walk.clause,
    Role.HAVE: Walk.have,
    Role.THERE: Walk.there,
    Role.SIMILE: Walk.liken,
    Role.OF_ZH: Walk.of_zh,
    Role.SEQUENCE: Walk.sequence,
    Role.SPOT: Walk.spot,
    Role.HEADING: Walk.heading,
    Role.TEMPO: Walk.tempo,
    Role.CAMERA: Walk.camera_speaks,
    Role.SETTING: Walk.setting,
    Role.OTHER: Walk.other,
}
