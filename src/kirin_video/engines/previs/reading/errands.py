"""Reads what deeds are done with and prompts leave out: dough, a shaker, a net, a swing, a hose."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kirin_video.engines.previs.plan import SubjectPlan
from kirin_video.engines.previs.reading.errand_company import (
    after_the_train,
    by_the_arch,
    come_from,
    go_aboard,
    in_arms,
    push_chair,
    take_up,
    with_a_handle,
)
from kirin_video.engines.previs.reading.errand_finding import Subjects
from kirin_video.engines.previs.reading.errand_things import (
    douse,
    haul_net,
    knead,
    put_on_swing,
    roll_dough,
    saw,
    shake,
    wrap,
)
from kirin_video.engines.previs.reading.errand_words import (
    BOARDED,
    BRIDGED,
    DOUSED,
    HUGGED,
    KNEADED,
    LEAVING,
    LIT,
    NETS,
    ROLLED,
    SAVED,
    SAWN,
    SHAKEN,
    SWUNG,
    TRAFFIC,
    WHEELED,
    WRAPPED,
)
from kirin_video.engines.previs.reading.subjects.holding import people_of

_IN_TRAFFIC = frozenset({"scooter", "motorcycle", "bicycle"})
"""What traffic of its own would hide."""


def with_their_things(subjects: tuple[SubjectPlan, ...], text: str) -> tuple[SubjectPlan, ...]:
    """The subjects, and what they do their deeds with.

    Args:
        subjects: everybody, before they are completed with what their deeds need.
        text: the prompt.
    """
    found = list(subjects)
    steps: tuple[tuple[re.Pattern[str], Callable[[Subjects, int], None]], ...] = (
        (KNEADED, knead),
        (ROLLED, roll_dough),
        (WRAPPED, wrap),
        (SAWN, saw),
        (SHAKEN, shake),
        (NETS, haul_net),
        (SWUNG, put_on_swing),
        (DOUSED, douse),
        (SAVED, come_from),
        (BOARDED, go_aboard),
        (WHEELED, push_chair),
        (HUGGED, take_up),
        (BRIDGED, by_the_arch),
    )
    for said, step in steps:
        people = people_of(found)
        if people and said.search(text):
            step(found, people[0])
    found = [in_arms(with_a_handle(s, found), found) for s in found]
    if TRAFFIC.search(text) and any(s.kind in _IN_TRAFFIC for s in found):
        found = [
            replace(s, scenery=True) if s.kind == "car" and TRAFFIC.search(s.words) else s for s in found
        ]
    if LIT.search(text):
        found = [replace(s, scenery=True) if "spot" in s.words or "聚光灯" in s.words else s for s in found]
    if LEAVING.search(text):
        found = [after_the_train(s) for s in found]
    return tuple(found)
