"""Where everything of two pictures of one scene goes, measured half way between them.

Both pictures are brought into the view half way along the camera's path. What the path does not explain,
parallax and things that moved, is dense flow there, with what each side alone sees marked as unsure.
"""

# ruff: noqa: PLR2004 - the numbers are thresholds and weights that were tuned by looking
from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.between.path import Matrix, Path
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.side_by_side import both
from kirin_video.engines.previs.wide_blur import wide_blur

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]
Grey = NDArray[np.uint8]

_PRESET: Final = cv2.DISOPTICAL_FLOW_PRESET_MEDIUM
_WORKING_PX: Final = 560
_FAR_PX: Final = 96
_UNSURE: Final = 0.25
_LOST: Final = 0.06
"""Where flow is unsure in a larger share of what both see, it is looked for again."""
_RELIT_FROM: Final = 9.0
"""Colours that differ by more than this, in the mean of 0 to 255, are of another light."""
_WORTH: Final = 0.02
"""Of sureness: what that must bring."""
_ROOM: Final = 1.6
"""The view half way is looked at this many times as wide as a picture, at most."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What moves beside the camera's path, on a grid in the view half way.

    Attributes:
        forth: from where something is in the first picture to where it is in the last, pixels of that view,
            float32, (h, w, 2).
        back: from the last picture to the first, the same way.
        sure_first: how sure ``forth`` is, 0 to 1; 0 where only the first picture sees it, float32, (h, w).
        sure_last: the same of ``back``.
        first_from: takes pixels of the view half way to those of the first picture, (3, 3).
        last_from: the same for the last.
        origin: where the grid begins, x and y, pixels.
        step: from one grid point to the next, pixels.
        strays: whether something went far by itself, such as a head that turned.
        relit: whether the light or the colours of what both see changed, as from day to night.
    """

    forth: Plane
    back: Plane
    sure_first: Plane
    sure_last: Plane
    first_from: Matrix
    last_from: Matrix
    origin: tuple[float, float]
    step: float
    strays: bool
    relit: bool


def measured(first: Rgb, last: Rgb, path: Path) -> Fields:
    """Measure what two pictures of one size do beside the camera's path."""
    first_from, last_from = path.over(-0.5), path.over(0.5)
    left, top, right, bottom = _extent(path)
    step = max(right - left, bottom - top) / _WORKING_PX
    size = max(16, round((right - left) / step)), max(16, round((bottom - top) / step))
    from_grid = np.array([[step, 0.0, left], [0.0, step, top], [0.0, 0.0, 1.0]])
    here, seen_here = _brought(first, first_from @ from_grid, size)
    there, seen_there = _brought(last, last_from @ from_grid, size)
    here, there = _filled_out(here, seen_here, there, seen_there)
    forth, back = _both_ways(here, there)
    sure_first, sure_last = _both_sure(forth, back, here, there)
    strays = False
    if float((sure_first < _UNSURE)[seen_here & seen_there].mean()) > _LOST:
        # something went farther than flow looks by itself: a head that turned, a thing that was moved
        led, back_led = _both_ways(here, there, far=True)
        surer, surer_back = _both_sure(led, back_led, here, there)
        if surer.mean() + surer_back.mean() > sure_first.mean() + sure_last.mean() + _WORTH:
            forth, back, sure_first, sure_last, strays = led, back_led, surer, surer_back, True
    sure_first, sure_last = sure_first * seen_here, sure_last * seen_there
    settled = both(lambda: _settled(forth, sure_first), lambda: _settled(back, sure_last))
    matrices = first_from @ from_grid, last_from @ from_grid
    relit = _relit(first, last, *matrices, size, (sure_first > 0.4) & seen_there) > _RELIT_FROM
    if relit:
        # where the light changes, what is unsure of its way is not unsure of its place: all change alike
        seen_by_both = (seen_here & seen_there).astype(np.float32)
        sure_first = sure_last = np.asarray(cv2.GaussianBlur(seen_by_both, (0, 0), 1.5), np.float32)
    return Fields(
        settled[0] * np.float32(step),
        settled[1] * np.float32(step),
        sure_first,
        sure_last,
        first_from,
        last_from,
        (left, top),
        step,
        strays,
        relit,
    )


def _extent(path: Path) -> tuple[float, float, float, float]:
    """The part of the view half way that either picture shows, within reason: left, top, right, bottom."""
    width, height = path.width, path.height
    corners = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]], np.float64)
    places = np.concatenate([corners @ path.over(share).T for share in (0.5, -0.5)])
    at = places[:, :2] / np.maximum(places[:, 2:], 0.1)
    spare = (_ROOM - 1.0) / 2
    low, high = at.min(axis=0), at.max(axis=0)
    least, most = (
        np.array([-spare * width, -spare * height]),
        np.array([1 + spare, 1 + spare]) * [width, height],
    )
    low, high = np.maximum(low, least), np.minimum(high, most)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _brought(rgb: Rgb, matrix: Matrix, size: tuple[int, int]) -> tuple[Grey, Mask]:
    """A picture's brightness on the grid, and where the picture is."""
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    shrink = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    if shrink > 1.3:
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.42 * shrink), np.uint8)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    brought = cv2.warpPerspective(grey, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    inside = np.full(grey.shape, 255, np.uint8)
    seen = cv2.warpPerspective(inside, matrix, size, flags=flags, borderMode=cv2.BORDER_CONSTANT)
    return np.asarray(brought, np.uint8), np.asarray(seen) > 250


def _filled_out(here: Grey, seen_here: Mask, there: Grey, seen_there: Mask) -> tuple[Grey, Grey]:
    """Both with the same mean light, and each completed by the other where it ends: nothing moves there."""
    both = seen_here & seen_there
    if both.sum() > 100:
        gain, offset = _light_between(there[both], here[both])
        matched = np.clip(there.astype(np.float32) * gain + offset, 0, 255).astype(np.uint8)
    else:
        matched = there
    completed = np.where(seen_here, here, np.where(seen_there, matched, here))
    other = np.where(seen_there, matched, np.where(seen_here, here, matched))
    return completed, other


def _light_between(values: Grey, wished: Grey) -> tuple[float, float]:
    spread = float(np.clip(wished.std() / max(float(values.std()), 1.0), 0.4, 2.5))
    return spread, float(wished.mean() - spread * values.mean())


def _relit(  # noqa: PLR0913, PLR0917 - both pictures and how they are looked at
    first: Rgb, last: Rgb, first_from: Matrix, last_from: Matrix, size: tuple[int, int], where: Mask
) -> float:
    """How much the colours differ, blurred, so that small misfits of detail do not count."""
    if where.mean() < 0.02:
        return 255.0
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    soft = [
        np.asarray(cv2.GaussianBlur(cv2.warpPerspective(rgb, m, size, flags=flags), (0, 0), 6.0), np.float32)
        for rgb, m in ((first, first_from), (last, last_from))
    ]
    return float(np.abs(soft[0] - soft[1]).mean(axis=2)[where].mean())


def _both_ways(here: Grey, there: Grey, *, far: bool = False) -> tuple[Plane, Plane]:
    """Flow from the one picture to the other and back, at once; ``far`` looks for what goes far first."""

    def led(one: Grey, other: Grey) -> Plane:
        start = _far_flow(one, other) if far else np.zeros((*one.shape, 2), np.float32)
        return _calculated(cv2.DISOpticalFlow.create(_PRESET), one, other, start)

    with _on_one_thread():
        return both(lambda: led(here, there), lambda: led(there, here))


def _both_sure(forth: Plane, back: Plane, here: Grey, there: Grey) -> tuple[Plane, Plane]:
    return both(lambda: _sure(forth, back, here, there), lambda: _sure(back, forth, there, here))


def flow_between(here: Grey, there: Grey, start: Plane | None = None) -> Plane:
    """Where each point of one picture is in another, relative to itself: float32, (h, w, 2), pixels.

    DIS flow (Kroeger et al. 2016), on one thread: its answer depends on their number.

    Args:
        here: the one picture, uint8, (h, w).
        there: the other.
        start: where to begin the search; where each point is, if None.
    """
    with _on_one_thread():
        begun = np.zeros((*here.shape, 2), np.float32) if start is None else start
        return _calculated(cv2.DISOpticalFlow.create(_PRESET), here, there, begun)


def _far_flow(here: Grey, there: Grey) -> Plane:
    """The same roughly, of what goes far: large patches of small pictures."""
    scale = _FAR_PX / max(here.shape)
    size = max(16, round(here.shape[1] * scale)), max(16, round(here.shape[0] * scale))
    small = [
        np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8) for grey in (here, there)
    ]
    dis = cv2.DISOpticalFlow.create(_PRESET)
    dis.setFinestScale(0)
    dis.setPatchSize(16)
    dis.setPatchStride(2)
    dis.setGradientDescentIterations(60)
    rough = _calculated(dis, small[0], small[1], np.zeros((size[1], size[0], 2), np.float32))
    soft = cv2.GaussianBlur(rough, (0, 0), 1.5)
    grown = cv2.resize(soft, here.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(grown, np.float32) / np.float32(scale)


def _calculated(dis: cv2.DISOpticalFlow, here: Grey, there: Grey, start: Plane) -> Plane:
    return np.asarray(dis.calc(here, there, start), np.float32)


@contextmanager
def _on_one_thread() -> Generator[None]:
    """OpenCV divides no work meanwhile, in any thread: the flow's answer depends on how it is divided."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(threads)


def _sure(flow: Plane, other: Plane, here: Grey, there: Grey) -> Plane:
    """1 where going and coming back ends where it began, and both pictures look alike there."""
    height, width = here.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    at_x, at_y = x + flow[..., 0], y + flow[..., 1]
    mode = cv2.BORDER_REPLICATE
    returned = np.asarray(cv2.remap(other, at_x, at_y, cv2.INTER_LINEAR, borderMode=mode), np.float32)
    miss = np.hypot(flow[..., 0] + returned[..., 0], flow[..., 1] + returned[..., 1])
    arrived = np.asarray(cv2.remap(there, at_x, at_y, cv2.INTER_LINEAR, borderMode=mode), np.float32)
    unlike = np.asarray(cv2.GaussianBlur(np.abs(arrived - here.astype(np.float32)), (0, 0), 2.5), np.float32)
    allowed = 1.0 + 0.04 * np.hypot(flow[..., 0], flow[..., 1])
    sure = np.exp(-((miss / allowed) ** 2)) * np.exp(-((unlike / 26.0) ** 2))
    return np.asarray(cv2.GaussianBlur(sure.astype(np.float32), (0, 0), 1.5), np.float32)


def _settled(flow: Plane, sure: Plane) -> Plane:
    """Flow that is sure, carried over what is not: the nearest sure motion, ever more smoothly."""
    trusted = np.clip((sure - 0.25) / 0.4, 0, 1).astype(np.float32)
    weighed = np.dstack([flow * trusted[..., None], trusted])
    out = flow * trusted[..., None]
    left = np.float32(1.0) - trusted
    for sigma in (2.0, 6.0, 18.0, 54.0):
        spread = wide_blur(weighed, sigma)
        share = spread[..., 2]
        used = left * np.clip(share / np.float32(0.15), 0, 1)
        out += spread[..., :2] * (used / np.maximum(share, np.float32(1e-4)))[..., None]
        left -= used
    return np.asarray(cv2.GaussianBlur(out, (0, 0), 1.0), np.float32)
