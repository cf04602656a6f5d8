"""Painting what moves by itself: skinned bodies, their shadows and their mirror images."""

from __future__ import annotations

from dataclasses import dataclass

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.coats import Coat, Pattern
from kirin_video.engines.previs.gl.lamps import SOURCE, lamp_flags, set_lamps
from kirin_video.engines.previs.gl.moment import Moment, light_flags, set_light
from kirin_video.engines.previs.gl.moving import MovingShadows, enclosing_radius
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.gl.shadows import Shadows
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.scenery import MOST_BONES, Actor, Scene

_POSE_BINDING = 0
_SWEEP_FRAMES = 12
_SHADE_M = 0.8
"""How far below and above a foot the ground may lie that it shades."""
_BONES_FLAG = f"MOST_BONES {MOST_BONES}"
_FLAGS: dict[Pattern, tuple[str, ...]] = {
    Pattern.PLAIN: (),
    Pattern.FUR: ("COAT_FURRY",),
    Pattern.STRIPES: ("COAT_STRIPES", "COAT_FURRY"),
    Pattern.PATCHES: ("COAT_PATCHES", "COAT_FURRY"),
    Pattern.CELLS: ("COAT_CELLS",),
    Pattern.SPOTS: ("COAT_SPOTS", "COAT_FURRY"),
    Pattern.ROSETTES: ("COAT_ROSETTES", "COAT_FURRY"),
    Pattern.WOOL: ("COAT_WOOL",),
    Pattern.HIDE: ("COAT_HIDE",),
    Pattern.SCALES: ("COAT_SCALES",),
}


@dataclass(frozen=True, slots=True)
class Geometry:
    """What actors of one shape share: buffers, and where the vertices of each bone lie at rest.

    Attributes:
        content: buffers with their formats and attributes.
        index: of the triangles.
        middles: float32, (b, 4), the middle of every bone's vertices with a last 1, where it has any.
        radii: float32, (b,), round those middles.
        owners: which bones those are.
        pivots: float32, (bones, 4), the same middles for every bone, the origin for bones without vertices.
    """

    content: list[tuple[moderngl.Buffer, str, str]]
    index: moderngl.Buffer
    middles: NDArray[np.float32]
    radii: NDArray[np.float32]
    owners: NDArray[np.int64]
    pivots: NDArray[np.float32]

    @property
    def corners(self) -> list[tuple[moderngl.Buffer, str, str]]:
        """What programs need that only ask where it is."""
        return [part for part in self.content if part[2] in {"position", "bones", "weights"}]


@dataclass(frozen=True, slots=True)
class LoadedActor:
    """An actor ready to be drawn.

    Attributes:
        actor: the actor.
        coat: its program and its geometry for that; None where it wears a picture, and `prints` draws it.
        shape: its geometry for the shadows.
        pose: its bones in the frame that is drawn.
        bounds: float32, (f, 2, 3), the box round it in every frame.
        geometry: what it shares with actors of its shape.
    """

    actor: Actor
    coat: tuple[Shader, moderngl.VertexArray] | None
    shape: moderngl.VertexArray
    pose: moderngl.Buffer
    bounds: NDArray[np.float32]
    geometry: Geometry

    def in_sight(self, moment: Moment) -> bool:
        """Whether any of it may be in the picture."""
        return _in_sight(self.bounds[moment.number], moment)


class ActorPainter:
    """Draws the actors of a scene.

    Args:
        context: where it draws.
        scene: whose actors; there is at least one.
        shadows: of what stands still.
        mist_floor_m: the height that mist lies on.
    """

    def __init__(
        self, context: moderngl.Context, scene: Scene, shadows: Shadows, mist_floor_m: float
    ) -> None:
        self._context, self._scene, self._still = context, scene, shadows
        self._floor = mist_floor_m
        self._caster = Shader(context, "actor_caster.vert", "caster.frag", (), (_BONES_FLAG,))
        self._shaders: dict[Pattern, Shader] = {}
        self._lamps = scene.lamps + scene.baked_lamps
        self._geometries: dict[int, Geometry] = {}
        self.loaded = [self._load(actor) for actor in scene.actors]
        # Passers-by far away throw no shadows: the map is for those on stage.
        staged = [item for item in self.loaded if item.actor.casts] or self.loaded
        self._bounds = _united([item.bounds for item in staged])
        discs = sum(a.contacts.shape[1] for a in scene.actors if a.contacts is not None)
        radius = enclosing_radius(self._bounds)
        self.shadows = MovingShadows(
            context, scene.light.sun, radius, discs, self._swept(), turning=bool(scene.hours)
        )

    def _load(self, actor: Actor) -> LoadedActor:
        if id(actor.mesh) not in self._geometries:
            self._geometries[id(actor.mesh)] = self._geometry(actor)
        geometry = self._geometries[id(actor.mesh)]
        shader = None if actor.printed is not None else self._shader(actor.coat.pattern)
        return LoadedActor(
            actor=actor,
            coat=None if shader is None else (shader, shader.array(geometry.content, geometry.index)),
            shape=self._caster.array(geometry.corners, geometry.index),
            pose=self._context.buffer(reserve=MOST_BONES * 48),
            bounds=_bounds(actor.poses, geometry),
            geometry=geometry,
        )

    def _geometry(self, actor: Actor) -> Geometry:
        mesh, buffer = actor.mesh, self._context.buffer
        main = actor.bones[np.arange(len(actor.bones)), actor.weights.argmax(1)]
        owners = np.unique(main)
        middles = np.ones((len(owners), 4), np.float32)
        radii = np.empty(len(owners), np.float32)
        for row, bone in enumerate(owners):
            points = mesh.positions[main == bone]
            middles[row, :3] = (points.min(0) + points.max(0)) / 2.0
            radii[row] = np.linalg.norm(points - middles[row, :3], axis=1).max()
        pivots = np.tile(np.array([0, 0, 0, 1], np.float32), (actor.poses.shape[1], 1))
        pivots[owners] = middles
        content = [
            (buffer(mesh.positions.tobytes()), "3f4", "position"),
            (buffer(mesh.normals.tobytes()), "3f4", "normal"),
            (buffer(mesh.colors.tobytes()), "4f1", "color"),
            (buffer(mesh.glow.tobytes()), "1f1", "shine"),
            (buffer(actor.skin.tobytes()), "4f1", "skin"),
            (buffer(actor.along.tobytes()), "1f4", "along"),
            (buffer(actor.bones.tobytes()), "4u1", "bones"),
            (buffer(actor.weights.tobytes()), "4f1", "weights"),
        ]
        index = buffer(mesh.faces.tobytes())
        return Geometry(content, index, middles, radii, owners.astype(np.int64), pivots)

    def _shader(self, pattern: Pattern) -> Shader:
        if pattern not in self._shaders:
            shader = Shader(
                self._context,
                "actor.vert",
                "actor.frag",
                ("air.glsl", "shade.glsl", SOURCE, "moving.glsl", "coat.glsl"),
                (
                    _BONES_FLAG,
                    *_FLAGS[pattern],
                    *lamp_flags(self._lamps),
                    *light_flags(self._scene.light),
                ),
            )
            light = self._scene.light
            set_light(shader, light, self._floor)
            shader.set(wind=light.wind, lamps=light.lamps)
            self._shaders[pattern] = shader
        return self._shaders[pattern]

    def relight(self, light: Light) -> None:
        """Let another light fall on everybody."""
        self.shadows.turn(light.sun)
        for shader in self._shaders.values():
            set_light(shader, light, self._floor)
            shader.set(lamps=light.lamps)

    def _swept(self) -> NDArray[np.float64]:
        """Boxes (n, 2, 3) round what everybody darkens, each for a few frames."""
        count = len(self._bounds)
        swept: list[NDArray[np.float64]] = []
        for item in self.loaded:
            boxes = np.array([_darkened(item, number) for number in range(count)])
            for first in range(0, count, _SWEEP_FRAMES):
                some = boxes[first : first + _SWEEP_FRAMES]
                swept.append(np.stack([some[:, 0].min(0), some[:, 1].max(0)]))
        return np.array(swept)

    def bounds(self, *, lead_only: bool) -> NDArray[np.float32]:
        """The boxes (f, 2, 3) round everybody, or round the leading subject alone."""
        lead = self._scene.actors[0].subject
        boxes = [item.bounds for item in self.loaded if not lead_only or item.actor.subject == lead]
        return _united(boxes)

    def cast(self, number: int) -> None:
        """Draw the shadows of a frame, and take up its poses; comes before everything else of the frame."""
        contacts = [a.contacts[number] for a in self._scene.actors if a.contacts is not None]
        low, high = self._bounds[number]
        x, y, z = ((low + high) / 2.0).tolist()
        boxes = np.array([_darkened(item, number) for item in self.loaded])
        matrix = self.shadows.begin((x, y, z), np.concatenate([np.zeros((0, 4)), *contacts]), boxes)
        self._caster.set(light_projection=matrix)
        for item in self.loaded:
            item.pose.write(np.ascontiguousarray(item.actor.poses[number], np.float32).tobytes())
            if item.actor.casts:
                item.pose.bind_to_uniform_block(_POSE_BINDING)
                item.shape.render()

    def draw(self, moment: Moment) -> None:
        """Draw what is in sight; in a mirror, a moment's mirror level says so."""
        for shader in self._shaders.values():
            moment.set(shader)
            set_lamps(shader, self._lamps, moment.time_s)
            self._still.bind(shader)
            self.shadows.bind(shader)
        context = self._context
        context.enable(moderngl.CULL_FACE)
        eye, number = np.array(moment.view.eye), moment.number
        # The nearest first: it hides the others.
        for item in sorted(self.loaded, key=lambda item: _distance(item.bounds[number], eye)):
            if item.coat is not None and item.in_sight(moment):
                shader, array = item.coat
                _wear(shader, item.actor.coat)
                item.pose.bind_to_uniform_block(_POSE_BINDING)
                array.render()
        context.disable(moderngl.CULL_FACE)

    def draw_mirrored(self, moment: Moment) -> None:
        """Draw the mirror images: a mirror turns every face round."""
        self._context.front_face = "cw"
        self.draw(moment)
        self._context.front_face = "ccw"


def _wear(shader: Shader, coat: Coat) -> None:
    origin = np.random.default_rng(coat.seed).uniform(0.0, 40.0, 3)
    shader.set(
        coat_color=coat.color,
        coat_origin=(float(origin[0]), float(origin[1]), float(origin[2])),
        coat_per_m=coat.per_m,
        coat_balance=coat.balance,
    )


def _darkened(item: LoadedActor, number: int) -> NDArray[np.float64]:
    """The box (2, 3) round what of an actor throws a shadow or shades the ground below it."""
    box = item.bounds[number].astype(np.float64)
    contacts = item.actor.contacts
    if contacts is None:
        return box
    if not item.actor.casts:
        box[1, 1] = box[0, 1] + _SHADE_M
    box[0, 1] -= _SHADE_M
    discs = contacts[number][contacts[number][:, 3] > 0.0]
    if len(discs):
        around = discs[:, 2:3]
        box[0, [0, 2]] = np.minimum(box[0, [0, 2]], (discs[:, :2] - around).min(0))
        box[1, [0, 2]] = np.maximum(box[1, [0, 2]], (discs[:, :2] + around).max(0))
    return box


def _bounds(poses: NDArray[np.float32], geometry: Geometry) -> NDArray[np.float32]:
    """Boxes (f, 2, 3) round an actor: a ball for every bone's vertices, the blends between them inside."""
    middles = np.einsum("fbij,bj->fbi", poses[:, geometry.owners], geometry.middles)
    around = geometry.radii[None, :, None]
    return np.stack([(middles - around).min(1), (middles + around).max(1)], 1)


def _united(boxes: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """The boxes (f, 2, 3) round several, frame by frame."""
    low, high = np.min([box[:, 0] for box in boxes], axis=0), np.max([box[:, 1] for box in boxes], axis=0)
    return np.stack([low, high], 1)


def _distance(box: NDArray[np.float32], eye: NDArray[np.float64]) -> float:
    return float(np.linalg.norm(box.mean(0) - eye))


def _in_sight(box: NDArray[np.float32], moment: Moment) -> bool:
    """Whether any corner of a box lies on the picture's side of each of its borders."""
    corners = np.array([[*box[(i, j, k), (0, 1, 2)], 1.0] for i in (0, 1) for j in (0, 1) for k in (0, 1)])
    x, y, _, w = moment.projection @ corners.T
    return bool(((x > -w).any() and (x < w).any() and (y > -w).any() and (y < w).any()) and (w > 0.0).any())
