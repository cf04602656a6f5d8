"""Painting what falls: rain with its splashes, and snow at several depths."""

from __future__ import annotations

from dataclasses import dataclass

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.moment import Moment, set_light
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.plan import Downfall, Weather
from kirin_video.engines.previs.scenery import Scene

_CORNERS = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
_HALVES = np.array([0, 1, 2, 0, 2, 3], np.uint32)


@dataclass(frozen=True, slots=True)
class _Layer:
    """One depth of what falls: how many, in what box, how fast and of what shape."""

    count: int
    box_m: tuple[float, float, float]
    ahead_m: float
    velocity: tuple[float, float, float]
    half_width_m: float
    exposure_s: float
    sway_m: float
    opacity: float
    soft: float


_DRIZZLE = (
    _Layer(1100, (9.0, 9.0, 9.0), 4.5, (0.5, -6.0, 0.2), 0.0024, 0.030, 0.0, 0.60, 0.0),
    _Layer(3600, (28.0, 20.0, 28.0), 15.0, (0.5, -6.0, 0.2), 0.0052, 0.050, 0.0, 0.56, 0.0),
)
_RAIN = (
    _Layer(900, (9.0, 9.0, 9.0), 4.5, (0.9, -9.0, 0.3), 0.0030, 0.045, 0.0, 0.62, 0.0),
    _Layer(3600, (28.0, 20.0, 28.0), 15.0, (0.9, -9.0, 0.3), 0.0062, 0.065, 0.0, 0.60, 0.0),
    _Layer(1800, (70.0, 36.0, 70.0), 42.0, (0.9, -9.0, 0.3), 0.0130, 0.110, 0.0, 0.42, 0.0),
)
_DOWNPOUR = (
    _Layer(1300, (9.0, 9.0, 9.0), 4.5, (2.2, -10.5, 0.7), 0.0034, 0.060, 0.0, 0.66, 0.0),
    _Layer(4400, (28.0, 20.0, 28.0), 15.0, (2.2, -10.5, 0.7), 0.0070, 0.085, 0.0, 0.62, 0.0),
    _Layer(1900, (70.0, 36.0, 70.0), 42.0, (2.2, -10.5, 0.7), 0.0150, 0.120, 0.0, 0.46, 0.0),
)
_FLURRY = (
    _Layer(40, (5.0, 4.0, 5.0), 2.4, (0.20, -0.65, 0.1), 0.013, 0.0, 0.16, 0.50, 1.0),
    _Layer(560, (16.0, 12.0, 16.0), 8.0, (0.25, -0.80, 0.1), 0.015, 0.0, 0.22, 0.95, 1.0),
    _Layer(1300, (56.0, 30.0, 56.0), 28.0, (0.30, -0.90, 0.1), 0.026, 0.0, 0.25, 0.65, 1.0),
)
_SNOW = (
    _Layer(110, (5.0, 4.0, 5.0), 2.4, (0.25, -0.75, 0.1), 0.013, 0.0, 0.16, 0.50, 1.0),
    _Layer(1700, (16.0, 12.0, 16.0), 8.0, (0.35, -0.95, 0.1), 0.015, 0.0, 0.22, 0.95, 1.0),
    _Layer(4200, (56.0, 30.0, 56.0), 28.0, (0.40, -1.05, 0.1), 0.026, 0.0, 0.25, 0.65, 1.0),
)
_BLIZZARD = (
    _Layer(260, (5.0, 4.0, 5.0), 2.4, (4.6, -1.5, 0.8), 0.014, 0.0, 0.10, 0.55, 1.0),
    _Layer(3000, (16.0, 12.0, 16.0), 8.0, (5.6, -1.9, 0.9), 0.017, 0.0, 0.18, 0.95, 1.0),
    _Layer(6000, (56.0, 30.0, 56.0), 28.0, (6.4, -2.2, 1.0), 0.032, 0.0, 0.25, 0.75, 1.0),
)
_LAYERS = {
    (Weather.RAIN, Downfall.LIGHT): _DRIZZLE,
    (Weather.RAIN, Downfall.USUAL): _RAIN,
    (Weather.RAIN, Downfall.HEAVY): _DOWNPOUR,
    (Weather.SNOW, Downfall.LIGHT): _FLURRY,
    (Weather.SNOW, Downfall.USUAL): _SNOW,
    (Weather.SNOW, Downfall.HEAVY): _BLIZZARD,
}
_SPLASHING = {Downfall.LIGHT: (1.6, 0.6), Downfall.USUAL: (2.6, 1.0), Downfall.HEAVY: (3.6, 1.6)}
"""How often drops land at a place, a second, and how large their splashes are."""


class FallPainter:
    """Draws rain or snow over the finished picture."""

    def __init__(
        self, context: moderngl.Context, scene: Scene, mist_floor_m: float, splashes: NDArray[np.float32]
    ) -> None:
        self._context = context
        self._layers = _LAYERS.get((scene.weather, scene.downfall), ())
        self._shader = Shader(context, "fall.vert", "fall.frag")
        set_light(self._shader, scene.light, mist_floor_m)
        light = scene.light
        white = 1.5 if scene.weather is Weather.SNOW else 1.30
        glow = 0.9 * float(np.mean(light.horizon)) + 0.10 + 0.1 * light.lamps
        self._tint = tuple(white * (0.55 * c + 0.5 * glow) for c in light.horizon)
        rng = np.random.default_rng(scene.seed + 77)
        self._arrays = [
            self._load(rng.random((layer.count, 4)), self._shader, "seed") for layer in self._layers
        ]
        self._splashes: moderngl.VertexArray | None = None
        if len(splashes):
            self._splash_shader = Shader(context, "splash.vert", "splash.frag")
            set_light(self._splash_shader, light, mist_floor_m)
            rate, size = _SPLASHING[scene.downfall]
            self._splash_shader.set(tint=self._tint, rate=rate, large=size)
            self._splashes = self._load(splashes, self._splash_shader, "drop")

    def _load(self, seeds: np.ndarray, shader: Shader, name: str) -> moderngl.VertexArray:
        context = self._context
        each = np.repeat(seeds.astype(np.float32), len(_CORNERS), 0)
        corners = np.tile(_CORNERS, (len(seeds), 1))
        content = [
            (context.buffer(each.tobytes()), "4f4", name),
            (context.buffer(corners.tobytes()), "2f4", "corner"),
        ]
        index = np.arange(len(seeds), dtype=np.uint32)[:, None] * len(_CORNERS) + _HALVES
        return shader.array(content, context.buffer(index.tobytes()))

    def draw(self, moment: Moment) -> None:
        """Draw the falling things of a moment."""
        if not self._layers:
            return
        context = self._context
        context.enable(moderngl.BLEND)
        context.blend_func = (moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA)
        eye = np.array(moment.view.eye)
        ahead = np.array(moment.view.target) - eye
        ahead /= np.linalg.norm(ahead)
        side = np.cross(ahead, (0.0, 1.0, 0.0))
        side /= np.linalg.norm(side)
        if self._splashes is not None:
            moment.set(self._splash_shader)
            self._splash_shader.set(side=_triple(side))
            self._splashes.render(moderngl.TRIANGLES)
        moment.set(self._shader)
        for layer, array in zip(self._layers, self._arrays, strict=True):
            self._shader.set(
                box=layer.box_m,
                velocity=layer.velocity,
                middle=_triple(eye + ahead * layer.ahead_m),
                side=_triple(side),
                shape=(layer.half_width_m, layer.exposure_s, layer.sway_m),
                smallest=0.75 * np.radians(moment.view.fov_deg) / moment.height_px,
                opacity=layer.opacity,
                tint=self._tint,
                soft=layer.soft,
            )
            array.render(moderngl.TRIANGLES)
        context.disable(moderngl.BLEND)


def _triple(v: np.ndarray) -> tuple[float, float, float]:
    return (float(v[0]), float(v[1]), float(v[2]))
