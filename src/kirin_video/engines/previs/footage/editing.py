"""Footage through all its edits, frame by frame: the entry of this package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.domain.shot import Clip, Shot
from kirin_video.engines.base import Progress, Rendering, Report
from kirin_video.engines.previs.footage.clauses import load_words
from kirin_video.engines.previs.footage.everywhere import whole_passes
from kirin_video.engines.previs.footage.facts import facts_of
from kirin_video.engines.previs.footage.instructions import read_instructions
from kirin_video.engines.previs.footage.material import Material
from kirin_video.engines.previs.footage.parts import part_passes
from kirin_video.engines.previs.footage.passes import Pass
from kirin_video.media.errors import UnreadableClip
from kirin_video.media.footage import Footage
from kirin_video.media.frames import I420Frame

_UNREADABLE: Final = "video_list[0]: The video cannot be decoded to its end."


def edit_footage(shot: Shot, clip: Clip, report: Report) -> Rendering:
    """Edit footage as a prompt says.

    Args:
        shot: the shot, as long as the footage.
        clip: the footage.
        report: told how far the preparations are.

    Raises:
        TaskFailure: the footage or a picture cannot be decoded.
    """
    words = load_words()
    report(Progress("reading the instructions", 0.05))
    plan = read_instructions(shot.prompt, seed=shot.seed, words=words)
    footage = Footage()
    try:
        footage.__enter__()
        material = Material(shot, clip, plan, footage, words, report)
        passes = _passes(material)
    except UnreadableClip as error:
        footage.__exit__(None, None, None)
        raise TaskFailure(Fault.VIDEO_REJECTED, _UNREADABLE) from error
    except BaseException:
        footage.__exit__(None, None, None)
        raise
    return Rendering(
        frames=_edited(material, passes),
        notes=tuple(dict.fromkeys(material.notes)),
        facts={"plan": dict(facts_of(plan))},
        afterwards=lambda: _afterwards(material),
    )


def _passes(material: Material) -> list[Pass]:
    """What is done to each frame, in order: parts, light, weather, view."""
    plan = material.plan
    passes = [each for edit in plan.local for each in part_passes(material, edit)]
    passes.extend(whole_passes(material))
    if plan.unread:
        material.say("unread", ", ".join(plan.unread))
    for note, said in plan.undone:
        material.say(note, said)
    if not passes:
        material.say("nothing")
    return passes


def _edited(material: Material, passes: Sequence[Pass]) -> Iterator[I420Frame]:
    """The frames, each through every edit.

    Raises:
        TaskFailure: the footage cannot be decoded to its end.
    """
    try:
        with material.footage:
            for index, original in enumerate(material.frames()):
                frame = original
                for edit in passes:
                    frame = edit.apply(frame, index)
                yield frame
    except UnreadableClip as error:
        raise TaskFailure(Fault.VIDEO_REJECTED, _UNREADABLE) from error


def _afterwards(material: Material) -> tuple[str, ...]:
    """What to say of the footage when all of it has been read: frames that stand for missing ones."""
    held = material.footage.held
    return (material.text("held").format(words=held),) if held else ()
