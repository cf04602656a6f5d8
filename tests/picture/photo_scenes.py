"""Made photographs with known subject, ground and sky, for measuring."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def _texture(
    random: np.random.Generator, shape: tuple[int, int], base: tuple[int, int, int], depth: float
) -> NDArray[np.float32]:
    rough = np.zeros(shape, np.float32)
    for sigma, share in ((1.2, 0.5), (4.0, 0.8), (12.0, 1.0)):
        noise = cv2.GaussianBlur(random.normal(0, 1, shape).astype(np.float32), (0, 0), sigma)
        rough += share * noise / max(float(noise.std()), 1e-6)
    return np.clip(np.array(base, np.float32) + depth * rough[..., None], 0, 255)


def ball_on_ground(width: int = 480, height: int = 270) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """A spotted red ball on a sandy ground before a blue sky; the picture and the ball's mask."""
    random = np.random.default_rng(4)
    horizon = int(0.45 * height)
    picture = _texture(random, (height, width), (176, 156, 118), 9.0)
    rows = np.linspace(0, 1, horizon, dtype=np.float32)[:, None, None]
    sky = np.array([92, 140, 214], np.float32) * (1 - rows) + np.array([176, 204, 236], np.float32) * rows
    clouds = cv2.GaussianBlur(random.normal(0, 1, (horizon, width)).astype(np.float32), (0, 0), 22)
    picture[:horizon] = sky + 10.0 * np.clip(clouds / clouds.std(), 0, 2)[..., None]
    ball = _texture(random, (height, width), (196, 40, 34), 16.0)
    ys, xs = np.mgrid[0:height, 0:width]
    distance = np.hypot(xs - 0.52 * width, ys - 0.58 * height)
    radius = 0.24 * height
    mask = distance < radius
    edge = np.clip(radius - distance + 0.5, 0, 1)[..., None]
    picture = picture * (1 - edge) + ball * edge
    return np.clip(picture, 0, 255).astype(np.uint8), mask
