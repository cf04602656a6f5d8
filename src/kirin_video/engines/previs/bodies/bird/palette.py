"""The colours of birds and other small ones: their kind's, or shades round the one that was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.engines.previs.bodies.order import Order

Rgb = tuple[float, float, float]

_LEAST, _MOST = 0.62, 1.45
"""How much darker or lighter a part may be than a body whose colour was asked for."""
_ALIKE = 0.1
"""Colours no further apart than this are shades of one."""
_KEPT = frozenset({"eyes", "beak", "legs", "pupil", "comb", "nose", "claws", "horns", "ring"})
"""Parts that keep their own colour whatever the body's is."""


@dataclass(frozen=True, slots=True)
class Paints:
    """Colours by part, sRGB 0 to 1."""

    order: Order

    def of(self, part: str, *otherwise: str) -> Rgb:
        """A part's colour: asked for, or the kind's, moved along with an asked body.

        Args:
            part: its name.
            otherwise: parts to take it from where the kind does not say; the body's at last.
        """
        own, subject = self.order.kind.colors, self.order.subject
        for name in (part, *otherwise):
            if subject.color_of(name) is not None:
                return self.order.color(name) or own["body"]
        natural = next((own[name] for name in (part, *otherwise) if name in own), own["body"])
        if part in _KEPT or subject.color_of("body") is None:
            return natural
        return moved(natural, own["body"], self.order.color("body") or own["body"])


def light(color: Rgb) -> float:
    """Its brightness, 0 to 1."""
    return 0.30 * color[0] + 0.59 * color[1] + 0.11 * color[2]


def shade(color: Rgb, factor: float) -> Rgb:
    """The colour brighter or darker."""
    red, green, blue = (min(max(c * factor, 0.0), 1.0) for c in color)
    return red, green, blue


def mixed(a: Rgb, b: Rgb, share: float) -> Rgb:
    """Between two colours."""
    red, green, blue = (p + (q - p) * share for p, q in zip(a, b, strict=True))
    return red, green, blue


def moved(part: Rgb, body: Rgb, asked: Rgb) -> Rgb:
    """A part's colour when its body has another: as much lighter or darker, within reason.

    A body that is hardly another, one of a group, keeps its white breast.
    """
    if max(abs(a - b) for a, b in zip(asked, body, strict=True)) < _ALIKE:
        return shade(part, min(max((light(asked) + 0.03) / (light(body) + 0.03), 0.9), 1.1))
    ratio = (light(part) + 0.03) / (light(body) + 0.03)
    return shade(asked, min(max(ratio, _LEAST), _MOST))
