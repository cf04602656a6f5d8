"""What edits are made from: the shot, its footage, what was found in it, and the notes so far."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

from kirin_video.domain.prompt import ReferenceKind
from kirin_video.domain.shot import Clip, Picture, Shot
from kirin_video.engines.base import Progress, Report
from kirin_video.engines.previs.footage.clauses import REFERENCE, Words
from kirin_video.engines.previs.footage.closer import times_closer
from kirin_video.engines.previs.footage.edits import EditPlan, Reference, Thing
from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.engines.previs.footage.survey import Survey, look_through, small_size
from kirin_video.engines.previs.footage.things import Finder
from kirin_video.engines.previs.footage.tracking import Tracked, track
from kirin_video.media.footage import Footage
from kirin_video.media.frames import I420Frame

_MOST_BEFORE = 0.3


@dataclass
class Material:
    """One shot's material; the footage is looked at when something is first asked of it.

    Attributes:
        shot: the shot.
        clip: its footage.
        plan: what is to be done.
        footage: reads it.
        words: the wording of the notes.
        report: told how far the preparations are.
        notes: what the caller is told, so far.
    """

    shot: Shot
    clip: Clip
    plan: EditPlan
    footage: Footage
    words: Words
    report: Report
    notes: list[str] = field(default_factory=list[str])
    _survey: Survey | None = None
    _finder: Finder | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the frames."""
        return self.shot.width, self.shot.height

    @property
    def survey(self) -> Survey:
        """The first look through the footage."""
        if self._survey is None:
            self.report(Progress("looking through the footage", 0.2))
            self._survey = look_through(self.small_frames(), self.shot.num_frames)
        return self._survey

    @property
    def finder(self) -> Finder:
        """Finds things in the footage."""
        if self._finder is None:
            self._finder = Finder(self.survey)
            self.report(Progress("finding things in the footage", 0.4))
        return self._finder

    def frames(self) -> Generator[I420Frame]:
        """All frames, at their own size."""
        return self.footage.frames(self.clip, *self.size, self.shot.num_frames)

    def small_frames(self) -> Generator[I420Frame]:
        """All frames, at the size of a first look."""
        return self.footage.frames(self.clip, *small_size(*self.size), self.shot.num_frames)

    def tracked(self, mattes: Mattes) -> Tracked:
        """Masks for every frame."""
        return track(self.small_frames(), self.survey, mattes)

    def tracked_closely(self, mattes: Mattes) -> Tracked:
        """The same, larger where what they cover is small: for what its outlines matter to."""
        times = times_closer(mattes)
        width, height = (times * side for side in small_size(*self.size))
        frames = self.footage.frames(self.clip, width, height, self.shot.num_frames)
        return track(frames, self.survey, mattes)

    def standing_before(self) -> Matting | None:
        """The matte of whoever is before everything else; None where nobody is."""
        found = self.finder.moving or self.finder.person
        if found is None or found.area > _MOST_BEFORE:
            return None
        return Matting(self.tracked(found), *self.size)

    def picture(self, reference: Reference | None) -> Picture | None:
        """The picture that a reference points to; None where there is none."""
        if reference is None:
            return None
        place = slice(reference.number - 1, reference.number)
        if reference.kind is ReferenceKind.IMAGE:
            pictures = self.shot.images[place]
        else:
            pictures = tuple(subject.pictures[0] for subject in self.shot.subjects[place])
        return pictures[0] if pictures else None

    def called(self, words: str, reference: Reference) -> str:
        """What the prompt and the element's description call whom a reference shows."""
        place = slice(reference.number - 1, reference.number)
        elements = self.shot.subjects[place] if reference.kind is ReferenceKind.ELEMENT else ()
        return " ".join([REFERENCE.sub(" ", words), *(subject.description for subject in elements)])

    def text(self, name: str) -> str:
        """A text in the prompt's language."""
        return self.words.texts[self.plan.language][name]

    def say(self, note: str, said: str = "") -> None:
        """Add a note."""
        self.notes.append(self.text(note).format(words=said))

    def not_found(self, thing: Thing) -> None:
        """Say what was looked for and how, and what there is instead."""
        self.say("no_thing", thing.words)
        self.say("looked_for", self.text(self.finder.looked_for(thing)))
        seen = [self.text(name) for name in self.finder.seen()]
        self.say("seen" if seen else "seen_nothing", self.text("comma").join(seen))


def named(reference: Reference | None) -> str:
    """A reference as the prompt writes it."""
    return f"<<<{reference.kind}_{reference.number}>>>" if reference else ""
