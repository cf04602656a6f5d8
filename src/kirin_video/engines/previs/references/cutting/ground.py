"""Plain grounds: pictures of one subject before paper or a wall, keyed by the ground's own colour."""

# ruff: noqa: PLR2004 -- thresholds in CIE Lab that were tuned by looking
from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.superpixels import lab_of

Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

_RIM = 0.035
"""How wide the border is that tells the ground's colour, as a share of the shorter side."""
_ROUNDS = 6
_NEAR = 22.0
"""How far from the border's median the ground's colour may be, to begin with."""
_EVEN = 3.2
"""The ground counts as plain while its colour varies by no more, and..."""
_LEAST_SHARE = 0.62
"""... so much of the border belongs to it."""
_SHADE = 62.0
"""How much darker a soft shadow may be than the ground it falls on."""
_SOFT = 5.0
"""Steps of colour a pixel, at most, within a shadow and along its rim."""
_GAP_PX = 5
_BAY = 0.12
_HOLE = 1.8
"""How far from the ground near it an opening may be."""
_NEARBY = 0.08
"""How far that ground may be away, as a share of the longer side."""
_IN_LINE, _LABEL = 0.85, 0.4
"""Parts of one thing are as wide as each other but for so much, and so much of its height apart at most."""
_LEAST_SUBJECT, _MOST_SUBJECT = 0.01, 0.9


def find_before_plain_ground(rgb: Rgb) -> Mask | None:
    """The subject of a picture whose ground is plain; None where the ground is not.

    The ground's colour is a smooth surface over the picture, fitted to its border. Ground is what that colour
    can be followed to from the border in small steps, shadows included: these are darker, but of the same
    hue and without an edge.

    Args:
        rgb: the picture, about 500 pixels.

    Returns:
        bool, (h, w).
    """
    lab = np.asarray(cv2.GaussianBlur(lab_of(rgb), (0, 0), 0.7), np.float32)
    rim = _rim(rgb.shape[:2])
    found = _fitted_surface(lab, rim)
    if found is None:
        return None
    ground, spread = found
    off = lab - ground
    tint = np.hypot(off[..., 1], off[..., 2])
    alike = (tint < max(6.0, 3.0 * spread)) & (off[..., 0] < max(4.0, 3.0 * spread)) & (off[..., 0] > -_SHADE)
    plain = np.maximum(tint, np.abs(off[..., 0])) < max(1.6, 2.6 * spread)
    steep = _steepness(lab)
    calm = steep < max(1.5, 4.0 * float(np.median(steep[rim & plain])))
    reached = _reached(alike & (calm | plain), rim & plain)
    subject = ~reached | _enclosed(~reached, plain)
    subject &= ~_shadows(subject, alike, steep, reach=5, soft=_SOFT)
    subject &= ~_shadows(subject, alike, steep, reach=3, soft=1.6 * _SOFT)
    subject &= ~_holes(subject, off)
    # A strip of shadow below an opening has its soft edge only now.
    subject = _tidied(subject & ~_shadows(subject, alike, steep, reach=3, soft=_SOFT))
    subject = _bridged(subject)
    share = float(subject.mean())
    return subject if _LEAST_SUBJECT < share < _MOST_SUBJECT else None


def _rim(shape: tuple[int, ...]) -> Mask:
    wide = max(2, round(_RIM * min(shape)))
    rim = np.ones(shape, np.bool_)
    rim[wide:-wide, wide:-wide] = False
    return rim


def _fitted_surface(lab: Plane, rim: Mask) -> tuple[Plane, float] | None:
    """The ground's colour everywhere and its spread: a quadratic through those border pixels that agree."""
    height, width = rim.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x / width - 0.5, y / height - 0.5
    basis = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], -1)
    rows, colors = basis[rim][::3], lab[rim][::3]
    off = np.linalg.norm(colors - np.median(colors, axis=0), axis=1)
    agree: Mask = off < _NEAR
    terms, fit = 1, np.zeros((1, 3))
    for step in range(_ROUNDS):
        if float(agree.mean()) < _LEAST_SHARE:
            return None
        terms = (1, 3, 6)[min(step, 2)]
        fit = np.linalg.lstsq(rows[agree][:, :terms], colors[agree], rcond=None)[0]
        off = np.linalg.norm(colors - rows[:, :terms] @ fit, axis=1)
        agree = off < max(3.0 * float(np.median(off[agree])), 2.5)
    spread = float(np.sqrt((off[agree] ** 2).mean()))
    if float(agree.mean()) < _LEAST_SHARE or spread > _EVEN:
        return None
    surface = (basis[..., :terms].reshape(-1, terms) @ fit).reshape(lab.shape)
    return surface.astype(np.float32), spread


def _steepness(lab: Plane) -> Plane:
    """How much the colour changes from one pixel to the next."""
    change = np.zeros(lab.shape[:2], np.float32)
    for channel in range(3):
        plane = np.ascontiguousarray(lab[..., channel])
        dx = np.asarray(cv2.Scharr(plane, cv2.CV_32F, 1, 0), np.float32) / 32.0
        dy = np.asarray(cv2.Scharr(plane, cv2.CV_32F, 0, 1), np.float32) / 32.0
        change += dx * dx + dy * dy
    return np.sqrt(change)


def _reached(open_: Mask, start: Mask) -> Mask:
    """What of an area hangs together with where it starts, not only through gaps of a few pixels."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_GAP_PX, _GAP_PX))
    wide = cv2.erode(open_.astype(np.uint8), kernel, borderValue=1)
    _, labels = cv2.connectedComponents(wide, connectivity=4)
    numbered = np.asarray(labels, np.int64)
    keep = np.zeros(int(numbered.max()) + 1, np.bool_)
    keep[np.unique(numbered[start & (wide > 0)])] = True
    keep[0] = False
    return (cv2.dilate(keep[numbered].astype(np.uint8), kernel) > 0) & open_


def _enclosed(subject: Mask, plain: Mask) -> Mask:
    """Small bays of a subject that do not quite look like the ground: a white stripe, a pale wall.

    Bays are what a closing fills; those that are mostly exactly the ground's colour stay open.
    """
    height, width = subject.shape
    quarter = max(2, width // 4), max(2, height // 4)
    small = cv2.resize(subject.astype(np.uint8), quarter, interpolation=cv2.INTER_NEAREST)
    reach = 2 * round(_BAY * max(quarter)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    padded = cv2.copyMakeBorder(small, reach, reach, reach, reach, cv2.BORDER_CONSTANT)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, kernel)[reach:-reach, reach:-reach]
    bays = (cv2.resize(closed, (width, height), interpolation=cv2.INTER_NEAREST) > 0) & ~subject
    count, labels = cv2.connectedComponents(bays.astype(np.uint8), connectivity=4)
    numbered = np.asarray(labels, np.int64)
    size = np.maximum(np.bincount(numbered.ravel(), minlength=count), 1)
    bare = np.bincount(numbered.ravel(), weights=plain.ravel(), minlength=count) / size
    taken = bare < 0.35
    taken[0] = False
    return taken[numbered]


def _shadows(subject: Mask, alike: Mask, steep: Plane, *, reach: int, soft: float) -> Mask:
    """What of a subject is only its shadow on the ground: of its hue, and it ends without an edge."""
    inner = (alike & (steep < 0.6 * soft) & subject).astype(np.uint8)
    inner = cv2.erode(inner, np.ones((reach, reach), np.uint8))
    count, labels = cv2.connectedComponents(inner, connectivity=4)
    numbered = np.asarray(labels, np.int64)
    rim = _next_to(~subject, 3)
    rows = np.flatnonzero(subject.any(axis=1))
    lowest = rows[-1] - (0.5 if reach > 3 else 0.16) * (rows[-1] - rows[0]) if len(rows) else 0.0
    gone = np.zeros(subject.shape, np.bool_)
    for which in range(1, count):
        part = numbered == which
        if part.sum() < 0.0002 * part.size:
            continue
        around = cv2.dilate(part.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
        edge = around & rim
        low = float(np.flatnonzero(part.any(axis=1)).mean()) > lowest
        if low and edge.sum() > 4.0 * np.sqrt(part.sum()) and float(np.median(steep[edge])) < soft:
            gone |= cv2.dilate(part.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    return gone & alike


def _next_to(mask: Mask, reach: int) -> Mask:
    """A band of so many pixels on both sides of a mask's outline."""
    side = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    as_bytes = mask.astype(np.uint8)
    return cv2.dilate(as_bytes, side) != cv2.erode(as_bytes, side)


def _holes(subject: Mask, off: Plane) -> Mask:
    """Openings that the ground shows through: its very colour, inside a handle, between bars or legs.

    An opening is compared with the ground near it: the surface fitted to the border is a little off in the
    middle of the picture. Medians, since the colours of its rim are mixed with the subject's.
    """
    alike: Mask = (np.linalg.norm(off, axis=2) < 4.5) & subject
    count, labels = cv2.connectedComponents(alike.astype(np.uint8), connectivity=4)
    numbered = np.asarray(labels, np.int64)
    sizes = np.bincount(numbered.ravel(), minlength=count)
    open_ = np.zeros(subject.shape, np.bool_)
    for which in np.flatnonzero(sizes > 0.0003 * subject.size).tolist():
        part = numbered == which
        if which and np.linalg.norm(np.median(off[part], axis=0) - _ground_near(part, subject, off)) < _HOLE:
            open_ |= part
    return open_


def _ground_near(part: Mask, subject: Mask, off: Plane) -> Plane:
    """How far the ground around a part is from the fitted surface; 0 where there is none, float32, (3,)."""
    rows, columns = (np.flatnonzero(part.any(axis=axis)) for axis in (1, 0))
    room = round(_NEARBY * max(part.shape))
    near = (
        slice(max(int(rows[0]) - room, 0), int(rows[-1]) + 1 + room),
        slice(max(int(columns[0]) - room, 0), int(columns[-1]) + 1 + room),
    )
    ground = ~subject[near] & (np.linalg.norm(off[near], axis=2) < 4.5)
    if not ground.any():
        return np.zeros(3, np.float32)
    return np.asarray(np.median(off[near][ground], axis=0), np.float32)


def _bridged(subject: Mask) -> Mask:
    """With what has the ground's colour between two parts, one below the other: the label of a bottle."""
    stats = cv2.connectedComponentsWithStats(subject.astype(np.uint8), connectivity=8)[2]
    boxes = sorted(np.asarray(stats)[1:].tolist(), key=lambda box: box[1])
    out = subject.copy()
    whole = int(np.ptp(np.flatnonzero(subject.any(axis=1)))) + 1 if len(boxes) > 1 else 1
    for (left, top, wide, tall, _), (next_left, next_top, next_wide, _, _) in pairwise(boxes):
        end = top + tall
        shared = min(left + wide, next_left + next_wide) - max(left, next_left)
        alike = shared > _IN_LINE * max(wide, next_wide)
        if alike and 0 < next_top - end < _LABEL * whole:
            for row in range(end - 2, next_top + 2):
                out[row, max(left, next_left) : max(left, next_left) + shared] = True
    return out


def _tidied(subject: Mask) -> Mask:
    """Without specks and thin lines; its large parts stay."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    opened = cv2.morphologyEx(subject.astype(np.uint8), cv2.MORPH_OPEN, kernel)
    count, labels = cv2.connectedComponents(opened, connectivity=8)
    numbered = np.asarray(labels, np.int64)
    sizes = np.bincount(numbered.ravel(), minlength=count)
    sizes[0] = 0
    keep = sizes >= max(0.06 * sizes.max(), 0.0004 * subject.size)
    return keep[numbered]
