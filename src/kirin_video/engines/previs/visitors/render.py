"""Rendering a first frame that references come into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kirin_video.domain.prompt import Prompt, Text
from kirin_video.domain.shot import FPS, Picture, Shot
from kirin_video.engines.base import Progress, Rendering, Report
from kirin_video.engines.previs.looks import Look, in_style, make_picture_look
from kirin_video.engines.previs.photo.guest import Ground, Guest
from kirin_video.engines.previs.photo.picture import fitted, read_upright
from kirin_video.engines.previs.photo.render import photo_scene
from kirin_video.engines.previs.plan import SubjectPlan
from kirin_video.engines.previs.plan_sheet import plan_facts
from kirin_video.engines.previs.references.casting import Played, Production, produce
from kirin_video.engines.previs.references.gallery import Gallery
from kirin_video.engines.previs.references.roles import Part
from kirin_video.engines.previs.references.standins import Reference
from kirin_video.engines.previs.references.telling import facts_of, notes_of_styles, notes_of_subject
from kirin_video.engines.previs.visitors.entrances import Entrance, Visitor, entrances
from kirin_video.engines.previs.visitors.puppet import Puppet
from kirin_video.media.frames import I420Frame

_STYLE_FADES = 30
"""Frames over which a style comes in, so that the first frame is the picture that was sent."""


def render_visitors(shot: Shot, picture: Picture, report: Report) -> Rendering:
    """Bring a shot's references into its first frame.

    Raises:
        TaskFailure: a picture cannot be decoded.
    """
    report(Progress("looking at the references", 0.2))
    production = produce(shot, Gallery(shot))
    plan = production.plan
    acting = production.of(Part.SUBJECT)
    visitors = [
        Visitor(
            played.figure,
            _part_of(played, plan.subjects),
            _words_about(played.reference, shot.prompt),
            played.views,
        )
        for played in acting
        if played.figure is not None
    ]
    parts: list[Entrance] = []

    def invite(ground: Ground) -> list[Guest]:
        parts.extend(entrances(visitors, ground))
        return [
            guest
            for k, part in enumerate(parts)
            for guest in Puppet(part, ground, duration_s=shot.num_frames / FPS, seed=shot.seed + k).guests
        ]

    report(Progress("finding depth in the first frame", 0.5))
    rgb = fitted(read_upright(picture), shot.width, shot.height)
    # the plan's subjects are those who come: what is in the picture already does nothing of theirs
    scene = photo_scene(rgb, replace(plan, subjects=(), beats=()), seed=shot.seed, invite=invite)
    width, height, seed = shot.width, shot.height, shot.seed
    frames = in_style(scene.frames(shot.num_frames), plan.style, width=width, height=height, seed=seed)
    styles = production.of(Part.STYLE)
    if styles:
        look = make_picture_look(styles[0].content.rgb, width=width, height=height, seed=seed)
        frames = _coming_in(scene.frames(shot.num_frames), look)
    return Rendering(
        frames=frames,
        notes=(*plan.camera_notes, *scene.notes, *_told(production, acting, parts)),
        facts={"plan": plan_facts(plan), "references": facts_of(production)},
    )


def _part_of(played: Played, subjects: Sequence[SubjectPlan]) -> SubjectPlan | None:
    """What the plan says of a reference."""
    return next((subject for subject in subjects if subject.kind == played.reference.name), None)


def _words_about(reference: Reference, prompt: Prompt) -> str:
    """What the prompt says of a reference: from where it names it to where it names the next."""
    words: list[str] = []
    speaks = False
    for part in prompt.parts:
        if isinstance(part, Text):
            words += [part.text.lower()] if speaks else []
        else:
            speaks = (part.kind, part.number) == (reference.kind, reference.number)
    return " ".join(words) or prompt.text.lower()


def _coming_in(frames: Iterator[I420Frame], look: Look) -> Iterator[I420Frame]:
    from kirin_video.engines.previs.between.smearing import mixed  # noqa: PLC0415 - compiled where it is needed

    for index, frame in enumerate(frames):
        if index == 0:
            yield frame
            continue
        plain = frame.copied()
        styled = look.apply(frame)
        share = min(index / _STYLE_FADES, 1.0)
        if share < 1.0:
            mixed(plain, styled, share, plain)
            yield plain
        else:
            yield styled


def _told(
    production: Production,
    acting: Sequence[Played],
    parts: Sequence[Entrance],
) -> Iterator[str]:
    """What became of every reference."""
    for played, part in zip(acting, parts, strict=True):
        how = f"cut out, it {_way(part)}, lit like the first frame"
        yield from notes_of_subject(production, played, how)
    for played in production.of(Part.SCENE):
        yield f"The first frame is the place already; not used: {played.reference.name}."
    yield from notes_of_styles(production)


def _way(part: Entrance) -> str:
    if part.side == 0.0:
        return "appears"
    border = "left" if part.side > 0 else "right"
    through = not 0.0 <= part.place <= 1.0
    return f"goes through the picture from the {border}" if through else f"comes in from the {border}"
