"""What one can begin with in the playground: an example of each kind of request that the engines know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kirin_video.console.playground.draft import Draft
from kirin_video.domain.inputs import AspectRatio
from kirin_video.engines.base import Feature

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kirin_video.console.language import Catalogue
    from kirin_video.engines.registry import EngineRegistry

_ROBOT, _TEAPOT, _BIRD, _HOUSE = "2", "4", "5", "6"
"""Presets of the library, which every server has."""


@dataclass(frozen=True, slots=True)
class Starter:
    """An example to begin with.

    Attributes:
        name: its texts are ``starters.{name}`` and ``starters.{name}_prompt``.
        icon: the icon's name.
        slots: what somebody has to bring: ``first_frame``, ``end_frame``, ``reference``, ``base`` or
            ``feature``, each.
        elements: numbers of presets that come with it.
        ratio: the shape.
        duration: seconds as text.
    """

    name: str
    icon: str
    slots: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    ratio: AspectRatio = AspectRatio.LANDSCAPE
    duration: str = "5"

    @property
    def features(self) -> frozenset[Feature]:
        """What an engine must be able to work from."""
        wanted = {_FEATURES[slot] for slot in self.slots}
        if self.elements:
            wanted.add(Feature.ELEMENTS)
        return frozenset(wanted or {Feature.TEXT})

    def draft(self, text: Catalogue) -> Draft:
        """The form filled in, but for what somebody has to bring."""
        prompt = text(f"starters.{self.name}_prompt")
        return replace(
            Draft(), prompt=prompt, elements=self.elements, ratio=self.ratio.value, duration=self.duration
        )


@dataclass(frozen=True, slots=True)
class StarterGroup:
    """Examples that have something in common.

    Attributes:
        name: its text is ``starters.group_{name}``.
        starters: the examples.
    """

    name: str
    starters: tuple[Starter, ...]


_FEATURES: Final = {
    "first_frame": Feature.FIRST_FRAME,
    "end_frame": Feature.LAST_FRAME,
    "reference": Feature.REFERENCE_IMAGES,
    "base": Feature.BASE_VIDEO,
    "feature": Feature.FEATURE_VIDEO,
}

GROUPS: Final = (
    StarterGroup(
        "words",
        (
            Starter("words", "spark"),
            Starter("painting", "brush"),
            Starter("story", "list"),
            Starter("camera", "camera", ratio=AspectRatio.PORTRAIT),
            Starter("night", "moon"),
            Starter("without", "minus", ratio=AspectRatio.SQUARE),
        ),
    ),
    StarterGroup(
        "pictures",
        (
            Starter("first_frame", "image", ("first_frame",)),
            Starter("first_to_last", "shuffle", ("first_frame", "end_frame")),
            Starter("own_subject", "person", ("reference",)),
            Starter("own_place", "home", ("reference",), (_ROBOT,)),
            Starter("own_style", "brush", ("reference",)),
        ),
    ),
    StarterGroup(
        "elements",
        (
            Starter("subject", "cube", (), (_ROBOT,)),
            Starter("subjects", "grid", (), (_BIRD, _HOUSE)),
            Starter("table", "cube", (), (_TEAPOT,)),
        ),
    ),
    StarterGroup(
        "editing",
        (
            Starter("weather", "cloud", ("base",)),
            Starter("season", "leaf", ("base",)),
            Starter("restyle", "brush", ("base",)),
            Starter("colour", "drop", ("base",)),
            Starter("background", "image", ("base",)),
            Starter("green_screen", "layers", ("base",)),
            Starter("keyed", "layers", ("base",)),
            Starter("removal", "eraser", ("base",)),
            Starter("insertion", "plus", ("base",), (_BIRD,)),
            Starter("reframe", "camera", ("base",)),
        ),
    ),
    StarterGroup(
        "following",
        (
            Starter("next_shot", "arrow-right", ("feature",)),
            Starter("previous_shot", "arrow-left", ("feature",)),
            Starter("same_camera", "camera", ("feature",)),
            Starter("same_style", "brush", ("feature",)),
        ),
    ),
)
"""Every example, whether an engine here can make it or not."""


def offered(engines: EngineRegistry) -> tuple[StarterGroup, ...]:
    """The examples that an engine of this server can make."""
    groups = (
        StarterGroup(
            group.name, tuple(each for each in group.starters if engines.choose(each.features) is not None)
        )
        for group in GROUPS
    )
    return tuple(group for group in groups if group.starters)


def named(groups: Iterable[StarterGroup], name: str) -> Starter | None:
    """The example of a name; None if it is not offered."""
    return next((each for group in groups for each in group.starters if each.name == name), None)
