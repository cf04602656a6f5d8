"""Small footage whose camera is known: textured boards at several depths, seen through a pinhole."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS, Clip
from kirin_video.media.colour import rgb_to_i420
from kirin_video.media.frames import I420Frame

SIZE = (320, 180)
FOCAL = 1.07 * SIZE[0]
_BT709 = 1
_TEXELS = 96  # of a board, in each metre of the nearest one

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pose:
    """Where the camera is: radians and metres, all zero looks straight ahead.

    Attributes:
        pan: to the right.
        tilt: up.
        roll: leaning to the right.
        zoom: logarithm of the magnification.
        x: to the right.
        y: up.
        z: ahead.
    """

    pan: float = 0.0
    tilt: float = 0.0
    roll: float = 0.0
    zoom: float = 0.0
    x: float = 0.0
    y: float = 0.0
    z: float = 0.0

    def rotation(self) -> Floats:
        """World axes (right, down, ahead) to the camera's."""
        cos, sin = math.cos(self.pan), math.sin(self.pan)
        pan = np.array([[cos, 0, -sin], [0, 1, 0], [sin, 0, cos]])
        cos, sin = math.cos(self.tilt), math.sin(self.tilt)
        tilt = np.array([[1, 0, 0], [0, cos, sin], [0, -sin, cos]])
        cos, sin = math.cos(self.roll), math.sin(self.roll)
        roll = np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1]])
        return roll @ tilt @ pan


@dataclass(frozen=True)
class Board:
    """An upright textured rectangle: its middle and half size, metres, and the number of its texture."""

    middle: tuple[float, float, float]
    half: tuple[float, float]
    texture: int


WALL = (Board((0.0, 0.0, 14.0), (26.0, 16.0), 1),)
"""Nothing but a wall."""
_PLACES = (
    (-6.5, 16.0),
    (5.0, 14.0),
    (-1.5, 11.0),
    (8.0, 10.0),
    (-5.0, 8.5),
    (2.5, 7.5),
    (-2.2, 6.0),
    (4.6, 5.5),
)
STREET = (
    Board((0.0, 0.0, 40.0), (45.0, 34.0), 1),
    *(Board((x, 0.8, z), (1.1, 1.3), 10 + k) for k, (x, z) in enumerate(_PLACES)),
)
"""Boards between two rows of depth before a far wall."""


@dataclass(frozen=True)
class Walk:
    """A way of the camera through boards.

    Attributes:
        poses: the camera at every frame.
        boards: what stands there, the furthest first.
        walker: whether a bright board crosses the picture while the camera is filming.
        walker_half: its half size, metres; the usual one covers a quarter of the picture.
        tint: what the light does to the boards, RGB.
        noise: grain of the picture, levels.
        grey: whether it is black and white.
        size: width and height of the picture.
    """

    poses: tuple[Pose, ...]
    boards: Sequence[Board] = STREET
    walker: bool = False
    walker_half: tuple[float, float] = (0.8, 1.6)
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    noise: float = 0.0
    grey: bool = False
    size: tuple[int, int] = SIZE

    def channel(self, name: str) -> Floats:
        """One number of every pose."""
        return np.array([getattr(pose, name) for pose in self.poses])

    def frame(self, index: int) -> NDArray[np.uint8]:
        """A picture, RGB."""
        width, height = self.size
        out = np.zeros((height, width, 3), np.uint8)
        pose = self.poses[index]
        for board in self.boards:
            _hang(out, board, pose)
        if self.walker:
            share = index / max(len(self.poses) - 1, 1)
            _hang(out, Board((-4.0 + 8.0 * share, 0.3, 6.5), self.walker_half, 99), pose)
        grained = out * np.array(self.tint, np.float32)
        if self.grey:
            grained = np.repeat(grained.mean(axis=2, keepdims=True), 3, axis=2)
        if self.noise:
            grained = grained + np.random.default_rng(index).normal(0, self.noise, (height, width, 1))
        return grained.clip(0, 255).astype(np.uint8)

    def frames(self) -> Iterator[I420Frame]:
        """The pictures as planes."""
        for index in range(len(self.poses)):
            yield rgb_to_i420(self.frame(index)).copied()

    def save(self, path: Path) -> Clip:
        """Film it."""
        save([self], path)
        seconds = len(self.poses) / FPS
        return Clip(path=path, width=self.size[0], height=self.size[1], duration_s=seconds, has_sound=False)


def save(walks: Sequence[Walk], path: Path) -> Clip:
    """Film several walks with cuts between them."""
    width, height = walks[0].size
    count = 0
    with av.open(str(path), "w", format="mp4") as movie:
        stream = movie.add_stream("libx264", rate=FPS, width=width, height=height)
        stream.pix_fmt = "yuv420p"
        stream.options = {"preset": "ultrafast", "qp": "12"}
        stream.colorspace = stream.color_primaries = stream.color_trc = _BT709
        stream.color_range = 1
        for walk in walks:
            for index in range(len(walk.poses)):
                frame = av.VideoFrame.from_ndarray(walk.frame(index), "rgb24").reformat(
                    format="yuv420p", dst_colorspace="ITU709", src_color_range="JPEG", dst_color_range="MPEG"
                )
                frame.pts, frame.time_base = count, Fraction(1, FPS)
                movie.mux(stream.encode(frame))
                count += 1
        movie.mux(stream.encode(None))
    return Clip(path=path, width=width, height=height, duration_s=count / FPS, has_sound=False)


def _hang(out: NDArray[np.uint8], board: Board, pose: Pose) -> None:
    """Draw a board as the camera sees it."""
    height, width = out.shape[:2]
    (x, y, z), (wide, tall) = board.middle, board.half
    corners = np.array(
        [
            (x - wide, -y - tall, z),
            (x + wide, -y - tall, z),
            (x + wide, -y + tall, z),
            (x - wide, -y + tall, z),
        ]
    )
    seen = (corners - np.array([pose.x, -pose.y, pose.z])) @ pose.rotation().T
    if seen[:, 2].min() < 0.2:
        return
    focal = FOCAL * width / SIZE[0] * math.exp(pose.zoom)
    places = seen[:, :2] / seen[:, 2:] * focal + np.array([width / 2, height / 2])
    texture = _texture(board.texture, wide, tall)
    rows, columns = texture.shape[:2]
    frame = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32)
    matrix = cv2.getPerspectiveTransform(frame, places.astype(np.float32))
    drawn = cv2.warpPerspective(
        texture, matrix, (width, height), dst=out, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT
    )
    out[:] = np.asarray(drawn, np.uint8)


@cache
def _texture(number: int, wide: float, tall: float) -> NDArray[np.uint8]:
    """Patches of several sizes with borders, its own for every number."""
    random = np.random.default_rng(number)
    columns, rows = (960, 600) if wide > 10 else (96, round(96 * tall / wide))
    tone = random.uniform(80, 170) + random.uniform(-25, 25, 3).astype(np.float32)
    layers = [
        cv2.resize(
            (random.uniform(-1, 1, (r, c, 1)) + random.uniform(-0.3, 0.3, (r, c, 3))).astype(np.float32),
            (columns, rows),
            interpolation=mode,
        )
        for r, c, mode in (
            (max(rows // 40, 3), max(columns // 40, 3), cv2.INTER_CUBIC),
            (max(rows // 12, 5), max(columns // 12, 5), cv2.INTER_NEAREST),
        )
    ]
    return (tone + 45 * layers[0] + 38 * layers[1]).clip(0, 255).astype(np.uint8)


def eased(frames: int, change: Pose) -> tuple[Pose, ...]:
    """From rest to rest, by so much in all."""
    u = np.linspace(0.0, 1.0, frames)
    shares = u * u * (3.0 - 2.0 * u)
    names = ("pan", "tilt", "roll", "zoom", "x", "y", "z")
    return tuple(Pose(**{name: float(s) * getattr(change, name) for name in names}) for s in shares)


def orbit(frames: int, turn: float, radius: float) -> tuple[Pose, ...]:
    """Around a point straight ahead, to the right."""
    angles = [float(a) for a in np.linspace(0.0, turn, frames)]
    return tuple(Pose(pan=-a, x=radius * math.sin(a), z=radius * (1.0 - math.cos(a))) for a in angles)


def shaken(poses: Sequence[Pose], amount: float, seed: int = 3) -> tuple[Pose, ...]:
    """The same by hand."""
    random = np.random.default_rng(seed)
    times = np.arange(len(poses)) / FPS
    waves = [
        sum(np.sin(2 * math.pi * (hz * times + random.uniform())) / (1 + hz / 2) for hz in (0.9, 2.1, 4.3))
        for _ in range(3)
    ]
    return tuple(
        Pose(p.pan + amount * a, p.tilt + amount * b, p.roll + 0.6 * amount * c, p.zoom, p.x, p.y, p.z)
        for p, a, b, c in zip(poses, *(np.asarray(w).tolist() for w in waves), strict=True)
    )
