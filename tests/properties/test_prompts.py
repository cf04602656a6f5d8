from hypothesis import given
from hypothesis import strategies as st

from kirin_video.domain.negatives import tell_apart
from kirin_video.domain.prompt import ReferenceMark, Text, misread_references, read_prompt

MARKS = ["<<<image_1>>>", "<<<", ">>>", "<<<img>>>", "\n", ", "]
WORDS = ["a horse", " no people", " without ", "Negative: ", "x or y"]
pieces = st.lists(st.sampled_from(MARKS + WORDS) | st.text(max_size=6), max_size=12)
prompts = pieces.map("".join)


@given(prompts)
def test_nothing_of_a_prompt_is_lost_in_parts(source: str) -> None:
    prompt = read_prompt(source)
    at = 0
    for part in prompt.parts:
        if isinstance(part, Text):
            at = source.index(part.text, at) + len(part.text)
        else:
            at = source.index(">>>", source.lower().index(f"{part.kind}_", at)) + 3
    assert not source[at:].strip()
    read = [part for part in prompt.parts if isinstance(part, ReferenceMark)]
    assert not any(
        text.lower() == f"<<<{mark.kind}_{mark.number}>>>"
        for mark in read
        for text in misread_references(source)
    )


@given(prompts)
def test_telling_apart_only_takes_away(text: str) -> None:
    wording = tell_apart(text)
    assert len(wording.wanted) <= len(text)
    assert set(wording.wanted) <= set(text) | {" "}
    flat = " ".join(text.split())
    for item in wording.unwanted:
        assert item
        assert item in flat
