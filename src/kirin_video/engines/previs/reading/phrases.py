"""Finds the known phrases of a prompt, longest first, and tells which of them are not wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kirin_video.engines.previs.reading.lexicon import ADJECTIVES, Kind, Lexicon, Meaning
from kirin_video.engines.previs.reading.tokens import Token, normalised, tokens_of

_NOMINAL = frozenset({Kind.PLACE, Kind.TIME, Kind.WEATHER, Kind.SUBJECT, Kind.PHENOMENON, Kind.GARMENT})
_DESCRIBING = frozenset({*ADJECTIVES, Kind.NUMBER, Kind.MEASURE, Kind.DETERMINER})
_LONGEST_ITEM = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """A known phrase in a prompt.

    Attributes:
        meanings: what it means.
        first: index of its first token.
        last: index after its last token.
        clause: number of the clause it stands in.
        text: the prompt's own words, in lower case.
        unwanted: whether the prompt says that it does not want it.
    """

    meanings: tuple[Meaning, ...]
    first: int
    last: int
    clause: int
    text: str
    unwanted: bool = False

    def meaning(self, kind: Kind) -> Meaning | None:
        """Its meaning of one kind."""
        for meaning in self.meanings:  # asked thousands of times a prompt
            if meaning.kind is kind:
                return meaning
        return None

    @property
    def describes(self) -> bool:
        """Whether it may stand before a noun: an article, a number, an adjective."""
        return any(m.kind in _DESCRIBING for m in self.meanings)

    def says(self, kind: Kind, value: str) -> bool:
        """Whether it means this."""
        return any(m.kind is kind and m.value == value for m in self.meanings)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A prompt taken apart.

    Attributes:
        text: the normalised prompt.
        tokens: its tokens.
        phrases: the known phrases, in order, without overlap.
    """

    text: str
    tokens: tuple[Token, ...]
    phrases: tuple[Phrase, ...]


def take_apart(text: str, lexicon: Lexicon) -> Sentence:
    """Find the known phrases of a prompt and mark the unwanted ones."""
    plain = normalised(text)
    tokens = tokens_of(plain)
    phrases = _found(plain, tokens, lexicon)
    return Sentence(plain, tuple(tokens), tuple(_marked(tokens, phrases)))


def _found(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> list[Phrase]:
    """Greedy from the left: at every token the longest phrase that starts there."""
    found: list[Phrase] = []
    clause = i = 0
    while i < len(tokens):
        if tokens[i].is_mark:
            clause += tokens[i].form != "\u3001"
            i += 1
            continue
        most = lexicon.longest.get(tokens[i].form, 0)
        for length in range(min(most, len(tokens) - i), 0, -1):
            meanings = lexicon.phrases.get(tuple(token.form for token in tokens[i : i + length]))
            if meanings is not None and not (
                length > 1 and _is_of_a_noun(found, tokens, i, meanings, lexicon)
            ):
                words = text[tokens[i].start : tokens[i + length - 1].end]
                found.append(Phrase(meanings, i, i + length, clause, words))
                i += length
                break
        else:
            i += 1
    return found


def _is_of_a_noun(
    found: Sequence[Phrase], tokens: Sequence[Token], at: int, meanings: tuple[Meaning, ...], lexicon: Lexicon
) -> bool:
    """Whether a verb with its preposition is a noun behind an article: "a fish from a lake"."""
    if any(meaning.kind is not Kind.ACTION for meaning in meanings) or not found:
        return False
    led = found[-1].last == at and found[-1].meaning(Kind.DETERMINER) is not None
    alone = lexicon.phrases.get((tokens[at].form,), ())
    return led and any(meaning.kind is Kind.SUBJECT for meaning in alone)


def _marked(tokens: Sequence[Token], phrases: Sequence[Phrase]) -> list[Phrase]:
    """Mark what negations reach."""
    unwanted: set[int] = set()
    for at, phrase in enumerate(phrases):
        if phrase.says(Kind.NEGATION, "heading") and _headed(tokens, phrase):
            unwanted |= _section(tokens, phrases, at)
        elif phrase.says(Kind.NEGATION, "before"):
            unwanted |= _reached(tokens, phrases, at)
        elif at and phrase.says(Kind.NEGATION, "after") and _joined(tokens, phrases, at):
            unwanted.add(at - 1)
    return [replace(p, unwanted=True) if at in unwanted else p for at, p in enumerate(phrases)]


def _joined(tokens: Sequence[Token], phrases: Sequence[Phrase], at: int) -> bool:
    """Whether "free" stands right behind a phrase and not before "of"."""
    phrase = phrases[at]
    follows = tokens[phrase.last].form if phrase.last < len(tokens) else ""
    return phrases[at - 1].last == phrase.first and follows not in {"of", "from"}


def _headed(tokens: Sequence[Token], phrase: Phrase) -> bool:
    return phrase.last < len(tokens) and tokens[phrase.last].form == ":"


def _section(tokens: Sequence[Token], phrases: Sequence[Phrase], at: int) -> set[int]:
    """Everything after ``Negative:`` up to the end of the line or ``Positive:``."""
    reached: set[int] = set()
    for i in range(at + 1, len(phrases)):
        between = tokens[phrases[at].last : phrases[i].first]
        if any(token.form == "\n" for token in between):
            break
        if phrases[i].says(Kind.NEGATION, "positive") and _headed(tokens, phrases[i]):
            break
        reached.add(i)
    return reached


def _reached(tokens: Sequence[Token], phrases: Sequence[Phrase], at: int) -> set[int]:
    """The phrases that a negation takes with it: to the end of its clause or of a list closed by "or"."""
    reached: set[int] = set()
    named = False
    here = phrases[at]
    flag = here.first > 0 and tokens[here.first - 1].form == "--"
    for i in range(at + 1, len(phrases)):
        phrase = phrases[i]
        gap = tokens[phrases[i - 1].last : phrase.first]
        if any(token.is_mark and token.form != "\u3001" for token in gap) and not (
            flag or _list_goes_on(tokens, phrases[i - 1].last, named=named)
        ):
            break
        if any(token.form == "--" for token in gap):
            break
        if phrase.says(Kind.NEGATION, "join") and named and _new_thought(phrases, i):
            break
        if _stops(phrase, adjacent=phrase.first == here.last) or (reached and phrase.text == "\u7684"):
            break
        if named and _acts_on(phrase):
            break
        reached.add(i)
        named = named or any(m.kind in _NOMINAL for m in phrase.meanings)
    return reached


def _stops(phrase: Phrase, *, adjacent: bool) -> bool:
    """Whether a negation ends here: at "but", at another negation, at a preposition that is not its own."""
    if phrase.says(Kind.NEGATION, "stop") or phrase.says(Kind.NEGATION, "before"):
        return not adjacent
    return phrase.says(Kind.NEGATION, "place") and not adjacent


def _acts_on(phrase: Phrase) -> bool:
    """Whether a finite verb goes on with the sentence, as in "a man without a hat walks"."""
    meaning = phrase.meaning(Kind.ACTION)
    return meaning is not None and not meaning.grade and phrase.meaning(Kind.SUBJECT) is None


def _new_thought(phrases: Sequence[Phrase], at: int) -> bool:
    """Whether what follows "and" is something wanted, as in "no rain and a bright sun" or "and sunny"."""
    if phrases[at].text in {"or", "nor", "\u6216", "\u6216\u8005"} or at + 1 >= len(phrases):
        return False
    after = phrases[at + 1]
    return after.describes or after.says(Kind.WEATHER, "clear")


def _list_goes_on(tokens: Sequence[Token], start: int, *, named: bool) -> bool:
    """Whether the comma at ``start`` or soon after continues a list that an "or" closes.

    Items are short; ``no rain, snow or fog`` is a list, ``no rain, golden light over hills`` is not.
    """
    if not named:
        return False
    length = 0
    for token in tokens[start:]:
        if token.form in {"or", "nor", "\u6216"}:
            return True
        if token.is_mark and token.form not in {",", "\u3001"}:
            return False
        length = 0 if token.is_mark else length + 1
        if length > _LONGEST_ITEM:
            return False
    return False
