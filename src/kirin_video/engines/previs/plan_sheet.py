"""A plan in print: as data for a task's metadata and for programs, and as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import cast

from kirin_video.engines.previs.plan import Act, Beat, Color, Framing, Relation, ShotPlan, SubjectPlan

_ALWAYS = ("setting", "time", "weather", "move", "energy")
_CAMERA = "the camera"


def plan_facts(plan: ShotPlan) -> Mapping[str, object]:
    """A plan as JSON-compatible data: whatever is not as usual, and always the world and the move.

    The notes are left out: a task's metadata has them already.
    """
    facts: dict[str, object] = {name: _plain(getattr(plan, name)) for name in _ALWAYS}
    facts.update((name, value) for name, value in _telling(plan).items() if name not in _ALWAYS)
    facts.pop("notes", None)
    facts.pop("camera_notes", None)
    return facts


def _telling(thing: object) -> dict[str, object]:
    """The fields of a dataclass that differ from their defaults."""
    assert is_dataclass(thing)
    assert not isinstance(thing, type)
    blank: dict[str, object] = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        default = field.default_factory() if callable(field.default_factory) else field.default
        if value != default:
            blank[field.name] = _plain(value)
    return blank


def _plain(value: object) -> object:
    """A value as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Color):
        return value.name
    if isinstance(value, Relation):
        return {"kind": value.kind.value, "to": value.to}
    if isinstance(value, tuple):
        return [_plain(item) for item in cast("tuple[object, ...]", value)]
    if is_dataclass(value):
        return _telling(value)
    return value


def plan_lines(plan: ShotPlan) -> Iterator[str]:
    """A plan as a page for people, subjects first, numbered as the relations name them."""
    for number, subject in enumerate(plan.subjects, start=1):
        yield f"{number}. {_who(subject)}"
        yield from (f"   {line}" for line in _particulars(subject))
    yield f"Where    {_where(plan)}"
    yield f"When     {_when(plan)}"
    if plan.phenomena:
        yield f"Also     {_listed(plan.phenomena)}"
    yield f"Camera   {_camera(plan)}"
    yield f"Look     {_words(plan.style)}, mood {_words(plan.mood)}, time runs {_words(plan.pace)}"
    yield from (f"Then     {_later(beat)}" for beat in plan.beats)
    if plan.absent:
        yield f"Without  {', '.join(plan.absent)}"
    yield from (f"Note     {note}" for note in plan.notes)


def _who(subject: SubjectPlan) -> str:
    number = f"{subject.count} x " if subject.count > 1 else ""
    about = "" if subject.counted or subject.count == 1 else "about "
    stands_in = f", standing in for {subject.asked}" if subject.asked else ""
    scenery = ", part of the world" if subject.scenery else ""
    return f"{about}{number}{_words(subject.kind)} ({subject.words}){stands_in}{scenery}"


def _particulars(subject: SubjectPlan) -> Iterator[str]:
    """What is not as usual about a subject, a line each."""
    looks = [
        *(word for word in (subject.gender, *_unusual(subject)) if word),
        *(f"{part.part} {part.color.name}" for part in subject.colors),
        *(_words(extra) for extra in subject.extras),
        *(f"{shape.part} x{shape.factor:g}" for shape in subject.proportions),
        *subject.traits,
    ]
    if looks:
        yield f"looks    {', '.join(looks)}"
    if subject.wears:
        worn = (
            f"{w.color.name} {_words(w.garment)}" if w.color else _words(w.garment) for w in subject.wears
        )
        yield f"wears    {', '.join(worn)}"
    yield f"does     {_deed(subject)}"
    if subject.relations or subject.spot:
        yield f"stands   {', '.join([*(map(_relation, subject.relations)), *_named(subject.spot)])}"


def _unusual(subject: SubjectPlan) -> Iterator[str]:
    """Age, build, size, pattern and face where they are not a grown body's own."""
    blank = SubjectPlan(subject.kind, subject.words)
    for name in ("age", "build", "pattern", "expression"):
        value = getattr(subject, name)
        if value is not None and value != getattr(blank, name):
            yield _words(value)
    if subject.size != 1.0:
        yield f"size x{subject.size:g}"


def _deed(subject: SubjectPlan) -> str:
    parts = [_listed((subject.action, *subject.also)), *_named(subject.heading)]
    return ", ".join([*parts, f"tempo {subject.tempo:g}"] if subject.tempo != 1.0 else parts)


def _named(value: object | None) -> list[str]:
    return [] if value is None else [_words(value)]


def _relation(relation: Relation) -> str:
    return f"{_words(relation.kind)} {_CAMERA if relation.to is None else relation.to + 1}"


def _where(plan: ShotPlan) -> str:
    drawn = _words(plan.setting)
    if plan.backdrop is not None:
        return f"{drawn}, {plan.backdrop.name} backdrop"
    return f"{_words(plan.place)}, a kind of {drawn}" if plan.place and plan.place != plan.setting else drawn


def _when(plan: ShotPlan) -> str:
    return ", ".join([_words(plan.time), *_named(plan.season), _words(plan.weather)])


def _camera(plan: ShotPlan) -> str:
    named = [
        f"{_words(plan.move)} (energy {plan.energy:g})",
        *_framed(plan.framing),
        *(_words(technique) for technique in plan.techniques),
    ]
    return ", ".join(named)


def _framed(framing: Framing) -> list[str]:
    return [
        *_named(framing.size),
        *([f"of {framing.detail}"] if framing.detail else []),
        *_named(framing.angle),
        *_named(framing.also),
        *([f"{_words(framing.lens)} lens"] if framing.lens != "normal" else []),
        *([_words(framing.grip)] if framing.grip != "steady" else []),
        *(["shallow focus"] if framing.shallow_focus else []),
    ]


def _later(beat: Beat) -> str:
    changes = [
        *(["cut"] if beat.cut else []),
        *map(_act, beat.acts),
        *([f"camera {_words(beat.move)}"] if beat.move else []),
        *(_framed(beat.framing) if beat.framing else []),
        *(_words(technique) for technique in beat.techniques),
        *_named(beat.setting),
        *_named(beat.time),
        *_named(beat.weather),
    ]
    return f"from {beat.start:.0%}: {', '.join(changes)} ({beat.words})"


def _act(act: Act) -> str:
    where = "".join(f" {_relation(relation)}" for relation in act.relations)
    return f"{act.subject + 1} {_words(act.action)}{where}"


def _listed(values: tuple[object, ...]) -> str:
    return ", ".join(map(_words, values))


def _words(value: object) -> str:
    return str(value).replace("_", " ")
