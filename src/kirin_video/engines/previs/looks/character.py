"""How a picture is made, told from its pixels: lines, flat areas, bare paper, strokes and their size."""

# ruff: noqa: PLR2004 - the numbers are thresholds that were tuned by looking
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.looks.lines import drawn_lines
from kirin_video.engines.previs.looks.planes import Plane, Real
from kirin_video.engines.previs.looks.raster import AREA, blurred, halved, resized

_SIDE_PX = 360
"""Pictures are measured with their shorter side this long."""

_FLAT_LEVELS = 2.2
_BARE = 0.88


@dataclass(frozen=True, slots=True)
class Character:
    """What was measured.

    Attributes:
        flat: share of the picture that is even colour, 0 to 1.
        lined: mean darkness of lines, 0 to 255.
        bare: share that is bright and without colour: paper.
        few: share of the picture that its ten commonest tones of 128 make up.
        light: mean luma, as a share of white.
        rough: size of the texture within areas, levels.
        fineness: how strong its finest waves are beside waves four times as long.
        colourful: mean distance from grey, levels.
    """

    flat: float
    lined: float
    bare: float
    few: float
    light: float
    rough: float
    fineness: float
    colourful: float


def character_of(y: Plane, u: Plane, v: Plane) -> Character:
    """Measure a picture.

    Args:
        y: luma, limited range, (H, W).
        u: blue difference, (H, W).
        v: red difference, (H, W).
    """
    scale = _SIDE_PX / min(y.shape)
    size = max(round(y.shape[1] * scale / 2) * 2, 4), max(round(y.shape[0] * scale / 2) * 2, 4)
    y, u, v = (resized(plane, *size, AREA if scale < 1 else 1) for plane in (y, u, v))
    fine = y.astype(np.float32)
    chroma = np.hypot(u.astype(np.float32) - 128, v.astype(np.float32) - 128)
    unrest = np.sqrt(np.maximum(blurred(fine**2, 1.5) - blurred(fine, 1.5) ** 2, 0))
    lines = drawn_lines(y, halved(y), width_px=1.6, least=3.0, gain=14.0)
    bands = [_texture(fine, sigma, unrest) for sigma in (0.8, 1.6, 3.2)]
    tones = np.bincount((y // 2).ravel(), minlength=128)
    white = (fine - 16) / 219 > _BARE
    return Character(
        flat=float((unrest < _FLAT_LEVELS).mean()),
        lined=float(lines.mean()),
        bare=float((white & (chroma < 14)).mean()),
        few=float(np.sort(tones)[-10:].sum() / y.size),
        light=float(((fine - 16) / 219).mean()),
        rough=max(bands[0], bands[1]),
        fineness=bands[0] / max(bands[2], 0.1),
        colourful=float(chroma.mean()),
    )


def _texture(fine: Real, sigma: float, unrest: Real) -> float:
    """How strong waves of one size are where there is no great edge."""
    band = np.abs(blurred(fine, sigma) - blurred(fine, 2 * sigma))
    calm = unrest <= np.percentile(unrest, 75)
    return float(band[calm].mean())
