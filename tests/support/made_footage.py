"""Small footage of known truth: a textured backdrop, a disc that crosses it, and the disc's exact mask."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS, Clip

SIZE = (320, 180)
_BT709 = 1


@dataclass(frozen=True)
class Scene:
    """What is filmed.

    Attributes:
        pan_px: how far the camera moves to the right, each frame.
        screen: the colour behind the disc instead of the backdrop; None shows the backdrop.
        color: of the disc.
        radius: of the disc, pixels.
        num_frames: length.
        from_x: where the disc begins, as a share of the width.
        to_x: where it ends.
    """

    pan_px: float = 0.0
    screen: tuple[int, int, int] | None = None
    color: tuple[int, int, int] = (205, 50, 40)
    radius: int = 26
    num_frames: int = 28
    from_x: float = 0.25
    to_x: float = 0.7

    def backdrop(self, index: int) -> NDArray[np.uint8]:
        """What is behind the disc in a frame, RGB."""
        width, height = SIZE
        if self.screen is not None:
            return np.full((height, width, 3), self.screen, np.uint8)
        left = self.pan_px * index
        shift = np.array([[1, 0, -left], [0, 1, 0]], np.float32)
        return np.asarray(cv2.warpAffine(_wall(), shift, (width, height), flags=cv2.INTER_LINEAR), np.uint8)

    def mask(self, index: int) -> NDArray[np.bool_]:
        """Where the disc is in a frame."""
        width, height = SIZE
        share = index / max(self.num_frames - 1, 1)
        x = (self.from_x + (self.to_x - self.from_x) * share) * width
        rows, columns = np.mgrid[0:height, 0:width]
        return np.hypot(columns - x, rows - 0.55 * height) < self.radius

    def frame(self, index: int) -> NDArray[np.uint8]:
        """A frame, RGB."""
        picture = self.backdrop(index).copy()
        rows = np.mgrid[0 : SIZE[1], 0 : SIZE[0]][0]
        shade = (1.15 - 0.5 * (rows / SIZE[1] - 0.35))[..., None]
        disc = (np.array(self.color, np.float32) * shade).clip(0, 255).astype(np.uint8)
        mask = self.mask(index)
        picture[mask] = disc[mask]
        return picture

    def save(self, path: Path) -> Clip:
        """Film it, nearly without loss."""
        width, height = SIZE
        with av.open(str(path), "w", format="mp4") as movie:
            stream = movie.add_stream("libx264", rate=FPS, width=width, height=height)
            stream.pix_fmt = "yuv420p"
            stream.options = {"preset": "ultrafast", "qp": "6"}
            stream.colorspace = stream.color_primaries = stream.color_trc = _BT709
            stream.color_range = 1
            for index in range(self.num_frames):
                picture = av.VideoFrame.from_ndarray(self.frame(index), "rgb24").reformat(
                    format="yuv420p", dst_colorspace="ITU709", src_color_range="JPEG", dst_color_range="MPEG"
                )
                picture.pts, picture.time_base = index, Fraction(1, FPS)
                movie.mux(stream.encode(picture))
            movie.mux(stream.encode(None))
        seconds = self.num_frames / FPS
        return Clip(path=path, width=width, height=height, duration_s=seconds, has_sound=False)


def _wall() -> NDArray[np.uint8]:
    """A backdrop of soft, muted patches and fine grain, wider than the frame."""
    random = np.random.default_rng(4)
    coarse = random.uniform(0, 1, (14, 40, 3)).astype(np.float32)
    fine = random.uniform(0, 1, (60, 170, 1)).astype(np.float32)
    size = (640, SIZE[1])
    patches = np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC), np.float32)
    grain = np.asarray(cv2.resize(fine, size, interpolation=cv2.INTER_LINEAR), np.float32)[..., None]
    tone = np.array([88, 112, 120], np.float32) + 46 * (patches - 0.5) + 50 * (grain - 0.5)
    return tone.clip(0, 255).astype(np.uint8)
