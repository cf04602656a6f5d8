import pytest

from kirin_video.engines.previs.between.passages import LENGTHS_S, Passage
from kirin_video.engines.previs.between.takes import opposite
from kirin_video.engines.previs.between.wording import load_words, passage_asked, wording
from kirin_video.engines.previs.plan import Move


@pytest.mark.parametrize(
    ("prompt", "asked"),
    [
        ("The cat morphs into a tiger", "morph"),
        ("A whip pan to the left reveals the city", "whip"),
        ("The street slowly dissolves into the sea", "dissolve"),
        ("Fade to black, then the house", "fade_black"),
        ("A white flash", "fade_white"),
        ("Ink spreads over the paper", "ink"),
        ("an iris opens", "iris"),
        ("A sweep of light passes", "light"),
        ("Then cut to the mountain", "cut"),
        ("The camera flies through the window", "push_through"),
        ("The camera zooms out to reveal the island", "pull_through"),
        ("花朵变成蝴蝶", "morph"),
        ("快速甩镜到海边", "whip"),
        ("水墨晕染出山峰", "ink"),
        ("A man walks along the beach", None),
        ("A pink dress", None),
    ],
)
def test_prompts_ask_for_passages(prompt: str, asked: str | None) -> None:
    assert passage_asked(load_words(), prompt) == asked


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_passage_has_a_name_and_every_note_its_words(language: str) -> None:
    words = wording(load_words(), language)
    assert set(words.names) == {passage.value for passage in Passage}
    english = wording(load_words(), "en")
    assert set(words.notes) == set(english.notes)
    assert set(words.ways) == set(english.ways)


def test_every_passage_but_a_morph_has_a_length() -> None:
    assert set(LENGTHS_S) == set(Passage) - {Passage.MORPH}


@pytest.mark.parametrize("move", Move)
def test_every_move_can_be_gone_back(move: Move) -> None:
    assert opposite(opposite(opposite(move))) is opposite(move)
