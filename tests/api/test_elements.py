"""The library of subjects over the wire, by its own address and by the create call."""

from __future__ import annotations

import asyncio
import base64
import os
import secrets
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx2
import pytest
from PIL import Image

from kirin_video.client import AsyncClient, Client
from kirin_video.client.errors import Forbidden, InvalidRequest, NotFound
from kirin_video.domain.element_request import parse_element_request
from kirin_video.domain.wire import ElementList, ElementResource, TaskResource
from kirin_video.http.element_docs import element_examples

CREATE = "/model/v1/generation"
ELEMENTS = "/model/v1/elements"
MODEL = "kirin_custom_elements"


class Server(Protocol):
    @property
    def base_url(self) -> str: ...
    @property
    def key(self) -> str: ...


def png(red: int = 230, side: int = 320) -> bytes:
    data = BytesIO()
    Image.new("RGB", (side, side), (red, 120, 40)).save(data, "PNG")
    return data.getvalue()


def fox(**more: object) -> dict[str, Any]:
    return {
        "element_name": "Fox",
        "element_frontal_image": base64.b64encode(png()).decode(),
        "element_refer_list": [{"image_url": base64.b64encode(png(200)).decode()}],
        **more,
    }


def made(http: httpx2.Client, **more: object) -> dict[str, Any]:
    response = http.post(ELEMENTS, json=fox(**more))
    assert response.status_code == 200, response.text
    ElementResource.model_validate(response.json())
    return response.json()


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def test_an_element_is_made_read_seen_and_deleted(http: httpx2.Client) -> None:
    element = made(http, element_description="Orange.", tag_list=[{"tag_id": "animal"}])
    number = element["element_id"]
    assert isinstance(number, int)
    assert number < 2**53
    assert {key: element[key] for key in element if not key.endswith(("_image", "_list", "_at", "_id"))} == {
        "element_name": "Fox",
        "element_description": "Orange.",
        "status": "completed",
        "preset": False,
    }
    assert element["tag_list"] == [{"tag_id": "animal"}]
    assert http.get(f"{ELEMENTS}/{number}").json() == element
    frontal = http.get(path_of(element["element_frontal_image"]), headers={"Authorization": ""})
    assert (frontal.status_code, frontal.headers["content-type"]) == (200, "image/png")
    assert frontal.content == png()
    [other] = element["element_refer_list"]
    assert http.get(path_of(other["image_url"])).content == png(200)
    task = http.get(f"{CREATE}/task/{element['task_id']}").json()
    assert task["output"][0]["content"] == [{"type": "element", "element_id": number}]
    gone = http.delete(f"{ELEMENTS}/{number}")
    assert (gone.status_code, gone.json()) == (200, {"element_id": number, "deleted": True})
    assert http.get(f"{ELEMENTS}/{number}").status_code == 404
    assert http.delete(f"{ELEMENTS}/{number}").status_code == 404
    assert http.get(path_of(element["element_frontal_image"])).status_code == 404


@pytest.mark.parametrize("wrapped", [False, True])
def test_the_create_call_makes_the_same_and_answers_with_its_task(http: httpx2.Client, wrapped: bool) -> None:
    body = {"model": MODEL, "input": [{"params": fox()}]} if wrapped else {"model": MODEL, **fox()}
    response = http.post(CREATE, json=body)
    assert response.status_code == 200, response.text
    task = response.json()
    TaskResource.model_validate(task)
    assert (task["status"], task["model"]) == ("completed", MODEL)
    assert task["usage"] == {"cost": "0.00", "discount": 0}
    assert task["metadata"] == {"element_name": "Fox", "num_pictures": 2, "notes": []}
    number = task["output"][0]["content"][0]["element_id"]
    assert http.get(f"{ELEMENTS}/{number}").json()["task_id"] == task["id"]
    listed = http.get(f"{CREATE}/tasks", params={"model": MODEL, "limit": "1"}).json()
    assert listed["data"][0]["id"] == task["id"]


def test_pictures_at_urls_wait_for_a_worker(
    http: httpx2.Client,
) -> None:
    element = made(http, element_frontal_image="https://example.com/fox.jpg")
    assert element["status"] == "queued"
    assert "element_frontal_image" not in element
    task = http.get(f"{CREATE}/task/{element['task_id']}").json()
    assert task["status"] == "queued"
    cancelled = http.post(f"{CREATE}/task/{element['task_id']}/cancel").json()
    assert cancelled["error"]["code"] == "002015094"
    failed = http.get(f"{ELEMENTS}/{element['element_id']}").json()
    assert (failed["status"], failed["error"]["code"]) == ("failed", "002015094")
    assert http.delete(f"{ELEMENTS}/{element['element_id']}").status_code == 200


@pytest.mark.parametrize("path", [CREATE, ELEMENTS])
def test_every_broken_rule_is_told_at_once(http: httpx2.Client, path: str) -> None:
    small = base64.b64encode(png(side=200)).decode()
    body = fox(model=MODEL, element_name="x" * 21, element_refer_list=[], colour=1)
    error = http.post(path, json=body).json()["error"]
    assert [detail["field"] for detail in error["details"]] == [
        "element_name",
        "element_refer_list",
        "colour",
    ]
    refused = http.post(path, json=fox(model=MODEL, element_frontal_image=small))
    assert refused.status_code == 400
    [detail] = refused.json()["error"]["details"]
    assert (detail["field"], detail["code"]) == ("element_frontal_image", "002015006")
    assert "200x200" in detail["message"]


def test_a_callback_goes_to_public_addresses_only(http: httpx2.Client) -> None:
    assert http.post(ELEMENTS, json=fox(callback_url="https://example.com/hook")).status_code == 200
    refused = http.post(ELEMENTS, json=fox(model=MODEL, callback_url="http://10.0.0.1/hook"))
    assert refused.status_code == 400
    [detail] = refused.json()["error"]["details"]
    assert (detail["field"], detail["code"]) == ("callback_url", "002015013")


def test_the_same_request_again_gives_the_same_element(http: httpx2.Client) -> None:
    own = f"fox-{secrets.token_hex(6)}"
    first, second = (made(http, external_task_id=own) for _ in range(2))
    assert first["element_id"] == second["element_id"]
    other = http.post(ELEMENTS, json=fox(external_task_id=own, element_name="Wolf"))
    assert (other.status_code, other.json()["error"]["code"]) == (409, "002015014")
    assert http.delete(f"{ELEMENTS}/{first['element_id']}").status_code == 200
    assert http.post(ELEMENTS, json=fox(external_task_id=own)).status_code == 404


def test_a_list_goes_page_by_page_own_ones_first_then_the_presets(
    other_http: httpx2.Client, http: httpx2.Client
) -> None:
    numbers = [made(other_http)["element_id"] for _ in range(3)]
    theirs = made(http)["element_id"]
    seen: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = other_http.get(ELEMENTS, params={"limit": "2", **after}).json()
        ElementList.model_validate(page)
        assert len(page["data"]) <= 2
        seen += page["data"]
        if not page["has_more"]:
            break
        after = {"after": page["next_cursor"]}
    found = [element["element_id"] for element in seen]
    assert len(set(found)) == len(found)
    assert set(numbers) < set(found)
    assert theirs not in found
    assert found == sorted(found, reverse=True)
    presets = [element for element in seen if element["preset"]]
    assert found[-len(presets) :] == [element["element_id"] for element in presets]
    assert len(presets) == 8
    alone = other_http.get(ELEMENTS, params={"preset": "true"}).json()["data"]
    assert [element["element_id"] for element in alone] == [element["element_id"] for element in presets]
    own = other_http.get(ELEMENTS, params={"preset": "false"}).json()["data"]
    assert not any(element["preset"] for element in own)
    refused = other_http.get(ELEMENTS, params={"limit": "501", "page": "2"})
    assert [detail["field"] for detail in refused.json()["error"]["details"]] == ["limit", "page"]


@pytest.mark.parametrize("name", ["0", "9", "-1", "1.0", "01", "x", "9" * 30, "%F0%9F%8C%8A", "a%00b"])
def test_no_name_is_too_odd_to_be_absent(http: httpx2.Client, name: str) -> None:
    for method in ("GET", "DELETE"):
        response = http.request(method, f"{ELEMENTS}/{name}")
        assert (response.status_code, response.json()["error"]["code"]) == (404, "000000404")


def test_a_preset_is_drawn_when_it_is_first_looked_at_and_stays(
    http: httpx2.Client, other_http: httpx2.Client
) -> None:
    ball = http.get(f"{ELEMENTS}/1").json()
    assert (ball["element_name"], ball["preset"], "task_id" in ball) == ("Red ball", True, False)
    assert other_http.get(f"{ELEMENTS}/1").json()["element_name"] == "Red ball"
    frontal = http.get(path_of(ball["element_frontal_image"]))
    assert frontal.status_code == 200
    with Image.open(BytesIO(frontal.content)) as image:
        assert (image.format, image.size) == ("PNG", (512, 512))
    assert len(ball["element_refer_list"]) == 3
    refused = http.delete(f"{ELEMENTS}/1")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "000000403")


@pytest.mark.parametrize("name", element_examples())
def test_every_example_of_a_request_is_accepted(name: str, http: httpx2.Client) -> None:
    document = http.get("/openapi.json").json()
    body = document["paths"][ELEMENTS]["post"]["requestBody"]["content"]["application/json"]
    value = body["examples"][name]["value"]
    parse_element_request(value, model_needed=False)
    response = http.post(ELEMENTS, json=value)
    assert response.status_code == 200, response.text


def test_every_example_of_an_answer_is_one(http: httpx2.Client) -> None:
    schemas = http.get("/openapi.json").json()["components"]["schemas"]
    shown = [ElementResource.model_validate(each) for each in schemas["ElementResource"]["examples"]]
    assert [element.preset for element in shown] == [False, True]
    for each in schemas["ElementList"]["examples"]:
        ElementList.model_validate(each)


def test_the_client_has_a_library(server: Server, tmp_path: Path) -> None:
    front = tmp_path / "front.png"
    front.write_bytes(png())
    with Client(server.base_url, server.key) as client:
        element = client.elements.create("Fox", front, [front, front], tags=["animal"])
        assert element.status == "completed"
        assert client.elements.get(str(element.element_id)) == element
        assert element.element_id in [each.element_id for each in client.elements.list(preset=False)]
        client.elements.delete(element.element_id)
        with pytest.raises(NotFound):
            client.elements.get(element.element_id)
        with pytest.raises(Forbidden):
            client.elements.delete(1)
        with pytest.raises(InvalidRequest) as refused:
            client.elements.create("x" * 21, front, [])
        assert [detail.field for detail in refused.value.details] == ["element_name", "element_refer_list"]


def test_the_async_client_has_one_too(server: Server) -> None:
    async def call() -> None:
        async with AsyncClient(server.base_url, server.key) as client:
            frontal = base64.b64encode(png()).decode()
            element = await client.elements.create("Fox", frontal, [frontal])
            assert await client.elements.get(element.element_id) == element
            found = [each.element_id async for each in client.elements.list()]
            assert {element.element_id, 1} <= set(found)
            await client.elements.delete(element.element_id)

    asyncio.run(call())


def test_the_command_line_has_it_as_well(server: Server, tmp_path: Path) -> None:
    (tmp_path / "front.png").write_bytes(png())

    def kirin(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "KIRIN_BASE_URL": server.base_url,
            "KIRIN_API_KEY": server.key,
            "NO_COLOR": "1",
        }
        command = [sys.executable, "-m", "kirin_video.cli", "elements", *arguments]
        return subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
        )

    created = kirin("create", "Fox", "--front", "front.png", "--other", "front.png", "--tag", "animal")
    assert created.returncode == 0, created.stderr
    number = created.stdout.strip()
    assert number.isdigit()
    shown = kirin("show", number)
    assert f"{number:<17} completed   Fox  [animal]" in shown.stdout
    assert shown.stdout.count("/files/") == 2
    assert "preset      Red ball" in kirin("list", "--preset").stdout
    assert number in kirin("list", "--own").stdout
    assert kirin("delete", number).returncode == 0
    gone = kirin("show", number)
    assert gone.returncode == 3
    assert "no element with this id" in gone.stderr
    missing = kirin("create", "Fox", "--front", "nowhere.png", "--other", "front.png")
    assert missing.returncode == 2
    assert "nowhere.png: no such file" in missing.stderr
