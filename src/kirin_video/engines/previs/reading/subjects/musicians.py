"""Gives musicians the instruments that their names tell of, and a band its players."""

from __future__ import annotations

import re
from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Relation, RelationKind, SubjectPlan

_HELD, _BEFORE = RelationKind.HELD_BY, RelationKind.IN_FRONT_OF
_PLAYERS: tuple[tuple[re.Pattern[str], str, RelationKind], ...] = (
    (re.compile(r"\bguitarists?\b|\u5409\u4ed6\u624b", re.IGNORECASE), "guitar", _HELD),
    (re.compile(r"\bviolinists?\b|\u5c0f\u63d0\u7434[\u5bb6\u624b]", re.IGNORECASE), "violin", _HELD),
    (re.compile(r"\bsaxophonists?\b", re.IGNORECASE), "saxophone", _HELD),
    (re.compile(r"\btrumpeters?\b", re.IGNORECASE), "trumpet", _HELD),
    (re.compile(r"\bdrummers?\b|\u9f13\u624b", re.IGNORECASE), "drum_kit", _BEFORE),
    (re.compile(r"\bpianists?\b|\u94a2\u7434\u5bb6", re.IGNORECASE), "piano", _BEFORE),
)
"""By a musician's name: what it is that he plays, and where he has it."""
_PIANO = "piano"
_DRUMS = frozenset({"drum", "drum_kit"})
_BAND = re.compile(r"\bbands?$|\u4e50\u961f$", re.IGNORECASE)
_MAKES = frozenset({Action.IDLE, Action.STAND, Action.PLAY, Action.MUSIC, Action.SING, Action.WORK})
"""What musicians are said to do who play."""

Subjects = list[SubjectPlan]


def hand_instruments(found: Subjects) -> None:
    """Every guitarist has a guitar, every drummer his drums; a band is three of them."""
    _form_band(found)
    for one, subject in enumerate(tuple(found)):
        if subject.kind != "person" or subject.scenery or subject.action not in _MAKES:
            continue
        played = next(((kind, where) for name, kind, where in _PLAYERS if name.search(subject.words)), None)
        if played is None or _has(found, one, played[0]):
            continue
        kind, where = played
        found[one] = replace(subject, action=Action.MUSIC)
        found.append(SubjectPlan(kind, kind.replace("_", " "), relations=(Relation(where, one),)))
    _seat_pianists(found)


def _seat_pianists(found: Subjects) -> None:
    """Who plays the piano sits on its stool."""
    for at, piano in enumerate(found):
        one = next((r.to for r in piano.relations if r.kind is _BEFORE), None)
        if piano.kind != _PIANO or one is None:
            continue
        player = found[one]
        if player.kind == "person" and player.count == 1 and player.action in {Action.MUSIC, Action.PLAY}:
            others = tuple(r for r in player.relations if r.to != at)
            found[one] = replace(
                player, action=Action.MUSIC, relations=(Relation(RelationKind.ON, at), *others)
            )
            found[at] = replace(piano, relations=())


def _has(found: Subjects, one: int, kind: str) -> bool:
    """Whether somebody has such an instrument already, or another of its like."""
    alike = _DRUMS if kind in _DRUMS else {kind}
    return any(s.kind in alike and (not s.relations or any(r.to == one for r in s.relations)) for s in found)


def _form_band(found: Subjects) -> None:
    """A band of whom nobody else is named becomes three; beside named players it is them."""
    for at, subject in enumerate(tuple(found)):
        if subject.kind != "person" or not _BAND.search(subject.words) or subject.count != 1:
            continue
        if any(name.search(other.words) for other in found for name, _, _ in _PLAYERS):
            found[at] = replace(subject, scenery=True)
            continue
        found[at] = replace(subject, words="guitarist", action=Action.PLAY)
        for text, action in (("singer", Action.SING), ("drummer", Action.PLAY)):
            beside = (Relation(RelationKind.BESIDE, at),)
            found.append(SubjectPlan("person", text, action=action, relations=beside))
