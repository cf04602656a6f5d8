"""Rendering a shot that borrows from footage: the entry of this package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.domain.shot import FPS, Clip, Quality, Shot
from kirin_video.engines.base import Frames, Progress, Rendering, Report
from kirin_video.engines.previs.feature.dressing import FootageLook, dress_for
from kirin_video.engines.previs.feature.lengths import Fitted, fitted, speed_of
from kirin_video.engines.previs.feature.pacing import at_speed, with_cuts, with_nearest_move
from kirin_video.engines.previs.feature.watch import Watched, watch
from kirin_video.engines.previs.feature.wishes import Trait, Wish, Words, load_words, read_wish
from kirin_video.engines.previs.guests import Guests
from kirin_video.engines.previs.looks import in_style, make_picture_look
from kirin_video.engines.previs.looks.catalogue import UNTOUCHED
from kirin_video.engines.previs.plan import ShotPlan
from kirin_video.engines.previs.plan_sheet import plan_facts
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.camera import read_camera
from kirin_video.engines.previs.reading.lexicon import Kind, load_lexicon
from kirin_video.engines.previs.reading.phrases import take_apart
from kirin_video.engines.previs.references.casting import Gallery, Production, produce
from kirin_video.engines.previs.references.roles import Part
from kirin_video.engines.previs.references.standins import references_of
from kirin_video.engines.previs.references.telling import facts_of, notes_of
from kirin_video.engines.previs.render import render_world
from kirin_video.media.errors import UnreadableClip
from kirin_video.media.footage import Footage
from kirin_video.media.frames import I420Frame

_UNREADABLE: Final = "video_list[0]: The video cannot be decoded to its end."


PictureRoad = Callable[[Shot, ShotPlan, Report], Rendering]
"""What makes a shot of its first frame, and of its last where it has one."""


def render_feature(shot: Shot, clip: Clip, report: Report, of_pictures: PictureRoad) -> Rendering:
    """Make a new shot with what the prompt takes from footage.

    Args:
        shot: the shot.
        clip: the footage.
        report: told how far the preparations are.
        of_pictures: makes shots that have a first frame.

    Raises:
        TaskFailure: the footage or a picture cannot be decoded, or this machine cannot draw.
    """
    words = load_words()
    wish = read_wish(shot.prompt, words)
    report(Progress("watching the video", 0.1))
    try:
        with Footage() as footage:
            watched = watch(footage, clip)
    except UnreadableClip as error:
        raise TaskFailure(Fault.VIDEO_REJECTED, _UNREADABLE) from error
    shot = shot.model_copy(update={"prompt": wish.prompt})
    borrowing = _Borrowing(shot, wish, watched, words)
    if shot.first_frame is not None:
        return borrowing.of_pictures(of_pictures, report)
    report(Progress("building the world", 0.6))
    return borrowing.rendering()


@dataclass
class _Borrowing:
    """A shot with what it takes."""

    shot: Shot
    wish: Wish
    watched: Watched
    words: Words
    notes: list[str] = field(default_factory=list[str])

    def say(self, note: str, said: str = "", more: str = "") -> None:
        """Add a note in the prompt's language."""
        text = self.words.texts[self.wish.language][note]
        self.notes.append(text.format(words=said, more=more))

    def rendering(self) -> Rendering:
        """The new shot."""
        shot = self.shot
        production = produce(shot, Gallery(shot)) if references_of(shot) else None
        plan = production.plan if production else read_plan(shot.prompt.text, seed=shot.seed)
        traits = self._traits(plan)
        self.say("taken", self._named(traits))
        way = self._way(traits)
        plan = self._paced(plan, traits, way)
        guests = production.guests if production else Guests()
        frames = render_world(
            plan,
            seed=shot.seed,
            width=shot.width,
            height=shot.height,
            num_frames=shot.num_frames,
            pro=shot.quality is Quality.PRO,
            guests=replace(guests, camera=way.camera if Trait.CAMERA in traits else None),
        )
        told = notes_of(production) if production else ()
        facts: dict[str, object] = {"plan": plan_facts(plan), "taken": sorted(traits)}
        if production:
            facts["references"] = facts_of(production)
        return Rendering(
            frames=self._dressed(frames, plan, traits, production),
            notes=(*self.notes, *plan.notes, *told),
            facts=facts,
        )

    def of_pictures(self, road: PictureRoad, report: Report) -> Rendering:
        """A first frame that moves as the footage's camera does; its colours stay unless others are named."""
        shot, pace = self.shot, self.wish.traits & {Trait.CAMERA, Trait.PACE}
        plan = read_plan(shot.prompt.text, seed=shot.seed)
        traits = self._traits(plan) if self.wish.said else self._traits(plan) & pace
        self.say("taken", self._named(traits))
        way = self._way(traits)
        if Trait.CAMERA in traits and way.camera is not None:
            self.say("photo_camera")
            plan = with_nearest_move(plan, way.camera)
        elif Trait.PACE in traits:
            plan = at_speed(plan, speed_of(self.watched))
        made = road(shot, plan, report)
        assert made.frames is not None
        facts = {**made.facts, "taken": sorted(traits)}
        frames = self._dressed(planes_of(made.frames), plan, traits, None, styled=True)
        return replace(made, frames=frames, notes=(*self.notes, *made.notes), facts=facts)

    def _traits(self, plan: ShotPlan) -> frozenset[Trait]:
        """What is taken where the prompt's own words do not say otherwise."""
        traits = set(self.wish.traits)
        sentence = take_apart(self.shot.prompt.text, load_lexicon())
        if Trait.CAMERA in traits and read_camera(sentence, self.shot.seed).move is not None:
            if self.wish.said:
                self.say("moves_clash")
            else:
                self.say("own_move")
                traits.discard(Trait.CAMERA)
        if Trait.STYLE in traits and plan.style not in UNTOUCHED:
            self.say("style_kept")
            traits.discard(Trait.STYLE)
        return frozenset(traits)

    def _named(self, traits: frozenset[Trait]) -> str:
        texts = self.words.texts[self.wish.language]
        return texts["comma"].join(texts[trait] for trait in Trait if trait in traits)

    def _way(self, traits: frozenset[Trait]) -> Fitted:
        """The camera's way and the cuts at the clip's length, and what is to be said of them."""
        shot, watched = self.shot, self.watched
        way = fitted(watched, shot.num_frames, own_time=shot.keep_sound)
        if Trait.CAMERA in traits:
            self._say_of_camera(way)
        timed = (Trait.CAMERA in traits and way.camera is not None and not way.camera.still) or (
            Trait.PACE in traits and way.cuts
        )
        if timed and shot.keep_sound:
            texts = self.words.texts[self.wish.language]
            rest = texts["own_time_rest"].format(words=_seconds(way.rests_from_s)) if way.rests_from_s else ""
            self.say("own_time", rest)
        elif timed and abs(watched.num_frames - shot.num_frames) > 1:
            self.say("stretched", _seconds(watched.duration_s), _seconds(shot.duration_s))
        return way

    def _say_of_camera(self, way: Fitted) -> None:
        if way.camera is None:
            self.say("no_camera")
        elif way.camera.still:
            self.say("still")
        else:
            self.say("cut_down")

    def _paced(self, plan: ShotPlan, traits: frozenset[Trait], way: Fitted) -> ShotPlan:
        """The plan at the footage's pace; a camera that is taken brings its own, cuts and all."""
        if not traits & {Trait.CAMERA, Trait.PACE}:
            return plan
        if way.cuts:
            self.say("cuts", ", ".join(_seconds(cut / FPS) for cut in way.cuts))
            plan = with_cuts(plan, way.cuts, self.shot.num_frames)
        if Trait.PACE in traits and (Trait.CAMERA not in traits or way.camera is None):
            plan = at_speed(plan, speed_of(self.watched))
        return plan

    def _dressed(
        self,
        frames: Iterator[I420Frame],
        plan: ShotPlan,
        traits: frozenset[Trait],
        production: Production | None,
        *,
        styled: bool = False,
    ) -> Frames:
        """The frames in the prompt's style, unless they are styled, or in a picture's, and the footage's."""
        shot = self.shot
        size = {"width": shot.width, "height": shot.height, "seed": shot.seed}
        styles = production.of(Part.STYLE) if production else ()
        if styles:
            look = make_picture_look(styles[0].content.rgb, **size)
            return (look.apply(frame) for frame in frames)
        painted = frames if styled else planes_of(in_style(frames, plan.style, **size))
        if not traits & {Trait.PALETTE, Trait.STYLE}:
            return painted
        partly = not self.wish.said and self._tells_light()
        if partly:
            self.say("half_palette")
        dress = dress_for(palette=Trait.PALETTE in traits, style=Trait.STYLE in traits, partly=partly)
        worn = FootageLook(self.watched, dress, **size)
        return (worn.apply(frame) for frame in painted)

    def _tells_light(self) -> bool:
        """Whether the prompt itself says what hour or weather it is."""
        phrases = take_apart(self.shot.prompt.text, load_lexicon()).phrases
        return any(
            phrase.meaning(kind) and not phrase.unwanted
            for phrase in phrases
            for kind in (Kind.TIME, Kind.WEATHER)
        )


def planes_of(frames: Frames) -> Iterator[I420Frame]:
    """The frames of this engine's own ways, which are planes all."""
    for frame in frames:
        assert isinstance(frame, I420Frame)
        yield frame


def _seconds(length_s: float | None) -> str:
    return f"{length_s or 0.0:.1f} s"
