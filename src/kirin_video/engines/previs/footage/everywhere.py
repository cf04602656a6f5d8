"""Edits of the whole picture, from what was understood to what is done to each frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.developing import Development
from kirin_video.engines.previs.footage.edits import Backdrop, Ground, Region, Remove, View
from kirin_video.engines.previs.footage.falling import Falling, Seen
from kirin_video.engines.previs.footage.following import subject_track
from kirin_video.engines.previs.footage.lamps import find_lamps
from kirin_video.engines.previs.footage.lighting_up import LightingUp
from kirin_video.engines.previs.footage.material import Material, named
from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.engines.previs.footage.passes import Pass
from kirin_video.engines.previs.footage.reframing import Center, Reframing
from kirin_video.engines.previs.footage.scenery import Footing, Sky
from kirin_video.engines.previs.footage.sparing import spared
from kirin_video.engines.previs.footage.styling import Styling
from kirin_video.engines.previs.plan import Move, Style, TimeOfDay

_IN_PART: Final = 0.3
_ITS_OWN: Final = frozenset({Ground.BLUR, Ground.GREY})


def whole_passes(material: Material) -> Iterator[Pass]:
    """What is done to all of each frame, in order: light, sky and ground, weather, view, style."""
    view, restyle = material.plan.view, material.plan.style
    style = restyle.style if restyle else Style.NATURAL
    air = [*_air(material, style)]
    if view == View():
        yield from spared(material, [*air, *_styling(material, style)])
        return
    yield from spared(material, air)
    yield _reframing(material, view)
    yield from _styling(material, style)


def _air(material: Material, style: Style) -> Iterator[Pass]:
    """Light, sky and ground, weather."""
    air = material.plan.air
    development = Development.of(air, style)
    yield from [development] if development is not None else []
    yield from _scenery(material)
    if Falling.wanted(air):
        yield Falling(air, material.shot.seed, *material.size, _seen(material))
    if air.phenomena:
        material.say("phenomenon", ", ".join(air.phenomena).replace("_", " "))


def _scenery(material: Material) -> Iterator[Pass]:
    """What light and weather do to the sky and the ground, where there are any."""
    air = material.plan.air
    if any(isinstance(edit, Backdrop) and edit.ground not in _ITS_OWN for edit in material.plan.local):
        return  # what is behind is another place, with a sky and a ground of its own
    taken = any(isinstance(edit, Remove) for edit in material.plan.local)
    # who was taken away left holes in the ground as it was found
    colors, snow = Sky.wanted(air), None if taken else Footing.wanted(air)
    ground = material.finder.region(Region.GROUND) if snow is not None else None
    if ground is not None and snow is not None:
        matting = Matting(material.tracked(ground), *material.size)
        yield Footing(matting, snow=snow, before=material.standing_before())
    sky = material.finder.region(Region.SKY) if colors is not None else None
    if sky is not None and colors is not None:
        matting = Matting(material.tracked(sky), *material.size)
        yield Sky(matting, colors, material.size, stars=air.time is TimeOfDay.NIGHT)
    if air.time is TimeOfDay.NIGHT:
        yield from _windows(material)


def _windows(material: Material) -> Iterator[Pass]:
    """The windows of houses, some of them lit."""
    finder, subject = material.finder, material.finder.subject
    regions = finder.region(Region.SKY), finder.region(Region.GROUND), subject

    def elsewhere(place: int) -> NDArray[np.bool_]:
        masks = [mattes.masks[place] for mattes in regions if mattes is not None]
        nowhere = np.zeros(material.survey.keys[place].grey.shape, np.float32)
        return np.max([nowhere, *masks], axis=0) > _IN_PART

    lamps = find_lamps(material.frames(), material.survey, elsewhere, material.shot.seed)
    if lamps:
        yield LightingUp(lamps, material.tracked(subject) if subject else None, *material.size)


def _seen(material: Material) -> Seen:
    """Who stands in the weather, and where the camera looks."""
    subject = material.finder.subject
    return Seen(material.tracked(subject) if subject is not None else None, material.survey.to_first)


def _reframing(material: Material, view: View) -> Reframing:
    num_frames = material.shot.num_frames
    track = None
    if view.size is not None or view.move is Move.PUSH_IN or view.aim is not None:
        track = _followed(material, view)
        if track is None and view.size is not None:
            material.say("no_close")
    if view.size is not None and view.aim is None:
        material.say("close_up")
    if view.move is Move.PULL_OUT:
        material.say("pull")
    elif view.move not in {None, Move.STILL, Move.PUSH_IN}:
        material.say("move", str(view.move).replace("_", " "))
    return Reframing(view, num_frames, *material.size, track)


def _followed(material: Material, view: View) -> Center | None:
    """Where what a view closes in on is: what the prompt names, or the subject."""
    aim = view.aim
    if aim is not None and aim.is_place:
        material.say("aimed", aim.words)
        return lambda _: (0.25 if aim.side == "left" else 0.75, 0.5, 0.5)
    found = material.finder.find_whole(aim) if aim is not None else None
    mattes = found.mattes if found is not None else material.finder.subject
    if aim is not None and mattes is not None:
        material.say("aimed" if found is not None else "no_aim", aim.words)
        if found is not None and found.guessed:
            material.say("guessed", aim.words)
    return subject_track(material.survey, mattes, material.shot.num_frames) if mattes is not None else None


def _styling(material: Material, style: Style) -> Iterator[Pass]:
    """The style, in the picture as it will be shown."""
    seed, restyle = material.shot.seed, material.plan.style
    reference = restyle.reference if restyle else None
    if reference is None:
        styling = Styling.of(style, material.size, seed)
        yield from [styling] if styling is not None else []
        return
    picture = material.picture(reference)
    if picture is None:
        material.say("no_reference", named(reference))
        return
    material.say("style", named(reference))
    yield Styling.of_picture(picture, material.size, seed)
