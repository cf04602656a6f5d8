"""Where the subject is over time, calmly: for framing it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.reframing import Center
from kirin_video.engines.previs.footage.survey import Survey

_LEAST = 0.002


def subject_track(survey: Survey, mattes: Mattes, num_frames: int, calm_keys: float = 2.0) -> Center:
    """The middle and height of the subject in each frame, smoothed over so many key frames."""
    boxes = [_box(mask > 0.5) for mask in mattes.masks]  # noqa: PLR2004 - half covered
    known = [(key.index, box) for key, box in zip(survey.keys, boxes, strict=True) if box is not None]
    if not known:
        return lambda _: (0.5, 0.5, 0.0)
    times = np.array([index for index, _ in known], np.float64)
    values = _smoothed(np.array([box for _, box in known], np.float64), calm_keys)
    frames = np.arange(num_frames, dtype=np.float64)
    tracks = [np.interp(frames, times, values[:, column]) for column in range(2)]
    tall = float(np.median(values[:, 2]))

    def at(index: int) -> tuple[float, float, float]:
        return float(tracks[0][index]), float(tracks[1][index]), tall

    return at


def _box(mask: NDArray[np.bool_]) -> tuple[float, float, float] | None:
    """Middle and height as shares of the picture, a few outliers left out."""
    if mask.mean() < _LEAST:
        return None
    rows, columns = np.nonzero(mask)
    top, bottom = np.quantile(rows, (0.01, 0.99)) / mask.shape[0]
    left, right = np.quantile(columns, (0.03, 0.97)) / mask.shape[1]
    return float(left + right) / 2, float(top + bottom) / 2, float(bottom - top)


def _smoothed(values: NDArray[np.float64], calm_keys: float) -> NDArray[np.float64]:
    """Each row as the mean of those around it, nearer ones counting more.

    Beyond its ends the track goes on as it was, so that something that keeps going is not held back there.
    """
    reach = min(len(values) - 1, round(3 * calm_keys))
    before = 2 * values[0] - values[reach:0:-1]
    after = 2 * values[-1] - values[-2 : -2 - reach : -1]
    longer = np.concatenate([before, values, after])
    at = np.arange(len(longer), dtype=np.float64)
    weight = np.exp(-0.5 * ((at[:, None] - at[None, :]) / calm_keys) ** 2)
    smooth = (weight @ longer) / weight.sum(axis=1, keepdims=True)
    return smooth[reach : reach + len(values)]
