"""From which side a cut-out shows its subject, and which picture of an element suits what it does."""

# ruff: noqa: PLR2004 -- thresholds that were tuned by looking at silhouettes
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.plan import Action, Angle, Heading
from kirin_video.engines.previs.references.cutting import Cut

Plane = NDArray[np.float32]


class Side(StrEnum):
    """What a picture shows of its subject."""

    FRONT = "front"
    SIDE = "side"
    BACK = "back"


BEARINGS = {Side.FRONT: 0.0, Side.SIDE: -math.pi / 2.0, Side.BACK: math.pi}
"""Where the photographer stood: a turn from the subject's front, radians."""

_EVEN = 0.84
"""How well a front covers its own mirror image, at least."""
_SAME = 9.0
_OUTLINE = 0.87
"""How well a back's outline covers the front's; a side's does not come near."""
_LONG = 1.05
"""What is so many times as long as high and looks one way is seen from its side."""
_LEAN = 0.045
"""How far the head must be before the foot for a side, as a share of the width."""
ASKED = {
    Angle.FRONT: (Side.FRONT, Side.SIDE, Side.BACK),
    Angle.SIDE: (Side.SIDE, Side.FRONT, Side.BACK),
    Angle.BEHIND: (Side.BACK, Side.SIDE, Side.FRONT),
}
"""Which view shows it from where a prompt wants it seen, the best first."""
GOING = frozenset(
    {
        Action.WALK, Action.SNEAK, Action.TROT, Action.RUN, Action.GALLOP, Action.CRAWL, Action.DRIVE,
        Action.SKATE, Action.SKI, Action.SAIL, Action.ROW, Action.SWIM, Action.FLY, Action.GLIDE,
        Action.TAKE_OFF, Action.SURF, Action.SLITHER, Action.PULL, Action.PUSH, Action.RIDE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """A cut-out and what it shows.

    Attributes:
        cut: the cut-out; a side looks to the right.
        side: what it shows.
    """

    cut: Cut
    side: Side


def view_of(cut: Cut, *, frontal: bool = False) -> View:
    """What one picture shows.

    Args:
        cut: its cut-out.
        frontal: whether the caller says that it is the front.
    """
    if frontal or cut.cropped or evenness(cut) > _EVEN:
        return View(cut, Side.FRONT)
    lean = _lean(cut)
    if abs(lean) < _LEAN and cut.alpha.shape[0] > 1.25 * cut.alpha.shape[1]:
        return View(cut, Side.FRONT)
    return View(cut if lean >= 0.0 else mirrored(cut), Side.SIDE)


def views_of(cuts: Sequence[Cut]) -> tuple[View, ...]:
    """What the pictures of an element show, its frontal one first."""
    # The first one is the front, but of what is longer than high and looks one way.
    first = cuts[0]
    long = first.alpha.shape[1] > _LONG * first.alpha.shape[0] and evenness(first) < _EVEN
    front = view_of(first, frontal=not long)
    others = [_other_view(front.cut, cut) for cut in cuts[1:]]
    return (front, *others)


def _other_view(front: Cut, cut: Cut) -> View:
    """A back has the front's outline, mirrored, and not its face; all else is a side."""
    mirror = mirrored(cut)
    if min(_difference(front, cut), _difference(front, mirror)) < _SAME:
        return View(cut, Side.FRONT)
    if _covering(front.alpha, mirror.alpha) > _OUTLINE and evenness(cut) > _EVEN:
        return View(cut, Side.BACK)
    return View(cut if _lean(cut) >= 0.0 else mirrored(cut), Side.SIDE)


def broadside(views: Sequence[View]) -> View:
    """The view of a vehicle that shows it longest: that is its side, whatever its pictures' order says."""
    widest = max(views, key=lambda view: view.cut.alpha.shape[1] / view.cut.alpha.shape[0])
    if widest.side is Side.SIDE:
        return widest
    return View(widest.cut if _lean(widest.cut) >= 0.0 else mirrored(widest.cut), Side.SIDE)


def best_view(
    views: Sequence[View], action: Action, heading: Heading | None, *, asked: Angle | None = None
) -> View:
    """The view that suits a deed: the side for crossing the picture, the back for leaving, else the front.

    Args:
        views: what there is, the front first.
        action: what it does.
        heading: where it goes.
        asked: from where the prompt wants it seen, which counts before all.
    """
    if asked is not None and asked in ASKED:
        wished = ASKED[asked]
    elif heading is Heading.AWAY:
        wished = (Side.BACK, Side.SIDE, Side.FRONT)
    elif action in GOING and heading not in {Heading.TOWARDS, Heading.AROUND}:
        wished = (Side.SIDE, Side.FRONT, Side.BACK)
    else:
        wished = (Side.FRONT, Side.SIDE, Side.BACK)
    for side in wished:
        found = [view for view in views if view.side is side]
        if found:
            return max(found, key=lambda view: _telling(view, views[0])) if side is Side.SIDE else found[0]
    return views[0]


def _telling(view: View, front: View) -> float:
    """How good a side is: it shows where its subject goes, and the colours of its front: a face, a breast."""
    first, second = (_colors_of(v.cut) for v in (view, front))
    return 2.0 * float(np.minimum(first, second).sum()) - 0.15 * evenness(view.cut)


def _colors_of(cut: Cut) -> NDArray[np.float64]:
    """Shares of a cut-out in each of 6 x 6 x 6 colours."""
    inside = cut.rgb[cut.alpha > 0.5].astype(np.int64) * 6 // 256
    index = inside @ np.array([36, 6, 1])
    return np.bincount(index, minlength=216) / max(len(index), 1)


def mirrored(cut: Cut) -> Cut:
    """The same cut-out the other way round."""
    return replace(
        cut,
        rgb=np.ascontiguousarray(cut.rgb[:, ::-1]),
        alpha=np.ascontiguousarray(cut.alpha[:, ::-1]),
    )


def evenness(cut: Cut) -> float:
    """How well a cut-out covers its own mirror image, 0 to 1."""
    return _covering(cut.alpha, cut.alpha[:, ::-1])


def _covering(first: Plane, second: Plane) -> float:
    """How well one matte covers another of the same height, both about their middles."""
    a, b = (_normal(plane) for plane in (first, second))
    return float(np.minimum(a, b).sum() / max(float(np.maximum(a, b).sum()), 1e-6))


def _normal(alpha: Plane) -> Plane:
    """A matte at 96 rows, its weight in the middle of 192 columns."""
    width = min(max(round(alpha.shape[1] * 96 / alpha.shape[0]), 1), 190)
    small = np.asarray(cv2.resize(alpha, (width, 96), interpolation=cv2.INTER_AREA), np.float32)
    middle = _middle(small)
    out = np.zeros((96, 192), np.float32)
    left = int(np.clip(round(96 - middle), 0, 192 - width))
    out[:, left : left + width] = small
    return out


def _lean(cut: Cut) -> float:
    """How far the upper part is to the right of the lower one, as a share of the width: heads look ahead."""
    alpha = cut.alpha
    height, width = alpha.shape
    upper, lower = alpha[: round(0.38 * height)], alpha[round(0.55 * height) :]
    middles = [_middle(part) for part in (upper, lower)]
    return (middles[0] - middles[1]) / width


def _middle(alpha: Plane) -> float:
    """The column of a matte's middle, by weight."""
    weight = np.asarray(alpha.sum(axis=0), np.float64)
    return float((weight * np.arange(len(weight))).sum() / max(float(weight.sum()), 1e-6))


def _difference(first: Cut, second: Cut) -> float:
    """The mean difference of two cut-outs' colours, the second mirrored, 0 to 255."""
    size = (64, 96)
    a, b = (
        np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.float32)
        for rgb in (first.rgb, second.rgb[:, ::-1])
    )
    both = np.asarray(cv2.resize(first.alpha, size), np.float32) > 0.5
    return float(np.abs(a - b)[both].mean()) if both.any() else 255.0
