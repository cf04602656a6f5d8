"""From a plan to takes: the pieces of a clip that each have one world, and how they are joined.

Most plans are one take: whatever moves or cuts happen in one world in one light are views of it. Another hour
or weather is the same shot staged once more in that light, shown from the same moment on. Another place, or
others on stage, is a shot of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from kirin_video.engines.previs.bodies.catalogue import catalogue
from kirin_video.engines.previs.daylight import passes
from kirin_video.engines.previs.guests import Guests
from kirin_video.engines.previs.plan import (
    Act,
    Beat,
    Framing,
    Move,
    Relation,
    Setting,
    ShotPlan,
    SubjectPlan,
    Technique,
    side_of_whip,
)
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.staging.passages import passages_of
from kirin_video.engines.previs.survey import survey

FADE_FRAMES = 14
"""How long one light takes to become another where nothing cuts: 0.6 seconds."""

_SHORTEST_FRAMES = 12
_NARROW = frozenset({Setting.FOREST, Setting.ROOM, Setting.KITCHEN, Setting.STAGE, Setting.UNDERWATER})
_TALL_M = 5.0
"""Castles and towers stand neither in a wood nor in a room."""
_UNASKED_ENERGY = 0.6


@dataclass(frozen=True, slots=True)
class Take:
    """A piece of a clip.

    Attributes:
        plan: what is staged.
        staged_frames: how long that would be as a whole.
        first: the first of its frames that is shown.
        end: the frame after the last that is shown alone.
        fade: how many frames further it goes on under the take after it.
    """

    plan: ShotPlan
    staged_frames: int
    first: int
    end: int
    fade: int = 0


def takes_of(plan: ShotPlan, num_frames: int) -> tuple[Take, ...]:
    """The takes of a clip, in order; together they show ``num_frames`` frames.

    Args:
        plan: what will be shown.
        num_frames: how many frames, at 24 a second.
    """
    takes: list[Take] = []
    for shot, first, end in _shots(plan, num_frames):
        takes += _lights(shot, end - first)
    return tuple(takes)


def cuts_of(plan: ShotPlan, num_frames: int) -> frozenset[int]:
    """The frames of a clip at which a new shot begins, hard.

    Args:
        plan: what will be shown.
        num_frames: how many frames, at 24 a second.
    """
    cuts: set[int] = set()
    shown, fade = 0, 0
    for take in takes_of(plan, num_frames):
        cuts |= set() if fade else {shown}
        starts = (p.first for p in passages_of(take.plan, take.staged_frames) if p.cut)
        cuts |= {shown + first - take.first for first in starts if take.first < first < take.end}
        shown, fade = shown + take.end - take.first, take.fade
    return frozenset(cuts) - {0}


def prospects(
    plan: ShotPlan, *, seed: int, aspect: float, num_frames: int, guests: Guests | None = None
) -> Iterator[tuple[Prospect, int]]:
    """The takes of a clip, each surveyed when it is asked for.

    Args:
        plan: what will be shown.
        seed: what makes this one different.
        aspect: width over height of the picture.
        num_frames: how many frames, at 24 a second.
        guests: what the shot brings along from outside.

    Yields:
        The views of a take, and how many of its last ones lie under the first ones of the next take.
    """
    began, before = 0, 0
    for take in takes_of(plan, num_frames):
        if take.first == 0:
            began, before = before, before + take.staged_frames
        with_them = guests and guests.between(began, began + take.staged_frames)
        whole = survey(take.plan, seed=seed, aspect=aspect, num_frames=take.staged_frames, guests=with_them)
        last = take.end + take.fade
        shown = whole if (take.first, last) == (0, take.staged_frames) else whole.between(take.first, last)
        yield shown, take.fade


def _shots(plan: ShotPlan, num_frames: int) -> Iterator[tuple[ShotPlan, int, int]]:
    """The plan of every shot that has its own stage, as a clip of its own, and its first and end frames."""
    openings = [0, *(n for n in range(1, len(plan.beats) + 1) if _is_elsewhere(plan, n, num_frames))]
    if len(openings) == 1:
        yield plan, 0, num_frames
        return
    starts = [0.0, *(plan.beats[n - 1].start for n in openings[1:]), 1.0]
    for k, opening in enumerate(openings):
        numbers = range(opening, openings[k + 1] if k + 1 < len(openings) else len(plan.beats) + 1)
        span = starts[k], starts[k + 1]
        shot = replace(_shot(plan, numbers, span), thrown=_thrown_into(plan, openings[k + 1 :]))
        yield shot, round(span[0] * num_frames), round(span[1] * num_frames)


def _thrown_into(plan: ShotPlan, openings: list[int]) -> int:
    """To which side the camera is thrown before the first of some shots."""
    beat = plan.beats[openings[0] - 1] if openings else None
    whips = beat is not None and Technique.WHIP in beat.techniques
    return side_of_whip(beat.move) if beat is not None and whips else 0


def _is_elsewhere(plan: ShotPlan, number: int, num_frames: int) -> bool:
    """Whether a beat cuts to another place, or to others who were not there before, for long enough."""
    beat = plan.beats[number - 1]
    after = plan.beats[number].start if number < len(plan.beats) else 1.0
    if not beat.cut or (after - beat.start) * num_frames < _SHORTEST_FRAMES:
        return False
    new = any(plan.subjects[k].enters == number and not plan.subjects[k].scenery for k in beat.subjects)
    return beat.setting is not None or new


def _shot(plan: ShotPlan, numbers: range, span: tuple[float, float]) -> ShotPlan:
    """The plan of one shot alone.

    Args:
        plan: the whole.
        numbers: the beats that are in it; 0 is the plan's own beginning.
        span: from where to where it goes, as shares of the clip.
    """
    beats = [plan.beats[n - 1] for n in numbers if n]
    spoken = {k for beat in beats for k in beat.subjects}
    enter = {k for k, subject in enumerate(plan.subjects) if subject.enters in numbers}
    kept = sorted(spoken | enter)
    if numbers[0]:
        # Whom a cut speaks of first is looked at first.
        first = beats[0].subjects
        kept = [*first, *(k for k in kept if k not in first)]
    new = {k: at for at, k in enumerate(kept)}
    shot = replace(plan, subjects=tuple(_recast(plan.subjects[k], new) for k in kept))
    if numbers[0]:
        shot, beats = _opened(shot, plan, _renumbered(beats[0], new)), beats[1:]
    later = (_renumbered(beat, new) for beat in beats)
    long = span[1] - span[0]
    return replace(
        shot, beats=tuple(replace(b, start=round((b.start - span[0]) / long, 4)) for b in later if b.start)
    )


def _opened(shot: ShotPlan, plan: ShotPlan, beat: Beat) -> ShotPlan:
    """A shot that begins as a beat says."""
    before = [b for b in plan.beats if b.start < beat.start]
    return replace(
        shot,
        setting=beat.setting or _roomy(plan.setting, shot.subjects),
        place=beat.place if beat.setting else plan.place,
        time=next((t for t in (beat.time, *(b.time for b in reversed(before))) if t), plan.time),
        weather=next((w for w in (beat.weather, *(b.weather for b in reversed(before))) if w), plan.weather),
        move=beat.move or Move.PUSH_IN,
        energy=beat.energy if beat.move else _UNASKED_ENERGY,
        framing=beat.framing or Framing(),
        techniques=beat.techniques,
        caught=True,
        subjects=tuple(_as_acting(subject, k, beat.acts) for k, subject in enumerate(shot.subjects)),
    )


def _roomy(setting: Setting, subjects: tuple[SubjectPlan, ...]) -> Setting:
    """The same world, or open country where it has no room for what a cut goes to."""
    kinds = catalogue()
    tall = any(s.kind in kinds and kinds[s.kind].height_m > _TALL_M and not s.scenery for s in subjects)
    return Setting.MEADOW if tall and setting in _NARROW else setting


def _as_acting(subject: SubjectPlan, number: int, acts: tuple[Act, ...]) -> SubjectPlan:
    """A subject that does from the beginning what a beat lets it do."""
    act = next((act for act in acts if act.subject == number), None)
    if act is None:
        return subject
    return replace(
        subject,
        action=act.action,
        heading=act.heading or subject.heading,
        tempo=act.tempo,
        relations=act.relations or subject.relations,
    )


def _recast(subject: SubjectPlan, new: Mapping[int, int]) -> SubjectPlan:
    """A subject among others: who is not there is forgotten."""
    return replace(subject, relations=_related(subject.relations, new), enters=0)


def _renumbered(beat: Beat, new: Mapping[int, int]) -> Beat:
    """A beat among other subjects."""
    acts = tuple(
        replace(act, subject=new[act.subject], relations=_related(act.relations, new))
        for act in beat.acts
        if act.subject in new
    )
    return replace(beat, acts=acts, subjects=tuple(new[k] for k in beat.subjects if k in new))


def _related(relations: tuple[Relation, ...], new: Mapping[int, int]) -> tuple[Relation, ...]:
    kept = (relation for relation in relations if relation.to is None or relation.to in new)
    return tuple(replace(r, to=None if r.to is None else new[r.to]) for r in kept)


def _lights(shot: ShotPlan, frames: int) -> Iterator[Take]:
    """A shot in the lights and weathers that it goes through."""
    if passes(shot) and not any(beat.weather for beat in shot.beats):
        # The hours go by in one light that changes.
        yield Take(shot, frames, 0, frames)
        return
    changes = [beat for beat in shot.beats if beat.time or beat.weather]
    marks = [0, *(round(beat.start * frames) for beat in changes), frames]
    lit = shot
    for k, (first, end) in enumerate(pairwise(marks)):
        if k:
            beat = changes[k - 1]
            lit = replace(lit, time=beat.time or lit.time, weather=beat.weather or lit.weather)
        soft = k < len(changes) and not changes[k].cut
        if end > first:
            yield Take(lit, frames, first, end, min(FADE_FRAMES, marks[k + 2] - end) if soft else 0)
