"""Quotes and the list of models over the wire."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

import httpx2
import psycopg
import pytest
from PIL import Image

from kirin_video.domain.parameters import PARAMETERS
from kirin_video.domain.rules import RULES
from kirin_video.domain.wire_catalog import ModelList, Quote
from kirin_video.http.native_docs import CREATE_EXAMPLES
from kirin_video.settings import Settings

CREATE = "/model/v1/generation"
QUOTE = f"{CREATE}/quote"
TEXT = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}


def picture(width: int, height: int) -> str:
    buffer = BytesIO()
    Image.new("RGB", (width, height), (90, 120, 60)).save(buffer, "JPEG")
    return base64.b64encode(buffer.getvalue()).decode()


def quote(http: httpx2.Client, **more: object) -> dict[str, Any]:
    response = http.post(QUOTE, json={**TEXT, **more})
    assert response.status_code == 200, response.text
    Quote.model_validate(response.json())
    return response.json()


def footprint(settings: Settings) -> tuple[int, list[str]]:
    with psycopg.connect(settings.database_url) as connection:
        row = connection.execute("SELECT count(*) FROM task").fetchone()
    assert row is not None
    blobs = settings.data_dir / "blobs"
    return row[0], sorted(str(path) for path in blobs.rglob("*") if path.is_file())


def test_a_quote_says_what_a_request_would_make(http: httpx2.Client) -> None:
    assert quote(http) == {
        "object": "quote",
        "model": "kirin_video_o1",
        "cost": "0.56",
        "discount": 0,
        "duration": 5,
        "width": 1920,
        "height": 1080,
        "fps": 24,
        "num_frames": 120,
        "engine": "previs",
        "notes": [],
    }
    vertical = quote(http, mode="std", aspect_ratio="9:16", duration=10)
    assert (vertical["cost"], vertical["width"], vertical["height"]) == ("0.84", 720, 1280)


def test_a_first_frame_gives_the_shape_if_it_is_here(http: httpx2.Client, api_settings: Settings) -> None:
    before = footprint(api_settings)
    inline = quote(
        http, image_list=[{"image_url": picture(900, 600), "type": "first_frame"}], aspect_ratio="1:1"
    )
    assert inline["width"] / inline["height"] == pytest.approx(1.5, rel=0.01)
    assert len(inline["notes"]) == 1
    assert "aspect_ratio" in inline["notes"][0]
    remote = quote(http, image_list=[{"image_url": "https://example.com/a.jpg", "type": "first_frame"}])
    assert not {"width", "height"} & remote.keys()
    assert "fetched later" in remote["notes"][-1]
    assert footprint(api_settings) == before, "nothing is created or kept"


@pytest.mark.parametrize("name", CREATE_EXAMPLES)
def test_a_quote_is_what_the_task_holds(name: str, able_http: httpx2.Client, api_settings: Settings) -> None:
    body = {**CREATE_EXAMPLES[name]["value"]}  # type: ignore[dict-item]
    body.pop("external_task_id", None)
    quoted = able_http.post(QUOTE, json=body).json()["cost"]
    task_id = able_http.post(CREATE, json=body).json()["id"]
    with psycopg.connect(api_settings.database_url) as connection:
        held = connection.execute(
            "SELECT amount_micro FROM ledger_entry WHERE task_id = %s AND kind = 'hold'", (task_id,)
        ).fetchone()
    assert held == (round(float(quoted) * 1_000_000),)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"model": "x", "prompt": "", "durtion": 3},
        {**TEXT, "duration": 7, "mode": "ultra"},
        {**TEXT, "image_list": [{"image_url": picture(100, 100)}]},
        {**TEXT, "prompt": "<<<image_3>>>"},
        {**TEXT, "callback_url": "http://127.0.0.1/hook"},
        {**TEXT, "video_list": [{"video_url": "https://example.com/a.mp4"}] * 2},
    ],
)
def test_a_quote_is_refused_as_the_request_would_be(http: httpx2.Client, body: dict[str, object]) -> None:
    quoted, created = http.post(QUOTE, json=body), http.post(CREATE, json=body)
    assert (quoted.status_code, created.status_code) == (400, 400)
    assert quoted.json()["error"] == created.json()["error"]


def fox(**more: object) -> dict[str, object]:
    return {
        "model": "kirin_custom_elements",
        "element_name": "Fox",
        "element_frontal_image": picture(400, 400),
        "element_refer_list": [{"image_url": "https://example.com/side.jpg"}],
        **more,
    }


def test_an_element_is_judged_and_free(http: httpx2.Client, api_settings: Settings) -> None:
    before = footprint(api_settings)
    response = http.post(QUOTE, json=fox())
    Quote.model_validate_json(response.content)
    assert response.json() == {
        "object": "quote",
        "model": "kirin_custom_elements",
        "cost": "0.00",
        "discount": 0,
        "notes": [
            "Elements are free.",
            "Pictures at URLs are fetched and judged when the element is made.",
        ],
    }
    assert footprint(api_settings) == before, "nothing is created or kept"


@pytest.mark.parametrize(
    "more",
    [
        {"element_name": "F" * 21},
        {"element_frontal_image": picture(100, 100)},
        {"element_refer_list": [{"image_url": "http://10.0.0.1/a.jpg"}]},
        {"prompt": "x"},
    ],
)
def test_an_element_is_refused_as_the_request_would_be(http: httpx2.Client, more: dict[str, object]) -> None:
    quoted, created = (http.post(path, json=fox(**more)) for path in (QUOTE, CREATE))
    assert (quoted.status_code, created.status_code) == (400, 400)
    assert quoted.json()["error"] == created.json()["error"]


def test_the_models_are_what_the_rules_accept(http: httpx2.Client) -> None:
    response = http.get("/model/v1/models")
    assert response.status_code == 200
    listed = ModelList.model_validate(response.json())
    assert [model.id for model in listed.data] == ["kirin_video_o1", "kirin_custom_elements"]
    video, element = response.json()["data"]
    assert set(video["parameters"]["properties"]) == {parameter.name for parameter in PARAMETERS}
    assert [rule["rule"] for rule in video["rules"]] == [rule.statement for rule in RULES]
    assert video["limits"]["image"]["max_bytes"] == 10 * 1024 * 1024
    assert video["limits"]["video"]["max_side_px"] == 2160
    assert video["sizes"]["pro"]["16:9"] == [1920, 1080]
    assert video["prices"] == {
        "currency": "USD",
        "per_second": {"std": "0.084", "pro": "0.112", "std_with_video": "0.126", "pro_with_video": "0.168"},
        "discount_percent": "0",
    }
    assert [engine["name"] for engine in video["engines"]] == ["previs"]
    assert {"text", "first_frame"} <= set(video["engines"][0]["inputs"])
    assert "element_name" in element["parameters"]["properties"]
