"""The caller's prompt, read into parts."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from kirin_video.domain.negatives import Wording, tell_apart

_REFERENCE = re.compile(r"<<<\s*(image|element|video)_(\d{1,9})\s*>>>", re.IGNORECASE)


_BRACKETED = re.compile(r"<<<[^<>\n]{0,40}>>>")


class ReferenceKind(StrEnum):
    """The lists a prompt can point into."""

    IMAGE = "image"
    ELEMENT = "element"
    VIDEO = "video"


class Text(BaseModel):
    """Plain words of the prompt."""

    model_config = ConfigDict(frozen=True)
    type: Literal["text"] = "text"
    text: str


class ReferenceMark(BaseModel):
    """``<<<image_2>>>``: the second entry of ``image_list``; counting starts at 1."""

    model_config = ConfigDict(frozen=True)
    type: Literal["reference"] = "reference"
    kind: ReferenceKind
    number: int


class Prompt(BaseModel):
    """A prompt as words and references, in the caller's order.

    Attributes:
        source: the prompt as it was given.
        parts: the same, split at its references.
    """

    model_config = ConfigDict(frozen=True)
    source: str
    parts: tuple[Text | ReferenceMark, ...]

    @property
    def references(self) -> tuple[ReferenceMark, ...]:
        """The references, in order, repeated as often as they are named."""
        return tuple(part for part in self.parts if isinstance(part, ReferenceMark))

    @property
    def text(self) -> str:
        """The words alone, references left out."""
        return " ".join(p.text.strip() for p in self.parts if isinstance(p, Text)).strip()

    @property
    def wording(self) -> Wording:
        """The words alone, what is wanted told from what is not."""
        return tell_apart(self.text)


def mentions(source: str) -> tuple[tuple[ReferenceKind, int], ...]:
    """The references of a prompt, each once, in order, as kind and number."""
    found = _REFERENCE.findall(source) if "<<<" in source else ()
    return tuple(dict.fromkeys((ReferenceKind(kind.lower()), int(number)) for kind, number in found))


def misread_references(source: str) -> tuple[str, ...]:
    """Find what stands in ``<<<>>>`` and is no reference, such as ``<<<img_1>>>``; each once, in order."""
    bracketed = dict.fromkeys(_BRACKETED.findall(source)) if "<<<" in source else {}
    return tuple(text for text in bracketed if not _REFERENCE.fullmatch(text))


def read_prompt(source: str) -> Prompt:
    """Split a prompt at its ``<<<kind_n>>>`` references.

    Args:
        source: the prompt as the caller wrote it.

    Returns:
        The prompt in parts. Text that merely looks like a reference stays text.
    """
    parts: list[Text | ReferenceMark] = []
    end = 0
    for match in _REFERENCE.finditer(source):
        if source[end : match.start()].strip():
            parts.append(Text(text=source[end : match.start()]))
        kind = ReferenceKind(match[1].lower())
        parts.append(ReferenceMark(kind=kind, number=int(match[2])))
        end = match.end()
    if source[end:].strip():
        parts.append(Text(text=source[end:]))
    return Prompt(source=source, parts=tuple(parts))
