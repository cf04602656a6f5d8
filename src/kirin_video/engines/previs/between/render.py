"""Rendering a clip that opens with one picture and ends with another."""

# ruff: noqa: PLR2004 - the numbers are amounts that were tuned by looking
from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from kirin_video.domain.shot import Picture
from kirin_video.engines.base import Progress, Report
from kirin_video.engines.previs.between.air import Air
from kirin_video.engines.previs.between.arrivals import clouds
from kirin_video.engines.previs.between.choosing import Choice, choose
from kirin_video.engines.previs.between.detour import Detour, detour_for
from kirin_video.engines.previs.between.fields import Fields, measured
from kirin_video.engines.previs.between.kinship import Kinship
from kirin_video.engines.previs.between.passages import Passage, passed
from kirin_video.engines.previs.between.path import Path
from kirin_video.engines.previs.between.shapes import Shape, shape_fields, spreading
from kirin_video.engines.previs.between.stirring import Stirring, what_lives
from kirin_video.engines.previs.between.takes import Takes
from kirin_video.engines.previs.between.travelling import Change, Travelling
from kirin_video.engines.previs.between.wording import load_words, wording
from kirin_video.engines.previs.photo.picture import Rgb, fitted, read_upright
from kirin_video.engines.previs.photo.render import is_night
from kirin_video.engines.previs.plan import Setting, ShotPlan, Technique, TimeOfDay
from kirin_video.engines.previs.reading.lexicon import load_lexicon
from kirin_video.engines.previs.side_by_side import both
from kirin_video.media.frames import I420Frame

_SLOW, _HOURS, _USUAL, _SUDDEN, _AT_ONCE = 1.0, 0.8, 0.55, 0.34, 0.18
_MORPHED, _FLOWED = 0.1, 0.2
_SQUARE: Final = 0.02
_ENLARGED: Final = 1.6


def render_between(  # noqa: PLR0913 - a clip is made of these
    pictures: tuple[Picture, Picture],
    plan: ShotPlan,
    prompt: str,
    report: Report,
    *,
    seed: int,
    width: int,
    height: int,
    num_frames: int,
) -> tuple[Iterator[I420Frame], tuple[str, ...]]:
    """The frames of a clip between two pictures, and what a caller should know of it.

    Args:
        pictures: the one that opens the clip, whose ratio is the clip's, and the one that ends it.
        plan: what was asked.
        prompt: its words, references left out.
        report: hears of the preparation.
        seed: the same everything gives the same frames, to the bit.
        width: of the clip, pixels, even.
        height: of the clip, pixels, even.
        num_frames: length of the clip; the first and the last are the pictures.

    Raises:
        TaskFailure: a picture cannot be decoded.
    """
    (first, _), (last, sent) = both(
        lambda: _read(pictures[0], width, height), lambda: _read(pictures[1], width, height)
    )
    report(Progress("comparing the first and the last frame", 0.3))
    choice = choose(first, last, plan, prompt)
    lit_by_itself = plan.time is TimeOfDay.NIGHT and (is_night(first) or is_night(last))
    light = replace(plan, time=TimeOfDay.DAY) if lit_by_itself else plan
    air = Air(light, width, height, num_frames=num_frames, seed=seed)
    notes = (*_on_camera(plan, choice), *choice.notes, *_on_shape(sent, width, height, plan.language))
    report(Progress("finding the way from the first frame to the last", 0.6))
    if choice.passage is None or choice.passage is Passage.MORPH:
        travelling = travelled(first, last, plan, choice, air, seed)
        return travelling.frames(num_frames), notes
    takes = Takes(first, last, plan, air, num_frames=num_frames, seed=seed)
    return passed(takes, choice.passage, air, width=width, height=height, num_frames=num_frames), notes


def _read(picture: Picture, width: int, height: int) -> tuple[Rgb, Rgb]:
    """A picture at the clip's size, and as it was sent."""
    sent = read_upright(picture)
    return fitted(sent, width, height), sent


def travelled(  # noqa: PLR0913, PLR0917 - a way is made of these
    first: Rgb, last: Rgb, plan: ShotPlan, choice: Choice, air: Air, seed: int
) -> Travelling:
    """The way from the one picture to the other, without a passage."""
    sea = plan.setting in {Setting.SEA, Setting.BEACH}
    if choice.kin is not None:
        path, zoom = choice.kin.path, choice.kin.zoom
        fields, living = both(
            lambda: measured(first, last, path), lambda: what_lives(first, last, sea_expected=sea)
        )
        change = _change_of_kin(choice.kin, fields, seed)
    else:
        assert choice.shapes is not None
        path, zoom = Path(np.zeros((3, 3)), first.shape[1], first.shape[0]), 1.0
        fields = shape_fields(first, last, choice.shapes)
        living = what_lives(first, last, sea_expected=sea)
        change = _change_of_shapes(choice.shapes, seed)
    return Travelling(
        first,
        last,
        path=path,
        fields=fields,
        zoom=zoom,
        change=change,
        detour=_detour(plan, path, choice.kin),
        stirring=Stirring(living, fields, first.shape[:2], seed=seed),
        air=air,
    )


def _detour(plan: ShotPlan, path: Path, kin: Kinship | None) -> Detour:
    """The prompt's camera on a way that does not already do what it asks for."""
    lively = kin is None or (abs(math.log(kin.zoom)) < 0.08 and max(map(abs, kin.shift)) < 0.05)
    return detour_for(plan.move, plan.energy if lively else 0.35 * plan.energy, path)


def _change_of_kin(kin: Kinship, fields: Fields, seed: int) -> Change:
    """The last picture takes over sooner where it shows more detail, and slowly where the light changes."""
    middle = 0.5 - float(np.clip(0.22 * math.log2(kin.zoom), -0.22, 0.22))
    room = 2.0 * min(middle, 1.0 - middle)
    if fields.relit:
        # light changes everywhere at once, also where a plain sky gives flow nothing to hold on to
        even = np.zeros_like(fields.sure_first)
        return Change(middle, min(_SLOW, room), min(_HOURS, room), even)
    uneven = 0.1 * clouds(fields.sure_first.shape, seed, (8, 16), 0.5) * (1.0 - fields.sure_first)
    # two postures at once would be a ghost
    unlike = _AT_ONCE if fields.strays else _SUDDEN
    return Change(middle, min(_USUAL, room), min(unlike, room), uneven.astype(np.float32))


def _change_of_shapes(shapes: tuple[Shape, Shape], seed: int) -> Change:
    length = _MORPHED if all(shape.stands_out for shape in shapes) else _FLOWED
    return Change(0.5, length, length, spreading(shapes[0], seed))


def _on_camera(plan: ShotPlan, choice: Choice) -> tuple[str, ...]:
    """The plan's notes on its camera, but for a whip that was made after all."""
    if Technique.WHIP not in plan.techniques or not (choice.passage or "").startswith("whip"):
        return plan.camera_notes
    told = load_lexicon().wordings[plan.language]
    whip = told.say("techniques", asked=told.listed([told.name(Technique.WHIP)]))
    return tuple(note for note in plan.camera_notes if note != whip)


def _on_shape(sent: Rgb, width: int, height: int, language: str) -> Iterator[str]:
    """What was cut off or blown up of the last picture."""
    told = wording(load_words(), language)
    own, wished = sent.shape[1] / sent.shape[0], width / height
    if abs(own / wished - 1.0) > _SQUARE:
        kept = round(100 * min(own / wished, wished / own))
        yield told.notes["cropped"].format(kept=kept)
    times = max(width / sent.shape[1], height / sent.shape[0])
    if times > _ENLARGED:
        yield told.notes["enlarged"].format(times=f"{times:.1f}")
