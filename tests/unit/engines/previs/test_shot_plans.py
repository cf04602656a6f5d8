import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from plan_notation import in_one_line

from kirin_video.engines.previs.craft import Craft
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import load_lexicon
from kirin_video.engines.previs.reading.nearest import NearestByEnding

LEXICON = load_lexicon()
NEAREST = NearestByEnding(LEXICON)  # the same on a machine that has WordNet
MOST_SECONDS = 0.15
"""Five times what it takes: rules that are tried again for every word would take far longer."""


def table(language: str) -> Iterator[tuple[str, str]]:
    """The prompts of a language, each with the plan it should be read as."""
    text = (Path(__file__).parent / "shot_prompts" / f"{language}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return zip(lines[::2], (line.strip() for line in lines[1::2]), strict=True)


ENGLISH, CHINESE = list(table("english")), list(table("chinese"))
PROMPTS = [*ENGLISH, *CHINESE]


@pytest.mark.parametrize(("prompt", "plan"), PROMPTS, ids=[prompt[:60] for prompt, _ in PROMPTS])
def test_a_prompt_is_read_as_its_plan(prompt: str, plan: str) -> None:
    read = read_plan(prompt, seed=0, lexicon=LEXICON, craft=Craft(), nearest=NEAREST)
    assert in_one_line(read) == plan


def test_there_are_enough_prompts_in_both_languages() -> None:
    assert len(dict(PROMPTS)) == len(PROMPTS) >= 200
    assert min(len(ENGLISH), len(CHINESE)) >= 100


def test_the_longest_prompt_is_read_in_time() -> None:
    prompt = " ".join(prompt for prompt, _ in ENGLISH[-40:])[:2500]
    assert min(seconds_for(prompt) for _ in range(3)) < MOST_SECONDS


def seconds_for(prompt: str) -> float:
    """CPU seconds that reading a prompt takes."""
    started = time.process_time()
    read_plan(prompt, seed=0, lexicon=LEXICON, craft=Craft(), nearest=NEAREST)
    return time.process_time() - started
