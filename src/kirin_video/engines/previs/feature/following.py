"""A shot that continues the scene of footage: from its last frame on, in its place, or up to its first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image

from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import Picture, Shot
from kirin_video.engines.base import Rendering, Report
from kirin_video.engines.previs.feature.borrowing import Borrowing, PictureRoad
from kirin_video.engines.previs.feature.double import double_of, needs_a_body
from kirin_video.engines.previs.feature.leading import lead_to
from kirin_video.engines.previs.feature.own_words import has_own_move, names_place
from kirin_video.engines.previs.feature.scenes import (
    Scene,
    SceneGallery,
    acts_again,
    closer,
    first_known,
    is_animal,
    is_known,
    is_person,
    taken_apart,
    with_names,
    with_scene,
    with_somebody,
)
from kirin_video.engines.previs.feature.somebody import find_somebody
from kirin_video.engines.previs.feature.wishes import Follows, Trait
from kirin_video.engines.previs.photo.picture import Rgb, fitted
from kirin_video.engines.previs.plan import ShotPlan, SubjectPlan
from kirin_video.engines.previs.plan_sheet import plan_facts
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.references.standins import references_of

_TOLD: Final = {Follows.ON: "next_on", Follows.NEXT: "next_cut", Follows.PREVIOUS: "previous_on"}


def follow_on(
    borrowing: Borrowing, edge: Rgb, follows: Follows, road: PictureRoad, report: Report
) -> Rendering:
    """Make the shot.

    Args:
        borrowing: the shot and the footage.
        edge: the frame of the footage that the shot follows, or leads up to.
        follows: how it stands to the footage.
        road: makes shots that have a first frame.
        report: told how far the preparations are.

    Raises:
        TaskFailure: a picture cannot be decoded, or this machine cannot draw.
        UnreadableClip: the footage cannot be decoded to its end.
    """
    shot = borrowing.shot
    text = with_names(shot.prompt.source, borrowing.wish.language)
    borrowing.shot = shot = shot.model_copy(update={"prompt": read_prompt(text)})
    plan = read_plan(shot.prompt.text, seed=shot.seed)
    somebody = references_of(shot) or any(not subject.scenery for subject in plan.subjects)
    if somebody or names_place(shot.prompt.text):
        made = _in_scene(borrowing, edge, plan, follows)
    else:
        borrowing.say(_TOLD[follows])
        borrowing.say("from_one")
        made = (
            _up_to(borrowing, edge, plan)
            if follows is Follows.PREVIOUS
            else _from(borrowing, edge, plan, follows, road, report)
        )
        made = replace(made, notes=(*borrowing.notes, *made.notes))
    return replace(made, facts={**made.facts, "follows": follows.value})


def _up_to(borrowing: Borrowing, edge: Rgb, plan: ShotPlan) -> Rendering:
    """A shot that ends in a frame."""
    shot = borrowing.shot
    asked = has_own_move(shot.prompt.text, shot.seed)
    rgb = fitted(edge, shot.width, shot.height)
    frames, notes = lead_to(rgb, plan, asked=asked, seed=shot.seed, num_frames=shot.num_frames)
    return Rendering(frames=frames, notes=(*plan.camera_notes, *notes), facts={"plan": plan_facts(plan)})


def _from(  # noqa: PLR0913, PLR0917 -- who asks, what for, and who makes it
    borrowing: Borrowing, edge: Rgb, plan: ShotPlan, follows: Follows, road: PictureRoad, report: Report
) -> Rendering:
    """A shot from a frame on, or from a closer view of it, as a cut goes."""
    shot = borrowing.shot
    framed = fitted if follows is Follows.ON else closer
    with TemporaryDirectory(prefix="kirin-scene-") as folder:
        picture = Picture(path=Path(folder) / "scene.ppm", width=shot.width, height=shot.height)
        Image.fromarray(framed(edge, shot.width, shot.height)).save(picture.path)
        return road(shot.model_copy(update={"first_frame": picture}), plan, report)


def _cast(shot: Shot, edge: Rgb, plan: ShotPlan, follows: Follows) -> tuple[Scene, SubjectPlan | None]:
    """The scene, and which subject of the plan is whom the footage shows.

    Who moves in the footage is told by that, and cleared out of its frame whoever acts; others by contrast.
    """
    assert shot.feature is not None
    known = first_known(plan, shot.prompt.source)
    person = known is None or is_person(known)
    animal = known is not None and is_animal(known)
    somebody = find_somebody(shot.feature, follows, person=person, animal=animal)
    scene = with_somebody(somebody, shot.seed, person=person) if somebody else None
    if scene is not None and scene.empty is not None:
        return (scene, known) if known else (replace(scene, rgb=scene.empty), None)
    scene = taken_apart(edge, shot.seed)
    return scene, acts_again(plan, scene, shot.prompt.source)


def _in_scene(borrowing: Borrowing, edge: Rgb, plan: ShotPlan, follows: Follows) -> Rendering:
    """A shot in the scene with whom the prompt names, or elsewhere where it names a place."""
    elsewhere = names_place(borrowing.shot.prompt.text)
    scene, who = _cast(borrowing.shot, edge, plan, follows)
    if elsewhere:
        borrowing.say("elsewhere")
        borrowing.wish = replace(borrowing.wish, traits=borrowing.wish.traits | {Trait.PALETTE})
    else:
        borrowing.say("previous_place" if follows is Follows.PREVIOUS else "next_place")
        borrowing.say("from_one")
    source = borrowing.shot.prompt.source
    known = [s.words for s in plan.subjects if not s.scenery and is_known(s, source)]
    # Whom a border cuts off is seen close: his own face says more than any deed.
    if who is not None and scene.upright and needs_a_body(plan, who):
        assert scene.content.cut is not None
        assert scene.empty is not None
        borrowing.say("drawn_anew", who.words)
        borrowing.double = double_of(who, scene.content.cut)
        scene, who = replace(scene, rgb=scene.empty), None
    elif who is not None:
        borrowing.say("who", who.words)
    elif known:
        borrowing.say("nobody", borrowing.word("comma").join(known))
    own = (not elsewhere) + (who is not None)
    if not own:
        return borrowing.rendering()
    borrowing.shot = with_scene(borrowing.shot, pictures=own)
    return borrowing.rendering(SceneGallery(borrowing.shot, scene, who, place=not elsewhere))
