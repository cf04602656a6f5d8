"""A photograph taken apart: its layers at the size of the clip, what moves on them, who is among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo import alive, depth, layers, matte, regions, superpixels
from kirin_video.engines.previs.photo.analysis import Analysis
from kirin_video.engines.previs.photo.ascent import ascent_of, freed
from kirin_video.engines.previs.photo.guest import Ground, Guest, Invite
from kirin_video.engines.previs.photo.life import Life
from kirin_video.engines.previs.photo.moves import FOCAL, Aim
from kirin_video.engines.previs.photo.picture import Rgb, working_copy
from kirin_video.engines.previs.photo.plate import peel
from kirin_video.engines.previs.photo.riser import riser
from kirin_video.engines.previs.photo.unmixing import lay_over, missed
from kirin_video.engines.previs.photo.vapour import PLUMES, Plume, Rising, source_in
from kirin_video.engines.previs.photo.windows import find_windows
from kirin_video.engines.previs.plan import Action, Phenomenon, ShotPlan, TimeOfDay

__all__ = ["Parts", "take_apart", "working_copy"]

Plane = NDArray[np.float32]

_SKY_FIRST = 3.0
_ASSUMED_HORIZON = 0.36
_LEAFY = 0.3
_SWAY_PX = 7.0
_BURNS = 0.3


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything the camera needs of a photograph.

    Attributes:
        textures: its layers.
        life: what moves by itself.
        aim: where its subject is.
        trust: how far its depth may be used, 0 to 1.
        is_flat: whether it is one even surface, without parallax.
        has_subject: whether a subject was cut out.
        has_sky: whether the sky is a layer of its own.
        guests: those who come in, by their layers' numbers.
        kinds: what each layer is: sky, land, subject, guest or opening.
        horizon: the row where land and sky meet, as a share of the height.
        windows: how many are lit at night.
        open_land: the disparity of the land as the air before it has it, sampled like that of the layers.
        open_front: the same of the subject.
        airy: how much of the land is air or mirrors the sky, 0 to 1, sampled the same way.
        plume: steam or smoke that rises, where the prompt asks for it.
        asked_to_act: whether the prompt wants somebody to do what a photograph cannot show.
        ascends: whether its subject rises from where it stands.
    """

    textures: layers.Textures
    life: Life
    aim: Aim
    trust: float
    is_flat: bool
    has_subject: bool
    has_sky: bool
    guests: Mapping[int, Guest]
    kinds: tuple[str, ...]
    horizon: float
    windows: int
    open_land: Plane
    open_front: Plane
    airy: Plane
    plume: Rising | None
    asked_to_act: bool
    ascends: bool


def take_apart(  # noqa: PLR0913 - what a scene is made of
    rgb: Rgb, seen: Analysis, plan: ShotPlan, *, seed: int, pad: int, invite: Invite | None = None
) -> Parts:
    """Builds the layers of an analysed picture of the clip's size, with those of guests among them."""
    small, pieces, cutout, found, depths = seen.small, seen.pieces, seen.cutout, seen.found, seen.depths
    ascent = ascent_of(plan, cutout, (rgb, small), seed)
    if ascent is not None:
        cutout = freed(cutout, small)
    stack = _stack(rgb, cutout, found, depths, seed)
    windows = 0
    if plan.time is TimeOfDay.NIGHT:
        lit, windows = find_windows(rgb, found.sky | (found.leaves > _LEAFY), seed)
        stack = [(layer if kind == "sky" else replace(layer, lit=lit), kind) for layer, kind in stack]
    opaque = [entry[0] for entry in stack]
    guests: dict[int, Guest] = {}
    if invite is not None:
        ground = Ground(rgb, cutout.mask, depths.land, found.horizon, depths.pivot, found.leaves)
        stack, guests = _joined(stack, invite(ground), depths.pivot)
    elif ascent is not None:
        stack, guests = _joined(stack, ascent.guests(depths.pivot), depths.pivot)
        front = next(at for at, entry in enumerate(stack) if entry[1] == "subject")
        guests[front] = ascent.riser(stack[front][0], depths.pivot)
    fire = alive.find_fire(small, found.sky)
    kinds = [*(kind for _, kind in stack), "opening"]
    made = [*(_given(layer) for layer, _ in stack), lambda: _opening(rgb, opaque)]
    textures = layers.build(made, (rgb.shape[1], rgb.shape[0]), pad)
    for number in guests:
        textures.boxes[number] = (1, 1, -1, -1)  # who comes in does not bind the camera
    return Parts(
        textures,
        _life((small, pieces), (plan, cutout, found), fire, kinds, textures, seed, rgb.shape[:2]),
        _aim(cutout, depths),
        depths.trust,
        depths.is_flat,
        "subject" in kinds,
        "sky" in kinds,
        guests,
        tuple(kinds),
        _ASSUMED_HORIZON if found.horizon is None else found.horizon,
        windows,
        _on_nodes(depths.open_land, textures, rgb),
        _on_nodes(depths.open_front, textures, rgb),
        _on_nodes(found.air, textures, rgb),
        ascent if ascent is not None and ascent.burns else _plume(plan, cutout.mask, fire, rgb, seed),
        acting(plan),
        ascent is not None,
    )


def _given(layer: layers.Layer) -> Callable[[], layers.Layer]:
    return lambda: layer


def _joined(
    stack: list[tuple[layers.Layer, str]], guests: Sequence[Guest], subject_near: float
) -> tuple[list[tuple[layers.Layer, str]], dict[int, Guest]]:
    """The stack with guests in it, far ones first, behind or before the picture's own subject."""
    before = next((at for at, entry in enumerate(stack) if entry[1] == "subject"), len(stack))
    ordered = sorted(guests, key=lambda guest: guest.near)
    hidden = sum(guest.near < subject_near for guest in ordered) if before < len(stack) else 0
    behind, ahead = ordered[:hidden], ordered[hidden:]
    joined = [*stack[:before], *((guest.layer, "guest") for guest in behind)]
    joined += [*stack[before:], *((guest.layer, "guest") for guest in ahead)]
    numbers = [at for at, entry in enumerate(joined) if entry[1] == "guest"]
    return joined, dict(zip(numbers, [*behind, *ahead], strict=True))


def _stack(
    rgb: Rgb, cutout: matte.Cutout, found: regions.Regions, depths: depth.Depths, seed: int
) -> list[tuple[layers.Layer, str]]:
    """Peels the picture from the front: subject, land, sky; returns them farthest first."""
    stack: list[tuple[layers.Layer, str]] = []
    behind = rgb
    sky = _sky_behind(found.sky, cutout.mask)
    if cutout.mask.any():
        peeled = peel(behind, cutout.mask, (~sky, sky) if sky.any() else (~sky,), seed)
        stack.append((layers.Layer(peeled.front, peeled.alpha, depths.subject), "subject"))
        behind = peeled.plate
    whole = np.ones(rgb.shape[:2], np.float32)
    if sky.any():
        peeled = peel(behind, ~sky, (np.ones_like(sky),), seed + 7)
        stack.append((layers.Layer(peeled.front, peeled.alpha, depths.land), "land"))
        stack.append((layers.Layer(peeled.plate, whole, np.zeros_like(depths.land)), "sky"))
    else:
        stack.append((layers.Layer(behind, whole, depths.land), "land"))
    return stack[::-1]


def _opening(rgb: Rgb, stack: list[layers.Layer]) -> layers.Layer:
    """What the layers, laid over one another unmoved, miss of the picture: mostly a rim of repainted plate.

    It lies in front and fades in the first half second, so that nothing jumps after the exact first frame.
    """
    together = np.zeros(rgb.shape, np.float32)
    for layer in stack:
        lay_over(together, layer.rgb, layer.alpha)
    alpha = missed(rgb, together, np.float32(1.5), np.float32(4.5))
    wide = np.asarray(cv2.GaussianBlur(cv2.dilate(alpha, np.ones((3, 3), np.uint8)), (0, 0), 1.0), np.float32)
    return layers.Layer(rgb, np.maximum(alpha, wide), stack[-1].disparity)


def _sky_behind(sky: NDArray[np.bool_], subject: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The sky carried on behind a subject before it.

    What is hidden is what lies nearest beside it, sky or land, with sky preferred above the skyline that is
    interpolated over the columns.
    """
    if not sky.any():
        return sky
    reach = round(0.022 * max(sky.shape)) | 1
    hidden = cv2.dilate(subject.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    to_sky, to_land = (
        np.asarray(cv2.distanceTransform((~known).astype(np.uint8), cv2.DIST_L2, 5), np.float32)
        for known in (sky & ~hidden, ~sky & ~hidden)
    )
    preference = np.where(_above_skyline(sky, subject), np.float32(_SKY_FIRST), np.float32(1))
    return np.where(hidden, to_sky < to_land * preference, sky)


def _above_skyline(sky: NDArray[np.bool_], subject: NDArray[np.bool_]) -> NDArray[np.bool_]:
    columns = np.arange(sky.shape[1], dtype=np.float64)
    known = sky.any(axis=0) & ~(subject & ~sky).any(axis=0)
    if not known.any():
        return np.zeros_like(sky)
    lowest = sky.shape[0] - 1 - np.argmax(sky[::-1], axis=0)
    line = np.asarray(np.interp(columns, columns[known], lowest[known]), np.float64)
    return np.arange(sky.shape[0], dtype=np.float64)[:, None] <= line[None, :]


def _life(  # noqa: PLR0913, PLR0917 - everything that was found
    seen: tuple[Rgb, superpixels.Pieces],
    judged: tuple[ShotPlan, matte.Cutout, regions.Regions],
    fire: Plane,
    kinds: list[str],
    textures: layers.Textures,
    seed: int,
    size: tuple[int, ...],
) -> Life:
    """What moves on which layer."""
    (small, pieces), (plan, cutout, found) = seen, judged
    height, width = size[:2]
    hair = alive.find_hair(small, pieces, cutout.mask)
    shape = textures.disparity.shape[1:]
    grids = [_on_grid(plane, shape, width, height) for plane in (found.water, found.leaves, hair, fire)]
    moves = [{"land"}, {"land", "subject", "opening"}, {"subject", "opening"}, {"land", "subject", "opening"}]
    planes = [
        np.stack([plane if kind in able else np.zeros_like(plane) for kind in kinds])
        for plane, able in zip(grids, moves, strict=True)
    ]
    water, leaves, strands, flames = planes
    unit = max(width, height) / 1280.0
    return Life(
        water,
        leaves,
        strands,
        flames,
        np.array([1.0 if kind == "sky" else 0.0 for kind in kinds], np.float32),
        _ASSUMED_HORIZON if found.horizon is None else found.horizon,
        regions.is_graphic(small),
        not any(plane.any() for plane in planes),
        np.random.default_rng([seed, 5]).uniform(0, 2 * np.pi, 8).astype(np.float32),
        unit,
        (width, height),
        None if riser(plan) is not None else _sway(plan, cutout, kinds, height, unit),
    )


def _sway(
    plan: ShotPlan, cutout: matte.Cutout, kinds: list[str], height: int, unit: float
) -> tuple[int, float, float] | None:
    """Whose weight shifts: a subject that was asked to act, from its foot up."""
    if "subject" not in kinds or not acting(plan):
        return None
    foot = int(np.flatnonzero(cutout.mask.any(axis=1))[-1]) + 1
    return kinds.index("subject"), foot / cutout.mask.shape[0] * height, _SWAY_PX * unit


def _plume(plan: ShotPlan, subject: NDArray[np.bool_], fire: Plane, rgb: Rgb, seed: int) -> Plume | None:
    """The steam or smoke that was asked for: from the subject, smoke rather from a fire."""
    asked = next((kind for kind in PLUMES if kind in plan.phenomena), None)
    if asked is None:
        return None
    size = rgb.shape[1], rgb.shape[0]
    is_steam = asked is Phenomenon.STEAM
    burns = not is_steam and bool(fire.any())
    source = source_in(fire > _BURNS if burns else subject, size, is_open=is_steam)
    return Plume(PLUMES[asked], source, size, seed)


def _on_nodes(plane: Plane, textures: layers.Textures, rgb: Rgb) -> Plane:
    rows, columns = textures.disparity.shape[1:]
    return layers.sampled(plane, rows, columns, rgb.shape[1], rgb.shape[0])


def acting(plan: ShotPlan) -> bool:
    """Whether the prompt asks somebody to do something that a photograph cannot show."""
    return any(act.action is not Action.IDLE for beat in plan.beats for act in beat.acts) or any(
        subject.action is not Action.IDLE for subject in plan.subjects
    )


def _on_grid(plane: Plane, shape: tuple[int, ...], width: int, height: int) -> Plane:
    scaled = cv2.resize(plane, (max(1, width // 8), max(1, height // 8)), interpolation=cv2.INTER_AREA)
    return np.asarray(
        cv2.copyMakeBorder(
            np.asarray(scaled),
            0,
            shape[0] - scaled.shape[0],
            0,
            shape[1] - scaled.shape[1],
            cv2.BORDER_REPLICATE,
        ),
        np.float32,
    )


def _aim(cutout: matte.Cutout, depths: depth.Depths) -> Aim:
    height, width = depths.land.shape
    if not cutout.mask.any():
        return Aim(0.0, 0.0, depths.pivot)
    rows, columns = np.nonzero(cutout.mask)
    longest = max(width, height)
    x = (float(columns.mean()) + 0.5 - width / 2) / longest / FOCAL
    y = (float(rows.mean()) + 0.5 - height / 2) / longest / FOCAL
    return Aim(x, y, depths.pivot)
