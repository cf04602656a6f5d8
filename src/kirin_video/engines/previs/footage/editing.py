"""Footage through all its edits, frame by frame: the entry of this package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.domain.prompt import ReferenceKind
from kirin_video.domain.shot import Clip, Picture, Shot
from kirin_video.engines.base import Progress, Rendering, Report
from kirin_video.engines.previs.footage import backdrops
from kirin_video.engines.previs.footage.clauses import Words, load_words
from kirin_video.engines.previs.footage.developing import Development
from kirin_video.engines.previs.footage.edits import (
    Backdrop,
    EditPlan,
    Ground,
    Insert,
    Recolor,
    Reference,
    Region,
    Remove,
    Thing,
    View,
)
from kirin_video.engines.previs.footage.falling import Falling
from kirin_video.engines.previs.footage.following import subject_track
from kirin_video.engines.previs.footage.inserting import Insertion, Spot, Where, standing
from kirin_video.engines.previs.footage.instructions import read_instructions
from kirin_video.engines.previs.footage.keying import Keyer, find_screen
from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.engines.previs.footage.plates import invented_share, make_plates
from kirin_video.engines.previs.footage.recoloring import Recoloring
from kirin_video.engines.previs.footage.reframing import Center, Reframing
from kirin_video.engines.previs.footage.removing import Removal
from kirin_video.engines.previs.footage.scenery import Footing, Sky
from kirin_video.engines.previs.footage.styling import Styling
from kirin_video.engines.previs.footage.subjects import BeforeBackdrop, Matter
from kirin_video.engines.previs.footage.survey import Survey, look_through, small_size
from kirin_video.engines.previs.footage.things import Finder
from kirin_video.engines.previs.footage.tracking import Tracked, track
from kirin_video.engines.previs.photo.picture import read_upright
from kirin_video.engines.previs.plan import Move, Style, TimeOfDay, Weather
from kirin_video.engines.previs.references.cutting import cut_out
from kirin_video.media.errors import UnreadableClip
from kirin_video.media.footage import Footage
from kirin_video.media.frames import I420Frame

_UNREADABLE: Final = "video_list[0]: The video cannot be decoded to its end."
_MATCHED: Final = frozenset({Ground.WORLD, Ground.PICTURE})
_CHOKE: Final = 0.56  # drawn in a little: a rim of the old background shows at once
_ONE_PLANE: Final = 0.6  # share of what is followed that one homography a frame explains
_GENEROUS: Final = 0.4


class Pass(Protocol):
    """One edit of every frame."""

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Edit a frame, in place or into a buffer of its own; valid until the next frame."""
        ...


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
        work = _Work(shot, clip, plan, footage, words, report)
        passes = work.passes()
    except UnreadableClip as error:
        footage.__exit__(None, None, None)
        raise TaskFailure(Fault.VIDEO_REJECTED, _UNREADABLE) from error
    except BaseException:
        footage.__exit__(None, None, None)
        raise
    return Rendering(
        frames=_edited(footage, shot, clip, passes),
        notes=tuple(dict.fromkeys(work.notes)),
        facts={"plan": dict(plan.facts())},
        afterwards=work.afterwards,
    )


def _edited(footage: Footage, shot: Shot, clip: Clip, passes: Sequence[Pass]) -> Iterator[I420Frame]:
    """The frames, each through every edit.

    Raises:
        TaskFailure: the footage cannot be decoded to its end.
    """
    try:
        with footage:
            for index, original in enumerate(footage.frames(clip, shot.width, shot.height, shot.num_frames)):
                frame = original
                for edit in passes:
                    frame = edit.apply(frame, index)
                yield frame
    except UnreadableClip as error:
        raise TaskFailure(Fault.VIDEO_REJECTED, _UNREADABLE) from error


def _in_its_place(center: Center) -> Where:
    """Where something was, foot on foot and as tall."""

    def where(index: int) -> Spot:
        x, y, tall = center(index)
        return Spot(x, y + tall / 2, tall)

    return where


@dataclass
class _Work:
    """Turns a plan into what is done to each frame, looking at the footage first where that is needed."""

    shot: Shot
    clip: Clip
    plan: EditPlan
    footage: Footage
    words: Words
    report: Report
    notes: list[str] = field(default_factory=list[str])
    _survey: Survey | None = None
    _finder: Finder | None = None

    def passes(self) -> list[Pass]:
        """What is done to each frame, in order: parts, light, weather, view."""
        passes: list[Pass] = []
        for edit in self.plan.local:
            match edit:
                case Recolor():
                    made = self._recoloring(edit)
                case Remove():
                    made = self._removal(edit)
                case Backdrop():
                    made = self._background(edit)
                case Insert():
                    passes.extend(self._insert(edit))
                    continue
            passes.extend([made] if made is not None else [])
        passes.extend(self._everywhere())
        if self.plan.unread:
            self.say("unread", ", ".join(self.plan.unread))
        for note, said in self.plan.undone:
            self.say(note, said)
        if not passes:
            self.say("nothing")
        return passes

    def afterwards(self) -> tuple[str, ...]:
        """What to say of the footage when all of it has been read: frames that stand for missing ones."""
        texts = self.words.texts[self.plan.language]
        return (texts["held"].format(words=self.footage.held),) if self.footage.held else ()

    def say(self, note: str, said: str = "") -> None:
        """Add a note in the prompt's language."""
        self.notes.append(self.words.texts[self.plan.language][note].format(words=said))

    def _not_found(self, thing: Thing) -> None:
        """Say what was looked for and how, and what there is instead."""
        texts = self.words.texts[self.plan.language]
        self.say("no_thing", thing.words)
        self.say("looked_for", texts[self.finder.looked_for(thing)])
        seen = [texts[name] for name in self.finder.seen()]
        self.say("seen" if seen else "seen_nothing", texts["comma"].join(seen))

    def _everywhere(self) -> Iterator[Pass]:
        size = self.shot.width, self.shot.height
        style = self.plan.style.style if self.plan.style else Style.NATURAL
        development = Development.of(self.plan.air, style)
        falling = Falling.of(self.plan.air, self.shot.seed, *size, self._in_the_fog())
        yield from [development] if development is not None else []
        yield from self._scenery()
        yield from [falling] if falling is not None else []
        if self.plan.air.phenomena:
            self.say("phenomenon", ", ".join(self.plan.air.phenomena).replace("_", " "))
        if self.plan.view != View():
            yield self._reframing(self.plan.view)
        styling = self._styling(style)
        if styling is not None:
            yield styling

    def _scenery(self) -> Iterator[Pass]:
        """What light and weather do to the sky and the ground, where there are any."""
        air, size = self.plan.air, (self.shot.width, self.shot.height)
        colors, snow = Sky.wanted(air), Footing.wanted(air)
        if snow is not None:
            ground = self.finder.region(Region.GROUND)
            if ground is not None:
                yield Footing(Matting(self._tracked(ground), *size), snow=snow)
        if colors is not None:
            sky = self.finder.region(Region.SKY)
            if sky is not None:
                yield Sky(Matting(self._tracked(sky), *size), colors, size, stars=air.time is TimeOfDay.NIGHT)

    def _styling(self, style: Style) -> Styling | None:
        """The style last, in the picture as it will be shown."""
        size = self.shot.width, self.shot.height
        reference = self.plan.style.reference if self.plan.style else None
        if reference is None:
            return Styling.of(style, size, self.shot.seed)
        picture = self._picture(reference)
        if picture is None:
            self.say("no_reference", self._name(reference))
            return None
        self.say("style", self._name(reference))
        return Styling.of_picture(picture, size, self.shot.seed)

    def _in_the_fog(self) -> Tracked | None:
        """Who stands in the fog, if there is one."""
        subject = self.finder.subject if Weather.FOG in self.plan.air.weathers else None
        return self._tracked(subject) if subject is not None else None

    def _reframing(self, view: View) -> Reframing:
        track = None
        if view.size is not None or view.move is Move.PUSH_IN:
            subject = self.finder.subject
            track = subject_track(self.survey, subject, self.shot.num_frames) if subject else None
            if track is None and view.size is not None:
                self.say("no_close")
        if view.size is not None:
            self.say("close_up")
        if view.move is Move.PULL_OUT:
            self.say("pull")
        elif view.move not in {None, Move.STILL, Move.PUSH_IN}:
            self.say("move", str(view.move).replace("_", " "))
        return Reframing(view, self.shot.num_frames, self.shot.width, self.shot.height, track)

    def _recoloring(self, edit: Recolor) -> Pass | None:
        found = self.finder.find(edit.thing)
        if found is None:
            self._not_found(edit.thing)
            return None
        if found.guessed:
            self.say("guessed", edit.thing.words)
        matting = Matting(self._tracked(found.mattes), self.shot.width, self.shot.height)
        return Recoloring(matting, found, edit.color)

    def _tracked(self, mattes: Mattes) -> Tracked:
        """Masks for every frame."""
        size = small_size(self.shot.width, self.shot.height)
        return track(self.footage.frames(self.clip, *size, self.shot.num_frames), self.survey, mattes)

    def _removal(self, edit: Remove) -> Pass | None:
        found = self.finder.find(edit.thing)
        if found is None:
            self._not_found(edit.thing)
            return None
        if found.guessed:
            self.say("guessed", edit.thing.words)
        size = self.shot.width, self.shot.height
        self.report(Progress("finding what is behind", 0.7))
        frames = self.footage.frames(self.clip, *size, self.shot.num_frames)
        matting = Matting(self._tracked(found.mattes), *size, _GENEROUS)
        plates = make_plates(frames, self.survey, matting, self.shot.seed)
        if invented_share(plates) > 0.05:  # noqa: PLR2004 - a twentieth
            self.say("never_seen", edit.thing.words)
        if self.survey.trust < _ONE_PLANE and not self.survey.still:
            self.say("moving_camera", edit.thing.words)
        return Removal(matting, plates, self.survey, *size)

    def _background(self, edit: Backdrop) -> Pass | None:
        matter = self._matter(edit)
        if matter is None:
            self.say("no_subject", self.words.texts[self.plan.language]["word_background"])
            return None
        backdrop = self._backdrop(edit)
        if backdrop is None:
            return None
        return BeforeBackdrop(matter, backdrop, matched=edit.ground in _MATCHED)

    def _matter(self, edit: Backdrop) -> Matter | None:
        """Who knows the subject: a keyer where there is a screen, mattes otherwise."""
        size = self.shot.width, self.shot.height
        screen = find_screen(self.survey)
        if screen is not None:
            return Keyer(screen, *size, self.survey.size)
        if edit.keyed:
            self.say("no_key")
        subject = self.finder.subject
        if subject is None:
            return None
        if not edit.keyed:
            self.say("cut_out")
        return Matting(self._tracked(subject), *size, _CHOKE)

    def _backdrop(self, edit: Backdrop) -> backdrops.Backdrop | None:
        size = self.shot.width, self.shot.height
        match edit.ground:
            case Ground.COLOR:
                assert edit.color is not None
                return backdrops.one_color(edit.color, *size)
            case Ground.BLUR | Ground.GREY:
                return backdrops.Itself(*size, grey=edit.ground is Ground.GREY)
            case Ground.PICTURE:
                picture = self._picture(edit.reference)
                if picture is None:
                    self.say("no_reference", self._name(edit.reference))
                    return None
                return backdrops.one_picture(picture, *size)
            case Ground.WORLD:
                self.say("worlds", edit.words)
                return backdrops.World(self._world(edit.words))

    def _world(self, words: str) -> Iterator[I420Frame]:
        from kirin_video.engines.previs.footage.worlds import background_world  # noqa: PLC0415 - brings OpenGL

        shot = self.shot
        return background_world(
            words, seed=shot.seed, width=shot.width, height=shot.height, num_frames=shot.num_frames
        )

    def _insert(self, edit: Insert) -> Iterator[Pass]:
        """Somebody from a picture, after whatever they take the place of is gone."""
        if edit.reference is None:
            self.say("replaced_words" if edit.instead else "added_words", edit.words)
            return
        said, picture = self._name(edit.reference), self._picture(edit.reference)
        cut = cut_out(read_upright(picture)) if picture is not None else None
        if picture is None or cut is None:
            self.say("no_reference" if picture is None else "no_cut", said)
            return
        where = standing(self.survey, edit.side)
        if edit.instead is not None:
            found = self.finder.find(edit.instead)
            gone = self._removal(Remove(edit.instead))
            if gone is None or found is None:
                return
            yield gone
            where = _in_its_place(subject_track(self.survey, found.mattes, self.shot.num_frames, 0.8))
        self.say("inserted", said)
        yield Insertion(cut, where, self.shot.width, self.shot.height)

    def _picture(self, reference: Reference | None) -> Picture | None:
        if reference is None:
            return None
        if reference.kind is ReferenceKind.IMAGE:
            pictures = self.shot.images[reference.number - 1 : reference.number]
        else:
            pictures = tuple(
                s.pictures[0] for s in self.shot.subjects[reference.number - 1 : reference.number]
            )
        return pictures[0] if pictures else None

    @staticmethod
    def _name(reference: Reference | None) -> str:
        return f"<<<{reference.kind}_{reference.number}>>>" if reference else ""

    @property
    def survey(self) -> Survey:
        """The first look through the footage, taken when first needed."""
        if self._survey is None:
            self.report(Progress("looking through the footage", 0.2))
            size = small_size(self.shot.width, self.shot.height)
            self._survey = look_through(self.footage.frames(self.clip, *size, self.shot.num_frames))
        return self._survey

    @property
    def finder(self) -> Finder:
        """Finds things in the footage."""
        if self._finder is None:
            self._finder = Finder(self.survey)
            self.report(Progress("finding things in the footage", 0.4))
        return self._finder
