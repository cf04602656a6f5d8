import time

import pytest

from kirin_video.domain.negatives import tell_apart


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("A horse without people or cars, golden light", "A horse, golden light", ("people", "cars")),
        ("A horse. No people.", "A horse.", ("people",)),
        ("no people, golden light", "golden light", ("people",)),
        ("A street with no cars and no text. Pan left.", "A street. Pan left.", ("cars", "text")),
        ("A town, no people, cars, or text, at dusk", "A town, at dusk", ("people", "cars", "text")),
        ("Negative: blur, low quality, text", "", ("blur", "low quality", "text")),
        (
            "A fox. Negative prompt: people, logos\nThe camera is still.",
            "A fox. The camera is still.",
            ("people", "logos"),
        ),
        ("Positive: a cat. Negative: dog", "a cat.", ("dog",)),
        ("A sky without a cloud", "A sky", ("cloud",)),
        ("don't show any faces, just hands", "just hands", ("faces",)),
        ("no people and a bright sky", "a bright sky", ("people",)),
        ("no people and cars", "", ("people", "cars")),
        ("It runs without any fear through the rain", "It runs through the rain", ("fear",)),
        ("no sign of rain", "", ("rain",)),
        ("No fog; no rain; camera still", "camera still", ("fog", "rain")),
        ("no cars, no cars", "", ("cars",)),
    ],
)
def test_tells_wanted_from_unwanted(text: str, wanted: str, unwanted: tuple[str, ...]) -> None:
    wording = tell_apart(text)
    assert wording.wanted == wanted
    assert wording.unwanted == unwanted


@pytest.mark.parametrize(
    "text",
    [
        "The man is no longer young",
        "A knot and a piano",
        "Not today",
        "A noir film",
        "no",
        "no matter what",
        "Wait...",
    ],
)
def test_leaves_other_words_alone(text: str) -> None:
    assert tell_apart(text).wanted == text
    assert tell_apart(text).unwanted == ()


@pytest.mark.parametrize(
    "unit", ["no a, ", "no ", "no a and ", "without a ", "negative:", "\n", " ", ",", "a, ", "no a or "]
)
def test_the_worst_prompt_takes_no_time(unit: str) -> None:
    prompt = (unit * 2500)[:2500]
    started = time.process_time()
    tell_apart(prompt)
    assert time.process_time() - started < 0.5
