"""What is to be done to a caller's footage: the plan between reading instructions and carrying them out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kirin_video.domain.prompt import ReferenceKind
from kirin_video.engines.previs.plan import (
    Color,
    Mood,
    Move,
    Phenomenon,
    Season,
    ShotSize,
    Style,
    TimeOfDay,
    Weather,
)


class Region(StrEnum):
    """Parts of a picture that have a colour of their own wherever they are."""

    SKY = "sky"
    GRASS = "grass"
    LEAVES = "leaves"
    WATER = "water"
    HAIR = "hair"
    FACE = "face"
    HEAD = "head"
    WALL = "wall"
    GROUND = "ground"


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture or element that the prompt points to.

    Attributes:
        kind: the list it is in.
        number: its place in that list, counted from 1.
    """

    kind: ReferenceKind
    number: int


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in the footage, as the prompt names it.

    Attributes:
        words: the prompt's own.
        kind: what the noun stands for, such as ``car``; None where no table has it.
        color: the colour it has.
        region: the part of the picture it is.
        worn: whether it is a piece of clothing.
        garment: which one, such as ``jacket``; "" where it is none.
        side: ``left``, ``right`` or "".
        plural: whether all of its sort are meant.
        main: whether it is simply the subject: "her", "the person".
    """

    words: str
    kind: str | None = None
    color: Color | None = None
    region: Region | None = None
    worn: bool = False
    garment: str = ""
    side: str = ""
    plural: bool = False
    main: bool = False

    @property
    def is_place(self) -> bool:
        """Whether it is no thing but a side of the picture: "the left side"."""
        return bool(self.side) and self == Thing(self.words, side=self.side)


class Ground(StrEnum):
    """What can be put behind a subject."""

    COLOR = "color"
    WORLD = "world"
    PICTURE = "picture"
    BLUR = "blur"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Backdrop:
    """Another background.

    Attributes:
        ground: what it is.
        color: where it is one colour.
        words: where it is a world: its description.
        reference: where it is a picture.
        keyed: whether the prompt speaks of a green screen that is there already.
    """

    ground: Ground
    color: Color | None = None
    words: str = ""
    reference: Reference | None = None
    keyed: bool = False


@dataclass(frozen=True, slots=True)
class Recolor:
    """A thing in another colour."""

    thing: Thing
    color: Color


@dataclass(frozen=True, slots=True)
class Resurface:
    """A floor or a wall made of something else.

    Attributes:
        thing: which.
        kind: what it becomes, by its name in :mod:`surfaces`.
        color: the colour the prompt gives that.
    """

    thing: Thing
    kind: str
    color: Color | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """A thing taken away."""

    thing: Thing


@dataclass(frozen=True, slots=True)
class Insert:
    """Something that was not there.

    Attributes:
        words: the prompt's own.
        reference: the picture or element that shows it; None where words alone describe it.
        instead: what it takes the place of.
        side: ``left``, ``right`` or "", where the prompt says where it goes.
        beside: what it comes to stand by, where the prompt says so.
    """

    words: str
    reference: Reference | None = None
    instead: Thing | None = None
    side: str = ""
    beside: Thing | None = None


@dataclass(frozen=True, slots=True)
class Restyle:
    """The picture by another hand; or in the manner of a reference."""

    style: Style
    reference: Reference | None = None


class Touch(StrEnum):
    """Small corrections of the whole picture."""

    WARMER = "warmer"
    COOLER = "cooler"
    BRIGHTER = "brighter"
    DARKER = "darker"
    VIVID = "vivid"
    MUTED = "muted"
    CONTRAST = "contrast"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Air:
    """Weather, light, season and mood, all that lies over the whole picture."""

    weathers: tuple[Weather, ...] = ()
    time: TimeOfDay | None = None
    season: Season | None = None
    mood: Mood | None = None
    tint: Color | None = None
    touches: tuple[Touch, ...] = ()
    phenomena: tuple[Phenomenon, ...] = ()
    heavy: bool = False

    @property
    def is_still(self) -> bool:
        """Whether nothing is asked for."""
        return self == Air()


@dataclass(frozen=True, slots=True)
class View:
    """Another framing of what was filmed.

    Attributes:
        size: the shot's size.
        move: what the camera does.
        energy: how far and fast it goes.
        mirror: whether left and right change places.
        aim: what the view closes in on, where the prompt names it.
    """

    size: ShotSize | None = None
    move: Move | None = None
    energy: float = 1.0
    mirror: bool = False
    aim: Thing | None = None


@dataclass(frozen=True, slots=True)
class Blur:
    """A thing made unrecognisable."""

    thing: Thing


@dataclass(frozen=True, slots=True)
class Resky:
    """Another sky.

    Attributes:
        thing: the sky, as the prompt names it.
        words: the prompt's own.
        air: the hour and the weather that they name.
        reference: the picture that shows it; None where words alone describe it.
    """

    thing: Thing
    words: str
    air: Air
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Retouch:
    """A thing brighter, darker, warmer ... than it was.

    Attributes:
        thing: which; None for all that is behind the subject.
        touches: what is corrected.
    """

    thing: Thing | None
    touches: tuple[Touch, ...]


Local = Backdrop | Recolor | Resurface | Remove | Insert | Resky | Blur | Retouch


@dataclass(frozen=True, slots=True)
class EditPlan:
    """Everything a prompt asks to be done to footage.

    Attributes:
        local: edits of a part of the picture, in the prompt's order.
        style: whose hand the picture is by.
        air: weather, light, season and mood.
        view: the framing.
        kept: what is to stay as it was through edits of the whole picture.
        unread: the prompt's words that were not understood.
        undone: what was understood and cannot be done, as names of notes with the words meant.
        language: ``en`` or ``zh``, the language of the notes.
    """

    local: tuple[Local, ...] = ()
    style: Restyle | None = None
    air: Air = field(default_factory=Air)
    view: View = field(default_factory=View)
    kept: tuple[Thing, ...] = ()
    unread: tuple[str, ...] = ()
    undone: tuple[tuple[str, str], ...] = ()
    language: str = "en"

    @property
    def changes_nothing(self) -> bool:
        """Whether there is no edit in it."""
        return not self.local and self.style is None and self.air.is_still and self.view == View()
