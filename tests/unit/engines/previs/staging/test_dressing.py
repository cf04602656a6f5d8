"""People in snow wear coats and hats, on beaches summer clothes; who is said to wear something wears that."""

from __future__ import annotations

import pytest

from kirin_video.engines.previs.plan import Garment
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.staging.dressing import dressed


def worn(prompt: str) -> set[Garment]:
    """What the first subject wears."""
    plan = read_plan(prompt, seed=1)
    (sort,) = dressed(plan, plan.subjects[0], (plan.subjects[0],), 0)
    return {wear.garment for wear in sort.wears}


@pytest.mark.parametrize(
    "prompt",
    [
        "A woman walks through the snow",
        "\u4e00\u4e2a\u7537\u4eba\u8d70\u5728\u96ea\u5730\u91cc",
        "A girl in a forest in winter",
    ],
)
def test_people_in_the_cold_are_dressed_for_it(prompt: str) -> None:
    assert {Garment.BEANIE, Garment.SCARF, Garment.BOOTS} <= worn(prompt)
    assert worn(prompt) & {Garment.COAT, Garment.JACKET}


def test_what_the_prompt_names_is_worn_in_any_weather() -> None:
    assert worn("A woman in a red dress walks through the snow") == {Garment.DRESS}
    in_hat = worn("A man wearing a hat walks through the snow")
    assert Garment.HAT in in_hat
    assert Garment.BEANIE not in in_hat


def test_nobody_wears_a_coat_at_home_or_on_a_beach() -> None:
    assert not worn("A man reads in a living room in winter")
    assert worn("A man walks along the beach") == {Garment.T_SHIRT, Garment.SHORTS}
