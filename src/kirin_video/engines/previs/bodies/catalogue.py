"""The catalogue of kinds: everything that this engine can put on stage, one row each in ``kinds.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, cast

Rgb = tuple[float, float, float]

DABBLERS = frozenset({"duck", "goose", "rubber_duck"})
"""Birds at home on land that are on the water, where there is any and nothing else is said."""
WADERS = frozenset({"flamingo", "heron", "crane_bird"})
"""Birds that stand and walk in shallow water, where there is any."""


class Family(StrEnum):
    """Who builds a kind."""

    QUADRUPED = "quadruped"
    PERSON = "person"
    MACHINE = "machine"
    THING = "thing"
    BIRD = "bird"
    CREATURE = "creature"


class Realm(StrEnum):
    """Where a kind is at home, so that staging knows where to put it."""

    LAND = "land"
    ROAD = "road"
    """On land, on the road where there is one."""
    RAIL = "rail"
    AFLOAT = "afloat"
    """On the surface of water."""
    WATER = "water"
    """Below the surface."""
    AIR = "air"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the catalogue.

    Attributes:
        name: what plans call it.
        family: who builds it.
        realm: where it is at home.
        height_m: its height at rest, from the ground to its highest point.
        colors: its own colours by part, sRGB 0 to 1; ``body`` is always there.
        shape: what its family needs to know of it.
    """

    name: str
    family: Family
    realm: Realm
    height_m: float
    colors: Mapping[str, Rgb]
    shape: Mapping[str, Any]


@cache
def catalogue() -> Mapping[str, Kind]:
    """All kinds by name."""
    text = files("kirin_video.engines.previs.bodies").joinpath("kinds.toml").read_text(encoding="utf-8")
    rows = cast("dict[str, dict[str, Any]]", tomllib.loads(text))
    return {name: _kind(name, row) for name, row in rows.items()}


def _kind(name: str, row: dict[str, Any]) -> Kind:
    colors = {part: hex_color(code) for part, code in row["colors"].items()}
    assert "body" in colors, name
    return Kind(
        name=name,
        family=Family(row["family"]),
        realm=Realm(row.get("realm", Realm.LAND)),
        height_m=float(row["height_m"]),
        colors=colors,
        shape=row.get("shape", {}),
    )


def hex_color(code: str) -> Rgb:
    """``#rrggbb`` as sRGB 0 to 1."""
    red, green, blue = bytes.fromhex(code.removeprefix("#"))
    return red / 255.0, green / 255.0, blue / 255.0
