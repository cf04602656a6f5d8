"""What an instruction leaves alone, and what no edit of footage does."""

from __future__ import annotations

import re
from typing import Final

from kirin_video.engines.previs.footage.clauses import Clause, Words
from kirin_video.engines.previs.footage.edits import Region, Thing
from kirin_video.engines.previs.footage.naming import Namer

_ALONE: Final = frozenset({"sound", "lettering", "acting"})
"""What a clause is about altogether: "remove the background music" has no background in it."""
_EDGES: Final = re.compile(
    r"^[\s,]*(?:(?:for|the|in|on|while|only|as)\b\s*)+"
    r"|\s+(?:as|the same|as is|same)\s*$|[\u4ee5\u4e4b]?\u5916"
)


def spared(clause: Clause, namer: Namer) -> Thing | None:
    """What a clause that keeps something names: "keep the car red", "except the trees"; None for all else."""
    words = namer.words
    bare = words.marks["only"].sub(" ", words.verbs["keep"].sub(" ", clause.text))
    bare = _EDGES.sub("", bare).strip()
    if not bare or words.says("rest", bare) or words.says("background", bare):
        return None
    return namer.named(bare)


def beyond(clause: Clause, words: Words) -> str | None:
    """The name of the note for what no edit of footage does; None where a clause asks for no such thing."""
    return next((name for name, found in words.beyond.items() if found.search(clause.text)), None)


def is_alone(name: str) -> bool:
    """Whether nothing else can be read from a clause that asks for this."""
    return name in _ALONE


def is_somebody(thing: Thing) -> bool:
    """Whether a thing is a person or what they are known by."""
    return thing.main or thing.kind == "person" or thing.region in {Region.FACE, Region.HEAD, Region.HAIR}
