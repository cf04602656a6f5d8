"""What holds a body up where deep water is beneath it: the crest of a rock, or the water itself."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.track import Floats, Terrain
from kirin_video.engines.previs.plan import Action, Setting
from kirin_video.engines.previs.staging.aloft import Deeds, is_afloat, is_aloft
from kirin_video.engines.previs.staging.footing import Footing
from kirin_video.engines.previs.staging.troupe import Role

_WADES, _LEAST_M, _MOST_M = 0.5, 0.3, 2.0
"""Nobody stands in water that is deeper than this share of his height, but at least and at most so much."""
_CREST_M, _LOW_CREST_M = 0.75, 0.25
"""How far the top of a rock is over the sea, whose waves must not cover it, and over still water."""
_TOWERS_M = 2.6
"""What is taller stands on rock; what is lower drifts, as barrels and chairs do."""
_STONES, _ROOTED = frozenset({"rock"}), frozenset({"tree", "flower", "bamboo_stalk", "mushroom"})
_DRIFTS, _AWASH = 0.20, 0.12
"""How far what drifts, and a rock of its own, are in the water, as shares of their heights."""


def upheld(  # noqa: PLR0913, PLR0917 -- who, what he does, and where
    role: Role,
    deeds: Deeds,
    terrain: Terrain,
    ground: Footing,
    setting: Setting,
    places: tuple[Floats, Floats],
) -> Terrain:
    """What carries a body along its way: what it is given, unless that is the bed of deep water.

    Args:
        role: who.
        deeds: what he does.
        terrain: what would carry him.
        ground: where water is.
        setting: the world.
        places: x and z of his way.
    """
    level = ground.water_m
    if level is None or setting is Setting.UNDERWATER or not sinks(role, deeds):
        return terrain
    height = role.body.height_m
    if not (level - terrain(*places) > min(max(_WADES * height, _LEAST_M), _MOST_M)).all():
        return terrain
    top = level + crest_m(role, setting)

    def surface(x: Floats, _z: Floats) -> Floats:
        return np.full(np.shape(x), top)

    return surface


def sinks(role: Role, deeds: Deeds) -> bool:
    """Whether it is neither afloat nor in the air, nor dives."""
    dives = any(deed is Action.DIVE for _, deed in deeds)
    return not (dives or is_afloat(role, deeds) or is_aloft(role, deeds))


def needs_rock(role: Role) -> bool:
    """Whether it cannot drift, and is no rock itself."""
    kind, form = role.kind, role.kind.shape.get("form")
    if kind.family in {Family.THING, Family.MACHINE} and form != "robot":
        return role.body.height_m > _TOWERS_M or form in _ROOTED
    return True


def crest_m(role: Role, setting: Setting) -> float:
    """How high over the water its foot is, metres."""
    if role.kind.shape.get("form") in _STONES:
        return -_AWASH * role.body.height_m
    if not needs_rock(role):
        return -_DRIFTS * role.body.height_m
    return _CREST_M if setting is Setting.SEA else _LOW_CREST_M
