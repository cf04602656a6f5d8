from pathlib import Path

import pytest

from kirin_video.engines.previs.bodies.catalogue import catalogue
from kirin_video.engines.previs.craft import Craft
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.concepts import cast
from kirin_video.engines.previs.reading.lexicon import load_lexicon
from kirin_video.engines.previs.reading.nearest import FirstOf, NearestByEnding
from kirin_video.engines.previs.reading.wordnet import NearestByWordNet

LEXICON = load_lexicon()
BY_ENDING = NearestByEnding(LEXICON)

SYNSETS = {
    "author": "18 n 02 Gibbon 0 Edward_Gibbon 0 001 @i {scholar} n 0000 | an author",
    "ape": "05 n 01 gibbon 0 001 @ {monkey} n 0000 | a small ape",
    "monkey": "05 n 01 monkey 0 000 | long tails",
    "scholar": "18 n 01 professor 0 000 | learned people",
}
"""Lines of ``data.noun`` without the offset that begins each; in braces another's offset."""


@pytest.mark.parametrize(
    ("noun", "concept"),
    [("lanternfish", "fish"), ("schoolhouse", "house"), ("biologist", "doctor"), ("绿皮龟", "turtle")],
)
def test_endings_name_a_kind(noun: str, concept: str) -> None:
    assert BY_ENDING.concept_for(noun) == concept
    assert BY_ENDING.concept_for("zorblax") is None


def test_every_ending_names_a_concept() -> None:
    assert set(LEXICON.endings.values()) <= set(LEXICON.concepts)


def test_every_chain_of_likenesses_ends() -> None:
    for name, concept in LEXICON.concepts.items():
        assert {concept.of, concept.like} - {None} <= set(LEXICON.concepts), name
        assert cast(name, LEXICON.concepts, frozenset()).kind in LEXICON.concepts


def test_every_kind_that_is_built_has_words() -> None:
    assert set(catalogue()) <= set(LEXICON.concepts)


@pytest.fixture
def wordnet(tmp_path: Path) -> NearestByWordNet:
    """A WordNet of four meanings in the files' own format."""
    nowhere = dict.fromkeys(SYNSETS, "0" * 8)
    offsets: dict[str, str] = {}
    end = 0
    for name, line in SYNSETS.items():
        offsets[name] = f"{end:08}"
        end += len(f"{end:08} {line.format(**nowhere)}\n")
    lines = [f"{offsets[name]} {line.format(**offsets)}\n" for name, line in SYNSETS.items()]
    (tmp_path / "data.noun").write_text("".join(lines))
    (tmp_path / "index.noun").write_text(
        f"  1 its licence\ngibbon n 2 1 @ 2 0 {offsets['author']} {offsets['ape']}  \n"
        f"zorblax n 1 0 1 0 {offsets['scholar']}  \n"
    )
    return NearestByWordNet(tmp_path, LEXICON)


def test_wordnet_is_climbed_by_kinds_and_not_by_namesakes(wordnet: NearestByWordNet) -> None:
    assert wordnet.concept_for("gibbons") == "monkey"
    assert wordnet.concept_for("zorblax") == "doctor"
    assert wordnet.concept_for("quux") is None
    assert wordnet.concept_for("\u6c34\u8c5a") is None


def test_a_stranger_is_drawn_as_its_nearest_and_told(wordnet: NearestByWordNet) -> None:
    craft = Craft(kinds=frozenset({"monkey", "fish"}))
    nearest = FirstOf(wordnet, BY_ENDING)
    plan = read_plan(
        "a gibbon and two lanternfish on a beach", seed=0, lexicon=LEXICON, craft=craft, nearest=nearest
    )
    assert [(s.kind, s.asked, s.count) for s in plan.subjects] == [
        ("monkey", "gibbon", 1),
        ("fish", "lanternfish", 2),
    ]
    assert 'Drew a monkey in place of "gibbon".' in plan.notes


def test_without_wordnet_the_endings_do(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"index\.noun"):
        NearestByWordNet(tmp_path, LEXICON)
