"""Rendering a shot that works from reference pictures and elements."""

from __future__ import annotations

from kirin_video.domain.shot import Quality, Shot
from kirin_video.engines.base import Progress, Rendering, Report
from kirin_video.engines.previs.looks import in_style, make_picture_look
from kirin_video.engines.previs.plan_sheet import plan_facts
from kirin_video.engines.previs.references.casting import produce
from kirin_video.engines.previs.references.gallery import Gallery
from kirin_video.engines.previs.references.roles import Part
from kirin_video.engines.previs.references.telling import facts_of, notes_of
from kirin_video.engines.previs.render import render_world


def render_references(shot: Shot, report: Report) -> Rendering:
    """Put a shot's references into the world of its prompt.

    Raises:
        TaskFailure: a picture cannot be decoded, or this machine cannot draw.
    """
    report(Progress("looking at the references", 0.2))
    production = produce(shot, Gallery(shot))
    report(Progress("building the world", 0.6))
    plan = production.plan
    frames = render_world(
        plan,
        seed=shot.seed,
        width=shot.width,
        height=shot.height,
        num_frames=shot.num_frames,
        pro=shot.quality is Quality.PRO,
        guests=production.guests,
    )
    styles = production.of(Part.STYLE)
    width, height, seed = shot.width, shot.height, shot.seed
    painted = in_style(frames, plan.style, width=width, height=height, seed=seed)
    if styles:
        look = make_picture_look(styles[0].content.rgb, width=width, height=height, seed=seed)
        painted = (look.apply(frame) for frame in frames)
    return Rendering(
        frames=painted,
        notes=(*plan.notes, *notes_of(production)),
        facts={"plan": plan_facts(plan), "references": facts_of(production)},
    )
