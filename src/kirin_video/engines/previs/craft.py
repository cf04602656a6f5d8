"""What this engine can draw so far. Reading tells the caller everything a prompt asks for beyond it.

Whoever teaches the engine something new says so here, and the notes about it fall silent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kirin_video.engines.previs.plan import (
    Action,
    Angle,
    Lens,
    Pace,
    Phenomenon,
    RelationKind,
    Setting,
    Style,
    Technique,
)

CONJURED = frozenset(
    {
        *(Phenomenon.FIRE, Phenomenon.SMOKE, Phenomenon.STEAM, Phenomenon.SPARKS, Phenomenon.EXPLOSION),
        *(
            Phenomenon.FIREWORKS,
            Phenomenon.LIGHTNING,
            Phenomenon.RAINBOW,
            Phenomenon.METEORS,
            Phenomenon.SUNRAYS,
        ),
        *(Phenomenon.FALLING_LEAVES, Phenomenon.PETALS, Phenomenon.SEEDS, Phenomenon.CONFETTI),
        *(Phenomenon.BUBBLES, Phenomenon.FIREFLIES, Phenomenon.MAGIC, Phenomenon.DUST, Phenomenon.SPLASH),
        *(Phenomenon.TORNADO, Phenomenon.SANDSTORM),
    }
)
"""What `effects` makes."""


_OVER_PICTURES = frozenset(
    {
        *(Phenomenon.WIND, Phenomenon.STORM, Phenomenon.WAVES, Phenomenon.HIGH_WAVES),
        *(Phenomenon.CLOUDS, Phenomenon.FIRE),
        *(Phenomenon.SMOKE, Phenomenon.STEAM, Phenomenon.SPARKS, Phenomenon.DUST, Phenomenon.MAGIC),
        *(Phenomenon.FALLING_LEAVES, Phenomenon.PETALS, Phenomenon.SEEDS, Phenomenon.CONFETTI),
        Phenomenon.FIREFLIES,
    }
)
"""What is drawn over a caller's picture, or moved where the picture shows it."""


_SNOWLESS = frozenset(
    {
        *(Setting.DESERT, Setting.BEACH, Setting.SEA, Setting.SAVANNA, Setting.SPACE, Setting.UNDERWATER),
        *(Setting.STAGE, Setting.STUDIO, Setting.ROOM, Setting.KITCHEN),
    }
)
"""Where winter brings no snow unless it is asked for."""


_UNPLACED = frozenset({RelationKind.BETWEEN, RelationKind.AROUND, RelationKind.WORN_BY})
"""How nobody is placed to another yet: they stand near each other."""
_HUMAN = frozenset(
    {
        *(Action.READ, Action.WRITE, Action.WORK, Action.COOK, Action.MUSIC, Action.POINT, Action.CLAP),
        *(Action.COMB, Action.ROCK, Action.SNOWBALL),
        *(
            Action.THROW,
            Action.KICK,
            Action.KNEEL,
            Action.HUG,
            Action.KISS,
            Action.HOLD_HANDS,
            Action.SHAKE_HANDS,
        ),
    }
)
"""What takes hands."""


@dataclass(frozen=True, slots=True)
class Craft:
    """What can be honoured of a plan.

    Attributes:
        kinds: the bodies that can be put on stage.
        phenomena: what can happen in the picture.
        leafy: the worlds that spring and autumn change.
        wintry: the worlds that winter covers with snow.
        styles: the looks that can be imitated.
        angles: the camera angles that a subject can be seen from.
        lenses: the glass that can be put on.
        techniques: what the camera crew can do beside the moves.
        paces: how time can run.
        relations: how subjects can be placed to each other.
        human: what only people can do; other bodies do something near it.
        people: the kinds that are people.
        sizes: whether the shot size is framed as asked, where there is a subject to frame.
        handheld: whether the camera can shake.
        focus: whether the background can blur.
        beats: whether what subjects do later in the shot is shown.
        moves: whether further moves of the camera are made.
        place_given: whether a picture takes the place of the world, so that nothing is said of its choice.
    """

    kinds: frozenset[str] = frozenset()
    phenomena: frozenset[Phenomenon] = frozenset(
        {
            Phenomenon.WIND,
            Phenomenon.STORM,
            Phenomenon.WAVES,
            Phenomenon.HIGH_WAVES,
            Phenomenon.SUN,
            Phenomenon.CLOUDS,
            Phenomenon.STARS,
            Phenomenon.MOON,
            Phenomenon.AURORA,
            Phenomenon.NEON,
            *CONJURED,
        }
    )
    leafy: frozenset[Setting] = frozenset(
        {
            *(Setting.MEADOW, Setting.FOREST, Setting.LAKE, Setting.RIVER, Setting.VILLAGE, Setting.CITY),
            *(Setting.ROOM, Setting.KITCHEN, Setting.ROAD),
        }
    )
    wintry: frozenset[Setting] = frozenset(Setting) - _SNOWLESS
    styles: frozenset[Style] = frozenset({Style.NATURAL, Style.CINEMATIC, Style.MONOCHROME, Style.NOIR})
    angles: frozenset[Angle] = frozenset({Angle.EYE_LEVEL})
    lenses: frozenset[Lens] = frozenset({Lens.NORMAL})
    techniques: frozenset[Technique] = frozenset({Technique.ZOOM, Technique.FOLLOW, Technique.REVEAL})
    paces: frozenset[Pace] = frozenset({Pace.REAL})
    relations: frozenset[RelationKind] = frozenset(RelationKind)
    human: frozenset[Action] = frozenset()
    people: frozenset[str] = frozenset()
    sizes: bool = False
    handheld: bool = False
    focus: bool = False
    beats: bool = False
    moves: bool = False
    place_given: bool = False


def this_engine() -> Craft:
    """What the engine as it is can do."""
    from kirin_video.engines.previs.bodies.catalogue import Family, catalogue  # noqa: PLC0415  # read when asked

    kinds = catalogue()
    return Craft(
        kinds=frozenset(kinds),
        styles=frozenset(Style) - {Style.REALISTIC},
        angles=frozenset(Angle),
        lenses=frozenset(Lens),
        techniques=frozenset(Technique),
        paces=frozenset(Pace),
        relations=frozenset(RelationKind) - _UNPLACED,
        human=_HUMAN,
        people=frozenset(name for name, kind in kinds.items() if kind.family is Family.PERSON),
        sizes=True,
        focus=True,
        handheld=True,
        beats=True,
        moves=True,
    )


def with_a_photograph(craft: Craft) -> Craft:
    """What of the camera, the clock and the air can be honoured where the caller's picture is the world."""
    as_is = Craft()
    return replace(
        craft,
        phenomena=_OVER_PICTURES,
        techniques=as_is.techniques,
        paces=as_is.paces,
        handheld=as_is.handheld,
        moves=as_is.moves,
    )
