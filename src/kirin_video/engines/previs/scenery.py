"""What a scene is made of, as numbers: the builders write it, the painter draws it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.coats import PLAIN, Coat
from kirin_video.engines.previs.light import Light, Rgb
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.plan import Downfall, Weather
from kirin_video.engines.previs.swarms import Swarm
from kirin_video.engines.previs.terrain import Ground
from kirin_video.engines.previs.ways import Way


class Finish(StrEnum):
    """How a part is lit."""

    SOFT = "soft"
    """By vertex, light shining through: leaves, grass, petals, and anything small or far."""
    HARD = "hard"
    """By pixel, with sharp shadows: rocks, walls, streets."""


@dataclass(frozen=True, slots=True)
class Kindling:
    """How a part looks when its lamps and windows burn, where the hour changes within a clip.

    Attributes:
        colors: uint8, (n, 4), as in its mesh.
        glow: uint8, (n,), as in its mesh.
        since: float32, (n,), the darkness at which a vertex changes over at once; below 0 it fades with it.
    """

    colors: NDArray[np.uint8]
    glow: NDArray[np.uint8]
    since: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hour:
    """A moment of a day that goes by within a clip.

    Attributes:
        light: light and air.
        darkness: 0 by day, 1 when every lamp burns that ever does.
    """

    light: Light
    darkness: float


@dataclass(frozen=True, slots=True)
class Part:
    """A mesh and how it is drawn.

    Attributes:
        mesh: the geometry.
        finish: how it is lit.
        casts: whether it throws a shadow.
        mirrored: whether it shows in still water and on wet streets.
        cell_m: the size of the pieces it is cut into for culling; 0 keeps it whole.
        kindling: how it looks in the dark, where it grows dark within the clip.
    """

    mesh: Mesh
    finish: Finish = Finish.SOFT
    casts: bool = True
    mirrored: bool = False
    cell_m: float = 12.0
    kindling: Kindling | None = None


MOST_BONES = 96
"""How many bones one actor may have: they are uniforms of its vertex shader."""


@dataclass(frozen=True, slots=True)
class Print:
    """A picture that an actor wears instead of paint.

    Attributes:
        places: float32, (n, 2), of the vertices on the scene's sheet: 0 to 1 from the left and from the top.
    """

    places: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The pictures that actors wear, side by side.

    Attributes:
        pixels: uint8, (h, w, 4), the upper row first: roots of albedos, as shares of ``albedo_scale``, and
            how much of each pixel the picture covers.
        albedo_scale: the albedo of full white.
    """

    pixels: NDArray[np.uint8]
    albedo_scale: float


@dataclass(frozen=True, slots=True)
class Actor:
    """One shell of something that moves by itself: a skinned mesh and where its bones are in every frame.

    Shells of one body share their ``poses``, and all bodies of a herd may share ``mesh``, ``skin``, ``rest``,
    ``bones`` and ``weights``: what is the same object is sent and loaded once.

    Attributes:
        mesh: at rest, in the body's own space: x forward, y up, z to its right, the ground at y = 0. The last
            byte of a colour is the sway in the wind, as everywhere.
        skin: uint8, (n, 4): how open the vertex is to the sky (ambient occlusion), how much the coat's
            pattern covers it, how much it shines like wet, how furry its outline is; all 0 to 255.
        along: float32, (n,), metres along the body's flow (down a leg, along the spine): stripes cross it.
        bones: uint8, (n, 4), the bones each vertex follows.
        weights: uint8, (n, 4), how much of each; they add up to 255.
        poses: float32, (num_frames, bones, 3, 4), from rest to the world. A bone whose matrix is all zero
            hides its vertices.
        coat: the pattern on it.
        casts: whether it throws a shadow.
        subject: which subject of the plan it belongs to, counted from 0.
        contacts: float32, (num_frames, c, 4): discs of shade where it meets the ground: x, z, radius in
            metres, darkness 0 to 1. Only one shell of a body needs them.
        printed: the picture that it wears; None for what is painted.
    """

    mesh: Mesh
    skin: NDArray[np.uint8]
    along: NDArray[np.float32]
    bones: NDArray[np.uint8]
    weights: NDArray[np.uint8]
    poses: NDArray[np.float32]
    coat: Coat = PLAIN
    casts: bool = True
    subject: int = 0
    contacts: NDArray[np.float32] | None = None
    printed: Print | None = None


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A picture that is the world: a screen bent over its ground and its walls.

    Attributes:
        pixels: uint8, (h, w, 3), sRGB, the upper row first.
        points: float32, (n, 3), of the screen, metres.
        places: float32, (n, 2), of the points in the picture: 0 to 1 from the left and from the top.
        faces: uint32, (m, 3).
        gain: what the hour does to its colours.
        flat_m: the height up to which the screen is ground.
    """

    pixels: NDArray[np.uint8]
    points: NDArray[np.float32]
    places: NDArray[np.float32]
    faces: NDArray[np.uint32]
    gain: Rgb
    flat_m: float


class Surface(StrEnum):
    """Kinds of water."""

    OCEAN = "ocean"
    SHORE = "shore"
    LAKE = "lake"


@dataclass(frozen=True, slots=True)
class Breaker:
    """A wave that breaks and travels.

    Attributes:
        points: float32, (n, 3): metres along its crest, above still water, and towards its back.
        normals: float32, (n, 3), likewise.
        look: float32, (n, 3): metres up its profile, how white it is and how thin, 0 to 1.
        faces: uint32, (m, 3).
        along: x and z of the unit vector along its crest.
        behind: x and z of the unit vector towards its back.
        places: float32, (f, 3): x and z of its origin at every frame, and its height as a share of its own.
        height_m: from the trough to the crest where it breaks.
        run_mps: how fast water runs up its face.
    """

    points: NDArray[np.float32]
    normals: NDArray[np.float32]
    look: NDArray[np.float32]
    faces: NDArray[np.uint32]
    along: tuple[float, float]
    behind: tuple[float, float]
    places: NDArray[np.float32]
    height_m: float
    run_mps: float


@dataclass(frozen=True, slots=True)
class Water:
    """A body of water as a polar mesh at one level.

    Attributes:
        surface: what kind of water.
        level_m: height of the still surface.
        points: float32, (n, 4): x, z, depth of the ground (negative on land), metres from the shore.
        faces: uint32, (m, 3).
        deep: colour where no ground shows.
        shallow: colour over bright ground.
        swell: height of the waves, 1.0 a fresh breeze on the open sea.
        foam: how much of it breaks white, 0 to 1.
        breaker: a wave that breaks on it, where one does.
    """

    surface: Surface
    level_m: float
    points: NDArray[np.float32]
    faces: NDArray[np.uint32]
    deep: Rgb
    shallow: Rgb
    swell: float
    foam: float
    breaker: Breaker | None = None


@dataclass(frozen=True, slots=True)
class Lamp:
    """A light near the stage that throws no shadow of its own.

    Attributes:
        at: where it hangs, metres.
        color: how it lights a wall right before it, linear.
        reach_m: the distance at which half is left.
        aim: unit vector of the middle of its cone.
        cone_deg: half the angle of its cone; None shines all round.
        flicker: how much it trembles, 0 steady, 0.3 an open fire.
        colors: what its colour is at every frame of the clip instead; empty where it stays the same.
        way: where it is at every frame instead; empty where it stays.
    """

    at: Rgb
    color: Rgb
    reach_m: float
    aim: Rgb = (0.0, -1.0, 0.0)
    cone_deg: float | None = None
    flicker: float = 0.0
    colors: tuple[Rgb, ...] = ()
    way: tuple[Rgb, ...] = ()


@dataclass(frozen=True, slots=True)
class Sky:
    """What the sky shows beside its light.

    Attributes:
        seed: moves the clouds and the stars.
        cloud_size: 1.0 are fair-weather clouds; larger ones are broader.
        streaks: 0 are heaps, 1 long bands.
        milky_way: its brightness, 0 to 1.
        nebula: brightness of glowing clouds of gas, 0 to 1; only in a whole sky.
        aurora: brightness of the northern lights, 0 to 1.
        light: its own light where that is not the scene's: outside the windows of a room.
        whole: whether it is all around, stars below as well as above: space.
    """

    seed: int
    cloud_size: float = 1.0
    streaks: float = 0.3
    milky_way: float = 0.0
    nebula: float = 0.0
    aurora: float = 0.0
    light: Light | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A world ready to be drawn.

    Attributes:
        stage: the composed view.
        light: light and air.
        sky: clouds and stars.
        ground: the land, where there is any.
        parts: everything that stands on it.
        actors: everything that moves by itself.
        swarms: everything that burns, drifts, splashes and shines.
        lamps: lights near the stage.
        baked_lamps: lights whose shine the parts hold already: they fall on actors alone.
        water: the water, where there is any.
        weather: what falls.
        downfall: how much of it.
        mirror_level_m: the height of a surface that mirrors the scene, where there is one.
        wet_street: whether level hard ground at the mirror's height shines.
        roughness: how uneven hard surfaces look: stone and plaster outside, smooth walls inside.
        shadow_radius_m: how far from the shadows' middle fine shadows reach.
        shadow_center: the middle of the fine shadows, x and z.
        seed: for what the painter scatters itself.
        sheet: the pictures that actors wear, where some do.
        backdrop: the picture that is the world, where one is: its stage is the only view of it.
        ways: roads and rails, which wheels keep to.
        hours: the light of every frame, where it changes within the clip; empty where it does not.
        floor_m: what bodies keep above where the ground is only a picture of one: clouds.
        beside: x and z of where whom the shot is about is seen best: by what the world is built round, as a
            fireplace; the camera goes there.
        round_rad: how far to both sides of its stage's own view it may be looked at before it looks bare.
    """

    stage: Stage
    light: Light
    sky: Sky
    weather: Weather
    seed: int
    ground: Ground | None = None
    parts: tuple[Part, ...] = ()
    actors: tuple[Actor, ...] = ()
    downfall: Downfall = Downfall.USUAL
    swarms: tuple[Swarm, ...] = ()
    lamps: tuple[Lamp, ...] = ()
    baked_lamps: tuple[Lamp, ...] = ()
    water: Water | None = None
    mirror_level_m: float | None = None
    wet_street: bool = False
    roughness: float = 0.22
    shadow_radius_m: float = 60.0
    shadow_center: tuple[float, float] = (0.0, -30.0)
    sheet: Sheet | None = None
    backdrop: Backdrop | None = None
    ways: tuple[Way, ...] = ()
    hours: tuple[Hour, ...] = ()
    floor_m: float | None = None
    beside: tuple[float, float] | None = None
    round_rad: float = math.pi
    facts: dict[str, object] = field(default_factory=dict[str, object])

    def ground_height(self, x: float, z: float) -> float:
        """Height in metres of the ground at a point."""
        return self.stage.ground(x, z)
