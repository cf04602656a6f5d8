"""Which of its meanings a phrase has where it stands: "a fly", "to fly"; "an orange", "an orange cat"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kirin_video.engines.previs.reading.lexicon import ADJECTIVES, Kind, Meaning
from kirin_video.engines.previs.reading.phrases import Phrase, Sentence


class Role(StrEnum):
    """What a phrase does in its sentence."""

    ARTICLE = "article"
    NUMBER = "number"
    MEASURE = "measure"
    ADJECTIVE = "adjective"
    NOUN = "noun"
    GARMENT = "garment"
    PART = "part"
    VERB = "verb"
    RELATION = "relation"
    PASSIVE = "passive"
    WEARING = "wearing"
    PRONOUN = "pronoun"
    AND = "and"
    CLAUSE = "clause"
    HAVE = "have"
    THERE = "there"
    OF_ZH = "de"
    SIMILE = "simile"
    SEQUENCE = "sequence"
    SPOT = "spot"
    HEADING = "heading"
    TEMPO = "tempo"
    CAMERA = "camera"
    SETTING = "setting"
    PARTICLE = "particle"
    OTHER = "other"


VERBAL = frozenset({"chasing", "following", "facing"})
"""Relations that verbs make."""

_JOINS = {
    "and": Role.AND,
    "while": Role.CLAUSE,
    "have": Role.HAVE,
    "there": Role.THERE,
    "de": Role.OF_ZH,
    "simile": Role.SIMILE,
}
_PLAIN = (
    (Kind.SEQUENCE, Role.SEQUENCE),
    (Kind.PASSIVE, Role.PASSIVE),
    (Kind.PRONOUN, Role.PRONOUN),
    (Kind.NUMBER, Role.NUMBER),
    (Kind.DETERMINER, Role.ARTICLE),
)
_LATER = (
    (Kind.MEASURE, Role.MEASURE),
    (Kind.WEARING, Role.WEARING),
    (Kind.GARMENT, Role.GARMENT),
    (Kind.PART, Role.PART),
    (Kind.SPOT, Role.SPOT),
    (Kind.HEADING, Role.HEADING),
    (Kind.BRISKNESS, Role.TEMPO),
    (Kind.RELATION, Role.RELATION),
    (Kind.CAMERA, Role.CAMERA),
    (Kind.PLACE, Role.SETTING),
    (Kind.TIME, Role.SETTING),
    (Kind.WEATHER, Role.SETTING),
    (Kind.SEASON, Role.SETTING),
    (Kind.SCENERY, Role.SETTING),
    (Kind.PHENOMENON, Role.SETTING),
)


@dataclass(frozen=True, slots=True)
class Context:
    """What was read just before a phrase.

    Attributes:
        noun_due: whether an article, a number or an adjective waits for its noun.
        after_relation: whether a preposition waits for what it leads to.
        doer: whether the clause has somebody who can act.
        done: whether the clause has its verb already.
    """

    noun_due: bool
    after_relation: bool
    doer: bool
    done: bool


def role_of(sentence: Sentence, at: int, context: Context) -> Role:
    """The role of a phrase.

    Args:
        sentence: the prompt.
        at: index of the phrase.
        context: what stands before it.
    """
    phrase = sentence.phrases[at]
    plain = next((role for kind, role in _PLAIN if phrase.meaning(kind)), None)
    if plain is Role.NUMBER and _is_measure_too(sentence, at, context):
        return Role.MEASURE
    join = phrase.meaning(Kind.JOIN)
    if plain is None and join is not None:
        return _join(phrase, join, context)
    if plain is None and _pursues(phrase, context):
        return Role.RELATION
    return plain or _verb_or_thing(sentence, at, context)


def _verb_or_thing(sentence: Sentence, at: int, context: Context) -> Role:
    """A phrase that may be an adjective, a verb or a noun."""
    phrase = sentence.phrases[at]
    action = phrase.meaning(Kind.ACTION)
    leads = before_noun(sentence, at) and not _acts_next(sentence, at)
    if _is_adjective(phrase) and (leads or not phrase.meaning(Kind.SUBJECT)):
        return Role.ADJECTIVE if action is None else Role.VERB
    if action is not None and not _opens_clause(sentence, at) and _acts(sentence, at, action, context):
        return Role.VERB
    return _thing(phrase)


def _opens_clause(sentence: Sentence, at: int) -> bool:
    """Whether it is what a clause is about, its verb behind it: "while waves roll in"."""
    phrases = sentence.phrases
    if not 0 < at < len(phrases) - 1 or phrases[at].meaning(Kind.PHENOMENON) is None:
        return False
    return phrases[at - 1].says(Kind.JOIN, "while") and phrases[at + 1].meaning(Kind.ACTION) is not None


def _acts_next(sentence: Sentence, at: int) -> bool:
    """Whether its verb follows a noun: "a child waves", not "a child actor"."""
    if sentence.phrases[at].meaning(Kind.SUBJECT) is None:
        return False
    after = sentence.phrases[at + 1]
    finite = after.meaning(Kind.ACTION) is not None and sentence.tokens[after.last - 1].plural
    return finite and after.meaning(Kind.SUBJECT) is None


def _pursues(phrase: Phrase, context: Context) -> bool:
    """Whether "face", "trail" or "chase" is a verb here."""
    relation = phrase.meaning(Kind.RELATION)
    verb = relation is not None and relation.value in VERBAL
    return verb and context.doer and not (context.noun_due or context.after_relation)


def _join(phrase: Phrase, join: Meaning, context: Context) -> Role:
    """A word that joins; some of them are verbs or prepositions too."""
    if phrase.meaning(Kind.RELATION) and phrase.text.isascii():
        return Role.RELATION
    if phrase.meaning(Kind.ACTION) and join.value != "there":
        return Role.VERB
    if join.value == "there" and phrase.meaning(Kind.ACTION) and context.doer:
        return Role.VERB
    if join.value == "have" and phrase.meaning(Kind.WEARING):
        return Role.WEARING
    return _JOINS[join.value]


def _thing(phrase: Phrase) -> Role:
    """A phrase that is no verb here."""
    named_place = any(m.kind is Kind.PLACE and m.grade in {"exact", "like"} for m in phrase.meanings)
    if named_place:
        return Role.SPOT if phrase.meaning(Kind.SPOT) else Role.SETTING
    if phrase.meaning(Kind.SUBJECT):
        return Role.NOUN
    for kind, role in _LATER:
        if phrase.meaning(kind):
            return role
    if all(m.kind in {Kind.DIRECTION, Kind.TEMPO} for m in phrase.meanings):
        return Role.PARTICLE
    return Role.OTHER


def _is_adjective(phrase: Phrase) -> bool:
    return any(m.kind in ADJECTIVES for m in phrase.meanings)


def _is_measure_too(sentence: Sentence, at: int, context: Context) -> bool:
    """Whether a word such as "\u7fa4" or "\u5bf9" only measures, right behind a number."""
    phrase = sentence.phrases[at]
    before = sentence.phrases[at - 1] if at else None
    return (
        phrase.meaning(Kind.MEASURE) is not None
        and context.noun_due
        and before is not None
        and before.last == phrase.first
        and before.meaning(Kind.NUMBER) is not None
    )


def before_noun(sentence: Sentence, at: int) -> bool:
    """Whether a noun, or more of what stands before one, follows at once."""
    if at + 1 >= len(sentence.phrases):
        return False
    here, after = sentence.phrases[at], sentence.phrases[at + 1]
    gap = sentence.tokens[here.last : after.first]
    if any(token.is_mark for token in gap) or len(gap) > 1:
        return False
    if after.says(Kind.JOIN, "de"):
        return before_noun(sentence, at + 1)
    leads = (Kind.SUBJECT, Kind.GARMENT, Kind.PART, Kind.PHENOMENON)
    return any(after.meaning(kind) for kind in leads) or _is_adjective(after)


def _acts(sentence: Sentence, at: int, action: Meaning, context: Context) -> bool:
    """Whether a phrase that can be a verb is one."""
    phrase = sentence.phrases[at]
    noun = phrase.meaning(Kind.SUBJECT) is not None
    if not phrase.text.isascii():
        return not (noun and context.noun_due)
    if action.grade:
        return not noun or context.doer or action.grade == "ed"
    if context.noun_due or (context.after_relation and phrase.text != "to"):
        return False
    other = noun or phrase.meaning(Kind.PHENOMENON) is not None or phrase.meaning(Kind.PLACE) is not None
    return context.doer and (not context.done or _is_second(sentence, at)) if other else True


def _is_second(sentence: Sentence, at: int) -> bool:
    """Whether "and" joins it to an earlier verb: "gets up from a chair and waves", not "rocks and waves"."""
    phrases = sentence.phrases
    joined = (
        at > 1 and phrases[at - 1].says(Kind.JOIN, "and") and sentence.tokens[phrases[at].last - 1].plural
    )
    return (
        joined
        and phrases[at - 2].meaning(Kind.SUBJECT) is not None
        and not sentence.tokens[phrases[at - 2].last - 1].plural
    )
