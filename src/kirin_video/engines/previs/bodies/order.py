"""What a family of bodies is asked to build."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.engines.previs.bodies.catalogue import Kind
from kirin_video.engines.previs.plan import SubjectPlan

TRIANGLES = 9000
"""Of a body at detail 1.0."""


@dataclass(frozen=True, slots=True)
class Order:
    """One body.

    Attributes:
        kind: the row of the catalogue.
        subject: what the plan says of it: colours, age, clothes, proportions, size.
        seed: what makes this one different from its neighbour.
        detail: 1.0 for a body that fills half of the picture's height, 0.2 for one of a distant herd.
    """

    kind: Kind
    subject: SubjectPlan
    seed: int
    detail: float = 1.0

    @property
    def triangles(self) -> int:
        """About how many the body may have."""
        return round(TRIANGLES * self.detail)

    def color(self, part: str) -> tuple[float, float, float] | None:
        """The colour of a part, sRGB 0 to 1: the plan's, else the kind's, else None."""
        asked = self.subject.color_of(part)
        if asked is not None:
            red, green, blue = asked.rgb
            return red / 255.0, green / 255.0, blue / 255.0
        return self.kind.colors.get(part)
