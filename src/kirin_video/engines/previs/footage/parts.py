"""Edits of a part of the picture, from what was understood to what is done to each frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Final

from kirin_video.engines.base import Progress
from kirin_video.engines.previs.footage import backdrops
from kirin_video.engines.previs.footage.carrying import Carrying, ahead_size, first_without
from kirin_video.engines.previs.footage.comers import Comer, DrawnComer, PicturedComer
from kirin_video.engines.previs.footage.developing import Development
from kirin_video.engines.previs.footage.drawn import figure_of
from kirin_video.engines.previs.footage.edits import (
    Air,
    Backdrop,
    Blur,
    Ground,
    Insert,
    Local,
    Recolor,
    Region,
    Remove,
    Resky,
    Resurface,
    Retouch,
    Thing,
)
from kirin_video.engines.previs.footage.keying import Keyer, find_screen
from kirin_video.engines.previs.footage.material import Material, named
from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.matting import Inverse, Matting
from kirin_video.engines.previs.footage.passes import Pass
from kirin_video.engines.previs.footage.plates import invented_share, make_plates
from kirin_video.engines.previs.footage.recoloring import Recoloring
from kirin_video.engines.previs.footage.removing import Removal
from kirin_video.engines.previs.footage.resting import with_missed_feet
from kirin_video.engines.previs.footage.resurfacing import Resurfacing
from kirin_video.engines.previs.footage.skies import sky_passes
from kirin_video.engines.previs.footage.sparing import Sparing
from kirin_video.engines.previs.footage.subjects import BeforeBackdrop, Matter
from kirin_video.engines.previs.footage.surfaces import Surface, surface
from kirin_video.engines.previs.footage.things import Found
from kirin_video.engines.previs.footage.tracking import Tracked
from kirin_video.engines.previs.photo.picture import read_upright
from kirin_video.engines.previs.plan import Style
from kirin_video.engines.previs.references.cutting import cut_out
from kirin_video.media.frames import I420Frame

_MATCHED: Final = frozenset({Ground.WORLD, Ground.PICTURE})
_CHOKE: Final = 0.56  # drawn in a little: a rim of the old background shows at once
_ONE_PLANE: Final = 0.6  # share of what is followed that one homography a frame explains
_GENEROUS: Final = 0.4
_INVENTED: Final = 0.05


def part_passes(material: Material, edit: Local) -> Iterator[Pass]:
    """What one edit does to each frame; nothing where it cannot be done, which is told."""
    match edit:
        case Recolor():
            yield from _recoloring(material, edit)
        case Resurface():
            yield from _resurfacing(material, edit)
        case Remove():
            yield from _removal(material, edit.thing)
        case Backdrop():
            yield from _background(material, edit)
        case Retouch():
            yield from _retouching(material, edit)
        case Blur():
            yield from _blurring(material, edit.thing)
        case Resky():
            yield from sky_passes(material, edit)
        case Insert():
            yield from _insertion(material, edit)


def _found(material: Material, thing: Thing, *, whole: bool = False) -> Found | None:
    """A thing in the footage, or all that it is part of; what was not found, or only guessed, is told."""
    found = material.finder.find_whole(thing) if whole else material.finder.find(thing)
    if found is None:
        material.not_found(thing)
    elif found.guessed:
        material.say("guessed", thing.words)
    return found


def _recoloring(material: Material, edit: Recolor) -> Iterator[Pass]:
    found = _found(material, edit.thing)
    if found is not None:
        matting = Matting(material.tracked(found.mattes), *material.size)
        yield Recoloring(matting, found, edit.color)


def _blurring(material: Material, thing: Thing) -> Iterator[Pass]:
    found = _found(material, thing)
    if found is not None:
        matting = Matting(material.tracked(found.mattes), *material.size, _GENEROUS)
        blurred = backdrops.Itself(*material.size, grey=False)
        yield BeforeBackdrop(Inverse(matting), blurred, matched=False)


def _retouching(material: Material, edit: Retouch) -> Iterator[Pass]:
    """A thing brighter or darker, or all that is behind the subject; nothing else changes."""
    development = Development.of(Air(touches=edit.touches), Style.NATURAL)
    if edit.thing is None:
        mattes = material.finder.subject
        if mattes is None:
            material.say("no_subject", material.text("word_background"))
    else:
        found = _found(material, edit.thing)
        mattes = found.mattes if found is not None else None
    if mattes is None or development is None:
        return
    matting = Matting(material.tracked(mattes), *material.size)
    spared = matting if edit.thing is None else Inverse(matting)
    yield Sparing([spared], [development], material.size)


def _resurfacing(material: Material, edit: Resurface) -> Iterator[Pass]:
    found = _found(material, edit.thing)
    if found is None:
        return
    matting = Matting(material.tracked(found.mattes), *material.size)
    piece = surface(Surface(edit.kind), edit.color, material.shot.seed)
    lying = edit.thing.region is not Region.WALL
    material.say("laid", edit.thing.words)
    yield Resurfacing(
        matting,
        found.mattes,
        material.survey,
        piece,
        size=material.size,
        lying=lying,
        before=material.standing_before(),
    )


def _removal(material: Material, thing: Thing) -> Iterator[Pass]:
    found = _found(material, thing, whole=True)
    if found is None:
        return
    survey = material.survey
    material.report(Progress("finding what is behind", 0.7))
    still = survey.trust >= _ONE_PLANE or survey.still
    tracked = material.tracked(with_missed_feet(survey, found.mattes) if still else found.mattes)
    matting = Matting(tracked, *material.size, _GENEROUS)
    if not still:
        material.say("moving_camera", thing.words)
        yield _carrying(material, tracked, matting)
        return
    plates = make_plates(material.frames(), survey, matting, material.shot.seed)
    if invented_share(plates) > _INVENTED:
        material.say("never_seen", thing.words)
    yield Removal(matting, plates, survey, *material.size)


def _carrying(material: Material, tracked: Tracked, matting: Matting) -> Carrying:
    """What is behind, from frame to frame, where the camera goes along with a thing."""
    shot, size = material.shot, ahead_size(*material.size)
    small = material.footage.frames(material.clip, *size, shot.num_frames)
    cuts = frozenset(take.start for take in material.survey.takes)
    with closing(small):
        until_cut = islice(small, material.survey.takes[0].stop)
        first = first_without(until_cut, Matting(tracked, *size, _GENEROUS), material.size, shot.seed)
    return Carrying(matting, first, cuts, shot.seed)


def _background(material: Material, edit: Backdrop) -> Iterator[Pass]:
    matter = _matter(material, edit)
    if matter is None:
        material.say("no_subject", material.text("word_background"))
        return
    backdrop = _backdrop(material, edit)
    if backdrop is not None:
        yield BeforeBackdrop(matter, backdrop, matched=edit.ground in _MATCHED)


def _matter(material: Material, edit: Backdrop) -> Matter | None:
    """Who knows the subject: a keyer where there is a screen, mattes otherwise."""
    screen = find_screen(material.survey)
    if screen is not None:
        return Keyer(screen, *material.size, material.survey.size)
    if edit.keyed:
        material.say("no_key")
    subject = _before(material, edit)
    if subject is None:
        return None
    if not edit.keyed:
        material.say("cut_out")
    return Matting(material.tracked_closely(subject), *material.size, _CHOKE)


def _before(material: Material, edit: Backdrop) -> Mattes | None:
    """Who stays as they were: what the prompt says is spared, or the subject."""
    if edit.ground in {Ground.BLUR, Ground.GREY}:
        for thing in material.plan.kept:
            found = material.finder.find_whole(thing)
            if found is not None:
                return found.mattes
    return material.finder.subject


def _backdrop(material: Material, edit: Backdrop) -> backdrops.Backdrop | None:
    match edit.ground:
        case Ground.COLOR:
            assert edit.color is not None
            return backdrops.one_color(edit.color, *material.size)
        case Ground.BLUR | Ground.GREY:
            return backdrops.Itself(*material.size, grey=edit.ground is Ground.GREY)
        case Ground.PICTURE:
            picture = material.picture(edit.reference)
            if picture is None:
                material.say("no_reference", named(edit.reference))
                return None
            return backdrops.one_picture(picture, *material.size)
        case Ground.WORLD:
            material.say("worlds", edit.words)
            return backdrops.World(_world(material, edit.words))


def _world(material: Material, words: str) -> Iterator[I420Frame]:
    from kirin_video.engines.previs.footage.worlds import background_world  # noqa: PLC0415 - brings OpenGL

    shot = material.shot
    return background_world(
        words, seed=shot.seed, width=shot.width, height=shot.height, num_frames=shot.num_frames
    )


def _insertion(material: Material, edit: Insert) -> Iterator[Pass]:
    """Somebody from a picture or from words, after whatever they take the place of is gone."""
    comer = _comer(material, edit)
    if comer is None:
        return
    if edit.instead is None:
        yield comer.standing(material, edit)
        return
    gone = list(_removal(material, edit.instead))
    found = material.finder.find(edit.instead)
    if gone and found is not None:
        yield from gone
        stands = with_missed_feet(material.survey, found.mattes, under=True)
        yield comer.instead(material, stands, edit.instead)


def _comer(material: Material, edit: Insert) -> Comer | None:
    """Who comes into the footage; None where nothing can be shown, which is told."""
    if edit.reference is None:
        figure = figure_of(edit.words, material.shot.seed)
        if figure is None:
            material.say("replaced_words" if edit.instead else "added_words", edit.words)
            return None
        material.say("drawn", edit.words)
        return DrawnComer(figure)
    said, picture = named(edit.reference), material.picture(edit.reference)
    cut = cut_out(read_upright(picture)) if picture is not None else None
    if picture is None or cut is None:
        material.say("no_reference" if picture is None else "no_cut", said)
        return None
    material.say("inserted", said)
    called = figure_of(material.called(edit.words, edit.reference), material.shot.seed)
    return PicturedComer(cut, called.tall_m if called is not None else None)
