from collections.abc import Mapping
from types import ModuleType
from typing import Any, Self

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from kirin_video.console.playground.snippets import as_curl, as_javascript, as_json, as_python

TEXTS = st.text(max_size=30)
BODIES = st.fixed_dictionaries(
    {"model": st.just("kirin_video_o1"), "prompt": TEXTS},
    optional={
        "image_list": st.lists(
            max_size=3,
            elements=st.fixed_dictionaries({"image_url": TEXTS}, optional={"type": st.just("first_frame")}),
        ),
        "element_list": st.lists(
            max_size=3, elements=st.fixed_dictionaries({"element_id": st.integers(1, 2**53)})
        ),
        "watermark_info": st.just({"enabled": True}),
        "seed": st.integers(0, 2**32),
    },
)


@given(BODIES)
def test_python_asks_for_what_the_body_says(body: Mapping[str, JsonValue]) -> None:
    asked: dict[str, Any] = {}

    class Client:
        def __init__(self, base_url: str) -> None:
            assert base_url == "http://here:8080"

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def generate(self, **given: object) -> None:
            asked.update(given)

        def download(self, *_: object) -> None:
            pass

    code = as_python(body, "http://here:8080").removeprefix("from kirin_video.client import Client\n")
    module = ModuleType("snippet")
    module.__dict__["Client"] = Client
    exec(code, module.__dict__)
    assert {"model": "kirin_video_o1", **asked} == body


@given(BODIES)
def test_no_prompt_ends_the_here_document_of_curl(body: Mapping[str, JsonValue]) -> None:
    head, _, rest = as_curl(body, "http://here:8080").partition("<<'END'\n")
    assert "http://here:8080/model/v1/generation" in head
    assert rest == f"{as_json(body)}\nEND"
    assert "END" not in as_json(body).split("\n")


@pytest.mark.parametrize("prompt", ['It\'s "quoted" \\ ${x} `y`', "第一行\n第二行"])
def test_javascript_holds_the_body_as_it_is(prompt: str) -> None:
    body: dict[str, JsonValue] = {"model": "kirin_video_o1", "prompt": prompt}
    assert f"const body = {as_json(body)};" in as_javascript(body, "http://here:8080")
