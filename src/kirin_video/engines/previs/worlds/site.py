"""What every world starts from, and how it is planted."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import DABBLERS, WADERS, Family, Kind, Realm, catalogue
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.light import Light, light_for
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, Noise
from kirin_video.engines.previs.plan import Action, Age, Season, Setting, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.shapes import whitened
from kirin_video.engines.previs.terrain import Height, Paint, sample_height

_ON_WATER = frozenset({Action.SWIM, Action.FLOAT, Action.SAIL, Action.ROW, Action.SURF})
_WALKERS = frozenset({Family.PERSON, Family.QUADRUPED})
_BROAD, _SLIM, _ABREAST_M, _WIDEST_M = 0.65, 0.2, 0.3, 2.6
"""How much room bodies need beside a path, by their height; each further one; and the most of all."""
_BELLY, _KNEES = 0.66, 0.30
"""How deep who goes through water is in it: as a share of a quadruped's legs, and of a person's height."""
_YOUNG = {Age.BABY: 0.5, Age.CHILD: 0.66}
_SNOWLESS = {Setting.DESERT, Setting.BEACH, Setting.SEA, Setting.SAVANNA}
"""Where winter brings no snow unless it is asked for."""

Point = tuple[float, float, float]
Place = tuple[float, float, float]
"""x, z and scale of something planted."""


@dataclass(frozen=True, slots=True)
class Site:
    """A plot of land before anything is built on it.

    Attributes:
        plan: what will be shown.
        seed: what makes this one different.
        aspect: width over height of the picture.
        roam_m: how far to both sides the camera will go along with somebody.
    """

    plan: ShotPlan
    seed: int
    aspect: float
    roam_m: float = 0.0

    @property
    def snowy(self) -> bool:
        """Whether snow lies."""
        winter = self.plan.season is Season.WINTER and self.plan.setting not in _SNOWLESS
        return winter or self.plan.weather is Weather.SNOW

    def shows(self, kind: str) -> bool:
        """Whether the world should show its own of a kind: nobody refused it, and no subject is one."""
        asked = any(subject.kind == kind and not subject.scenery for subject in self.plan.subjects)
        return kind not in self.plan.barred and not asked

    @property
    def open_water(self) -> bool:
        """Whether somebody is on the water: nothing should grow between them and the camera."""
        known = catalogue()
        return any(
            not subject.scenery
            and subject.kind in known
            and (
                known[subject.kind].realm is Realm.AFLOAT
                or subject.action in _ON_WATER
                or subject.kind in DABBLERS
            )
            for subject in self.plan.subjects
        )

    @property
    def waded(self) -> bool:
        """Whether somebody stands in shallow water: there should be enough of it."""
        return any(
            subject.kind in WADERS and subject.action not in {Action.FLY, Action.TAKE_OFF}
            for subject in self.plan.subjects
        )

    @property
    def ford_m(self) -> float | None:
        """How deep the river is that somebody goes through: up to the belly, or over the knees."""
        known = catalogue()
        deep = [
            subject.size * _belly_m(known[subject.kind]) * _YOUNG.get(subject.age, 1.0)
            for subject in self.plan.subjects
            if Action.WADE in subject.also and subject.kind in known
        ]
        return min(deep, default=None)

    @property
    def spare_m(self) -> float:
        """How much wider than for one person a path has to be on each side, for whoever is on it."""
        known = catalogue()
        wide = [
            known[subject.kind].height_m
            * (_BROAD if known[subject.kind].family is Family.QUADRUPED else _SLIM)
            + (subject.count - 1) * _ABREAST_M
            for subject in self.plan.subjects
            if not subject.scenery and subject.kind in known and known[subject.kind].family in _WALKERS
        ]
        return min(max(wide, default=0.0), _WIDEST_M)

    @property
    def wet(self) -> bool:
        """Whether everything is wet."""
        return self.plan.weather is Weather.RAIN

    @property
    def dark(self) -> bool:
        """Whether it is night."""
        return self.plan.time is TimeOfDay.NIGHT

    def light(self, turn_deg: float = 0.0, *, haze: float = 1.0) -> Light:
        """The light, its key turned sideways, in thinner or thicker air; fog stays fog."""
        light = light_for(self.plan.time, self.plan.weather, turn_deg)
        foggy = self.plan.weather is Weather.FOG
        return light if foggy else replace(light, haze_per_m=light.haze_per_m * haze)

    def noise(self, which: int) -> Noise:
        """One of this site's noise fields."""
        return Noise(self.seed * 31 + which)

    def rng(self, which: int) -> np.random.Generator:
        """One of this site's streams of chance."""
        return np.random.default_rng((self.seed, which))

    def side(self, which: int) -> float:
        """A coin of this site's chance: 1.0 for right, -1.0 for left."""
        return float(self.rng(which).choice((-1.0, 1.0)))

    def stage(self, height: Height, above_m: float, target: Point, diagonal_deg: float = 72.0) -> Stage:
        """A stage at the origin, its eye so high above the ground."""

        def ground(x: float, z: float) -> float:
            return sample_height(height, x, z)

        eye_y = ground(0.0, 0.0) + above_m
        return Stage((0.0, eye_y, 0.0), target, fitting_fov(self.aspect, diagonal_deg), ground)


def _belly_m(kind: Kind) -> float:
    """How deep one goes into water on foot, metres."""
    if kind.family is Family.QUADRUPED:
        return _BELLY * float(kind.shape["stand"])
    return _KNEES * kind.height_m


def fitting_fov(aspect: float, diagonal_deg: float) -> float:
    """The vertical field of view, degrees, for a field of view across the picture's diagonal.

    A fixed diagonal shows as much of the world in every ratio: wide pictures grow sideways, tall ones up.
    """
    half = math.tan(math.radians(diagonal_deg) / 2.0) / math.hypot(1.0, aspect)
    return math.degrees(2.0 * math.atan(half))


def plant(
    rng: np.random.Generator, kinds: list[Mesh], places: list[Place], height: Height, sink_m: float = 0.05
) -> list[Mesh]:
    """Copies of the kinds at the places, each turned its own way."""
    planted: list[Mesh] = []
    spots = np.array(places, np.float32).reshape(-1, 3)
    feet = height(spots[:, 0], spots[:, 1]) - np.float32(sink_m)
    for k, ((x, z, scale), y) in enumerate(zip(places, feet.tolist(), strict=True)):
        planted.append(kinds[k % len(kinds)].moved((x, y, z), float(rng.uniform(0.0, 6.28)), scale))
    return planted


def gather(meshes: list[Mesh], *, snowy: bool) -> Mesh:
    """One mesh, snowed upon where snow lies."""
    whole = merge(meshes)
    return whitened(whole) if snowy else whole


def snowed(paint: Paint, amount: float = 0.96) -> Paint:
    """A paint under snow: white but for the steepest slopes."""

    def white(x: Field, z: Field, y: Field, steep: Field) -> Field:
        below = paint(x, z, y, steep)
        lying = (amount * np.clip((0.42 - steep) / 0.20, 0.0, 1.0))[..., None]
        snow = np.array([0.93, 0.95, 0.985, 0.22], np.float32)
        return (below * (1.0 - lying) + snow * lying).astype(np.float32)

    return white


def soaked(paint: Paint) -> Paint:
    """A paint darkened by water."""

    def dark(x: Field, z: Field, y: Field, steep: Field) -> Field:
        return (paint(x, z, y, steep) * np.array([0.80, 0.82, 0.84, 1.0], np.float32)).astype(np.float32)

    return dark


def weathered(paint: Paint, site: Site) -> Paint:
    """A paint as the weather leaves it."""
    if site.snowy:
        return snowed(paint)
    return soaked(paint) if site.wet else paint
