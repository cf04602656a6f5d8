"""What a caller is told of its references: which was taken as what, and what was approximated."""

from __future__ import annotations

from collections.abc import Iterator

from kirin_video.engines.previs.references.casting import Played, Production
from kirin_video.engines.previs.references.cutting.cut import CUT_FROM
from kirin_video.engines.previs.references.roles import Part

_OTHERWISE = 0.3
"""So much taller or smaller than life is told."""


def facts_of(production: Production) -> list[dict[str, object]]:
    """Which reference was taken as what, JSON-compatible, in the caller's order."""
    return [_fact(played) for played in production.played]


def _fact(played: Played) -> dict[str, object]:
    fact: dict[str, object] = {"reference": played.reference.name, "taken_as": played.part.value}
    figure = played.figure
    if figure is not None:
        fact["kind"] = figure.likeness.noun or "unknown"
        fact["height_m"] = round(figure.tall_m, 2)
        fact["view"] = figure.view.side.value
        fact["confidence"] = round(figure.view.cut.confidence, 2)
    if played.plays:
        fact["plays"] = played.plays
    return fact


def notes_of(production: Production) -> Iterator[str]:
    """What was approximated, in plain words."""
    acting = [played for played in production.played if played.figure is not None]
    if acting:
        names = ", ".join(played.reference.name for played in acting)
        yield f"Subjects of pictures are cut out and move as soft reliefs, not as whole bodies: {names}."
    for played in acting:
        yield from _of_figure(played)
    for played in production.of(Part.SCENE)[:1]:
        yield (
            f"The picture {played.reference.name} is the place: its ground and horizon are estimated from it "
            "alone, and the camera moves little."
        )
    for played in production.of(Part.STYLE)[:1]:
        yield (
            f"Of the style of {played.reference.name} its colours, its contrast and the technique nearest to "
            "it are taken."
        )
    scenes, styles = production.of(Part.SCENE), production.of(Part.STYLE)
    for name, many in (("place", scenes[1:]), ("style", styles[1:])):
        if many:
            left = ", ".join(played.reference.name for played in many)
            yield f"One shot has one {name}; not used: {left}."


def _of_figure(played: Played) -> Iterator[str]:
    figure, name = played.figure, played.reference.name
    assert figure is not None
    cut = figure.view.cut
    if not figure.likeness.noun:
        yield (
            f"Nothing says what {name} shows: it is taken to be {figure.tall_m:.1f} m tall. "
            f'Name it, as in "the dog <<<{name}>>>", to have it in its real size.'
        )
    elif abs(figure.tall_m / figure.likeness.height_m - 1.0) > _OTHERWISE:
        yield f"So that it can act here, {name} is drawn {figure.tall_m:.1f} m tall."
    if not cut.plain and cut.confidence < CUT_FROM:
        yield f"The subject of {name} hardly stands out from its ground; its outline is a guess."
    if cut.cropped:
        alive = figure.likeness.alive and figure.carriage is None
        shown = "the camera stays close enough to hide that" if figure.hangs else "it is shown as a bust"
        ending = f"; {shown}" if figure.hangs or alive else ""
        yield f"The picture {name} cuts its subject off at the lower border{ending}."
