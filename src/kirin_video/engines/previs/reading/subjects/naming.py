"""Reads noun phrases: articles, numbers, adjectives, nouns, and nouns that no table has."""

from __future__ import annotations

from collections.abc import Sequence

from kirin_video.engines.previs.plan import Action, Age, RelationKind
from kirin_video.engines.previs.reading.lexicon import Kind
from kirin_video.engines.previs.reading.phrases import Phrase
from kirin_video.engines.previs.reading.subjects.describing import (
    HAIR_COLORS,
    begin,
    take_adjective,
    take_article,
    take_number,
)
from kirin_video.engines.previs.reading.subjects.kinship import PARENTS
from kirin_video.engines.previs.reading.subjects.mention import Description, Mention
from kirin_video.engines.previs.reading.subjects.placing import Placing
from kirin_video.engines.previs.reading.subjects.roles import before_noun

_DEFINITE = frozenset({"the", "this", "that", "its", "his", "her", "their", "these", "those"})
_VERBAL = {
    "chasing": (RelationKind.CHASING, Action.RUN),
    "following": (RelationKind.FOLLOWING, Action.WALK),
    "facing": (RelationKind.FACING, Action.STAND),
}
_UNCOUNTED = frozenset(
    [
        "fish",
        "sheep",
        "deer",
        "cattle",
        "salmon",
        "reindeer",
        "cranes",
        "koi",
        "jellyfish",
        "squid",
        "clownfish",
        "goldfish",
    ]
)
_NOT_NOUNS = ("ly", "ing", "ed", "ful", "ous", "ive", "able", "ible", "less", "ish", "ical", "est")
_WOMANS, _ANYBODYS = ("dress",), ("shirt", "trousers")
"""What somebody wears who is only said to be "in red"."""
_HERDS = frozenset({"pack", "herd", "flock", "swarm", "shoal", "school", "pride", "colony", "army", "squad"})
_HERD = 7
"""How many those are."""
_ONE = frozenset({"one", "ones"})
_LONGEST_ZH = 4
_SHORTEST = 3


class Naming(Placing):
    """Noun phrases."""

    __slots__ = ()

    def free(self) -> bool:
        """Whether a noun may stand here without an article."""
        return not self.heads and self.transitive is None

    def article(self, _at: int, phrase: Phrase) -> None:
        """An article or a possessive opens a noun phrase."""
        if self.coming.deeds and self.outer is None and not phrase.text.isascii():
            self.push()
        elif self.coming.unknown or (self.coming.article and phrase.text.isascii()):
            self.close()
        take_article(self.coming, phrase)

    def number(self, at: int, phrase: Phrase) -> None:
        """A number in words, or "one" in place of a noun."""
        if self.stands_for_noun(phrase):
            self.another_one(at, phrase)
            return
        if self.coming.deeds and self.outer is None:
            self.push()
        take_number(self.coming, phrase, self.lexicon)

    def stands_for_noun(self, phrase: Phrase) -> bool:
        """Whether "one" means again what was named before, as in "a blue car beside a red one"."""
        described = bool(self.coming.colors or self.coming.words)
        return phrase.text in _ONE and described and any(mention.concept for mention in self.mentions)

    def another_one(self, at: int, phrase: Phrase) -> None:
        """Another of what was named last; things before people, who are seldom called so."""
        named = [mention for mention in reversed(self.mentions) if mention.concept]
        things = [mention for mention in named if self.concept(mention).family != "person"]
        like = (*things, *named)[0]
        mention = self.mention(phrase, like.concept)
        mention.noun = like.noun
        mention.spoken.append(at)
        self.coming = Description()
        self.place(mention, relative=False)
        self.last = mention
        self.joined = self.fresh = False

    def measure(self, _at: int, phrase: Phrase) -> None:
        """A Chinese measure word."""
        begin(self.coming, phrase)
        self.coming.measured = True

    def adjective(self, at: int, phrase: Phrase) -> None:
        """An adjective: of the coming noun, or of the last subject."""
        if phrase.text.isascii() and self.predicate(at, phrase):
            return
        take_adjective(self.coming, phrase, self.lexicon)

    def predicate(self, at: int, phrase: Phrase) -> bool:
        """An adjective behind its noun, as in "the cat is black and happy", or a face of somebody."""
        if self.coming.begun or before_noun(self.sentence, at):
            return False
        color = phrase.meaning(Kind.COLOR)
        if color is not None and color.value in HAIR_COLORS and self.last is not None:
            self.last.parts.append(("hair", self.lexicon.colors[color.value]))
            return True
        if self.last is not None and self.relation is None and self.adjoins(at):
            take_adjective(self.last.described, phrase, self.lexicon)
        elif self.relation is not None and self.relation[0] is RelationKind.IN:
            self.dress_in(phrase, self.relation[1])
        return True

    def dress_in(self, phrase: Phrase, people: Sequence[Mention]) -> None:
        """Read "a woman in red": a colour without a noun is that of what somebody wears."""
        color = phrase.meaning(Kind.COLOR)
        if color is None:
            return
        self.relation = None
        for person in people:
            concept = self.concept(person)
            if concept.family == "person" and not person.wears:
                outfit = _WOMANS if "female" in concept.looks else _ANYBODYS
                person.wears += [(garment, self.lexicon.colors[color.value]) for garment in outfit]

    def push(self) -> None:
        """Set a description aside: what follows belongs to the verb before the noun, as often in Chinese."""
        self.outer, self.coming = self.coming, Description()

    def noun(self, at: int, phrase: Phrase) -> None:
        """A noun: a new subject, or one that is known."""
        self.nature = False
        self.herd(at, phrase)
        if self.compound(at, phrase):
            return
        meaning = phrase.meaning(Kind.SUBJECT)
        assert meaning is not None
        relative = self.relative_follows(at)
        if self.coming.deeds and self.outer is None and relative:
            self.push()
        mention = self.known(phrase, meaning.value)
        if mention is None:
            mention = self.mention(phrase, meaning.value)
        mention.spoken.append(at)
        self.coming = Description()
        if self.likeness is not None and self.likeness is not mention:
            self.take_place_of(self.likeness, mention)
            return
        localizer = self.localizer(at)
        if localizer is not None and not phrase.text.isascii():
            self.landmark(mention, localizer)
        else:
            self.place(mention, relative=relative)
        self.last = mention
        self.joined = self.fresh = False

    def compound(self, at: int, phrase: Phrase) -> bool:
        """Whether a noun only describes the next one: "police" of "police station", "cat" of "cat ears"."""
        phrases = self.sentence.phrases
        if at + 1 >= len(phrases) or phrases[at + 1].first != phrase.last or phrases[at + 1].unwanted:
            return False
        tokens, after = self.sentence.tokens, phrases[at + 1]
        plural = tokens[phrase.last - 1].plural
        acts = after.meaning(Kind.ACTION) is not None and tokens[after.last - 1].plural  # "a zebra drinks"
        noun, next_noun = phrase.meaning(Kind.SUBJECT), after.meaning(Kind.SUBJECT)
        many = noun is not None and self.lexicon.concepts[noun.value].count > 1  # "people paddle"
        acts = acts or (many and after.meaning(Kind.ACTION) is not None)
        if plural or acts or after.meaning(Kind.RELATION):
            return False
        if noun is None or next_noun is None or self.does_next(noun.value, at + 1):
            return False
        group = self.lexicon.concepts[next_noun.value].count
        parent = next_noun.value in PARENTS and self.is_animal(noun.value)
        if parent or (group > 1 and self.lexicon.concepts[noun.value].living):
            # "A polar bear mother", "鸭妈妈": of the two it is the animal.
            self.coming.number = self.coming.number if parent else group
            self.skip = at + 1
            return False
        if self.lexicon.concepts[next_noun.value].young and self.lexicon.concepts[noun.value].living:
            take_adjective(self.coming, phrase, self.lexicon)
            self.coming.words.append((Kind.AGE, Age.BABY, after.text))
            self.skip = at + 1
            return False
        begin(self.coming, phrase)
        return True

    def is_animal(self, concept: str) -> bool:
        """Whether it lives and is nobody's sort of person."""
        found = self.lexicon.concepts[concept]
        return found.living and found.family not in {"person", "fantastic"}

    def herd(self, at: int, phrase: Phrase) -> None:
        """Read the word behind an animal that says that there are many: "a wolf pack"."""
        tokens, phrases = self.sentence.tokens, self.sentence.phrases
        noun = phrase.meaning(Kind.SUBJECT)
        if noun is None or phrase.last >= len(tokens) or tokens[phrase.last].form not in _HERDS:
            return
        if tokens[phrase.last].plural:  # a verb, as in "a dog packs a suitcase"
            return
        concept = self.lexicon.concepts[noun.value]
        if concept.living and concept.family != "person":
            self.coming.number = _HERD
            if at + 1 < len(phrases) and phrases[at + 1].first == phrase.last:
                self.skip = at + 1

    def does_next(self, concept: str, at: int) -> bool:
        """Whether what follows somebody is a verb with its object: "a family building a snowman"."""
        phrases = self.sentence.phrases
        action = phrases[at].meaning(Kind.ACTION)
        if action is None or not action.grade or at + 1 >= len(phrases):
            return False
        opens = phrases[at + 1].meaning(Kind.DETERMINER) is not None
        return self.lexicon.concepts[concept].living and opens

    def mention(self, phrase: Phrase, concept: str) -> Mention:
        """A new subject."""
        coming = self.coming
        first = coming.first if 0 <= coming.first < phrase.first else phrase.first
        tokens = self.sentence.tokens
        last = max(phrase.last, self.skip_end())
        words = self.sentence.text[tokens[first].start : tokens[last - 1].end]
        bare = phrase.text in _UNCOUNTED and not coming.open
        crowd = last < len(tokens) and tokens[last].form == "\u4eec"
        plural = tokens[last - 1].plural or bare or crowd
        mention = Mention(concept, phrase.text, words.lstrip("\u7684"), plural, coming)
        self.endow(mention, coming)
        mention.spot, self.spot_due = self.spot_due, None
        self.mentions.append(mention)
        return mention

    def skip_end(self) -> int:
        """The token after the last phrase that a noun has taken with it."""
        return self.sentence.phrases[self.skip].last if self.skip >= 0 else 0

    def endow(self, mention: Mention, coming: Description) -> None:
        """Give a subject what was read before it."""
        mention.wears += coming.wears
        mention.parts += coming.parts
        for action in coming.deeds:
            self.do(mention, action)
        for kind, to in coming.relations:
            mention.relate(kind, to)

    def known(self, phrase: Phrase, concept: str) -> Mention | None:
        """The subject that a noun means again: "the dog" after "a dog"."""
        coming = self.coming
        if self.lexicon.concepts[concept].proper:
            return next((m for m in self.mentions if m.concept == concept), None)
        if coming.number is not None or coming.measured or coming.article in {"a", "an", "another"}:
            return None
        definite = (
            coming.article in _DEFINITE or not phrase.text.isascii() or coming.article.startswith("\u8fd9")
        )
        if not definite and not self.sentence.tokens[phrase.last - 1].plural:
            return None
        found = next((m for m in reversed(self.mentions) if self.same(m, concept)), None)
        if found is not None:
            found.described.colors += coming.colors
            found.described.words += coming.words
            self.endow(found, coming)
        return found

    def same(self, mention: Mention, concept: str) -> bool:
        """Whether a noun may mean this subject."""
        if mention.concept == concept:
            return True
        if not mention.concept:
            return False
        old, new = self.concept(mention), self.lexicon.concepts[concept]
        if new.name in {"creature", "person", "vehicle"}:
            return old.family == new.family or (new.name == "creature" and old.living)
        if new.family == "building" and old.like == concept:
            return True
        young = new.young and not old.young and not _is_young(mention)
        return old.of == concept or (new.of == mention.concept and new.family != "person" and not young)

    def localizer(self, at: int) -> RelationKind | None:
        """The Chinese word of place behind a noun: "\u684c\u5b50\u4e0a"."""
        phrases = self.sentence.phrases
        here = at + 1
        if here < len(phrases) and phrases[here].says(Kind.JOIN, "de"):
            here += 1
        if here >= len(phrases) or phrases[here].first - phrases[at].last > 1 or phrases[here].text.isascii():
            return None
        meaning = phrases[here].meaning(Kind.RELATION)
        if meaning is None or meaning.value in {"with", "towards", "away_from", *_VERBAL}:
            return None
        return RelationKind(meaning.value)

    def relative_follows(self, at: int) -> bool:
        """Whether a Chinese noun is followed by "\u7684" and another noun in its clause."""
        phrases = self.sentence.phrases
        seen = False
        for phrase in phrases[at + 1 :]:
            if phrase.clause != phrases[at].clause:
                return False
            seen = seen or phrase.says(Kind.JOIN, "de")
            if seen and phrase.meaning(Kind.SUBJECT):
                return True
        return False

    def close(self) -> None:
        """End a noun phrase whose noun never came: one that no table has, or none."""
        coming, self.coming = self.coming, Description()
        if not coming.unknown:
            if coming.deeds and self.outer is None and coming.open:
                self.waiting += coming.deeds
            return
        first, last, text = coming.unknown[-1]
        if not text.isascii():
            text = "".join(part for _, _, part in coming.unknown)
        if not _may_be_noun(text):
            return
        tokens = self.sentence.tokens
        start = coming.first if coming.first >= 0 else first
        words = self.sentence.text[tokens[start].start : tokens[last - 1].end]
        mention = Mention("", text, words, tokens[last - 1].plural, coming)
        self.endow(mention, coming)
        self.mentions.append(mention)
        self.place(mention, relative=False)
        self.last = mention
        self.joined = False


def _is_young(mention: Mention) -> bool:
    return any(kind == Kind.AGE and value == Age.BABY for kind, value, _ in mention.described.words)


def _may_be_noun(text: str) -> bool:
    """Whether an unknown word looks like the name of a thing."""
    if not text.isascii():
        return 1 < len(text) <= _LONGEST_ZH
    return (
        len(text) >= _SHORTEST and text.isalpha() and (text.endswith("fish") or not text.endswith(_NOT_NOUNS))
    )
