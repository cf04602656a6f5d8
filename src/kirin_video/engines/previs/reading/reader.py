"""Reads a prompt, English or Chinese, into a shot plan: rules over tables of words.

What the prompt leaves open gets a default; `world` tells those of the world. No word about the camera is a
gentle push in, because a drawn world that stands quite still looks like a photograph. A pan or an orbit
without a direction turns as the seed says.
"""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.craft import Craft, this_engine, with_a_photograph
from kirin_video.engines.previs.plan import Angle, Move, Pace, ShotPlan
from kirin_video.engines.previs.reading.backdrops import before_paper
from kirin_video.engines.previs.reading.beats import read_story
from kirin_video.engines.previs.reading.by_itself import by_itself
from kirin_video.engines.previs.reading.camera import CameraWish, read_camera
from kirin_video.engines.previs.reading.creatures import as_animals_do, coated, where_they_drink
from kirin_video.engines.previs.reading.deserted import who_is_not_about
from kirin_video.engines.previs.reading.details import with_details, with_owners
from kirin_video.engines.previs.reading.displays import displayed
from kirin_video.engines.previs.reading.errand_words import where_errands_are
from kirin_video.engines.previs.reading.errands import with_their_things
from kirin_video.engines.previs.reading.flambe import flambe
from kirin_video.engines.previs.reading.framing import FramingWish, read_framing, with_hands, with_tears
from kirin_video.engines.previs.reading.happenings import told_of
from kirin_video.engines.previs.reading.implied import is_crowded, with_what_is_implied
from kirin_video.engines.previs.reading.lexicon import Lexicon, load_lexicon
from kirin_video.engines.previs.reading.listing import read_script
from kirin_video.engines.previs.reading.microphones import where_speeches_are, with_microphones
from kirin_video.engines.previs.reading.nearest import FirstOf, Nearest, NearestByEnding
from kirin_video.engines.previs.reading.notes import Notes, Wishes
from kirin_video.engines.previs.reading.panes import behind_a_pane, is_of_a_pane, part_of_it
from kirin_video.engines.previs.reading.parting import of_first_world, part
from kirin_video.engines.previs.reading.perches import off_their_seats, perched
from kirin_video.engines.previs.reading.phrases import take_apart
from kirin_video.engines.previs.reading.plainer import plainly
from kirin_video.engines.previs.reading.plunging import plunging
from kirin_video.engines.previs.reading.radicals import NearestByRadical
from kirin_video.engines.previs.reading.rising import rising
from kirin_video.engines.previs.reading.subjects import Casters, Walk, cast_subjects
from kirin_video.engines.previs.reading.subjects.balloons import of_the_sky
from kirin_video.engines.previs.reading.subjects.completing import completed
from kirin_video.engines.previs.reading.subjects.hanging import hung_up
from kirin_video.engines.previs.reading.subjects.table import on_a_table
from kirin_video.engines.previs.reading.tokens import normalised
from kirin_video.engines.previs.reading.wading import wading
from kirin_video.engines.previs.reading.whereabouts import where_it_is_done
from kirin_video.engines.previs.reading.wordnet import DEBIAN_FOLDER, NearestByWordNet
from kirin_video.engines.previs.reading.world import read_world

_UNASKED_ENERGY = 0.6
_FLYING = frozenset({Angle.AERIAL, Angle.FIRST_PERSON})
"""From the air and through somebody's eyes one goes forward."""
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
            and goes by how words are spelled.

    Returns:
        The plan, with a note for everything that was asked for and is not done.
    """
    words, able = lexicon or load_lexicon(), craft or this_engine()
    bare, paper = before_paper(normalised(text), words)
    script = read_script(with_owners(plainly(coated(bare))))
    sentence = take_apart(script.text, words)
    camera = read_camera(sentence, seed)
    walk = Walk(sentence, words, camera.claimed)
    walk.run()
    parted = part(sentence, walk.marks, camera.steps, words.worlds, unbroken=script.unbroken)
    first, framing = camera.within(parted.whole), read_framing(sentence.phrases, camera.claimed, parted.whole)
    world = where_it_is_done(
        read_world(of_first_world(sentence.phrases, parted), words, walk.verbs), walk.mentions, words
    )
    world = where_errands_are(where_speeches_are(world, sentence.text, words), sentence.text, words)
    world = where_they_drink(world, sentence.text)
    casters = Casters(words, able.kinds, nearest or nearest_on_this_machine(words))
    cast, world = by_itself(sentence.text, cast_subjects(walk, world.setting, casters), world)
    framed, story = with_details(
        framing.framing, read_story(sentence, parted, camera, cast, words, script), sentence.text
    )
    story = off_their_seats(perched(rising(sentence.text, story)), sentence.text)
    story = replace(story, subjects=with_tears(framed, story.subjects))
    language = _language(sentence.text)
    if is_of_a_pane(text, world, cast.subjects):
        world, told = behind_a_pane(world), part_of_it(story.subjects)
    else:
        world = displayed(world, cast.subjects, words.tabletop)
        told = of_the_sky(story.subjects, world.setting)
    story = replace(story, subjects=told)
    wishes = Wishes(world, framing, camera, cast, story.beats)
    notes = Notes(wishes, able, words.wordings[language])
    on_photo = Notes(wishes, with_a_photograph(able), words.wordings[language])
    move, energy = _move(first, framing, seed)
    furnished = completed(
        on_a_table(
            hung_up(with_their_things(story.subjects, sentence.text), world.setting),
            world.setting,
            words.tabletop,
        )
    )
    subjects = with_microphones(
        with_what_is_implied(furnished, sentence.text, world.place), sentence.text, world.place
    )
    subjects = as_animals_do(subjects, sentence.text, world.setting)
    phenomena = tuple(dict.fromkeys((*world.phenomena, *told_of(cast.subjects))))
    subjects, phenomena = flambe(subjects, phenomena, sentence.text)
    return ShotPlan(
        setting=world.setting,
        time=world.time,
        weather=world.weather,
        move=move,
        energy=energy,
        notes=(*notes.on_world(), *notes.on_camera()),
        camera_notes=on_photo.on_picture(),
        place=world.place,
        subjects=wading(
            plunging(subjects, sentence.text, world.setting, world.place), sentence.text, world.setting
        ),
        phenomena=phenomena,
        season=world.season,
        day_part=world.day_part,
        downfall=world.downfall,
        mood=world.mood,
        style=world.style,
        framing=with_hands(framed, story.subjects),
        techniques=framing.techniques,
        pace=framing.pace,
        beats=story.beats,
        absent=cast.absent,
        barred=tuple(dict.fromkeys((*cast.barred, *world.barred, *who_is_not_about(sentence)))),
        language=language,
        crowded=is_crowded(sentence.text),
        backdrop=paper,
    )


def _move(camera: CameraWish, framing: FramingWish, seed: int) -> tuple[Move, float]:
    """What the camera does first and how far it goes; what the prompt leaves open goes with its framing."""
    if camera.move is not None:
        return camera.move, camera.energy
    if framing.framing.angle in _FLYING:
        return Move.TRACK_FORWARD, _UNASKED_ENERGY
    if framing.pace is Pace.FREEZE:
        return (Move.ORBIT_LEFT if seed % 2 else Move.ORBIT_RIGHT), 1.0
    return Move.PUSH_IN, _UNASKED_ENERGY


def nearest_on_this_machine(lexicon: Lexicon) -> Nearest:
    """WordNet first, where it is installed, then the endings of words, then the radicals of characters."""
    by_spelling = NearestByEnding(lexicon), NearestByRadical()
    try:
        return FirstOf(NearestByWordNet(DEBIAN_FOLDER, lexicon), *by_spelling)
    except OSError:
        return FirstOf(*by_spelling)


def _language(text: str) -> str:
    """The language most of a prompt is in."""
    chinese = sum("\u3400" <= character <= "\u9fff" for character in text)
    return "zh" if chinese > _CHINESE_SHARE * max(len(text), 1) else "en"
