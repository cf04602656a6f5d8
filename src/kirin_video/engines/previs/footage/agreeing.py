"""Masks of key frames made consistent over time, along the flow between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.cutting import cut, tidy
from kirin_video.engines.previs.footage.flow import Flow, carried
from kirin_video.engines.previs.footage.survey import Survey

Mask = NDArray[np.bool_]

_ALIKE: Final = 12.0  # difference of brightness at which a flow is half believed
_HALF: Final = 0.5
_OWN, _OWN_SMALL = 2.0, 3.0
"""What a mask's own vote counts against one of each neighbour: legs of somebody far away are theirs alone."""
_SMALL: Final = 0.03  # of the picture
_HELD: Final = 0.92  # of what is known, that whatever goes on must still cover
_SHRUNK: Final = 0.6  # of its size a moment before or after, under which part of a mask is missing


def agreed(survey: Survey, masks: Sequence[Mask], own_vote: float | None = None) -> list[Mask]:
    """Each mask as it and its neighbours, carried along the flow, say in the mean.

    Args:
        survey: the first look through the footage.
        masks: one a key frame.
        own_vote: what a mask's own vote counts against one of each neighbour; None goes by its size.
    """
    small = float(np.mean([mask.mean() for mask in masks])) < _SMALL
    own = np.float32(own_vote or (_OWN_SMALL if small else _OWN))
    votes = [own * mask.astype(np.float32) for mask in masks]
    weights = [np.full(mask.shape, own, np.float32) for mask in masks]
    flow = Flow(careful=True)
    for (a, one), (b, other) in pairwise(enumerate(survey.keys)):
        if one.take != other.take:
            continue
        for here, there, at, of in ((one, other, a, b), (other, one, b, a)):
            motion = flow.between(here.grey, there.grey)
            moved = carried(masks[of].astype(np.float32), motion)
            seen = carried(there.grey.astype(np.float32), motion)
            sure = np.exp(-np.abs(seen - here.grey) / np.float32(_ALIKE))
            votes[at] = votes[at] + moved * sure
            weights[at] = weights[at] + sure
    return [tidy(vote / weight > _HALF) for vote, weight in zip(votes, weights, strict=True)]


def carried_on(survey: Survey, masks: Sequence[Mask]) -> list[Mask]:
    """Where a thing comes to rest motion tells it no more: its neighbour's mask goes on along the flow."""
    flow = Flow(careful=True)
    found = list(masks)
    order = list(pairwise(range(len(found))))
    for one, other in (*order, *((b, a) for a, b in reversed(order))):
        here, there = survey.keys[other], survey.keys[one]
        before, now = float(found[one].sum()), float(found[other].sum())
        if here.take != there.take or now > _SHRUNK * before or _at_border(found[one]):
            continue
        moved = carried(found[one].astype(np.float32), flow.between(here.grey, there.grey))
        likely = (moved > _HALF) | found[other]
        zone = cv2.dilate(likely.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
        again = cut(here.rgb, likely, zone)
        if again.sum() > now and (again & found[other]).sum() >= _HELD * now:
            found[other] = tidy(again)
    return found


def _at_border(mask: Mask) -> bool:
    """Whether a thing may be leaving the picture at a side."""
    return bool(mask[:, :3].any() or mask[:, -3:].any())
