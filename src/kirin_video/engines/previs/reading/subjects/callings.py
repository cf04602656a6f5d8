"""Lets people do what their name says: a runner crosses the line running, a swimmer in a pool swims."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.reading.lexicon import Lexicon
from kirin_video.engines.previs.reading.subjects.mention import Deed, Mention

_ON_FOOT = re.compile(
    r"\b(walk|stroll|wander|march|strid|strode|step|trudg|saunter|amble|roam|pac(?:e|ing)|tiptoe|limp|wad)"
    r"|\u8d70|\u6563\u6b65|\u6f2b\u6b65|\u6b65\u884c|\u8e31|\u5f92\u6b65|\u901b",
    re.IGNORECASE,
)
"""Said of who goes on foot whatever he is called."""
_SEEN_NEAR = re.compile(r"portrait|close.?up|headshot|\u8096\u50cf|\u7279\u5199", re.IGNORECASE)
_BY_THEMSELVES = frozenset({Action.RUN, Action.TROT, Action.SWIM, Action.DANCE, Action.ROW})
"""What they do who are only named."""


def do_as_called(known: Sequence[Mention], lexicon: Lexicon, text: str) -> None:
    """Let whoever only goes somewhere go as his name says, and who is only named do what it says.

    Args:
        known: everybody and everything that has a concept; their deeds are changed in place.
        lexicon: the words.
        text: the prompt: who is said to walk walks; of whom one sees the face moves about less.
    """
    on_foot, near = _ON_FOOT.search(text), _SEEN_NEAR.search(text)
    for mention in known:
        called = lexicon.concepts[mention.concept].does
        if called is None:
            continue
        for deed in mention.deeds:
            if deed.action is Action.WALK and not on_foot:
                deed.action = called
        alone = mention.head and not mention.deeds and not mention.relations
        if alone and called in _BY_THEMSELVES and not near:
            mention.deeds.append(Deed(called, 0))
