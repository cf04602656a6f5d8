"""The previs engine: which of its ways of making a clip a shot takes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from kirin_video.domain.shot import Picture, Quality, Shot
from kirin_video.engines.base import (
    Feature,
    Frames,
    PlanSheet,
    Progress,
    Rendering,
    Report,
    needed_features,
)
from kirin_video.engines.previs.jit_cache import prepare_jit_cache
from kirin_video.engines.previs.looks.catalogue import UNTOUCHED
from kirin_video.engines.previs.plan import ShotPlan
from kirin_video.engines.previs.plan_sheet import plan_facts, plan_lines
from kirin_video.media.frames import I420Frame

if TYPE_CHECKING:
    from kirin_video.engines.previs.brushes import Brush

_STYLED_FROM_THE_START = {
    "en": "The style ({style}) is laid over every frame, so the first differs from the picture sent.",
    "zh": "每一帧都用了这种画风: {style}; 首帧因此与原图不同。",
}

_OF_WORDS = frozenset({Feature.TEXT})
_REFERENCES = frozenset({Feature.REFERENCE_IMAGES, Feature.ELEMENTS})


class PrevisEngine:
    """Draws worlds from words, pictures and what footage lends, moves first frames, and edits footage."""

    name = "previs"
    worker_class = "cpu"
    features = frozenset(
        {
            Feature.TEXT,
            Feature.FIRST_FRAME,
            Feature.LAST_FRAME,
            Feature.REFERENCE_IMAGES,
            Feature.ELEMENTS,
            Feature.BASE_VIDEO,
            Feature.FEATURE_VIDEO,
        }
    )

    def __init__(self) -> None:
        self._waiting: list[Brush] = []

    def render(self, shot: Shot, report: Report) -> Rendering:
        """Plan the shot, then draw it frame by frame.

        Raises:
            TaskFailure: this machine cannot draw, or the caller's material cannot be read.
        """
        # Importing the renderers brings OpenGL and compilers with it: the server's processes never need them.
        from kirin_video.engines.previs.reading import read_plan  # noqa: PLC0415

        prepare_jit_cache()
        if needed_features(shot) != _OF_WORDS:
            self._dismiss()
        if shot.base is not None:
            from kirin_video.engines.previs.footage.editing import edit_footage  # noqa: PLC0415

            return edit_footage(shot, shot.base, report)
        if shot.feature is not None:
            from kirin_video.engines.previs.feature.render import render_feature  # noqa: PLC0415

            return render_feature(shot, shot.feature, report, self._of_pictures)
        if shot.first_frame is None and needed_features(shot) & _REFERENCES:
            from kirin_video.engines.previs.references.render import render_references  # noqa: PLC0415

            return render_references(shot, report)

        report(Progress("reading the prompt", 0.1))
        plan = read_plan(shot.prompt.text, seed=shot.seed)
        if shot.first_frame is not None:
            return self._of_pictures(shot, plan, report)
        return self._draw(shot, plan, report)

    def warm(self) -> Iterator[str]:
        """Load what most shots need; see :class:`kirin_video.engines.base.Warming`."""
        from kirin_video.engines.previs.warming import painters, warm  # noqa: PLC0415

        yield from warm()
        with suppress(OSError):  # without them, a world's painters start when it comes
            self._waiting = painters()
            yield "painters"

    def _dismiss(self) -> None:
        """Painters only wait for worlds; others need their memory."""
        for brush in self._waiting:
            brush.stop()
        self._waiting = []

    def plan_sheet(self, prompt: str, *, seed: int) -> PlanSheet:
        """What would be drawn for a prompt, without drawing it."""
        from kirin_video.engines.previs.reading import read_plan  # noqa: PLC0415

        plan = read_plan(prompt, seed=seed)
        return PlanSheet(plan_facts(plan), plan.notes, tuple(plan_lines(plan)))

    def _draw(self, shot: Shot, plan: ShotPlan, report: Report) -> Rendering:
        from kirin_video.engines.previs.render import render_world  # noqa: PLC0415
        from kirin_video.engines.previs.takes import cuts_of  # noqa: PLC0415

        report(Progress("building the world", 0.3))
        frames = render_world(
            plan,
            seed=shot.seed,
            width=shot.width,
            height=shot.height,
            num_frames=shot.num_frames,
            pro=shot.quality is Quality.PRO,
            waiting=self._waiting,
        )
        return Rendering(
            frames=_in_style(frames, shot, plan, cuts=cuts_of(plan, shot.num_frames)),
            notes=plan.notes,
            facts={"plan": plan_facts(plan)},
        )

    def _of_pictures(self, shot: Shot, plan: ShotPlan, report: Report) -> Rendering:
        """A shot from its first frame on, to its last where it has one."""
        assert shot.first_frame is not None
        if shot.last_frame is not None:
            return self._lead_over(shot, (shot.first_frame, shot.last_frame), plan, report)
        if needed_features(shot) & _REFERENCES:
            from kirin_video.engines.previs.visitors.render import render_visitors  # noqa: PLC0415

            return render_visitors(shot, shot.first_frame, report)
        return self._animate(shot, shot.first_frame, plan, report)

    @staticmethod
    def _animate(shot: Shot, picture: Picture, plan: ShotPlan, report: Report) -> Rendering:
        from kirin_video.engines.previs.photo.render import prepare_photo  # noqa: PLC0415

        report(Progress("finding depth in the first frame", 0.3))
        scene = prepare_photo(picture, plan, seed=shot.seed, width=shot.width, height=shot.height)
        return Rendering(
            frames=_in_style(scene.frames(shot.num_frames), shot, plan),
            notes=(*plan.camera_notes, *scene.notes, *_style_notes(plan)),
            facts={"plan": plan_facts(plan)},
        )

    @staticmethod
    def _lead_over(
        shot: Shot, pictures: tuple[Picture, Picture], plan: ShotPlan, report: Report
    ) -> Rendering:
        from kirin_video.engines.previs.between.render import render_between  # noqa: PLC0415

        frames, notes = render_between(
            pictures,
            plan,
            shot.prompt.text,
            report,
            seed=shot.seed,
            width=shot.width,
            height=shot.height,
            num_frames=shot.num_frames,
        )
        return Rendering(
            frames=_in_style(frames, shot, plan),
            notes=(*notes, *_style_notes(plan)),
            facts={"plan": plan_facts(plan)},
        )


def _in_style(frames: Iterator[I420Frame], shot: Shot, plan: ShotPlan, cuts: Collection[int] = ()) -> Frames:
    from kirin_video.engines.previs.looks import in_style  # noqa: PLC0415

    return in_style(frames, plan.style, width=shot.width, height=shot.height, seed=shot.seed, cuts=cuts)


def _style_notes(plan: ShotPlan) -> tuple[str, ...]:
    """A first frame is kept as it is unless a style is asked for."""
    if plan.style in UNTOUCHED:
        return ()
    return (_STYLED_FROM_THE_START[plan.language].format(style=plan.style.replace("_", " ")),)
