"""The colours of a quadruped: its kind's, or a family of shades round the one that was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.quadruped.shape import QuadShape
from kirin_video.engines.previs.bodies.sculpt import Look
from kirin_video.engines.previs.coats import Coat, Pattern
from kirin_video.engines.previs.plan import Pattern as Asked

Rgb = tuple[float, float, float]

_LEAST, _MOST = 0.70, 1.30
"""How much darker or lighter a part may be than a body whose colour was asked for."""
_FUR = 0.55
_DARK = 0.25
"""Bodies darker than this are patterned lighter, others darker."""
_TELLING = 0.12
"""Colours nearer in brightness than this are no pattern."""
_PATTERNS = {Asked.SPOTTED: Pattern.SPOTS, Asked.STRIPED: Pattern.STRIPES, Asked.PATCHED: Pattern.PATCHES}
_KEEPS = {
    Pattern.STRIPES: 0.40,
    Pattern.PATCHES: 0.0,
    Pattern.CELLS: 0.0,
    Pattern.ROSETTES: 0.0,
    Pattern.SPOTS: 0.0,
}
"""How far in brightness a pattern must be from its body to be kept when another body colour is asked."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours, sRGB 0 to 1, and the coat.

    Attributes:
        body, belly, legs, muzzle, inner, ears, mane, tail, nose, eyes, hooves, horns, wool, face: of those
            parts; ``inner`` is the inside of the ears, ``legs`` their lower half.
        rings: of patches round the eyes; None for none.
        yoke: of shoulders and forelegs; None where they are as the body.
        coat: the pattern on the skin.
        furry: how furry the outline of the skin is.
        coated: how much of the coat's pattern shows, 0 to 1.
    """

    body: Rgb
    belly: Rgb
    legs: Rgb
    muzzle: Rgb
    inner: Rgb
    ears: Rgb
    mane: Rgb
    tail: Rgb
    nose: Rgb
    eyes: Rgb
    hooves: Rgb
    horns: Rgb
    wool: Rgb
    face: Rgb
    rings: Rgb | None
    yoke: Rgb | None
    coat: Coat
    furry: float
    coated: float = 1.0

    def skin(self, color: Rgb, coat: float = 1.0) -> Look:
        """What skin of a colour looks like."""
        return Look(color, coat=coat * self.coated, fur=self.furry)


def palette_of(order: Order, shape: QuadShape) -> Palette:
    """The colours of one animal."""
    own = order.kind.colors
    asked = order.subject.color_of("body")
    body = order.color("body") or own["body"]

    def of(part: str, otherwise: str | None = None) -> Rgb:
        """A part's colour: asked for, or the kind's, moved along with an asked body."""
        named = order.subject.color_of(part)
        if named is not None:
            return order.color(part) or body
        natural = own.get(part) or own.get(otherwise or "body") or own["body"]
        return natural if asked is None else _moved(natural, own["body"], body)

    pattern = (
        _PATTERNS.get(order.subject.pattern, Pattern(shape.pattern))
        if order.subject.pattern
        else Pattern(shape.pattern)
    )
    if asked is not None and order.subject.pattern is None and pattern is Pattern.PATCHES:
        # A brown cow is brown all over.
        pattern = Pattern.PLAIN
    second = own.get("pattern", _shade(own["body"], 0.45))
    if order.subject.pattern and "pattern" not in own:
        second = _shade(body, 0.3) if _light(body) > _DARK else _shade(body, 2.8)
    if asked is not None and pattern in _KEEPS:
        apart = abs(_light(second) - _light(body))
        kept = abs(_light(second) - _light(own["body"])) > _KEEPS[pattern] and apart > _TELLING
        second = second if kept else _moved(second, own["body"], body)
    bare = pattern in {Pattern.HIDE, Pattern.SCALES}
    return Palette(
        body=body,
        belly=of("belly"),
        legs=of("legs"),
        muzzle=of("muzzle"),
        inner=own.get("inner", _mixed(own["body"], (0.80, 0.52, 0.46), 0.55)),
        ears=of("ears", "face"),
        rings=own.get("patches"),
        yoke=own.get("yoke") if asked is None else None,
        mane=of("mane"),
        tail=of("tail", "mane") if "mane" in own else of("tail"),
        nose=order.color("nose") or (0.12, 0.10, 0.10),
        eyes=order.color("eyes") or (0.16, 0.09, 0.05),
        hooves=order.color("hooves") or (0.20, 0.17, 0.15),
        horns=order.color("horns") or (0.72, 0.66, 0.54),
        wool=of("wool"),
        face=of("face"),
        coat=Coat(pattern, second, shape.pattern_per_m, shape.pattern_balance, order.seed),
        furry=0.0 if bare else _FUR,
    )


def _light(color: Rgb) -> float:
    return 0.30 * color[0] + 0.59 * color[1] + 0.11 * color[2]


def _shade(color: Rgb, factor: float) -> Rgb:
    red, green, blue = (min(c * factor, 1.0) for c in color)
    return red, green, blue


def _mixed(a: Rgb, b: Rgb, share: float) -> Rgb:
    red, green, blue = (p + (q - p) * share for p, q in zip(a, b, strict=True))
    return red, green, blue


def _moved(part: Rgb, body: Rgb, asked: Rgb) -> Rgb:
    """A part's colour when its body has another: as much lighter or darker, within reason."""
    ratio = (_light(part) + 0.02) / (_light(body) + 0.02)
    return _shade(asked, min(max(ratio, _LEAST), _MOST))
