"""From a shot's references to a plan, and to the bodies that act in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kirin_video.domain.shot import Shot
from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.catalogue import Family, Kind, catalogue
from kirin_video.engines.previs.craft import this_engine
from kirin_video.engines.previs.guests import Guests
from kirin_video.engines.previs.plan import (
    Action,
    Angle,
    Framing,
    Heading,
    Relation,
    RelationKind,
    ShotPlan,
    ShotSize,
    SubjectPlan,
)
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.concepts import Concept
from kirin_video.engines.previs.reading.lexicon import Lexicon, load_lexicon
from kirin_video.engines.previs.references.atlas import ALBEDO_SCALE, packed
from kirin_video.engines.previs.references.content import Content
from kirin_video.engines.previs.references.figure import Carriage, Figure, figure_of
from kirin_video.engines.previs.references.gallery import Gallery
from kirin_video.engines.previs.references.place import Place
from kirin_video.engines.previs.references.proportions import CARRIED, arranged, fitting_size
from kirin_video.engines.previs.references.roles import Part, Reading, noun_in, read_references
from kirin_video.engines.previs.references.sizes import Likeness, is_toy, likeness_of
from kirin_video.engines.previs.references.standins import (
    Reference,
    in_own_words,
    taught,
    with_standins,
)
from kirin_video.engines.previs.references.views import ASKED, Side, View, best_view, broadside
from kirin_video.engines.previs.scenery import Print, Sheet

_CLOSE = frozenset({ShotSize.MEDIUM_CLOSE_UP, ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP})
_SITTING = frozenset({Action.IDLE, Action.SIT, Action.LIE, Action.SLEEP, Action.LOOK, Action.STAND})
_RIDERS = frozenset({"person", "fantastic"})
_WITHIN, _CLOSELY = 0.4, 0.45
"""How far the camera goes within a picture, and close to somebody, as shares of its usual way."""


@dataclass(frozen=True, slots=True)
class Played:
    """One reference in the shot.

    Attributes:
        reference: which.
        part: what it is taken as.
        content: what its picture shows; an element's frontal one.
        likeness: what it is, where it acts.
        figure: its body, where it acts.
        plays: the prompt's words for the subject that it plays without being named.
        views: what its pictures show, where it acts.
    """

    reference: Reference
    part: Part
    content: Content
    likeness: Likeness | None = None
    figure: Figure | None = None
    plays: str = ""
    views: tuple[View, ...] = ()


@dataclass(frozen=True, slots=True)
class Production:
    """A shot made of references.

    Attributes:
        plan: what is shown.
        played: every reference.
        guests: the bodies of those that act.
        unseen: the side that the prompt wants the leading reference seen from, where no picture shows it.
    """

    plan: ShotPlan
    played: tuple[Played, ...]
    guests: Guests
    unseen: Side | None = None

    def of(self, part: Part) -> tuple[Played, ...]:
        """Those that are taken as something."""
        return tuple(p for p in self.played if p.part is part)


def produce(shot: Shot, gallery: Gallery) -> Production:
    """Decide which reference is what, read the plan with them in it, and build their bodies.

    Args:
        shot: with references.
        gallery: its pictures.

    Raises:
        TaskFailure: a picture cannot be decoded.
    """
    lexicon = load_lexicon()
    reading = read_references(shot.prompt, gallery.references, lexicon, gallery.judge, gallery.alone)
    parts = {k: reading.parts.get(k) or gallery.judge(k) for k in range(len(gallery.references))}
    likenesses = {
        k: _likeness(gallery, k, reading, lexicon) for k, part in parts.items() if part is Part.SUBJECT
    }
    plan, plays = _read(shot, gallery.references, reading, parts, likenesses, lexicon)
    by_name = {gallery.references[k].name: likeness for k, likeness in likenesses.items()}
    plan = arranged(plan, by_name)
    views = {k: gallery.views(k) for k in likenesses}
    heads = {gallery.references[k].name for k, seen in views.items() if _is_head(likenesses[k], seen[0])}
    plan = _off_seats(plan, heads)
    figures = {k: _figure(gallery.references[k].name, views[k], by_name, plan) for k in likenesses}
    named = {gallery.references[k].name: figure for k, figure in figures.items()}
    unseen = _unseen(plan, named)
    plan = _framed(replace(plan, framing=_sideless(plan.framing)) if unseen else plan, named)
    played = tuple(
        Played(
            reference,
            parts[k],
            gallery.content(k),
            likenesses.get(k),
            figures.get(k),
            plays.get(k, ""),
            views.get(k, ()),
        )
        for k, reference in enumerate(gallery.references)
    )
    scene = next((p for p in played if p.part is Part.SCENE), None)
    guests = _guests(played)
    if scene is not None:
        # A picture ends at its borders: the camera goes less far.
        plan = replace(plan, energy=_WITHIN * plan.energy)
        guests = replace(guests, place=Place(scene.content.rgb, plan, shot.seed))
    return Production(plan, played, guests, unseen)


def _likeness(gallery: Gallery, index: int, reading: Reading, lexicon: Lexicon) -> Likeness:
    """What a subject is: as the prompt calls it, as its element is described, as it looks."""
    name = gallery.references[index].name
    found = reading.nouns.get(index) or noun_in(gallery.about(index), lexicon)
    if found is None and gallery.content(index).person:
        found = ("person", lexicon.concepts["person"])
    noun, concept = found or ("", None)
    toy = index in reading.toys or (index not in reading.nouns and is_toy(gallery.about(index)))
    return likeness_of(name, concept, noun, lexicon, toy=toy)


def _read(  # noqa: PLR0913, PLR0917 -- words, pictures and what both say
    shot: Shot,
    references: Sequence[Reference],
    reading: Reading,
    parts: Mapping[int, Part],
    likenesses: Mapping[int, Likeness],
    lexicon: Lexicon,
) -> tuple[ShotPlan, dict[int, str]]:
    """The plan with all subjects in it; those that the prompt does not name play its own, or open it."""
    concepts = {
        references[k]: Concept(references[k].name, like.family, proper=True) for k, like in likenesses.items()
    }
    taught_lexicon = taught(lexicon, concepts)
    able = this_engine()
    craft = replace(
        able,
        kinds=able.kinds | {reference.name for reference in concepts},
        place_given=Part.SCENE in parts.values(),
    )

    def read(text: str) -> ShotPlan:
        words = with_standins(text, references)
        return in_own_words(read_plan(words, seed=shot.seed, lexicon=taught_lexicon, craft=craft), references)

    plan = read(reading.text)
    unnamed = [k for k in likenesses if k not in reading.named]
    plan, plays = _recast(plan, {k: references[k] for k in unnamed}, likenesses)
    left = [k for k in unnamed if k not in plays]
    if left:
        opening = " and ".join(references[k].latin for k in left)
        plan, plays = _recast(
            read(f"{opening} {reading.text}"), {k: references[k] for k in plays}, likenesses
        )
    return plan, plays


def _recast(
    plan: ShotPlan, unnamed: Mapping[int, Reference], likenesses: Mapping[int, Likeness]
) -> tuple[ShotPlan, dict[int, str]]:
    """Let pictures that the prompt does not name play the subjects of its words, the fitting ones first."""
    subjects = list(plan.subjects)
    free = [
        at for at, s in enumerate(subjects) if not s.scenery and not s.kind.startswith(("image_", "element_"))
    ]
    plays: dict[int, str] = {}
    for k, reference in unnamed.items():
        fitting = [at for at in free if _alike(subjects[at], likenesses[k])]
        if not fitting:
            continue
        at = fitting[0]
        free.remove(at)
        plays[k] = subjects[at].words
        subjects[at] = replace(subjects[at], kind=reference.name, colors=(), wears=(), asked=None)
    return replace(plan, subjects=tuple(subjects)), plays


def _alike(subject: SubjectPlan, likeness: Likeness) -> bool:
    """Whether a picture may be what the prompt's words say: anything, where nobody knows what it shows."""
    row = catalogue().get(subject.kind)
    if not likeness.noun or row is None:
        return True
    return row.family is likeness.kind.family


def _is_head(likeness: Likeness, view: View) -> bool:
    """Whether a picture's border cuts off somebody who lives; cups and bottles are only cut close."""
    return view.cut.cropped and likeness.alive


def _off_seats(plan: ShotPlan, heads: Collection[str]) -> ShotPlan:
    """The plan with whoever is only a head before the seat that he would be on, close up.

    On a sofa a head would lie there alone.
    """
    subjects = list(plan.subjects)
    lead = subjects[0] if subjects else None
    if lead is None or lead.kind not in heads:
        return plan
    to = next((r.to for r in lead.relations if r.kind in CARRIED and r.to is not None), None)
    row = None if to is None else catalogue().get(subjects[to].kind)
    if to is None or row is None or row.family is not Family.THING or lead.action not in _SITTING:
        return plan
    subjects[0] = replace(lead, action=Action.IDLE, relations=())
    behind = Relation(RelationKind.BEHIND, 0)
    subjects[to] = replace(subjects[to], relations=(behind,))
    return replace(plan, subjects=tuple(subjects))


def _unseen(plan: ShotPlan, figures: Mapping[str, Figure]) -> Side | None:
    """The side that the leading subject should be seen from, if none of its pictures shows it from there."""
    lead = figures.get(plan.subjects[0].kind) if plan.subjects else None
    leaves = plan.subjects and plan.subjects[0].heading is Heading.AWAY
    asked = Angle.BEHIND if leaves else plan.framing.side
    if lead is None or asked is None or asked not in ASKED or lead.view.side is ASKED[asked][0]:
        return None
    return ASKED[asked][0]


def _sideless(framing: Framing) -> Framing:
    """A framing that asks for no side of anybody: the camera does not go behind a picture."""
    return replace(
        framing,
        angle=None if framing.angle in ASKED else framing.angle,
        also=None if framing.also in ASKED else framing.also,
    )


def _framed(plan: ShotPlan, figures: Mapping[str, Figure]) -> ShotPlan:
    """Close enough to see who sits on a shoulder, or not where a border cuts somebody off."""
    first = [0, _carrier(plan, 0)] if plan.subjects else []
    shown = [figures.get(plan.subjects[at].kind) for at in first if at is not None]
    close = any(f is not None and (f.hangs or (f.carriage and f.carriage.perched)) for f in shown)
    if not close or plan.framing.size in _CLOSE:
        return plan
    framing = replace(plan.framing, size=ShotSize.MEDIUM_CLOSE_UP)
    return replace(plan, framing=framing, energy=_CLOSELY * plan.energy)


def _figure(name: str, views: Sequence[View], likenesses: Mapping[str, Likeness], plan: ShotPlan) -> Figure:
    """The body of a subject, in the view that suits what it does."""
    likeness = likenesses[name]
    at = next((at for at, subject in enumerate(plan.subjects) if subject.kind == name), None)
    if at is None:
        return figure_of(views[0], likeness)
    subject = plan.subjects[at]
    carried = any(r.kind in CARRIED for r in subject.relations)
    held = any(r.kind is RelationKind.HELD_BY for r in subject.relations)
    action = Action.IDLE if held else _ridden_action(plan, subject) if carried else subject.action
    vehicle = Concept("", likeness.family).moving
    view = broadside(views) if vehicle else best_view(views, action, subject.heading, asked=plan.framing.side)
    leads = not (carried or held) if at == 0 else _carrier(plan, 0) == at
    carriage = _carriage(plan, at, likenesses) if carried else None
    size = fitting_size(plan, at, likenesses)
    bears = _carrier(plan, 0) == at and likeness.kind.family is Family.PERSON
    return figure_of(view, likeness, size=size, leads=leads, carriage=carriage, bears=bears)


def _carriage(plan: ShotPlan, at: int, likenesses: Mapping[str, Likeness]) -> Carriage:
    """How somebody is carried: astride on animals, on the shoulders of people."""
    to = _carrier(plan, at)
    if to is None:
        return Carriage()
    name = plan.subjects[to].kind
    row = likenesses[name].kind if name in likenesses else catalogue().get(name)
    ridden = row is not None and row.family is Family.QUADRUPED
    person = likenesses[plan.subjects[at].kind].family in _RIDERS
    perched = row is not None and row.family is Family.PERSON and at == 0
    # Who sits down shows himself from the seat up: a cut-out bends no knees.
    seated = plan.subjects[at].action is Action.SIT
    return Carriage(astride=(ridden or seated) and person, perched=perched)


def _carrier(plan: ShotPlan, at: int) -> int | None:
    """Who carries somebody, if anybody does."""
    return next((r.to for r in plan.subjects[at].relations if r.kind in CARRIED), None)


def _ridden_action(plan: ShotPlan, subject: SubjectPlan) -> Action:
    """Who rides faces where the mount goes."""
    to = next((r.to for r in subject.relations if r.to is not None), None)
    return subject.action if to is None else plan.subjects[to].action


def _guests(played: Sequence[Played]) -> Guests:
    """The bodies with their places on one sheet."""
    acting = [(p, p.figure) for p in played if p.figure is not None]
    if not acting:
        return Guests({})
    atlas = packed([figure.view.cut for _, figure in acting])
    bodies: dict[str, tuple[Kind, Body]] = {}
    for (player, figure), box in zip(acting, atlas.boxes, strict=True):
        places = (box[:2] + figure.places * box[2:]).astype(np.float32)
        shell = replace(figure.body.shells[0], printed=Print(places))
        body = replace(figure.body, shells=(shell,))
        bodies[player.reference.name] = (figure.likeness.kind, body)
    return Guests(bodies, Sheet(atlas.sheet, ALBEDO_SCALE))
