"""Which words ask for which look, and what is told of those that are not followed."""

# ruff: noqa: RUF001 -- Chinese has its own comma
from __future__ import annotations

import pytest

from kirin_video.engines.previs.craft import this_engine
from kirin_video.engines.previs.looks.catalogue import UNTOUCHED
from kirin_video.engines.previs.plan import ShotPlan, Style
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def plan_of(text: str, lexicon: Lexicon) -> ShotPlan:
    return read_plan(text, seed=1, lexicon=lexicon, craft=this_engine())


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("An oil painting of a dog running through a meadow", Style.OIL),
        ("A village at dusk in the style of Van Gogh", Style.IMPRESSIONIST),
        ("A horse on the beach, watercolor", Style.WATERCOLOR),
        ("水墨画，一只鹤飞过湖面", Style.INK),
        ("浮世绘风格的海浪", Style.UKIYO_E),
        ("A cat in a garden, pencil sketch", Style.SKETCH),
        ("A charcoal drawing of a horse", Style.CHARCOAL),
        ("A chalk drawing of a whale", Style.CHALK),
        ("A cartoon fox in the forest", Style.CARTOON),
        ("吉卜力风格的村庄", Style.ANIME),
        ("Pixar style robot in a village", Style.ANIMATION),
        ("A hero on a rooftop, comic book style", Style.COMIC),
        ("A dog, pop art", Style.POP_ART),
        ("8 bit city street at night", Style.PIXEL),
        ("乐高风格的城市", Style.BRICKS),
        ("Low poly mountains at dawn", Style.LOW_POLY),
        ("剪纸风格的山村", Style.PAPER),
        ("Claymation penguin on the ice", Style.CLAY),
        ("stained glass style lion", Style.STAINED_GLASS),
        ("A fish in a mosaic style", Style.MOSAIC),
        ("A car, blueprint style", Style.BLUEPRINT),
        ("A street in the rain, film noir, black and white", Style.NOIR),
        ("黑白电影，一个人走在街上", Style.MONOCHROME),
        ("A train, sepia", Style.SEPIA),
        ("A family on the beach, super 8 film", Style.VINTAGE),
        ("A dog on a lawn, VHS footage", Style.VHS),
        ("A woman by the sea, shot on 35mm film", Style.FILM),
        ("赛博朋克风格的城市", Style.CYBERPUNK),
        ("A rabbit with a lantern, storybook illustration", Style.PASTEL),
    ],
)
def test_words_name_looks(text: str, style: Style, lexicon: Lexicon) -> None:
    plan = plan_of(text, lexicon)
    assert plan.style is style
    assert not [note for note in plan.notes if "look" in note or "画风" in note]


@pytest.mark.parametrize(
    "text",
    [
        "A man reads a comic book in a cafe",
        "A vintage car drives through the city",
        "A child plays with a clay pot on a table",
        "A man in a charcoal suit walks down the street",
        "A cat, no cartoon",
    ],
)
def test_things_are_no_looks(text: str, lexicon: Lexicon) -> None:
    assert plan_of(text, lexicon).style in UNTOUCHED


def test_one_clip_has_one_look_and_the_others_are_told(lexicon: Lexicon) -> None:
    plan = plan_of("An oil painting of a dog in a meadow, watercolor, photorealistic", lexicon)
    assert plan.style is Style.OIL
    notes = " ".join(plan.notes)
    assert 'this one is oil, not "watercolor"' in notes
    assert 'does not imitate this look: "photorealistic"' in notes
    assert "水彩，没有用" in " ".join(plan_of("水彩风格的小狗，像素风格", lexicon).notes)


def test_akin_looks_need_no_word(lexicon: Lexicon) -> None:
    assert not plan_of("A city street in the rain, film noir, black and white, film grain", lexicon).notes
