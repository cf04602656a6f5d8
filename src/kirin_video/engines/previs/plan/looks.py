"""What subjects look like: colours by part, clothes, age, build, what a kind does not have by nature."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Color:
    """A colour by name.

    Attributes:
        name: English, such as ``dark red``.
        rgb: sRGB, 0 to 255 each.
    """

    name: str
    rgb: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class PartColor:
    """The colour of one part of a subject.

    Attributes:
        part: ``body`` for the whole (fur, plumage, paint), ``patches`` for a second colour of the whole, else
            the part: ``hair``, ``eyes``, ``skin``,
            ``mane``, ``tail``, ``head``, ``ears``, ``legs``, ``belly``, ``wings``, ``beak``, ``feathers``,
            ``scales``, ``horns``, ``sail``, ``roof``, ``door``, ``wheels``, ``leaves``, ``petals``,
            ``light``. A kind without that part ignores it.
        color: its colour.
    """

    part: str
    color: Color


class Garment(StrEnum):
    """What a person can wear."""

    SHIRT = "shirt"
    T_SHIRT = "t_shirt"
    SWEATER = "sweater"
    HOODIE = "hoodie"
    JACKET = "jacket"
    COAT = "coat"
    RAINCOAT = "raincoat"
    CLOAK = "cloak"
    ROBE = "robe"
    SUIT = "suit"
    UNIFORM = "uniform"
    APRON = "apron"
    DRESS = "dress"
    GOWN = "gown"
    SKIRT = "skirt"
    TROUSERS = "trousers"
    JEANS = "jeans"
    SHORTS = "shorts"
    SWIMSUIT = "swimsuit"
    KIMONO = "kimono"
    HANFU = "hanfu"
    ARMOR = "armor"
    SPACESUIT = "spacesuit"
    WETSUIT = "wetsuit"
    TUTU = "tutu"
    SCARF = "scarf"
    TIE = "tie"
    CAPE = "cape"
    BACKPACK = "backpack"
    GLOVES = "gloves"
    BOOTS = "boots"
    SHOES = "shoes"
    SKIS = "skis"
    SKATES = "skates"
    HAT = "hat"
    BEANIE = "beanie"
    """Knitted, with a bobble."""
    CAP = "cap"
    STRAW_HAT = "straw_hat"
    WITCH_HAT = "witch_hat"
    CHEF_HAT = "chef_hat"
    COWBOY_HAT = "cowboy_hat"
    TOP_HAT = "top_hat"
    HELMET = "helmet"
    HOOD = "hood"
    CROWN = "crown"
    VEIL = "veil"
    TURBAN = "turban"
    MASK = "mask"
    GLASSES = "glasses"
    SUNGLASSES = "sunglasses"
    HEADPHONES = "headphones"
    BEARD = "beard"
    MUSTACHE = "mustache"


@dataclass(frozen=True, slots=True)
class Wear:
    """Something worn.

    Attributes:
        garment: what.
        color: its colour; None leaves it to the kind.
    """

    garment: Garment
    color: Color | None = None


class Pattern(StrEnum):
    """What is drawn on a coat or a cloth."""

    SPOTTED = "spotted"
    STRIPED = "striped"
    PATCHED = "patched"
    CHECKED = "checked"
    FLORAL = "floral"
    SHINY = "shiny"


class Age(StrEnum):
    """How old a living thing is."""

    BABY = "baby"
    CHILD = "child"
    YOUNG = "young"
    ADULT = "adult"
    OLD = "old"


class Build(StrEnum):
    """How a body is made, beside its size."""

    SLIM = "slim"
    NORMAL = "normal"
    STRONG = "strong"
    HEAVY = "heavy"
    TALL = "tall"
    SHORT = "short"


class Expression(StrEnum):
    """What a face shows."""

    HAPPY = "happy"
    SAD = "sad"
    TEARFUL = "tearful"
    """Tears run over the cheeks."""
    ANGRY = "angry"
    AFRAID = "afraid"
    SURPRISED = "surprised"
    SERIOUS = "serious"


class Extra(StrEnum):
    """A part that a kind does not have by nature: the horn of a unicorn, a centaur's upper half."""

    HORN = "horn"
    HORNS = "horns"
    ANTLERS = "antlers"
    TUSKS = "tusks"
    WINGS = "wings"
    MANE = "mane"
    HUMP = "hump"
    HUMPS = "humps"
    SHELL = "shell"
    SPIKES = "spikes"
    QUILLS = "quills"
    FISH_TAIL = "fish_tail"
    LONG_TAIL = "long_tail"
    BUSHY_TAIL = "bushy_tail"
    TRUNK = "trunk"
    LONG_EARS = "long_ears"
    HUMAN_TORSO = "human_torso"
    HEADS = "heads"
    """More than one head."""
    FLIPPERS = "flippers"
    FLAMES = "flames"
    LIGHTS = "lights"


@dataclass(frozen=True, slots=True)
class Proportion:
    """How a body differs from its kind.

    Attributes:
        part: ``body``, ``neck``, ``head``, ``muzzle``, ``ears``, ``legs``, ``tail``, ``wings``, ``beak``,
            ``belly`` or ``fur``.
        factor: its length (of body, neck, legs, tail), or its size, times the kind's own.
    """

    part: str
    factor: float
