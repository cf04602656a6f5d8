"""Tells a caller, in plain words, what a prompt asked for and its plan does not do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kirin_video.engines.previs.craft import Craft
from kirin_video.engines.previs.plan import (
    Beat,
    Grip,
    Move,
    Setting,
    SubjectPlan,
    Technique,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.reading.camera import CameraWish
from kirin_video.engines.previs.reading.framing import FramingWish
from kirin_video.engines.previs.reading.subjects import Cast
from kirin_video.engines.previs.reading.world import WorldWish

_MOST_NAMED = 8
_WORLDS = {
    Setting.MEADOW: "a meadow",
    Setting.DESERT: "a desert",
    Setting.SEA: "the sea",
    Setting.BEACH: "a beach",
    Setting.MOUNTAINS: "mountains",
    Setting.CITY: "a city street",
    Setting.NIGHT_SKY: "a night sky",
}
_CONTAINED = {
    Setting.BEACH: frozenset({Setting.SEA}),
    Setting.SEA: frozenset({Setting.BEACH}),
    Setting.MOUNTAINS: frozenset({Setting.MEADOW}),
}
"""Which other places a world shows anyway."""


def notes_on_world(
    world: WorldWish, framing: FramingWish, cast: Cast, beats: Sequence[Beat], craft: Craft
) -> tuple[str, ...]:
    """What of the world is drawn otherwise or not at all."""
    return (
        *_on_place(world),
        *_on_time(world),
        *_on_weather(world),
        *_on_subjects(cast, craft),
        *_on_beats(beats, craft),
        *_on_phenomena(world, craft),
        *_on_look(world, framing, craft),
    )


def notes_on_camera(wish: CameraWish, framing: FramingWish, craft: Craft) -> tuple[str, ...]:
    """What of the camera's and the clock's part is not done."""
    return (*_on_moves(wish, craft), *_on_techniques(framing, craft), *_on_pace(framing, craft))


def _on_place(world: WorldWish) -> Iterator[str]:
    named = [place for place in world.places if place.grade != "hint"]
    drawn = _WORLDS[world.setting]
    if not named:
        yield f"No place was named; drew {drawn}."
        return
    if named[0].grade == "like":
        yield f'Drew {drawn}, the nearest world to "{named[0].text}".'
    shown = {world.setting} | _CONTAINED.get(world.setting, frozenset())
    if world.time is TimeOfDay.NIGHT:
        shown |= {Setting.NIGHT_SKY}
    lakes = world.setting is Setting.NIGHT_SKY
    others = [p.text for p in named[1:] if p.world not in shown and not (lakes and p.place == "lake")]
    if others:
        yield f"One shot shows one world; drew {drawn}, not {_quoted(others)}."


def _on_time(world: WorldWish) -> Iterator[str]:
    others = [text for text, wanted in world.times if wanted is not world.time]
    if not others:
        return
    if world.setting is Setting.NIGHT_SKY and world.time is TimeOfDay.NIGHT:
        yield f"A night sky is drawn by night, not {_quoted(others)}."
    else:
        yield f"The light stays the same within a shot; drew {world.time.value}, not {_quoted(others)}."


def _on_weather(world: WorldWish) -> Iterator[str]:
    if not world.weathers:
        return
    chosen = world.weathers[0][1]
    # Clouds come with rain, snow and fog anyway.
    drawn = {chosen, Weather.CLOUDY} if chosen is not Weather.CLEAR else {chosen}
    others = [text for text, weather in world.weathers if weather not in drawn]
    if others:
        yield f"One shot has one weather; drew {chosen.value}, not {_quoted(others)}."


def _on_moves(wish: CameraWish, craft: Craft) -> Iterator[str]:
    if wish.move and wish.others and not craft.moves:
        others = ", ".join(_spoken(move) for move in wish.others)
        yield f"The camera makes one move a shot; did {_spoken(wish.move)}, not {others}."


def _on_techniques(framing: FramingWish, craft: Craft) -> Iterator[str]:
    undone = [_spoken(technique) for technique in framing.techniques if technique not in craft.techniques]
    if framing.framing.grip is Grip.HANDHELD and not craft.handheld:
        undone.append("handheld")
    if undone:
        yield f"The camera does not do this yet: {', '.join(undone)}."


def _on_pace(framing: FramingWish, craft: Craft) -> Iterator[str]:
    undone = [*(framing.paces if framing.pace not in craft.paces else ()), *framing.undone]
    if undone:
        yield f"Time runs at its own pace; not done: {_quoted(undone)}."


def _on_beats(beats: Sequence[Beat], craft: Craft) -> Iterator[str]:
    later = [beat.words for beat in beats if beat.acts or beat.cut]
    if later and not craft.beats:
        yield f"A shot shows one thing happening; left out what comes later: {_quoted(later)}."


def _on_phenomena(world: WorldWish, craft: Craft) -> Iterator[str]:
    missing = [word for word, phenomenon in world.happenings if phenomenon not in craft.phenomena]
    if world.season is not None and world.season not in craft.seasons and world.weather is not Weather.SNOW:
        missing.append(world.season.value)
    if missing:
        yield f"This engine does not draw this yet: {_quoted(missing)}."


def _on_look(world: WorldWish, framing: FramingWish, craft: Craft) -> Iterator[str]:
    if world.styles and world.style not in craft.styles:
        yield f"This engine has one look of its own; not imitated: {_quoted(world.styles)}."
    asked = framing.framing
    undone = [
        *(framing.size_words if not craft.sizes else ()),
        *(framing.angle_words if asked.angle not in craft.angles else ()),
        *(framing.lens_words if asked.lens not in craft.lenses else ()),
        *(framing.focus_words if not craft.focus else ()),
    ]
    if undone:
        yield f"Each world frames its own view; not done: {_quoted(undone)}."


def _spoken(move: Move | Technique) -> str:
    """A move in the words of a film set."""
    return move.value.replace("_", " ")


def _on_subjects(cast: Cast, craft: Craft) -> Iterator[str]:
    missing = [s.words for s in cast.subjects if s.kind not in craft.kinds and not s.scenery]
    missing = list(dict.fromkeys([*missing, *cast.strangers]))
    if missing:
        named = ", ".join(missing[:_MOST_NAMED]) + (" and more" if len(missing) > _MOST_NAMED else "")
        yield f"This engine's worlds hold no subjects yet; not drawn: {named}."
    yield from (_stand_in(s) for s in cast.subjects if s.asked and s.kind in craft.kinds)


def _stand_in(subject: SubjectPlan) -> str:
    kind = subject.kind.replace("_", " ")
    article = "an" if kind[0] in "aeiou" else "a"
    return f'Drew {article} {kind} in place of "{subject.asked}".'


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in dict.fromkeys(words))
