"""The country that a road or a railway runs through, by its kind."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from kirin_video.engines.previs.plan import Place, Setting, ShotPlan
from kirin_video.engines.previs.worlds import lowlands, slopes
from kirin_video.engines.previs.worlds.country import Country, Off
from kirin_video.engines.previs.worlds.site import Site


class Scape(StrEnum):
    """Kinds of country."""

    FIELDS = "fields"
    WOODS = "woods"
    COAST = "coast"
    HIGHLAND = "highland"
    DESERT = "desert"
    SNOW = "snow"
    ALPS = "alps"


_OF_PLACES = {
    Place.COAST_ROAD: Scape.COAST,
    Place.MOUNTAIN_ROAD: Scape.HIGHLAND,
    Place.DESERT_ROAD: Scape.DESERT,
    Place.FOREST_ROAD: Scape.WOODS,
    Place.FUJI: Scape.FIELDS,
}
_OF_SETTINGS = {
    Setting.BEACH: Scape.COAST,
    Setting.SEA: Scape.COAST,
    Setting.MOUNTAINS: Scape.HIGHLAND,
    Setting.LAKE: Scape.HIGHLAND,
    Setting.DESERT: Scape.DESERT,
    Setting.FOREST: Scape.WOODS,
    Setting.SNOWFIELD: Scape.SNOW,
}


def scape_of(plan: ShotPlan) -> Scape:
    """The country that a plan's way runs through."""
    place = _OF_PLACES.get(plan.place) if plan.place else None
    return place or _OF_SETTINGS.get(plan.setting, Scape.FIELDS)


_BUILDERS: dict[Scape, Callable[[Site, Off], Country]] = {
    Scape.FIELDS: lowlands.fields,
    Scape.WOODS: lowlands.woods,
    Scape.COAST: slopes.coast,
    Scape.HIGHLAND: slopes.highland,
    Scape.DESERT: lowlands.desert,
    Scape.SNOW: lowlands.snow,
    Scape.ALPS: lowlands.alps,
}


def country(site: Site, scape: Scape, off: Off) -> Country:
    """The country of a scape.

    Args:
        site: whose chance shapes it.
        scape: its kind.
        off: how far places lie from the way's course, positive on its far side.
    """
    return _BUILDERS[scape](site, off)
