"""Rendering a shot that works from reference pictures and elements."""

from __future__ import annotations

from kirin_video.domain.shot import Shot
from kirin_video.engines.base import Progress, Rendering, Report
from kirin_video.engines.previs.plan_sheet import plan_facts
from kirin_video.engines.previs.references.casting import Gallery, produce
from kirin_video.engines.previs.references.palette import in_palette, palette_of_picture
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
        guests=production.guests,
    )
    styles = production.of(Part.STYLE)
    if styles:
        frames = in_palette(frames, palette_of_picture(styles[0].content.rgb))
    return Rendering(
        frames=frames,
        notes=(*plan.notes, *notes_of(production)),
        facts={"plan": plan_facts(plan), "references": facts_of(production)},
    )
