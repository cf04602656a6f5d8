"""A shot plan in one line, so that a table of prompts and plans can be read by eye.

Subjects first, each ended by ``;``: its number (``~`` where the prompt does not say it exactly), its
kind, what it looks like (``hair=black``, ``+red-dress``), what it does (``!run``), where it goes
(``>left``), where it is (``@background``), and how it stands to others (``riding:2``, the second subject;
0 is the camera). Behind ``|`` the place, the time, the weather, then whatever else is not as usual (``*``
what happens, ``no:`` what is not wanted). Each ``/`` is a later beat: ``1!jump`` for the first's jump.
"""

from __future__ import annotations

from collections.abc import Iterator

from kirin_video.engines.previs.plan import Beat, Color, Relation, ShotPlan, SubjectPlan

_UNASKED_ENERGY = 0.6


def in_one_line(plan: ShotPlan) -> str:
    """A plan in the notation of this module."""
    subjects = "; ".join(" ".join(_subject(subject)) for subject in plan.subjects)
    return f"{subjects} | {' '.join(_world(plan))}{''.join(map(_beat, plan.beats))}".strip()


def _subject(subject: SubjectPlan) -> Iterator[str]:
    if subject.count > 1:
        yield f"{'' if subject.counted else '~'}{subject.count}"
    yield subject.kind
    yield from _unusual(subject.gender, subject.age, subject.build, usual=("adult", "normal"))
    if subject.size != 1.0:
        yield f"x{subject.size:g}"
    yield from _unusual(subject.pattern, subject.expression)
    for part in subject.colors:
        yield _named(part.color) if part.part == "body" else f"{part.part}={_named(part.color)}"
    for wear in subject.wears:
        yield f"+{_named(wear.color) + '-' if wear.color else ''}{wear.garment}"
    yield from (f"!{action}" for action in (subject.action, *subject.also) if action != "idle")
    yield from (f">{heading}" for heading in _unusual(subject.heading))
    yield from (f"@{spot}" for spot in _unusual(subject.spot))
    yield from map(_relation, subject.relations)
    if subject.scenery:
        yield "scenery"


def _world(plan: ShotPlan) -> Iterator[str]:
    yield plan.place or "-"
    yield plan.time
    yield plan.weather
    yield from _unusual(plan.season, plan.mood, plan.style, usual=("neutral", "natural"))
    if plan.energy != _UNASKED_ENERGY:
        yield plan.move
    framing = plan.framing
    yield from _unusual(
        framing.size, framing.angle, framing.also, framing.lens, framing.grip, usual=("normal", "steady")
    )
    if framing.detail:
        yield f"of-{framing.detail}"
    if framing.shallow_focus:
        yield "shallow"
    yield from _unusual(plan.pace, usual=("real",))
    yield from plan.techniques
    yield from (f"*{phenomenon}" for phenomenon in plan.phenomena)
    yield from (f"no:{words.replace(' ', '-')}" for words in plan.absent)


def _beat(beat: Beat) -> str:
    acts = [f"{act.subject + 1}!{act.action}" for act in beat.acts]
    changes = [*acts, *_unusual(beat.move), *(["cut"] if beat.cut else []), *_unusual(beat.time)]
    return " / " + " ".join(changes)


def _unusual(*values: str | None, usual: tuple[str, ...] = ()) -> Iterator[str]:
    return (value for value in values if value is not None and value not in usual)


def _named(color: Color) -> str:
    return color.name.replace(" ", "-")


def _relation(relation: Relation) -> str:
    return f"{relation.kind}:{0 if relation.to is None else relation.to + 1}"
