"""Words, Chinese characters and marks: what a prompt is made of."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_PIECES = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[\u3400-\u9fff]|--(?=[a-z])|[,.;:!?&\n\u3001]")
_MARKS = str.maketrans(
    {"\u2010": "-", "\u2019": "'", "\u2018": "'", "\u3002": ".", "\u2026": ".", "\u2014": ";", "\u2013": "-"}
)
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "mice": "mouse",
    "geese": "goose",
    "wolves": "wolf",
    "buses": "bus",
    "calves": "calf",
    "knives": "knife",
    "leaves": "leaf",
    "loaves": "loaf",
    "shelves": "shelf",
    "elves": "elf",
    "dwarves": "dwarf",
    "thieves": "thief",
    "oxen": "ox",
    "cacti": "cactus",
    "fungi": "fungus",
    "octopi": "octopus",
    "policemen": "policeman",
    "firemen": "fireman",
    "fishermen": "fisherman",
    "businessmen": "businessman",
    "snowmen": "snowman",
    "cookies": "cookie",
    "movies": "movie",
    "zombies": "zombie",
    "selfies": "selfie",
    "puppies": "puppy",
    "lies": "lie",
    "dies": "die",
    "ties": "tie",
    "pies": "pie",
    "toes": "toe",
    "shoes": "shoe",
    "canoes": "canoe",
    "horseshoes": "horseshoe",
    "goes": "go",
}
_PLURAL_ONLY = frozenset(
    [
        "glasses",
        "sunglasses",
        "eyeglasses",
        "jeans",
        "trousers",
        "pants",
        "shorts",
        "headphones",
        "earphones",
        "earbuds",
        "goggles",
        "overalls",
        "leggings",
        "scissors",
        "woods",
        "stairs",
        "spectacles",
        "shades",
        "slacks",
        "scrubs",
        "oranges",
        "news",
        "bangs",
        "seas",
        "clothes",
        "binoculars",
        "various",
        "always",
        "perhaps",
        "towards",
        "upwards",
        "downwards",
        "backwards",
        "forwards",
        "sometimes",
        "across",
    ]
)
_SHORTEST_PLURAL = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a Chinese character or a mark.

    Attributes:
        form: lower case, singular.
        start: where it begins in the normalised text.
        end: where it ends.
        plural: whether the text has it with an ending that its form lacks, a plural's or a verb's.
    """

    form: str
    start: int
    end: int
    plural: bool = False

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation."""
        return not (self.form[0].isalnum() or self.form in {"--", "&"})

    @property
    def is_word(self) -> bool:
        """Whether it is a word in Latin letters."""
        return self.form[0].isalpha() and self.form.isascii()


def normalised(text: str) -> str:
    """Lower case, full-width forms and typographic marks made plain."""
    return unicodedata.normalize("NFKC", text).translate(_MARKS).lower()


def tokens_of(text: str) -> list[Token]:
    """The tokens of a normalised text."""
    return [_token(m.group(), m.start(), m.end()) for m in _PIECES.finditer(text)]


def _token(word: str, start: int, end: int) -> Token:
    form = singular(word)
    return Token(form, start, end, form != word and not word.endswith("'s"))


def form_of(phrase: str) -> tuple[str, ...]:
    """A phrase of the lexicon as the forms of its tokens."""
    if phrase.isascii() and phrase.replace(" ", "").isalpha():
        return tuple(map(singular, phrase.split()))
    return tuple(token.form for token in tokens_of(normalised(phrase)))


def singular(word: str) -> str:
    """A word without its plural or possessive ending; good enough to compare two spellings of it."""
    word = word.removesuffix("'s")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word in _PLURAL_ONLY:
        return word
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses", "oes")) else word[:-1]
