import pytest

from kirin_video.engines.previs.craft import this_engine
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.deserted import BARRED
from kirin_video.engines.previs.reading.lexicon import load_lexicon

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    "prompt", ["A man walks down an empty street", "a deserted village", "空无一人的街道"]
)
def test_nobody_else_is_about_in_a_deserted_place(prompt: str) -> None:
    plan = read_plan(prompt, seed=0, lexicon=LEXICON)
    assert set(BARRED) <= set(plan.barred)


@pytest.mark.parametrize("prompt", ["A man walks down a street", "an empty cup in a room", "热闹的街道"])
def test_other_places_are_as_usual(prompt: str) -> None:
    assert not set(BARRED) & set(read_plan(prompt, seed=0, lexicon=LEXICON).barred)


def test_a_note_names_the_whole_noun() -> None:
    plan = read_plan("A hand mixer in a kitchen", seed=0, lexicon=LEXICON, craft=this_engine())
    assert plan.subjects[0].asked == "hand mixer"
