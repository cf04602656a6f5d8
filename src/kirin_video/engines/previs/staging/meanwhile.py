"""Meanwhile: what hands do besides: runners over a line cheer, who walks by waves, who sits works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kirin_video.engines.previs.bodies.person.motion import PersonMotion
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.staging.parts import Part

_ON_FOOT = frozenset({Action.WALK, Action.TROT, Action.RUN})
_WITH_HANDS = frozenset({Action.RAISE, Action.RAISE_BOTH, Action.WAVE, Action.CLAP, Action.POINT})
_SEATED = frozenset({Action.WORK, Action.WRITE})


def meanwhile(parts: Sequence[Part]) -> list[Part]:
    """All parts, those who go somewhere with hands that do what is said of them."""
    return [_with_hands(part) for part in parts]


def _with_hands(part: Part) -> Part:
    motion, subject = part.body.motion, part.role.subject
    sits = subject.action is Action.SIT
    goes = (sits or subject.action in _ON_FOOT) and len(part.deeds) == 1
    done = _SEATED if sits else _WITH_HANDS
    doing = next((action for action in subject.also if action in done), None)
    if not isinstance(motion, PersonMotion) or not goes or doing is None or motion.hands_full:
        return part
    if doing is Action.RAISE and subject.action is Action.RUN:
        doing = Action.RAISE_BOTH  # a runner cheers with both arms
    return replace(part, own=replace(part.body, motion=motion.meanwhile(doing)))
