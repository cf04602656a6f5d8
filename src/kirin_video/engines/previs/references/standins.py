"""Stand-ins: words that take the place of references in a prompt, so that it can be read like any other.

A stand-in is a noun of one prompt only. Beside Chinese characters it is a rare character itself, since the
two languages put their words together differently.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from kirin_video.domain.prompt import Prompt, ReferenceKind, ReferenceMark, Text
from kirin_video.domain.shot import Shot
from kirin_video.engines.previs.plan import Setting
from kirin_video.engines.previs.reading.concepts import Concept
from kirin_video.engines.previs.reading.lexicon import Kind, Lexicon, Meaning

_Thing = TypeVar("_Thing")

_LATIN = {ReferenceKind.IMAGE: "kirinimage", ReferenceKind.ELEMENT: "kirinelement"}
_RARE = {ReferenceKind.IMAGE: 0x3404, ReferenceKind.ELEMENT: 0x3415}
"""The first of the characters that stand in, by kind: nobody writes these."""
SCENE_LATIN, SCENE_RARE = "kirinplace", "\u3426"
_NUMBERS = "abcdefghijklmnop"
_CHINESE = re.compile(r"[\u3427-\u9fff]")

OPEN, CLOSE = "\ue000", "\ue001"
"""What stands round the number of a reference in marked text: characters for private use."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that a prompt can point to.

    Attributes:
        kind: which list it is in.
        number: its place there, counted from 1.
    """

    kind: ReferenceKind
    number: int

    @property
    def name(self) -> str:
        """What plans call it, such as ``image_1``."""
        return f"{self.kind.value}_{self.number}"

    @property
    def shown(self) -> str:
        """As the prompt writes it."""
        return f"<<<{self.name}>>>"

    @property
    def latin(self) -> str:
        """Its stand-in among Latin letters."""
        return _LATIN[self.kind] + _NUMBERS[self.number - 1]

    @property
    def rare(self) -> str:
        """Its stand-in among Chinese characters."""
        return chr(_RARE[self.kind] + self.number)


def references_of(shot: Shot) -> tuple[Reference, ...]:
    """Everything that a shot's prompt can point to: plain pictures first, then elements."""
    framed = (shot.first_frame, shot.last_frame)
    images = (
        Reference(ReferenceKind.IMAGE, number)
        for number, image in enumerate(shot.images, start=1)
        if image not in framed
    )
    elements = (Reference(ReferenceKind.ELEMENT, n) for n in range(1, len(shot.subjects) + 1))
    return (*images, *elements)


def marked_text(prompt: Prompt, references: Sequence[Reference]) -> str:
    """The prompt with each reference as its index between two marks; others are left out."""
    index = {(r.kind, r.number): k for k, r in enumerate(references)}
    parts: list[str] = []
    for part in prompt.parts:
        if isinstance(part, Text):
            parts.append(part.text)
        elif (at := index.get(_key(part))) is not None:
            parts.append(f"{OPEN}{at}{CLOSE}")
    return "".join(parts)


def _key(mark: ReferenceMark) -> tuple[ReferenceKind, int]:
    return mark.kind, mark.number


def with_standins(text: str, references: Sequence[Reference]) -> str:
    """A marked text as words: each mark becomes the stand-in that suits its neighbours."""

    def stand_in(match: re.Match[str]) -> str:
        reference = references[int(match[1])]
        if is_chinese(text, match.start(), match.end()):
            return reference.rare
        before = text[match.start() - 1 : match.start()]
        return f" {reference.latin}" if before.isalnum() else reference.latin

    return re.sub(f"{OPEN}(\\d+){CLOSE}", stand_in, text)


def is_chinese(text: str, start: int, end: int) -> bool:
    """Whether Chinese stands before or behind a place in a text; between nothing at all, whether any does."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    near = before[-1:] + after[:1]
    if re.fullmatch(r"[\s\W\d]*", near):
        return bool(_CHINESE.search(text))
    return bool(_CHINESE.search(near))


def taught(lexicon: Lexicon, concepts: Mapping[Reference, Concept]) -> Lexicon:
    """A lexicon that knows the stand-ins of one prompt, and the words for the place that a picture shows."""
    place = (Meaning(Kind.PLACE, Setting.STUDIO.value, "exact"),)
    phrases: dict[tuple[str, ...], tuple[Meaning, ...]] = {(SCENE_LATIN,): place, (SCENE_RARE,): place}
    for reference, concept in concepts.items():
        meaning = (Meaning(Kind.SUBJECT, concept.name),)
        phrases[reference.latin,] = phrases[reference.rare,] = meaning
    return replace(
        lexicon,
        phrases={**lexicon.phrases, **phrases},
        longest={**lexicon.longest, **{form[0]: 1 for form in phrases}},
        concepts={**lexicon.concepts, **{c.name: c for c in concepts.values()}},
    )


def in_own_words(thing: _Thing, references: Sequence[Reference]) -> _Thing:
    """A plan, or anything in one, with the prompt's own words in place of stand-ins."""
    if isinstance(thing, str):
        return cast("_Thing", _restored(thing, references)) if type(thing) is str else thing
    if isinstance(thing, tuple):
        items = cast("tuple[Any, ...]", thing)
        return cast("_Thing", tuple(in_own_words(item, references) for item in items))
    if is_dataclass(thing) and not isinstance(thing, type):
        new = {f.name: in_own_words(getattr(thing, f.name), references) for f in fields(thing)}
        return cast("_Thing", replace(cast("Any", thing), **new))
    return thing


def _restored(text: str, references: Sequence[Reference]) -> str:
    for reference in references:
        text = text.replace(reference.latin, reference.shown).replace(reference.rare, reference.shown)
    return text.replace(SCENE_LATIN, "the place of the picture").replace(SCENE_RARE, "图中的地方")
