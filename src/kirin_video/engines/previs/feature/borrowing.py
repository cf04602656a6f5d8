"""A new shot with what its prompt takes from footage: the camera, the pace, the palette, the style."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from kirin_video.domain.shot import FPS, Clip, Quality, Shot
from kirin_video.engines.base import Frames, Rendering, Report
from kirin_video.engines.previs.feature.double import Double
from kirin_video.engines.previs.feature.dressing import FootageLook, dress_for
from kirin_video.engines.previs.feature.lengths import Fitted, at_length, speed_of, times_of
from kirin_video.engines.previs.feature.liveliness import has_rhythm, tempo_from
from kirin_video.engines.previs.feature.own_words import has_own_move, tells_light
from kirin_video.engines.previs.feature.pacing import at_speed, with_cuts, with_nearest_move
from kirin_video.engines.previs.feature.scenes import own_names
from kirin_video.engines.previs.feature.watch import Watched
from kirin_video.engines.previs.feature.wishes import Trait, Wish, Words
from kirin_video.engines.previs.given_camera import GivenCamera
from kirin_video.engines.previs.guests import Guests
from kirin_video.engines.previs.looks import in_style, make_picture_look
from kirin_video.engines.previs.looks.catalogue import UNTOUCHED
from kirin_video.engines.previs.plan import ShotPlan
from kirin_video.engines.previs.plan_sheet import plan_facts
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.references.casting import Production, produce
from kirin_video.engines.previs.references.gallery import Gallery
from kirin_video.engines.previs.references.roles import Part
from kirin_video.engines.previs.references.standins import references_of
from kirin_video.engines.previs.references.telling import facts_of, notes_of
from kirin_video.engines.previs.render import render_world
from kirin_video.media.frames import I420Frame

PictureRoad = Callable[[Shot, ShotPlan, Report], Rendering]
"""What makes a shot of its first frame, and of its last where it has one."""


@dataclass
class Borrowing:
    """A shot with what it takes.

    Attributes:
        shot: what is asked for, without the words about the footage.
        wish: what those say.
        watched: what was seen in the footage.
        words: of this package.
        notes: what the caller is told.
        double: who plays somebody of the footage, where a cut-out cannot.
    """

    shot: Shot
    wish: Wish
    watched: Watched
    words: Words
    notes: list[str] = field(default_factory=list[str])
    double: Double | None = None

    def say_of_sound(self, clip: Clip) -> None:
        """What becomes of sound that is kept and lasts longer or shorter than the clip."""
        if not (self.shot.keep_sound and clip.has_sound):
            return
        if self.watched.num_frames > self.shot.num_frames:
            self.say("sound_fades")
        elif self.watched.num_frames < self.shot.num_frames:
            self.say("sound_ends", _seconds(self.watched.duration_s))

    def word(self, name: str) -> str:
        """A word or note in the prompt's language."""
        return self.words.texts[self.wish.language][name]

    def say(self, note: str, said: str = "", more: str = "") -> None:
        """Add a note in the prompt's language."""
        self.notes.append(self.word(note).format(words=said, more=more))

    def rendering(self, gallery: Gallery | None = None) -> Rendering:
        """The new shot.

        Args:
            gallery: the pictures of the shot's references, where it has others than its own.
        """
        shot = self.shot
        if gallery is None and references_of(shot):
            gallery = Gallery(shot)
        production = produce(shot, gallery) if gallery else None
        plan = production.plan if production else read_plan(shot.prompt.text, seed=shot.seed)
        plan = self.double.playing(plan) if self.double else plan
        traits = self._traits(plan)
        if traits:
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
            guests=replace(
                guests,
                camera=_camera(way, production) if Trait.CAMERA in traits else None,
                tempo=self._tempo() if Trait.PACE in traits else (),
            ),
        )
        told = self._of_references(production) if production else ()
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
        if self.wish.follows is not None:
            self.say("first_frame_opens")
        if traits:
            self.say("taken", self._named(traits))
        way = self._way(traits, note="photo_camera")
        if Trait.CAMERA in traits and way.camera is not None:
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
        if Trait.CAMERA in traits and has_own_move(self.shot.prompt.text, self.shot.seed):
            if self.wish.said:
                self.say("moves_clash")
            else:
                self.say("own_move")
                traits.discard(Trait.CAMERA)
        if Trait.STYLE in traits and plan.style not in UNTOUCHED:
            self.say("style_kept")
            traits.discard(Trait.STYLE)
        return frozenset(traits)

    def _of_references(self, production: Production) -> Iterator[str]:
        """What is told of references; the footage's own pictures are not called images."""
        own = own_names(self.shot)
        named = self.word("own_picture")
        for note in notes_of(production):
            if "is the place" in note and any(name in note for name in own):
                continue
            for name in own:
                note = note.replace(name, named)  # noqa: PLW2901
            yield note

    def _named(self, traits: frozenset[Trait]) -> str:
        return self.word("comma").join(self.word(trait) for trait in Trait if trait in traits)

    def _way(self, traits: frozenset[Trait], note: str = "cut_down") -> Fitted:
        """The camera's way and the cuts at the clip's length, and what is to be said of them.

        Args:
            traits: what is taken.
            note: what is told of a way that can be gone in part only.
        """
        shot, watched = self.shot, self.watched
        way = at_length(watched, shot.num_frames, own_time=shot.keep_sound)
        if Trait.CAMERA in traits:
            self._say_of_camera(way, note)
        timed = (Trait.CAMERA in traits and way.camera is not None and not way.camera.still) or (
            Trait.PACE in traits and way.cuts
        )
        if timed and shot.keep_sound:
            rest = (
                self.word("own_time_rest").format(words=_seconds(way.rests_from_s))
                if way.rests_from_s
                else ""
            )
            self.say("own_time", rest)
        elif timed and abs(watched.num_frames - shot.num_frames) > 1:
            self.say("stretched", _seconds(watched.duration_s), _seconds(shot.duration_s))
        return way

    def _say_of_camera(self, way: Fitted, note: str) -> None:
        if way.camera is None:
            self.say("no_camera")
        elif way.camera.still:
            self.say("still")
        else:
            self.say(note)

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

    def _tempo(self) -> tuple[float, ...]:
        """Time that hurries and lingers as the footage does."""
        times = times_of(self.watched, self.shot.num_frames, own_time=self.shot.keep_sound)
        tempo = tempo_from(self.watched.lively, times)
        if has_rhythm(tempo):
            self.say("tempo")
        return tempo

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
        painted = frames
        if not styled:
            width, height = shot.width, shot.height
            drawn = in_style(frames, plan.style, width=width, height=height, seed=shot.seed)
            painted = planes_of(drawn)
        if not traits & {Trait.PALETTE, Trait.STYLE}:
            return painted
        partly = not self.wish.said and tells_light(self.shot.prompt.text)
        if partly:
            self.say("half_palette")
        dress = dress_for(palette=Trait.PALETTE in traits, style=Trait.STYLE in traits, partly=partly)
        worn = FootageLook(self.watched, dress, **size)
        return (worn.apply(frame) for frame in painted)


def _camera(way: Fitted, production: Production | None) -> GivenCamera | None:
    """The way of the camera; one that stays close where the leading subject's picture cuts it off."""
    if way.camera is None or production is None or not production.plan.subjects:
        return way.camera
    lead = production.plan.subjects[0].kind
    figures = {played.reference.name: played.figure for played in production.played}
    figure = figures.get(lead)
    return replace(way.camera, never_wider=figure is not None and figure.hangs)


def _seconds(length_s: float | None) -> str:
    return f"{length_s or 0.0:.1f} s"


def planes_of(frames: Frames) -> Iterator[I420Frame]:
    """The frames of this engine's own ways, which are planes all."""
    for frame in frames:
        assert isinstance(frame, I420Frame)
        yield frame
