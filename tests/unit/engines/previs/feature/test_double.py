"""Somebody of footage drawn anew: what asks for it, and what is read off a cut-out."""

from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.feature.double import double_of, needs_a_body
from kirin_video.engines.previs.plan import Garment
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.references.cutting import Cut

HAIR, SKIN, RED, BLUE, BLACK = (120, 50, 20), (226, 178, 150), (190, 30, 35), (40, 60, 140), (25, 22, 20)


def somebody(trunk: tuple[int, ...], lap: tuple[int, ...], shins: tuple[int, ...]) -> Cut:
    """A figure of stripes, 200 pixels tall."""
    rgb = np.zeros((200, 60, 3), np.uint8)
    for top, end, color in (
        (0, 12, HAIR), (12, 30, SKIN), (30, 96, trunk), (96, 130, lap), (130, 190, shins), (190, 200, BLACK)
    ):  # fmt: skip
        rgb[top:end] = color
    return Cut(rgb, np.ones((200, 60), np.float32), 1.0, plain=True, cropped=False, share=0.2)


@pytest.mark.parametrize(
    ("prompt", "whole"),
    [
        ("The woman sits down on a bench", True),
        ("The woman waves to us", True),
        ("The woman walks along the street", False),
        ("女人坐在长椅上", True),
        ("女人跑过街道", False),
        ("The car stops", False),
    ],
)
def test_deeds_that_bend_knees_or_lift_hands_need_a_body(prompt: str, whole: bool) -> None:
    plan = read_plan(prompt, seed=1)
    assert needs_a_body(plan, plan.subjects[0]) is whole


def test_a_coat_is_of_one_colour_from_the_shoulders_to_the_knees() -> None:
    plan = read_plan("The woman sits down on a bench", seed=1)
    cast = double_of(plan.subjects[0], somebody(RED, RED, SKIN)).playing(plan).subjects[0]
    coat, shoes = cast.wears
    assert (coat.garment, shoes.garment) == (Garment.COAT, Garment.SHOES)
    assert coat.color is not None
    assert coat.color.rgb[0] > 3 * coat.color.rgb[1]
    hair = cast.color_of("hair")
    assert hair is not None
    assert hair.rgb[0] > 1.5 * hair.rgb[1]


def test_what_the_prompt_says_of_clothes_holds() -> None:
    plan = read_plan("The man in a green jacket sits down", seed=1)
    cast = double_of(plan.subjects[0], somebody(RED, BLUE, BLUE)).playing(plan).subjects[0]
    assert cast.wears == plan.subjects[0].wears


def test_trousers_are_of_another_colour_than_what_is_above() -> None:
    plan = read_plan("The man sits down", seed=1)
    garments = [w.garment for w in double_of(plan.subjects[0], somebody(RED, BLUE, BLUE)).wears]
    assert garments == [Garment.SWEATER, Garment.TROUSERS, Garment.SHOES]


def test_hands_above_a_head_are_neither_hair_nor_sleeves() -> None:
    cut = somebody(RED, RED, SKIN)
    cut.rgb[:16] = SKIN
    cut.rgb[16:40] = HAIR
    cut.alpha[:7, 8:] = 0.0
    cut.alpha[7:16, 20:] = 0.0
    plan = read_plan("The woman waves to us", seed=1)
    cast = double_of(plan.subjects[0], cut).playing(plan).subjects[0]
    hair = cast.color_of("hair")
    assert hair is not None
    assert hair.rgb[1] < 0.6 * hair.rgb[0]
    assert cast.wears[0].garment is Garment.DRESS
