"""A photograph as the first frame of a clip."""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kirin_video.domain.shot import Picture
from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs.photo.ahead import drawn_ahead
from kirin_video.engines.previs.photo.analysis import CUT_ASKED, CUT_FROM, analyse
from kirin_video.engines.previs.photo.picture import Rgb, fitted, read_upright
from kirin_video.engines.previs.photo.riser import riser
from kirin_video.engines.previs.plan import Move, Phenomenon, Setting, ShotPlan, TimeOfDay, Weather

_MARGIN = 0.006
_DARK = 118.0
_NIGHT_ALREADY = "The picture is of the night already; its light is left as it is."
_PULL_OUT_MARGIN = 0.028
_SPARE_PX = 4


if TYPE_CHECKING:
    from kirin_video.engines.previs.photo.filming import Filming, Orders
    from kirin_video.engines.previs.photo.guest import Invite
    from kirin_video.engines.previs.photo.scene import Parts


@dataclass(frozen=True, slots=True)
class PhotoScene:
    """A photograph ready to be filmed.

    Attributes:
        rgb: the picture at the clip's size, uint8, (H, W, 3): frame 0.
        plan: what was asked.
        parts: its layers.
        seed: for everything random.
        notes: what was approximated or not done, in plain words for the caller.
        own_light: whether neither the hour nor the weather may change the picture's light.
    """

    rgb: Rgb
    plan: ShotPlan
    parts: Parts
    seed: int
    notes: tuple[str, ...]
    own_light: bool = False

    def frames(self, num_frames: int) -> Iterator[I420Frame]:
        """The frames of a clip, in order; the planes are valid until the next one is asked for."""
        from kirin_video.engines.previs.photo.filming import Filming  # noqa: PLC0415 - loads numba

        orders = self.orders(num_frames)
        opening = opening_frame(self.rgb)
        return drawn_ahead(lambda: Filming(orders).frame, range(1, num_frames), opening=opening)

    def orders(self, num_frames: int) -> Orders:
        """What all frames of a clip of this length go by."""
        from kirin_video.engines.previs.photo.filming import orders_for  # noqa: PLC0415 - loads numba

        height, width = self.rgb.shape[:2]
        margin_px = _margin(self.plan) * max(width, height)
        return orders_for(
            self.plan,
            self.parts,
            (width, height),
            margin_px=margin_px,
            num_frames=num_frames,
            seed=self.seed,
            own_light=self.own_light,
        )

    def filming(self, num_frames: int) -> Filming:
        """A pass of the camera of so many frames, to draw single ones of."""
        from kirin_video.engines.previs.photo.filming import Filming  # noqa: PLC0415 - loads numba

        return Filming(self.orders(num_frames))


def prepare_photo(picture: Picture, plan: ShotPlan, *, seed: int, width: int, height: int) -> PhotoScene:
    """Opens a picture and takes it apart for filming.

    Args:
        picture: the caller's photograph; its own ratio is the clip's, up to rounding to even sides.
        plan: move, energy, weather and time; day and clear leave the picture's own light alone.
        seed: the same everything gives the same frames, to the bit.
        width: of the clip, pixels, even.
        height: of the clip, pixels, even.

    Raises:
        TaskFailure: the picture cannot be decoded.
    """
    return photo_scene(fitted(read_upright(picture), width, height), plan, seed=seed)


def photo_scene(rgb: Rgb, plan: ShotPlan, *, seed: int, invite: Invite | None = None) -> PhotoScene:
    """Takes a picture of the clip's size apart for filming; see :func:`prepare_photo`."""
    if plan.weather is Weather.CLOUDY and Phenomenon.CLOUDS in plan.phenomena:
        # clouds that drift are in the picture; an overcast light is only what a prompt calls so
        plan = replace(plan, weather=Weather.CLEAR)
    dark = plan.time is TimeOfDay.NIGHT and is_night(rgb)
    if dark:
        plan = replace(plan, time=TimeOfDay.DAY)
    height, width = rgb.shape[:2]
    pad = math.ceil(_margin(plan) * max(width, height)) + _SPARE_PX
    sea = plan.setting in {Setting.SEA, Setting.BEACH}
    with ThreadPoolExecutor(1, "look") as pool:
        sure = CUT_FROM if riser(plan) is None else CUT_ASKED
        seen = pool.submit(analyse, rgb, sea_expected=sea, sure=sure)
        # the first call of a kernel loads the compiler: that takes as long as looking at the picture
        from kirin_video.engines.previs.photo import patchfill, scene  # noqa: PLC0415 - loads numba

        patchfill.load()
        parts = scene.take_apart(rgb, seen.result(), plan, seed=seed, pad=pad, invite=invite)
    notes = _notes(plan, parts)
    return PhotoScene(rgb, plan, parts, seed, (*notes, _NIGHT_ALREADY) if dark else notes, dark)


def is_night(rgb: Rgb) -> bool:
    """Whether a picture was taken by night: nine tenths of it are dark."""
    return float(np.quantile(rgb[::4, ::4].mean(2), 0.9)) < _DARK


def render_photo(  # noqa: PLR0913 - the seam that other builders code against
    picture: Picture, plan: ShotPlan, *, seed: int, width: int, height: int, num_frames: int
) -> Iterator[I420Frame]:
    """The frames of a clip that opens with a picture; see :func:`prepare_photo`, which also gives notes."""
    return prepare_photo(picture, plan, seed=seed, width=width, height=height).frames(num_frames)


def opening_frame(rgb: Rgb) -> I420Frame:
    """The picture itself as planes: chroma averaged over blocks of two by two."""
    from kirin_video.engines.previs.photo.coding import as_frame  # noqa: PLC0415 - loads numba

    return I420Frame(*as_frame(rgb))


def _margin(plan: ShotPlan) -> float:
    """How much invented margin a move may show, as a share of the longer side."""
    return _PULL_OUT_MARGIN if plan.move is Move.PULL_OUT else _MARGIN


def _notes(plan: ShotPlan, parts: Parts) -> tuple[str, ...]:
    """What a caller should know about how the picture was animated."""
    notes = ["The depth of the first frame is estimated from the picture alone; the camera moves within it."]
    if parts.is_flat:
        notes.append("The picture is one even surface: the camera moves before it as before a wall.")
    elif not parts.has_subject:
        notes.append(
            "No subject stood out clearly enough to be separated, so the picture moves as one deep surface."
        )
    notes.append(_note_of_life(parts))
    if parts.ascends:
        notes.append(
            "What the prompt lets rise was cut out of the picture; what it hid was painted behind it."
        )
    elif parts.asked_to_act:
        notes.append(_note_of_acting(parts))
    if plan.time is TimeOfDay.NIGHT:
        notes.append(
            f"Night is a grade over the picture's own light; {parts.windows} windows were found and lit."
            if parts.windows
            else "Night is a grade over the picture's own light; no windows were found to be lit."
        )
    if parts.plume is not None and not parts.ascends:
        notes.append("Steam or smoke is drawn over the picture; it rises from what stands out in it.")
    if plan.move is Move.PULL_OUT:
        notes.append(
            "A photograph ends at its borders: the pull out is short, with a narrow invented margin."
        )
    return tuple(notes)


def _note_of_life(parts: Parts) -> str:
    """What was recognised as moving by itself, and what was not."""
    life = parts.life
    planes = {"water": life.water, "leaves": life.leaves, "hair": life.hair, "fire": life.fire}
    found = {"sky": parts.has_sky, **{name: bool(plane.any()) for name, plane in planes.items()}}
    moving = ", ".join(name for name, is_there in found.items() if is_there)
    missed = ", ".join(name for name, is_there in found.items() if not is_there)
    if life.plain:
        return "The picture is drawn, not photographed: nothing in it moves by itself, only the camera does."
    if not moving:
        return "No sky, water, leaves, hair or fire was recognised that could move: only the light lives."
    return f"What moves by itself in the picture: {moving}." + (
        f" Not recognised: {missed}." if missed else ""
    )


def _note_of_acting(parts: Parts) -> str:
    """A picture shows one side of somebody at one moment."""
    done = (
        "its subject only breathes and shifts its weight"
        if parts.life.sway is not None
        else "nothing in it was separated that could move"
    )
    return (
        "The prompt asks the picture's subject to act. A photograph does not show it from other "
        f"sides or in other postures: {done}, and the camera does the rest. "
        "Without a first frame the action is drawn."
    )
