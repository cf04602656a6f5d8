"""The plan of a whole shot."""

from __future__ import annotations

from dataclasses import dataclass, field

from kirin_video.engines.previs.plan.camera import Framing, Move, Pace, Technique
from kirin_video.engines.previs.plan.deeds import Action, Heading, Relation
from kirin_video.engines.previs.plan.looks import Color
from kirin_video.engines.previs.plan.subject import SubjectPlan
from kirin_video.engines.previs.plan.world import (
    DayPart,
    Downfall,
    Mood,
    Phenomenon,
    Place,
    Season,
    Setting,
    Style,
    TimeOfDay,
    Weather,
)


@dataclass(frozen=True, slots=True)
class Act:
    """What one subject does from a beat on.

    Attributes:
        subject: index into the plan's subjects.
        action: what it does.
        heading: where it goes; None where the prompt does not say.
        tempo: how briskly, 1.0 usual.
        relations: how it stands to others from then on; empty leaves them as they are.
    """

    subject: int
    action: Action
    heading: Heading | None = None
    tempo: float = 1.0
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Beat:
    """A change during the shot: "... then the camera pulls back", "... 然后飞走".

    What a beat does not name goes on as before.

    Attributes:
        start: when it begins, as a share of the clip between 0 and 1; where the prompt tells no times the
            beats divide the clip evenly.
        words: the prompt's own words for it.
        acts: what subjects begin to do.
        move: what the camera begins to do; None leaves it at what it does.
        energy: how far and fast the camera goes, as in `ShotPlan`.
        cut: whether the beat is a new shot rather than a move: "cut to", "切到".
        framing: the new framing; None keeps it.
        techniques: what the camera crew does beside the new move.
        time: the new time of day; None keeps it.
        weather: the new weather; None keeps it.
        setting: the new world, where a new shot has one; None keeps it.
        place: the place that was asked for there.
        subjects: who is spoken of; a new shot looks at the first of them.
    """

    start: float
    words: str
    acts: tuple[Act, ...] = ()
    move: Move | None = None
    energy: float = 1.0
    cut: bool = False
    framing: Framing | None = None
    techniques: tuple[Technique, ...] = ()
    time: TimeOfDay | None = None
    weather: Weather | None = None
    setting: Setting | None = None
    place: Place | None = None
    subjects: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ShotPlan:
    """What will be drawn.

    Attributes:
        setting: the world that is drawn.
        time: the time of day.
        weather: the weather.
        move: what the camera does, first where there are several beats.
        energy: how far and fast the camera goes; 1.0 is a calm professional move.
        notes: what the prompt asked for and this plan does not do, in plain words.
        camera_notes: those of ``notes`` that hold as well where the caller's picture takes the world's place.
        place: the place that was asked for, of which ``setting`` is the nearest world; None where none was.
        subjects: everybody and everything, the most important first; the camera looks at the first.
        phenomena: what else happens in the picture.
        season: the season; None where the prompt does not say.
        day_part: the part of the day, where the prompt says one that has a light of its own.
        downfall: how much falls, where it rains or snows; heavy clouds close the sky.
        mood: what it should feel like.
        style: whose hand it should seem to be by.
        framing: how the picture is taken.
        techniques: what the camera crew does beside the move.
        pace: how time runs.
        beats: what changes later in the shot, in order; empty where nothing does.
        absent: what the prompt does not want to see, in its own words.
        barred: the same as kinds, for the world to leave out what it would show: ``car``, ``palm``.
        language: ``en`` or ``zh``, the language of the prompt and of the notes.
        thrown: to which side the camera is thrown at the very end, into a shot that begins with a whip: -1 is
            left, 1 right; 0 where it is not.
        caught: whether it begins as such a camera comes to rest.
        crowded: whether the place is full of people, of whom nothing else is said.
        backdrop: the colour of a studio's paper; None where the prompt does not say.
    """

    setting: Setting
    time: TimeOfDay
    weather: Weather
    move: Move
    energy: float = 1.0
    notes: tuple[str, ...] = ()
    camera_notes: tuple[str, ...] = ()
    place: Place | None = None
    subjects: tuple[SubjectPlan, ...] = ()
    phenomena: tuple[Phenomenon, ...] = ()
    season: Season | None = None
    day_part: DayPart | None = None
    downfall: Downfall = Downfall.USUAL
    mood: Mood = Mood.NEUTRAL
    style: Style = Style.NATURAL
    framing: Framing = field(default_factory=Framing)
    techniques: tuple[Technique, ...] = ()
    pace: Pace = Pace.REAL
    beats: tuple[Beat, ...] = ()
    absent: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    language: str = "en"
    thrown: int = 0
    caught: bool = False
    crowded: bool = False
    backdrop: Color | None = None
