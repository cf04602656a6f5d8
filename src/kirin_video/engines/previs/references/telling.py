"""What a caller is told of its references: what was done with each, and what was approximated."""

from __future__ import annotations

from collections.abc import Iterator

from kirin_video.engines.previs.references.casting import Played, Production
from kirin_video.engines.previs.references.cutting.cut import CUT_FROM
from kirin_video.engines.previs.references.roles import Part
from kirin_video.engines.previs.references.views import Side

_OTHERWISE = 0.3
"""So much taller or smaller than life is told."""
_FROM = {Side.FRONT: "the front", Side.SIDE: "the side", Side.BACK: "behind"}


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
    """What was done with every reference, in plain words: one note for each, and more for what is a guess."""
    for played in production.of(Part.SUBJECT):
        yield from notes_of_subject(production, played)
    yield from notes_of_places(production)
    yield from notes_of_styles(production)


def notes_of_subject(production: Production, played: Played, how: str = "") -> Iterator[str]:
    """What was done with a reference that acts.

    Args:
        production: the shot.
        played: which reference.
        how: what becomes of it, where that is not that it acts in a drawn world.
    """
    if played.figure is None or not (how or _is_cast(production, played)):
        yield f"{_who(played)} found no part in what the prompt says and is not shown."
        return
    acts = how or "cut out, it moves as a soft relief, not as a whole body"
    yield f"{_who(played)} is taken as a subject: {acts}{_chosen(played)}."
    leads = bool(production.plan.subjects) and production.plan.subjects[0].kind == played.reference.name
    if leads and production.unseen is not None:
        seen, asked = _FROM[played.figure.view.side], _FROM[production.unseen]
        yield f"No picture shows {played.reference.name} from {asked}: it is seen from {seen}."
    yield from _approximated(played)


def notes_of_places(production: Production) -> Iterator[str]:
    """What was done with pictures of places."""
    for played in production.of(Part.SCENE)[:1]:
        yield (
            f"The picture {played.reference.name} is the place: its ground and horizon are estimated from it "
            "alone, and the camera moves little."
        )
    yield from _left_over(production, Part.SCENE, "place")


def notes_of_styles(production: Production) -> Iterator[str]:
    """What was done with pictures whose style is taken."""
    for played in production.of(Part.STYLE)[:1]:
        yield (
            f"The picture {played.reference.name} is the style: its colours, its contrast and the technique "
            "nearest to it are taken; nothing that it shows is in the clip."
        )
    yield from _left_over(production, Part.STYLE, "style")


def _left_over(production: Production, part: Part, name: str) -> Iterator[str]:
    left = ", ".join(played.reference.name for played in production.of(part)[1:])
    if left:
        yield f"One shot has one {name}; not used: {left}."


def _is_cast(production: Production, played: Played) -> bool:
    return any(subject.kind == played.reference.name for subject in production.plan.subjects)


def _who(played: Played) -> str:
    noun = played.plays or (played.likeness.noun if played.likeness else "")
    return f"{played.reference.name} ({noun})" if noun else played.reference.name


def _chosen(played: Played) -> str:
    """Which of an element's pictures is shown."""
    if len(played.views) < 2 or played.figure is None:  # noqa: PLR2004 -- of one picture there is no choice
        return ""
    return f"; of its {len(played.views)} pictures the one from {_FROM[played.figure.view.side]} suits best"


def _approximated(played: Played) -> Iterator[str]:
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
    if figure.grown:
        yield f"The picture {name} cuts its subject off at the lower border; below it is drawn in a robe."
    if cut.cropped:
        alive = figure.likeness.alive and figure.carriage is None
        shown = "the camera stays close enough to hide that" if figure.hangs else "it is shown as a bust"
        ending = f"; {shown}" if figure.hangs or alive else ""
        yield f"The picture {name} cuts its subject off at the lower border{ending}."
