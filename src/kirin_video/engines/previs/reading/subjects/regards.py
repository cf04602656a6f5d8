"""Who turns and looks into the camera only turns the head, and whoever does it later does it then."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import Action, SubjectPlan


def meet_eyes(found: list[SubjectPlan]) -> None:
    """Let those who turn and look into the camera look: turning, a body would turn away from it again."""
    for at, subject in enumerate(found):
        if subject.action in {Action.TURN, Action.LOOK, Action.STAND} and Action.REGARD in subject.also:
            others = tuple(action for action in subject.also if action is not Action.REGARD)
            found[at] = replace(subject, action=Action.REGARD, also=others)
