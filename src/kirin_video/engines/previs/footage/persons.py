"""People in footage and the parts of them: hair, face and what is worn above and below."""

# ruff: noqa: PLR2004 - shares of a figure that were tuned by looking
from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.agreeing import agreed
from kirin_video.engines.previs.footage.cutting import cut, soft
from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.survey import Key, Rgb, Survey
from kirin_video.engines.previs.photo.superpixels import lab_of

Mask = NDArray[np.bool_]
Box = tuple[int, int, int, int]

_MAGNIFIED: Final = 3  # the smallest figure that the detector knows is 128 pixels tall
_CERTAIN: Final = 0.35
_OWN_CLOSE: Final = 0.9  # hair that one key frame misses is there if both of its neighbours have it
_BELOW: Final = frozenset({"trousers", "jeans", "shorts", "skirt", "leggings", "pants"})
_ON_FEET: Final = frozenset({"shoes", "boots", "sneakers", "socks", "sandals"})
_ON_HEAD: Final = frozenset({"hat", "cap", "helmet", "crown", "hood", "beanie"})
_BARE: Final = frozenset({"hair", "face", "head"})
_SAME_CLOTH: Final = 21.0  # difference in CIE Lab
_AT_THE_NECK: Final = frozenset({"tie", "scarf", "necklace", "bow_tie"})
_WHOLE: Final = frozenset({"dress", "suit", "robe", "uniform", "gown", "kimono", "overalls", "armor", "coat"})


def standing_person(survey: Survey) -> Mattes | None:
    """Somebody whose upright outline is found (Dalal and Triggs 2005), cut out; None where nobody is."""
    boxes = _path(survey)
    if boxes is None:
        return None
    cuts = [_cut_out(key, box) for key, box in zip(survey.keys, boxes, strict=True)]
    masks = agreed(survey, cuts)
    if float(np.mean([mask.mean() for mask in masks])) < 0.002:
        return None
    return Mattes(tuple(soft(mask) for mask in masks), by_motion=False)


def _path(survey: Survey) -> list[Box] | None:
    """Where the same person stands in every key frame; None where nobody is found in a fifth of them."""
    found = {place: _standing(key) for place, key in enumerate(survey.keys)}
    seen = [place for place, boxes in found.items() if boxes]
    if len(seen) < max(1, len(survey.keys) // 5):
        return None
    chain = _likeliest([(place, found[place]) for place in seen])
    places = np.array([place for place, _ in chain], np.float64)
    values = np.array([box for _, box in chain], np.float64)
    every = np.arange(len(survey.keys), dtype=np.float64)
    columns = [np.interp(every, places, values[:, column]) for column in range(4)]
    return [(round(x), round(y), round(w), round(h)) for x, y, w, h in zip(*columns, strict=True)]


def _standing(key: Key) -> list[tuple[float, Box]]:
    """Who may stand in a key frame, with how sure that is: left, top, width, height."""
    detector = cv2.HOGDescriptor()
    detector.setSVMDetector(np.array(cv2.HOGDescriptor.getDefaultPeopleDetector(), np.float32))
    large = cv2.resize(key.grey, None, fx=_MAGNIFIED, fy=_MAGNIFIED, interpolation=cv2.INTER_CUBIC)
    boxes, weights = detector.detectMultiScale(large, winStride=(8, 8), padding=(16, 16), scale=1.08)
    every: list[tuple[float, Box]] = []
    for weight, box in zip(np.ravel(weights), boxes, strict=True):
        left, top, width, height = (int(value) // _MAGNIFIED for value in box)
        if float(weight) > _CERTAIN:
            every.append((float(weight), (left, top, width, height)))
    return every


def _likeliest(seen: list[tuple[int, list[tuple[float, Box]]]]) -> list[tuple[int, Box]]:
    """One box a key frame, such that all are sure and none is far from the one before (Viterbi 1967)."""
    scores = [[weight * box[3] for weight, box in boxes] for _, boxes in seen]
    back: list[list[int]] = [[-1] * len(seen[0][1])]
    for k in range(1, len(seen)):
        steps = [
            [
                scores[k - 1][a] - _apart(old, new, seen[k][0] - seen[k - 1][0])
                for a, (_, old) in enumerate(seen[k - 1][1])
            ]
            for _, new in seen[k][1]
        ]
        back.append([int(np.argmax(row)) for row in steps])
        scores[k] = [own + max(row) for own, row in zip(scores[k], steps, strict=True)]
    at = int(np.argmax(scores[-1]))
    chain: list[tuple[int, Box]] = []
    for k in range(len(seen) - 1, -1, -1):
        chain.append((seen[k][0], seen[k][1][at][1]))
        at = back[k][at]
    return chain[::-1]


def _apart(old: Box, new: Box, keys: int) -> float:
    """What it costs to be the same person: pixels gone beyond a walk, and another size."""
    gone = np.hypot(old[0] + old[2] / 2 - new[0] - new[2] / 2, old[1] + old[3] - new[1] - new[3])
    return 2.0 * max(0.0, float(gone) - 0.25 * old[3] * keys) + 1.0 * abs(old[3] - new[3]) + 0.5 * float(gone)


def _cut_out(key: Key, box: Box) -> Mask:
    """Whoever is in a box: the middle of it is theirs, its border and what is around it are not."""
    left, top, width, height = box
    zone, likely = np.zeros(key.grey.shape, np.bool_), np.zeros(key.grey.shape, np.bool_)
    zone[max(0, top) : top + height, max(0, left) : left + width] = True
    middle, core = left + width // 2, max(2, round(0.16 * width))
    likely[max(0, top + round(0.1 * height)) : top + round(0.9 * height), middle - core : middle + core] = (
        True
    )
    return cut(key.rgb, likely & zone, zone)


def close_person(survey: Survey) -> Mattes | None:
    """Somebody whose face is seen large, cut out from the hair down; None where nobody is."""
    masks = [_head_and_shoulders(key.rgb) for key in survey.keys]
    found = [place for place, mask in enumerate(masks) if mask.any()]
    if 2 * len(found) < len(masks):
        return None
    near = [masks[min(found, key=lambda other: abs(other - place))] for place in range(len(masks))]
    return Mattes(tuple(soft(mask) for mask in agreed(survey, near, _OWN_CLOSE)), by_motion=False)


def _head_and_shoulders(rgb: Rgb) -> Mask:
    """A face by its skin, then whoever it belongs to: hair above, shoulders below."""
    lab = lab_of(rgb)
    height, width = rgb.shape[:2]
    skin = cv2.morphologyEx(_skin(lab).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    count, labels, stats, centers = cv2.connectedComponentsWithStats(skin, connectivity=4)
    none = np.zeros((height, width), np.bool_)
    best, size = 0, 0.0
    for k in range(1, count):
        wide, tall = float(stats[k, cv2.CC_STAT_WIDTH]), float(stats[k, cv2.CC_STAT_HEIGHT])
        area, y = float(stats[k, cv2.CC_STAT_AREA]), float(centers[k][1])
        face_like = 0.75 < tall / wide < 2.4 and area > 0.5 * wide * tall and y < 0.72 * height
        if face_like and area > max(0.012 * height * width, size) and wide < 0.5 * width:
            best, size = k, area
    if best == 0:
        return none
    face = np.asarray(labels == best, np.bool_)
    x, y = (float(value) for value in centers[best])
    wide, tall = float(stats[best, cv2.CC_STAT_WIDTH]), float(stats[best, cv2.CC_STAT_HEIGHT])
    rows, columns = np.mgrid[0:height, 0:width]
    head = np.hypot((columns - x) / (0.62 * wide), (rows - y + 0.1 * tall) / (0.78 * tall)) < 1
    below = rows - (y + 0.55 * tall)
    body = (below > 0) & (abs(columns - x) < 0.5 * wide + np.minimum(0.9 * below, 0.9 * wide))
    zone = (np.hypot((columns - x) / (1.1 * wide), (rows - y) / (1.15 * tall)) < 1) | (
        (below > -0.1 * tall) & (abs(columns - x) < 0.9 * wide + np.maximum(1.3 * below, 0))
    )
    return cut(rgb, (face | head | body) & zone, zone)


@dataclass(frozen=True, slots=True)
class _Figure:
    """Where a person's face is in a mask and how large, and the mask's own ends: pixels."""

    x: float
    y: float
    size: float
    top: int
    bottom: int


def part_mattes(survey: Survey, person: Mattes, part: str) -> Mattes | None:
    """One part of a person.

    Args:
        survey: the footage.
        person: who.
        part: ``hair``, ``face``, ``head``, or a garment such as ``jacket``.
    """
    masks = [_part(key.rgb, mask > 0.5, part) for key, mask in zip(survey.keys, person.masks, strict=True)]
    if part not in _BARE and part not in _WHOLE:
        masks = _of_one_cloth(survey, masks, vivid=part in _AT_THE_NECK)
    if float(np.mean([mask.mean() for mask in masks])) < 0.0012:
        return None
    return Mattes(tuple(soft(mask) for mask in masks), person.by_motion)


def _part(rgb: Rgb, mask: Mask, part: str) -> Mask:
    if mask.sum() < 40:
        return np.zeros_like(mask)
    lab = lab_of(rgb)
    skin = _skin(lab) & mask
    figure = _figure(mask, skin)
    rows, columns = np.mgrid[0 : mask.shape[0], 0 : mask.shape[1]]
    chin = figure.y + 0.62 * figure.size
    match part:
        case "face":
            found = skin & (np.hypot(rows - figure.y, columns - figure.x) < 0.9 * figure.size)
        case "head":
            found = mask & (np.hypot(rows - figure.y + 0.2 * figure.size, columns - figure.x) < figure.size)
        case "hair":
            away = np.hypot((rows - figure.y + 0.35 * figure.size) / 1.15, columns - figure.x)
            high = (away < 1.05 * figure.size) & (rows < figure.y + 0.25 * figure.size)
            found = mask & ~_hull(skin) & high & (lab[..., 0] < np.median(lab[..., 0][skin | ~mask]) + 4)
        case _ if part in _ON_HEAD:
            found = mask & ~skin & (rows < figure.y - 0.2 * figure.size)
        case _ if part in _AT_THE_NECK:
            low = chin + 1.3 * figure.size
            found = (
                mask & ~skin & (rows > chin) & (rows < low) & (abs(columns - figure.x) < 1.1 * figure.size)
            )
        case _ if part in _WHOLE:
            found = mask & ~skin & (rows > chin)
        case _ if part in _ON_FEET:
            found = mask & (rows > figure.bottom - 0.09 * (figure.bottom - figure.top))
        case _ if part in _BELOW:
            found = (
                mask
                & ~skin
                & (rows > _waist(figure))
                & (rows < figure.bottom - 0.05 * (figure.bottom - figure.top))
            )
        case _:
            found = mask & ~skin & (rows > chin) & (rows < _waist(figure))
    return cv2.morphologyEx(found.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)) > 0


def _of_one_cloth(survey: Survey, masks: list[Mask], *, vivid: bool) -> list[Mask]:
    """What has the commonest colour of some masks, or the strongest: a jacket without the shirt under it."""
    labs = [lab_of(key.rgb) for key in survey.keys]
    pixels = np.concatenate([lab[mask] for lab, mask in zip(labs, masks, strict=True)])
    if len(pixels) < 30:
        return masks
    cv2.setRNGSeed(5)
    some = np.ascontiguousarray(pixels[:: max(1, len(pixels) // 6000)], np.float32)
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_MAX_ITER, 20, 0.5)
    _, labels, found = cv2.kmeans(some, 4, np.empty((0,)), criteria, 2, cv2.KMEANS_PP_CENTERS)
    centers = np.asarray(found, np.float32)
    weight = np.bincount(np.asarray(labels).ravel(), minlength=4).astype(np.float64)
    if vivid:
        weight = np.sqrt(weight) * np.hypot(centers[:, 1], centers[:, 2])
    own = centers[int(weight.argmax())]
    scale = np.array([0.6, 1.0, 1.0], np.float32)  # light and shade fall on all of it
    return [
        mask & (np.linalg.norm((lab - own) * scale, axis=2) < _SAME_CLOTH)
        for lab, mask in zip(labs, masks, strict=True)
    ]


def _waist(figure: _Figure) -> float:
    """A whole figure is eight heads tall; of a closer one all that is seen is above the waist."""
    return figure.y + 3.3 * figure.size


def _hull(skin: Mask) -> Mask:
    """The largest patch of skin with what lies within its outline: eyes, shine and shade are face too."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(skin.astype(np.uint8), connectivity=4)
    if count <= 1:
        return skin
    own = np.asarray(labels == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax()), np.uint8)
    outlines, _ = cv2.findContours(own, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    cv2.fillConvexPoly(own, cv2.convexHull(np.concatenate(list(outlines))), 1)
    return own > 0


def _skin(lab: NDArray[np.float32]) -> Mask:
    lightness, a, b = lab[..., 0], lab[..., 1], lab[..., 2]
    hue, chroma = np.degrees(np.arctan2(b, a)), np.hypot(a, b)
    return (hue > 22) & (hue < 78) & (chroma > 9) & (chroma < 46) & (lightness > 28) & (lightness < 94)


def _figure(mask: Mask, skin: Mask) -> _Figure:
    """The topmost large patch of skin is the face; without one, the top eighth of the figure is the head."""
    rows, columns = np.nonzero(mask)
    top, bottom = int(rows.min()), int(rows.max())
    count, _, stats, centers = cv2.connectedComponentsWithStats(skin.astype(np.uint8), connectivity=4)
    order = sorted(range(1, count), key=lambda k: float(stats[k, cv2.CC_STAT_TOP]))
    for k in order:
        area, wide = float(stats[k, cv2.CC_STAT_AREA]), float(stats[k, cv2.CC_STAT_WIDTH])
        if area > max(0.008 * mask.sum(), 12) and centers[k][1] < top + 0.5 * (bottom - top):
            size = max(float(np.sqrt(area) * 1.15), min(wide, float(stats[k, cv2.CC_STAT_HEIGHT])))
            return _Figure(float(centers[k][0]), float(centers[k][1]), size, top, bottom)
    tall = bottom - top
    upper = columns[rows < top + 0.15 * tall]
    return _Figure(float(upper.mean()), top + 0.08 * tall, 0.11 * tall, top, bottom)
