"""A picture as the world: its ground, its walls and its sky as a screen that the camera may move before.

The picture is thrown from the point it was taken at onto a ground below the horizon and a screen beyond it:
from there it looks as it was, and from beside it near things pass before far ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.light import Light, Rgb, direction, light_for
from kirin_video.engines.previs.photo import regions, superpixels
from kirin_video.engines.previs.photo.moves import FOCAL
from kirin_video.engines.previs.photo.picture import Rgb as Picture
from kirin_video.engines.previs.photo.picture import fitted
from kirin_video.engines.previs.plan import Action, Setting, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.references.cutting.cut import scaled
from kirin_video.engines.previs.references.foreground import lacks_ground, with_path
from kirin_video.engines.previs.scenery import Backdrop, Scene, Sky

Floats = NDArray[np.float64]

_LONGEST_PX = 1280
_LOOKED_AT_PX = 300
_HORIZON = 0.44
"""Where the ground ends where no sky tells, as a share of the height."""
_HIGHEST, _LOWEST = 0.16, 0.80
"""A horizon elsewhere is not believed."""
_FOOT = 0.78
"""How far below the horizon the leading subject stands, as a share of what is there."""
_FACE = 0.44
"""How far down the picture a face is."""
_EYE_M = 1.6
"""The height of the camera where nobody stands before it."""
_SCREEN_M = 5.5
"""How far beyond the leading subject the ground ends, in its distances."""
_SKY_M = 40.0
_ROOM = 0.14
"""How much of the picture is mirrored beyond its border, as a share of its sides."""
_LENS = 0.95
"""The view is this much narrower than the picture, so that the camera may move."""
_EVEN, _BLUE, _DARK, _LEAST_SKY = 1.5, -8.0, 14.0, 0.3
"""What a night's sky is: in CIE Lab, and the least share of the height."""
_GRID = (72, 56)
_OFF_GROUND = frozenset(
    {
        Action.FLY, Action.GLIDE, Action.HOVER, Action.TAKE_OFF, Action.LAUNCH, Action.SWIM, Action.FLOAT,
        Action.SAIL, Action.ROW, Action.SURF, Action.DIVE,
    }
)  # fmt: skip
_GREY = 0.18
_TIMES: dict[TimeOfDay, Rgb] = {
    TimeOfDay.DAWN: (0.98, 0.84, 0.74),
    TimeOfDay.DAY: (1.0, 1.0, 1.0),
    TimeOfDay.DUSK: (0.92, 0.66, 0.50),
    TimeOfDay.NIGHT: (0.13, 0.19, 0.34),
}
"""What an hour that the prompt asks for does to a picture taken by day."""


@dataclass(frozen=True, slots=True)
class Place:
    """A picture that is the world.

    Attributes:
        rgb: the picture.
        plan: what is shown there.
        seed: what makes what falls there different.
    """

    rgb: Picture
    plan: ShotPlan
    seed: int

    def stage(self, aspect: float) -> Stage:
        """The picture's own view, from 1.6 m; only its field of view counts yet."""
        return Stage((0.0, _EYE_M, 0.0), (0.0, _EYE_M, -10.0), _fov(aspect) * _LENS, _level, 0.12)

    def scene(self, aspect: float, far_m: float | None, face_m: float | None) -> Scene:
        """The empty world.

        Args:
            aspect: width over height of the clip's picture.
            far_m: how far away the leading subject will stand; None where there is nobody.
            face_m: the height of its face, where the shot is of that.
        """
        wide = aspect >= 1.0
        size = (
            (_LONGEST_PX, round(_LONGEST_PX / aspect / 2) * 2)
            if wide
            else (round(_LONGEST_PX * aspect / 2) * 2, _LONGEST_PX)
        )
        rgb = fitted(self.rgb, *size)
        horizon, sky, leaves = _horizon(rgb, self.plan)
        foot = horizon + _FOOT * (1.0 - horizon)
        if far_m is not None and face_m is None and self._stands() and lacks_ground(*leaves):
            rgb = with_path(rgb, horizon, foot, self.seed)
        focal = FOCAL * max(size)
        below = (foot - horizon) * size[1] / focal
        far = far_m if far_m is not None else _EYE_M / below
        eye = far * below if face_m is None else max(face_m + far * (_FACE - horizon) * size[1] / focal, 0.3)
        pitch = math.atan((0.5 - horizon) * size[1] / focal)
        target = (0.0, eye - math.tan(pitch) * far, -far)
        light = _light(rgb, self.plan)
        return Scene(
            stage=Stage((0.0, eye, 0.0), target, _fov(aspect) * _LENS, _level, 0.05),
            light=light,
            sky=Sky(self.seed & 0x7FFFFFFF),
            weather=self.plan.weather,
            seed=self.seed & 0x7FFFFFFF,
            backdrop=_backdrop(rgb, sky, (focal, pitch, eye, far), _TIMES[self.plan.time]),
            shadow_radius_m=3.0 * far,
            shadow_center=(0.0, -far),
        )

    def _stands(self) -> bool:
        """Whether anybody needs ground under his feet."""
        return any(s.action not in _OFF_GROUND for s in self.plan.subjects if not s.scenery)


def _level(_x: float, _z: float) -> float:
    return 0.0


def _fov(aspect: float) -> float:
    """The vertical field of view, degrees, of a picture by the usual lens."""
    high = 1.0 / aspect if aspect >= 1.0 else 1.0
    return math.degrees(2.0 * math.atan(high / 2.0 / FOCAL))


def _horizon(
    rgb: Picture, plan: ShotPlan
) -> tuple[float, NDArray[np.float32], tuple[Picture, NDArray[np.float32]]]:
    """Where the ground ends, as a share of the height; where sky is, 0 to 1; and where leaves are, small."""
    small = scaled(rgb, _LOOKED_AT_PX)
    pieces = superpixels.split(small)
    sky = regions.find_sky(small, pieces)
    sea = plan.setting in {Setting.SEA, Setting.BEACH}
    nobody = np.zeros_like(sky)
    found = regions.find_regions(small, pieces, sky, nobody, sea_expected=sea)
    horizon = found.horizon if found.horizon is not None else _night_horizon(small)
    return float(np.clip(horizon, _HIGHEST, _LOWEST)), sky.astype(np.float32), (small, found.leaves)


def _night_horizon(small: Picture) -> float:
    """Where an even, blue or dark upper part of a picture ends; the usual place where there is none."""
    lab = superpixels.lab_of(small)
    rough = np.abs(np.diff(lab[..., 0], axis=1))
    even = np.median(rough, axis=1) < _EVEN
    sky = (np.median(lab[..., 2], axis=1) < _BLUE) | (np.median(lab[..., 0], axis=1) < _DARK)
    ends = np.flatnonzero(~(even & sky))
    last = (int(ends[0]) if len(ends) else len(even)) / len(even)
    return last if last > _LEAST_SKY else _HORIZON


def _backdrop(
    rgb: Picture, sky: NDArray[np.float32], camera: tuple[float, float, float, float], gain: Rgb
) -> Backdrop:
    """The screen: the picture thrown onto what it shows, with a mirrored rim."""
    focal, pitch, eye, far = camera
    height, width = rgb.shape[:2]
    room = round(_ROOM * width), round(_ROOM * height)
    padded = cv2.copyMakeBorder(rgb, room[1], room[1], room[0], room[0], cv2.BORDER_REFLECT_101)
    columns, rows = _GRID
    u, v = np.meshgrid(np.linspace(-_ROOM, 1.0 + _ROOM, columns), np.linspace(-_ROOM, 1.0 + _ROOM, rows))
    x, y = (u - 0.5) * width / focal, (0.5 - v) * height / focal
    # Rays of the camera, which looks down by its pitch, in the world's axes; one unit ahead of it.
    cos, sin = math.cos(pitch), math.sin(pitch)
    rays = np.stack([x, y * cos - sin, -(cos + y * sin)], -1)
    ahead = np.maximum(-rays[..., 2], 1e-3)
    on_ground = np.maximum(-rays[..., 1] / ahead, 0.0) / eye
    high = np.asarray(cv2.remap(sky, _pixels(u, sky.shape[1]), _pixels(v, sky.shape[0]), cv2.INTER_LINEAR,
                                borderMode=cv2.BORDER_REPLICATE), np.float64)  # fmt: skip
    screen = 1.0 / (_SCREEN_M * far)
    behind = screen + (1.0 / (_SKY_M * far) - screen) * np.clip(high, 0.0, 1.0)
    depth = 1.0 / np.maximum(on_ground, behind)
    points = rays / ahead[..., None] * depth[..., None] + np.array([0.0, eye, 0.0])
    span = 1.0 + 2.0 * _ROOM
    places = np.stack([(u + _ROOM) / span, (v + _ROOM) / span], -1)
    at = np.arange(u.size).reshape(u.shape)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([a, c, b], -1).reshape(-1, 3), np.stack([b, c, d], -1).reshape(-1, 3)])
    return Backdrop(
        pixels=np.ascontiguousarray(padded, np.uint8),
        points=points.reshape(-1, 3).astype(np.float32),
        places=places.reshape(-1, 2).astype(np.float32),
        faces=faces.astype(np.uint32),
        gain=gain,
        flat_m=0.02 * eye,
    )


def _pixels(shares: Floats, count: int) -> NDArray[np.float32]:
    return (np.clip(shares, 0.0, 1.0) * count - 0.5).astype(np.float32)


def _light(rgb: Picture, plan: ShotPlan) -> Light:
    """A light that suits the picture: as bright and as warm as it is, from its brighter side."""
    linear = (rgb.reshape(-1, 3).astype(np.float64) / 255.0) ** 2.2
    mean = linear.mean(axis=0)
    level = float(np.clip((mean.mean() / _GREY) ** 0.5, 0.45, 1.25))
    tint = (mean / max(float(mean.mean()), 1e-4)) ** 0.45
    half = rgb.shape[1] // 2
    side = -1.0 if rgb[:, :half].mean() >= rgb[:, half:].mean() else 1.0
    base = light_for(plan.time, plan.weather)
    share: Rgb = tuple((level * tint).tolist())

    def lit(color: Rgb) -> Rgb:
        return color[0] * share[0], color[1] * share[1], color[2] * share[2]

    dry = plan.weather in {Weather.CLEAR, Weather.CLOUDY}
    return replace(
        base,
        sun=direction(side * 112.0, 52.0) if plan.time is TimeOfDay.DAY else base.sun,
        sun_color=lit(base.sun_color),
        horizon=lit(base.horizon),
        horizon_away=lit(base.horizon_away),
        zenith=lit(base.zenith),
        bounce=lit((base.bounce[0] * 1.3, base.bounce[1] * 1.3, base.bounce[2] * 1.3)),
        disc=0.0,
        stars=0.0,
        haze_per_m=0.0 if dry else base.haze_per_m,
        mist_per_m=0.0 if dry else base.mist_per_m,
    )
