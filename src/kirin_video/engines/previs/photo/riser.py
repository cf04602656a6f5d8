"""Whether a prompt lets a picture's subject rise from where it stands."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from kirin_video.engines.previs.plan import Action, ShotPlan

BURN: Final[AbstractSet[str]] = frozenset({"rocket", "spaceship"})
_RISE: Final[AbstractSet[str]] = BURN | {"balloon", "airship", "helicopter", "drone", "ufo", "toy_balloon"}
_UPWARDS: Final[AbstractSet[Action]] = frozenset({Action.LAUNCH, Action.TAKE_OFF})
_IN_THE_AIR: Final[AbstractSet[Action]] = _UPWARDS | {Action.FLY}


def riser(plan: ShotPlan) -> str | None:
    """The kind of what the prompt lets rise; None where nothing does that a photograph could show rising."""
    asked = [(subject.kind, subject.action) for subject in plan.subjects]
    asked += [
        (plan.subjects[act.subject].kind, act.action)
        for beat in plan.beats
        for act in beat.acts
        if act.subject < len(plan.subjects)
    ]
    for kind, action in asked:
        if kind in _RISE and action in (_IN_THE_AIR if kind in BURN else _UPWARDS):
            return kind
    return None
