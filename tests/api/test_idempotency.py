"""``Idempotency-Key`` over the wire."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from kirin_video.domain.task_names import MAX_KEY_CHARS

CREATE = "/model/v1/generation"
ELEMENTS = "/model/v1/elements"
TEXT: dict[str, Any] = {
    "model": "kirin_video_o1",
    "prompt": "A valley",
    "aspect_ratio": "16:9",
    "mode": "std",
}
FOX = {
    "element_name": "Fox",
    "element_frontal_image": "https://example.com/a.jpg",
    "element_refer_list": [{"image_url": "https://example.com/b.jpg"}],
}


def new_key() -> dict[str, str]:
    return {"Idempotency-Key": f'"{secrets.token_hex(8)}" v1'}


def test_the_same_call_gives_the_same_task_and_says_so(
    http: httpx2.Client, other_http: httpx2.Client
) -> None:
    key = new_key()
    first = http.post(CREATE, json=TEXT, headers=key)
    again = http.post(CREATE, json={**TEXT, "duration": 5}, headers=key)
    assert (again.status_code, again.json()) == (200, first.json())
    assert (first.headers.get("idempotent-replayed"), again.headers["idempotent-replayed"]) == (None, "true")
    other = http.post(CREATE, json={**TEXT, "duration": "10"}, headers=key)
    assert other.status_code == 409
    assert other.json()["error"]["code"] == "002015014"
    assert "Idempotency-Key" in other.json()["error"]["error_message"]
    assert other_http.post(CREATE, json=TEXT, headers=key).json()["id"] != first.json()["id"]
    assert http.post(CREATE, json=TEXT).json()["id"] != first.json()["id"]


def test_a_crowd_under_one_key_makes_one_task(http: httpx2.Client) -> None:
    key = new_key()
    bodies = [{**TEXT, "seed": number // 25} for number in range(50)]
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda body: http.post(CREATE, json=body, headers=key), bodies))
    assert sorted(answer.status_code for answer in answers) == [200] * 25 + [409] * 25
    made = [answer for answer in answers if answer.status_code == 200]
    assert len({answer.json()["id"] for answer in made}) == 1
    assert sum("idempotent-replayed" not in answer.headers for answer in made) == 1


def test_a_repeat_by_external_id_says_so_too(http: httpx2.Client) -> None:
    body = {**TEXT, "external_task_id": secrets.token_hex(8)}
    answers = [http.post(CREATE, json=body, headers=headers) for headers in ({}, {}, new_key())]
    assert [answer.headers.get("idempotent-replayed") for answer in answers] == [None, "true", "true"]


def test_a_refused_call_leaves_its_key_free_and_a_deleted_task_does_not(http: httpx2.Client) -> None:
    key = new_key()
    assert http.post(CREATE, json={**TEXT, "mode": "best"}, headers=key).status_code == 400
    task = http.post(CREATE, json=TEXT, headers=key).json()
    http.post(f"{CREATE}/task/{task['id']}/cancel")
    http.delete(f"{CREATE}/task/{task['id']}")
    gone = http.post(CREATE, json=TEXT, headers=key)
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "000000404")
    assert "under a new key" in gone.json()["error"]["error_message"]


def test_an_element_is_made_once(http: httpx2.Client) -> None:
    key = new_key()
    first, again = (http.post(ELEMENTS, json=FOX, headers=key) for _ in range(2))
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    native = http.post(CREATE, json={"model": "kirin_custom_elements", **FOX}, headers=key)
    assert native.json()["id"] == first.json()["task_id"]
    assert http.post(ELEMENTS, json={**FOX, "element_name": "Dog"}, headers=key).status_code == 409


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ([b""], "must have 1 to 255 characters, and has 0."),
        ([b"k" * (MAX_KEY_CHARS + 1)], "must have 1 to 255 characters, and has 256."),
        (["schlüssel".encode()], "must be ASCII that prints"),
        ([b"a\tb"], "must be ASCII that prints"),
        ([b"a", b"a"], "was sent 2 times"),
    ],
)
def test_what_is_no_key_is_refused(http: httpx2.Client, sent: list[bytes], problem: str) -> None:
    headers = [(b"Idempotency-Key", value) for value in sent]
    for path, body in ((CREATE, TEXT), (ELEMENTS, FOX)):
        response = http.post(path, json=body, headers=headers)
        assert response.status_code == 400, response.text
        [detail] = response.json()["error"]["details"]
        assert (detail["field"], detail["code"]) == ("Idempotency-Key", "002015003")
        assert problem in detail["message"]
    longest = http.post(
        CREATE, json=TEXT, headers={"Idempotency-Key": secrets.token_hex(128)[:MAX_KEY_CHARS]}
    )
    assert longest.status_code == 200
