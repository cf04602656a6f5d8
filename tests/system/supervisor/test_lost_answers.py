"""`kill -9` of the API between a create's commit and its answer: the call is known when it comes again."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

CREATE = "/model/v1/generation"
BODY = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}


def test_a_create_whose_answer_was_lost_is_known_again(
    serving: Callable[..., Any], until: Callable[..., None]
) -> None:
    server = serving(None, "--no-worker", real=True)
    until(lambda: re.search(r"kirin_\w{38}", server.output), "the server prints its first key")
    found = re.search(r"kirin_\w{38}", server.output)
    assert found is not None
    headers = {"Authorization": f"Bearer {found[0]}", "Idempotency-Key": "lost"}
    with (
        httpx2.Client(base_url=server.address, headers=headers, trust_env=False, timeout=30) as http,
        ThreadPoolExecutor(1) as threads,
    ):
        # The answer is held back: the task is there, and its maker has not heard of it.
        lost = threads.submit(http.post, CREATE, json=BODY, headers={"Prefer": "wait=60"})
        until(lambda: http.get(f"{CREATE}/tasks").json()["data"], "the task is there")
        server.kill("kirin_video.cli api")
        with pytest.raises(httpx2.RequestError):
            lost.result()
        again = http.post(CREATE, json=BODY)
        assert (again.status_code, again.headers["Idempotent-Replayed"]) == (200, "true")
        tasks = http.get(f"{CREATE}/tasks").json()["data"]
        assert [task["id"] for task in tasks] == [again.json()["id"]]
    server.stop()
