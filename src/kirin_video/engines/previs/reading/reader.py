"""Reads a prompt, English or Chinese, into a shot plan: rules over tables of words.

What the prompt leaves open gets a default; `world` tells those of the world. No word about the camera is a
gentle push in, because a drawn world that stands quite still looks like a photograph. A pan or an orbit
without a direction turns as the seed says.
"""

from __future__ import annotations

from kirin_video.engines.previs.craft import Craft, this_engine
from kirin_video.engines.previs.plan import Move, ShotPlan
from kirin_video.engines.previs.reading.beats import read_beats
from kirin_video.engines.previs.reading.camera import read_camera
from kirin_video.engines.previs.reading.framing import read_framing
from kirin_video.engines.previs.reading.lexicon import Lexicon, load_lexicon
from kirin_video.engines.previs.reading.nearest import FirstOf, Nearest, NearestByEnding
from kirin_video.engines.previs.reading.notes import Notes, Wishes
from kirin_video.engines.previs.reading.phrases import take_apart
from kirin_video.engines.previs.reading.subjects import Casters, Walk, cast_subjects
from kirin_video.engines.previs.reading.wordnet import DEBIAN_FOLDER, NearestByWordNet
from kirin_video.engines.previs.reading.world import read_world

_UNASKED_ENERGY = 0.6
_CHINESE_SHARE = 0.3


def read_plan(
    text: str,
    *,
    seed: int,
    lexicon: Lexicon | None = None,
    craft: Craft | None = None,
    nearest: Nearest | None = None,
) -> ShotPlan:
    """Read a prompt.

    Args:
        text: the prompt's words, references left out.
        seed: decides what the prompt leaves open about the camera; it never changes what is in the picture.
        lexicon: the words to read with; None loads those of this package, which takes a tenth of a second.
        craft: what can be drawn; None is what this engine can. All else that is asked for is told.
        nearest: finds a kind for nouns that no table has; None asks WordNet where the machine has it,
            and goes by the endings of words.

    Returns:
        The plan, with a note for everything that was asked for and is not done.
    """
    words, able = lexicon or load_lexicon(), craft or this_engine()
    sentence = take_apart(text, words)
    camera = read_camera(sentence, seed)
    framing = read_framing(sentence.phrases, camera.claimed)
    walk = Walk(sentence, words, camera.claimed)
    walk.run()
    world = read_world(sentence.phrases, words, walk.verbs)
    casters = Casters(words, able.kinds, nearest or nearest_on_this_machine(words))
    cast = cast_subjects(walk, world.setting, casters)
    beats = read_beats(sentence, camera, cast.beats)
    language = _language(sentence.text)
    notes = Notes(Wishes(world, framing, camera, cast, beats), able, words.wordings[language])
    camera_notes = notes.on_camera()
    return ShotPlan(
        setting=world.setting,
        time=world.time,
        weather=world.weather,
        move=camera.move or Move.PUSH_IN,
        energy=camera.energy if camera.move else _UNASKED_ENERGY,
        notes=(*notes.on_world(), *camera_notes),
        camera_notes=camera_notes,
        place=world.place,
        subjects=cast.subjects,
        phenomena=world.phenomena,
        season=world.season,
        mood=world.mood,
        style=world.style,
        framing=framing.framing,
        techniques=framing.techniques,
        pace=framing.pace,
        beats=beats,
        absent=cast.absent,
        barred=(*cast.barred, *world.barred),
        language=language,
    )


def nearest_on_this_machine(lexicon: Lexicon) -> Nearest:
    """WordNet first, where it is installed, then the endings of words."""
    by_ending = NearestByEnding(lexicon)
    try:
        return FirstOf(NearestByWordNet(DEBIAN_FOLDER, lexicon), by_ending)
    except OSError:
        return by_ending


def _language(text: str) -> str:
    """The language most of a prompt is in."""
    chinese = sum("\u3400" <= character <= "\u9fff" for character in text)
    return "zh" if chinese > _CHINESE_SHARE * max(len(text), 1) else "en"
