"""Every route there is: whose key it takes, and that another account's things are not there at all.

The routes are those of the running application; one that no rule here covers fails the tests.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, Protocol

import httpx2
import pytest
from fastapi.routing import APIRoute
from PIL import Image
from starlette.routing import BaseRoute, Mount
from starlette.routing import Route as StarletteRoute

from kirin_video.app import create_app
from kirin_video.domain.access import Scope
from kirin_video.domain.task import new_task_id
from kirin_video.domain.wire import ErrorResponse
from kirin_video.settings import Settings

CREATE = "/model/v1/generation"
TEXT = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}
READING = {"GET", "HEAD"}

CONSOLE = "/console"
"""Pages that take sessions and no keys; tests/console/test_access.py walks through their routes."""

FRONT_DOORS = {"/", CONSOLE}
"""They send a browser on to the console's pages."""

KEYLESS = {
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/files/{key:path}/{filename}",
    *FRONT_DOORS,
}
"""Routes that take no key: they tell nothing of anybody, or a signature stands in the link."""


MANAGING = ("/model/v1/callbacks/secret",)
"""Where the account itself is managed."""


class Server(Protocol):
    @property
    def base_url(self) -> str: ...
    @property
    def settings(self) -> Settings: ...


class Route(NamedTuple):
    method: str
    path: str

    @property
    def is_reading(self) -> bool:
        return self.method in READING

    @property
    def placeholders(self) -> list[str]:
        return re.findall(r"\{[^}]*\}", self.path)


class Thing(NamedTuple):
    """What one account has: ways to name it, each with a like one that names nothing."""

    names: list[tuple[str, str]]


def routes() -> list[Route]:
    settings = Settings(database_url="postgresql://", data_dir="/nowhere", secret_key="x" * 32)  # pyright: ignore[reportArgumentType]
    return sorted(walk(create_app(settings).routes))


def walk(found: Iterable[BaseRoute]) -> Iterator[Route]:
    """Every method of every route, those of included routers too; fails on what is no plain route."""
    for route in found:
        if (included := getattr(route, "original_router", None)) is not None:
            yield from walk(included.routes)
        elif isinstance(route, Mount):
            assert route.path == CONSOLE, "what has its own rules of access has its own test of them"
        else:
            assert isinstance(route, StarletteRoute | APIRoute)
            assert route.methods
            yield from (Route(method, route.path) for method in route.methods)


ROUTES = routes()
KEYED = [route for route in ROUTES if route.path not in KEYLESS]
NAMING = [route for route in KEYED if route.placeholders]
COLLECTIONS = [route for route in KEYED if not route.placeholders and route.is_reading]


def label(route: Route) -> str:
    return f"{route.method} {route.path}"


def picture() -> bytes:
    data = io.BytesIO()
    Image.effect_noise((400, 400), 60).convert("RGB").save(data, "PNG")
    return data.getvalue()


def made(response: httpx2.Response) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    return response.json()


def a_task(http: httpx2.Client) -> Thing:
    external_id = f"mine-{new_task_id()}"
    task = made(http.post(CREATE, json={**TEXT, "external_task_id": external_id}))
    return Thing([(task["id"], new_task_id()), (external_id, f"mine-{new_task_id()}")])


def an_upload(http: httpx2.Client) -> Thing:
    sent = made(http.post("/model/v1/files", files={"file": ("a.png", picture(), "image/png")}))
    return Thing([(sent["id"], new_task_id())])


def an_element(http: httpx2.Client) -> Thing:
    source = base64.b64encode(picture()).decode()
    body = {
        "element_name": "Fox",
        "element_frontal_image": source,
        "element_refer_list": [{"image_url": source}],
    }
    element = made(http.post("/model/v1/elements", json=body))
    return Thing([(str(element["element_id"]), str(element["element_id"] + 1_000_003))])


def a_delivery(http: httpx2.Client) -> Thing:
    sent = made(http.post("/model/v1/callbacks/test", json={"url": "https://example.com/hook"}))
    return Thing([(sent["id"], f"msg_{new_task_id()}_test")])


def a_receiver(http: httpx2.Client) -> Thing:
    sent = made(http.post("/model/v1/callbacks/test", json={"url": "https://mine.example.com/hook"}))
    return Thing([(sent["receiver_id"], "rcv_" + 20 * "0")])


MAKERS: dict[str, Callable[[httpx2.Client], Thing]] = {
    "/model/v1/generation/task/": a_task,
    "/model/v1/files/": an_upload,
    "/model/v1/elements/": an_element,
    "/model/v1/callbacks/deliveries/": a_delivery,
    "/model/v1/callbacks/receivers/": a_receiver,
}
"""How to make a thing that the id in a path may name, by what the path begins with."""


@pytest.fixture(scope="module")
def things(http: httpx2.Client) -> dict[str, Thing]:
    """One thing of each kind, of account A."""
    wanted = {prefix for prefix in MAKERS for route in NAMING if route.path.startswith(prefix)}
    return {prefix: MAKERS[prefix](http) for prefix in sorted(wanted)}


def thing_of(route: Route, things: dict[str, Thing]) -> Thing:
    [prefix] = [prefix for prefix in MAKERS if route.path.startswith(prefix)]
    return things[prefix]


def address(route: Route, name: str) -> str:
    return re.sub(r"\{[^}]*\}", lambda _: name, route.path)


def without_request_id(response: httpx2.Response) -> tuple[int, dict[str, Any], dict[str, str]]:
    body = response.json()
    del body["request_id"]
    told = {"date", "x-request-id"}
    return response.status_code, body, {n: v for n, v in response.headers.items() if n not in told}


@pytest.fixture(scope="module")
def by_scope(server: Server, key_maker: Callable[..., str]) -> Iterator[dict[Scope, httpx2.Client]]:
    """Callers of one account, each with a key of one scope."""
    clients: dict[Scope, httpx2.Client] = {}
    for scope in Scope:
        key = key_maker(server.settings, "scoped", frozenset({scope}))
        headers = {"Authorization": f"Bearer {key}"}
        clients[scope] = httpx2.Client(base_url=server.base_url, headers=headers, trust_env=False, timeout=30)
    yield clients
    for client in clients.values():
        client.close()


def test_the_routes_are_all_seen(http: httpx2.Client) -> None:
    documented = {
        (method.upper(), path)
        for path, item in http.get("/openapi.json").json()["paths"].items()
        for method in item
    }
    plain = {(route.method, re.sub(r":\w+\}", "}", route.path)) for route in ROUTES if route.method != "HEAD"}
    assert len(NAMING) >= 2
    assert plain - documented == {("GET", path) for path in ("/openapi.json", *FRONT_DOORS)}
    assert documented <= plain


@pytest.mark.parametrize("route", NAMING, ids=label)
def test_every_route_that_names_a_thing_has_a_rule_here(route: Route) -> None:
    makers = [prefix for prefix in MAKERS if route.path.startswith(prefix)]
    assert len(makers) == 1, f"say in MAKERS how to make what {route.path} names"
    assert len(route.placeholders) == 1


@pytest.mark.parametrize("route", NAMING, ids=label)
def test_what_another_account_has_is_not_there(
    route: Route, things: dict[str, Thing], http: httpx2.Client, other_http: httpx2.Client
) -> None:
    for theirs, nobodys in thing_of(route, things).names:
        before = http.get(looked_up_at(route, theirs))
        assert before.status_code == 200, "A has it"
        foreign, unknown = (refused(other_http, route, name) for name in (theirs, nobodys))
        if route.method != "HEAD":
            assert ErrorResponse.model_validate_json(foreign.content).error.code == "000000404"
            assert without_request_id(foreign) == without_request_id(unknown)
            assert theirs not in foreign.text
        after = http.get(looked_up_at(route, theirs))
        assert (after.status_code, after.json()) == (200, before.json()), "A still has it, as it was"


def refused(http: httpx2.Client, route: Route, name: str) -> httpx2.Response:
    """The 404 to a call; another answer is not waited for, since it might be an endless stream."""
    with http.stream(route.method, address(route, name)) as response:
        assert response.status_code == 404
        response.read()
    return response


def looked_up_at(route: Route, name: str) -> str:
    """Where the owner reads the thing that a route names."""
    [prefix] = [prefix for prefix in MAKERS if route.path.startswith(prefix)]
    return prefix + name


@pytest.mark.parametrize("route", COLLECTIONS, ids=label)
def test_a_list_shows_nothing_of_another_account(
    route: Route, things: dict[str, Thing], other_http: httpx2.Client
) -> None:
    shown = other_http.get(route.path)
    assert shown.status_code == 200, shown.text
    for thing in things.values():
        for theirs, _ in thing.names:
            assert f'"{theirs}"' not in shown.text
            assert f":{theirs}," not in shown.text


@pytest.mark.parametrize("route", KEYED, ids=label)
def test_every_route_wants_a_key_before_anything_else(route: Route, server: Server) -> None:
    with httpx2.Client(base_url=server.base_url, trust_env=False) as nobody:
        response = nobody.request(route.method, address(route, "x"), content=b"no JSON")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    if route.method != "HEAD":
        assert ErrorResponse.model_validate_json(response.content).error.code == "000000401"


@pytest.mark.parametrize("route", KEYED, ids=label)
def test_every_route_wants_the_scope_of_its_method(
    route: Route, by_scope: dict[Scope, httpx2.Client]
) -> None:
    needed = Scope.READ if route.is_reading else Scope.GENERATE
    if route.path.startswith(MANAGING):
        needed = Scope.ADMIN
    for scope, client in by_scope.items():
        response = client.request(route.method, address(route, "x"), content=b"no JSON")
        assert (response.status_code == 403) == (scope is not needed)
        if scope is not needed and route.method != "HEAD":
            error = ErrorResponse.model_validate_json(response.content).error
            assert error.code == "000000403"
            assert f'scope "{needed}"' in error.error_message


@pytest.mark.parametrize("path", [CREATE, f"{CREATE}/quote"])
def test_a_file_of_another_account_cannot_be_used_either(
    path: str, http: httpx2.Client, other_http: httpx2.Client
) -> None:
    [(theirs, nobodys)] = an_upload(http).names
    base = str(http.base_url).rstrip("/")
    theirs_asked, nobodys_asked = (
        {**TEXT, "image_list": [{"image_url": f"{base}/model/v1/files/{name}", "type": "first_frame"}]}
        for name in (theirs, nobodys)
    )
    foreign, unknown = (other_http.post(path, json=body) for body in (theirs_asked, nobodys_asked))
    assert (foreign.status_code, unknown.status_code) == (400, 400), foreign.text
    assert without_request_id(foreign)[:2] == without_request_id(unknown)[:2]
    assert http.post(path, json=theirs_asked).status_code == 200, "its owner can"
