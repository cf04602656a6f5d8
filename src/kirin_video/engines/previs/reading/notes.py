"""Tells a caller, in the prompt's language, what it asked for and its plan does not do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kirin_video.engines.previs.craft import Craft
from kirin_video.engines.previs.plan import (
    OF_SOMEBODY,
    Action,
    Beat,
    Grip,
    Place,
    Season,
    Setting,
    ShotSize,
    Style,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.reading.camera import CameraWish
from kirin_video.engines.previs.reading.framing import FramingWish
from kirin_video.engines.previs.reading.subjects import Cast
from kirin_video.engines.previs.reading.wording import Wording
from kirin_video.engines.previs.reading.world import NAMED, WorldWish

_CONTAINED = {
    Setting.BEACH: frozenset({Setting.SEA}),
    Setting.SEA: frozenset({Setting.BEACH}),
    Setting.MOUNTAINS: frozenset({Setting.MEADOW, Setting.LAKE}),
    Setting.NIGHT_SKY: frozenset({Setting.LAKE, Setting.MOUNTAINS, Setting.MEADOW}),
    Setting.RIVER: frozenset({Setting.FOREST}),
}
"""Which other places a world shows anyway."""

_AKIN = {
    Style.NOIR: frozenset({Style.MONOCHROME, Style.FILM, Style.VINTAGE}),
    Style.SEPIA: frozenset({Style.MONOCHROME, Style.FILM, Style.VINTAGE}),
    Style.MONOCHROME: frozenset({Style.FILM}),
    Style.VINTAGE: frozenset({Style.FILM}),
    Style.INK: frozenset({Style.MONOCHROME}),
    Style.SKETCH: frozenset({Style.MONOCHROME}),
    Style.CHARCOAL: frozenset({Style.MONOCHROME, Style.SKETCH}),
    Style.CHALK: frozenset({Style.SKETCH}),
    Style.BLUEPRINT: frozenset({Style.SKETCH}),
    Style.IMPRESSIONIST: frozenset({Style.OIL}),
    Style.ANIME: frozenset({Style.CARTOON, Style.ANIMATION}),
    Style.CARTOON: frozenset({Style.ANIMATION}),
    Style.CLAY: frozenset({Style.ANIMATION}),
    Style.POP_ART: frozenset({Style.COMIC}),
    Style.VHS: frozenset({Style.VINTAGE}),
}
"""Which other styles a style has in it."""


_DRAWN_AS = {Place.HALL: "great_hall"}
"""What some places are drawn as, where that is not simply their world."""
_OF_WORLDS = frozenset({ShotSize.WIDE, ShotSize.EXTREME_WIDE})
"""Sizes that every world is shown in, with nobody in it."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was read of a prompt.

    Attributes:
        world: where and when.
        framing: how the picture is taken.
        camera: how the camera moves.
        cast: who is in it.
        beats: what comes later.
    """

    world: WorldWish
    framing: FramingWish
    camera: CameraWish
    cast: Cast
    beats: Sequence[Beat]


@dataclass(frozen=True, slots=True)
class Notes:
    """Writes the notes of one plan.

    Attributes:
        wishes: what was read.
        craft: what can be drawn.
        wording: the language.
    """

    wishes: Wishes
    craft: Craft
    wording: Wording

    def on_world(self) -> tuple[str, ...]:
        """What of the world is drawn otherwise or not at all."""
        return (
            *self._on_place(),
            *self._on_time(),
            *self._on_weather(),
            *self._on_subjects(),
            *self._on_deeds(),
            *self._on_beats(),
            *self._on_phenomena(),
            *self._on_look(),
        )

    def on_camera(self) -> tuple[str, ...]:
        """What of the camera's and the clock's part is not done."""
        return (*self._on_moves(), *self._on_techniques(), *self._on_pace(), *self._on_styles())

    def on_picture(self) -> tuple[str, ...]:
        """What is not done of what a caller's picture leaves to do: the camera, the clock and the air."""
        return (*self.on_camera(), *self._undrawn())

    def _drawn(self) -> bool:
        """Whether anybody is in the picture, to be framed."""
        return any(subject.kind in self.craft.kinds for subject in self.wishes.cast.subjects)

    def _on_place(self) -> Iterator[str]:
        if self.craft.place_given:
            return
        world, say = self.wishes.world, self.wording.say
        named = [place for place in world.places if place.grade in NAMED]
        kept = world.place if world.place in _DRAWN_AS else None
        drawn = self.wording.name(_DRAWN_AS[kept] if kept else world.setting)
        if not named:
            return
        if named[0].grade == "like":
            yield say("near_place", world=drawn, asked=self.wording.quoted([named[0].text]))
        shown = {world.setting} | _CONTAINED.get(world.setting, frozenset())
        if world.time is TimeOfDay.NIGHT:
            shown |= {Setting.NIGHT_SKY}
        lakes = world.setting is Setting.NIGHT_SKY
        others = [
            p.text
            for p in named[1:]
            # There is a sky over everything.
            if p.world not in shown
            and p.place not in {Place.SKY, Place.HEIGHTS}
            and not (lakes and p.place is Place.LAKE)
        ]
        if others:
            yield say("one_world", world=drawn, asked=self.wording.quoted(others))

    def _on_time(self) -> Iterator[str]:
        world = self.wishes.world
        others = [text for text, wanted in world.times if wanted is not world.time]
        if not others:
            return
        by_night = world.setting is Setting.NIGHT_SKY and world.time is TimeOfDay.NIGHT
        yield self.wording.say(
            "night_sky" if by_night else "one_light",
            drawn=self.wording.name(world.time),
            asked=self.wording.quoted(others),
        )

    def _on_weather(self) -> Iterator[str]:
        weathers = self.wishes.world.weathers
        if not weathers:
            return
        chosen = weathers[0][1]
        # Clouds come with rain, snow and fog anyway.
        drawn = {chosen, Weather.CLOUDY} if chosen is not Weather.CLEAR else {chosen}
        others = [text for text, weather in weathers if weather not in drawn]
        if others:
            yield self.wording.say(
                "one_weather", drawn=self.wording.name(chosen), asked=self.wording.quoted(others)
            )

    def _on_subjects(self) -> Iterator[str]:
        cast, kinds = self.wishes.cast, self.craft.kinds
        missing = [s.words for s in cast.subjects if s.kind not in kinds and not s.scenery]
        missing += cast.strangers
        if missing:
            yield self.wording.say("subjects", asked=self.wording.listed(missing))
        for subject in cast.subjects:
            if subject.asked and subject.kind in kinds and not subject.scenery:
                drawn = self.wording.a_kind(subject.kind)
                yield self.wording.say("stands_in", drawn=drawn, asked=self.wording.quoted([subject.asked]))

    def _on_deeds(self) -> Iterator[str]:
        """What bodies do otherwise than asked, and how they stand to each other."""
        subjects, craft, name = self.wishes.cast.subjects, self.craft, self.wording.name
        drawn = [
            k for k, subject in enumerate(subjects) if subject.kind in craft.kinds and not subject.scenery
        ]
        deeds = [(k, action) for k in drawn for action in (subjects[k].action, *subjects[k].also)]
        deeds += [(act.subject, act.action) for beat in self.wishes.beats for act in beat.acts]
        missing = [
            f"{subjects[k].words} ({name(action)})"
            for k, action in deeds
            if k in drawn and action in craft.human and subjects[k].kind not in craft.people
        ]
        missing += [
            f"{subjects[k].words} ({name(r.kind)} {subjects[r.to].words})"
            for k in drawn
            for r in subjects[k].relations
            if r.to in drawn and r.kind not in craft.relations
        ]
        if missing:
            yield self.wording.say("otherwise", asked=self.wording.listed(missing))
        whole = [subjects[k].words for k, action in deeds if k in drawn and action is Action.TURN_INTO]
        if whole:
            yield self.wording.say("unchanged", asked=self.wording.listed(list(dict.fromkeys(whole))))

    def _on_beats(self) -> Iterator[str]:
        later = [beat.words for beat in self.wishes.beats if self._left_out(beat)]
        if later:
            yield self.wording.say("later", asked=self.wording.quoted(later))

    def _left_out(self, beat: Beat) -> bool:
        """Whether something of a beat is not shown, for which no other note speaks."""
        if beat.cut and not self.craft.beats:
            return True
        subjects = self.wishes.cast.subjects
        drawn = [act for act in beat.acts if subjects[act.subject].kind in self.craft.kinds]
        return bool(beat.acts) and not (self.craft.beats and drawn)

    def _on_phenomena(self) -> Iterator[str]:
        world = self.wishes.world
        if world.season and not self._in_season():
            season, drawn = self.wording.name(world.season), self.wording.name(world.setting)
            yield self.wording.say("season", asked=season, world=drawn)
        yield from self._undrawn()

    def _undrawn(self) -> Iterator[str]:
        world = self.wishes.world
        missing = [word for word, phenomenon in world.happenings if phenomenon not in self.craft.phenomena]
        if missing:
            yield self.wording.say("undrawn", asked=self.wording.quoted(missing))

    def _in_season(self) -> bool:
        """Whether the season shows: in leaves and grass, or as snow."""
        world = self.wishes.world
        if world.season is Season.SUMMER or world.weather is Weather.SNOW:
            return True
        return world.setting in (self.craft.wintry if world.season is Season.WINTER else self.craft.leafy)

    def _on_look(self) -> Iterator[str]:
        world, framing, craft = self.wishes.world, self.wishes.framing, self.craft
        undone_styles = [text for text, style in world.styles if style not in craft.styles]
        if undone_styles:
            yield self.wording.say("style", asked=self.wording.quoted(undone_styles))
        sized = craft.sizes and (self._drawn() or framing.framing.size in _OF_WORLDS)
        seen = framing.framing.angle in craft.angles
        seen = seen and (self._drawn() or framing.framing.angle not in OF_SOMEBODY)
        undone = [
            *(framing.size_words if not sized else ()),
            *(framing.angle_words if not seen else ()),
            *(framing.lens_words if framing.framing.lens not in craft.lenses else ()),
            *(framing.focus_words if not craft.focus else ()),
        ]
        if undone:
            yield self.wording.say("framing", asked=self.wording.quoted(undone))

    def _on_styles(self) -> Iterator[str]:
        """Styles that had to give way to another, whatever they are laid over."""
        world = self.wishes.world
        kept = {world.style} | _AKIN.get(world.style, frozenset())
        others = [text for text, style in world.styles if style in self.craft.styles and style not in kept]
        if others:
            drawn = self.wording.name(world.style)
            yield self.wording.say("one_style", drawn=drawn, asked=self.wording.quoted(others))

    def _on_moves(self) -> Iterator[str]:
        wish = self.wishes.camera
        if wish.move and wish.others and not self.craft.moves:
            others = [self.wording.name(move) for move in wish.others]
            yield self.wording.say(
                "one_move", drawn=self.wording.name(wish.move), asked=self.wording.listed(others)
            )

    def _on_techniques(self) -> Iterator[str]:
        framing = self.wishes.framing
        undone = [self.wording.name(t) for t in framing.techniques if t not in self.craft.techniques]
        if framing.framing.grip is Grip.HANDHELD and not self.craft.handheld:
            undone.append(self.wording.name(Grip.HANDHELD))
        if undone:
            yield self.wording.say("techniques", asked=self.wording.listed(undone))

    def _on_pace(self) -> Iterator[str]:
        framing = self.wishes.framing
        if framing.paces and framing.pace not in self.craft.paces:
            yield self.wording.say("pace", asked=self.wording.quoted(framing.paces))
        if framing.undone:
            yield self.wording.say("undone", asked=self.wording.quoted(framing.undone))
