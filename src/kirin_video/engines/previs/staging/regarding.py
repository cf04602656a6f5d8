"""Regarding: who looks into the camera turns the head to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kirin_video.engines.previs.bodies.gaze import Gaze
from kirin_video.engines.previs.bodies.person.motion import PersonMotion
from kirin_video.engines.previs.bodies.quadruped.motion import QuadrupedMotion
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.staging.parts import Part, Setup


def regarding(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """All parts, those who look into the camera with their heads turned to where it begins.

    Args:
        setup: the shot, with the look that the picture has.
        parts: everybody's.
    """
    return [_meeting(setup, part) for part in parts]


def _meeting(setup: Setup, part: Part) -> Part:
    begins = _begins_s(setup, part)
    motion = part.body.motion
    if begins is None or not isinstance(motion, PersonMotion | QuadrupedMotion):
        return part
    x, z = setup.look.eye
    return replace(part, own=replace(part.body, motion=motion.regarding(Gaze(x, z, begins))))


def _begins_s(setup: Setup, part: Part) -> float | None:
    """When somebody first looks into the camera, seconds; None who never does."""
    subject = part.role.subject
    if Action.REGARD in {subject.action, *subject.also}:
        return 0.0
    starts = [
        beat.start * setup.seconds
        for beat in setup.plan.beats
        for act in beat.acts
        if act.subject == part.role.number and act.action is Action.REGARD
    ]
    return min(starts, default=None)
