"""Who gets in, and who does not: claim, sessions, forms of other sites, roles."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx2
import psycopg
import pytest
from console_site import ADMINISTRATOR, PASSWORD, Site, form_token, post
from starlette.routing import Route

from kirin_video.console.application import console_application
from kirin_video.console.cookies import SESSION
from kirin_video.domain.console_token import invite_path
from kirin_video.domain.person import Role
from kirin_video.services.people import make_people
from kirin_video.store.database import Database


@pytest.fixture(scope="module")
def site(new_site: Callable[[], Site]) -> Site:
    site = new_site()
    site.claim()
    site.add_person("viewer", Role.VIEWER)
    site.add_person("member", Role.MEMBER)
    return site


def claim_form(site: Site, login: str) -> dict[str, str]:
    return {"token": site.claim_token, "name": "Somebody", "login": login, "password": PASSWORD}


def test_a_new_console_is_claimed_once_by_whoever_has_its_token(new_site: Callable[[], Site]) -> None:
    site = new_site()
    with site.browserlike() as client:
        assert client.get("/console/claim").status_code == 403
        assert client.get("/console/claim?token=guessed").status_code == 403
        wrong = {**claim_form(site, "intruder"), "token": "guessed"}
        assert client.post("/console/claim", data=wrong).status_code == 403
        assert client.get("/console/claim", params={"token": site.claim_token}).status_code == 200
        weak = {**claim_form(site, "mira"), "password": "short"}
        assert client.post("/console/claim", data=weak).status_code == 400

    def race(number: int) -> int:
        with site.browserlike() as racer:
            return racer.post("/console/claim", data=claim_form(site, f"racer-{number}")).status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(race, range(4)))
    assert statuses == [303, 410, 410, 410]
    with site.browserlike() as client:
        assert client.get("/console/claim", params={"token": site.claim_token}).status_code == 410
        assert client.post("/console/claim", data=claim_form(site, "late")).status_code == 410
    with psycopg.connect(site.settings.database_url) as connection:
        assert connection.execute("SELECT count(*), min(role) FROM person").fetchone() == (1, "admin")


def test_the_session_cookie_is_for_our_pages_alone(site: Site) -> None:
    form = {"login": "MEMBER ", "password": PASSWORD}
    with site.browserlike() as client:
        cookie = client.post("/console/sign-in", data=form).headers["set-cookie"].lower()
        assert cookie.startswith(f"{SESSION}=")
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "path=/" in cookie
        assert "domain" not in cookie
    with site.browserlike(**{"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}) as client:
        cookie = client.post("/console/sign-in", data=form).headers["set-cookie"]
        assert cookie.startswith(f"__Host-{SESSION}=")
        assert "Secure" in cookie


def test_a_cookie_never_authenticates_the_api(site: Site) -> None:
    with site.signed_in() as client:
        assert client.get("/console/").status_code == 200
        for path in ("/model/v1/generation/tasks", "/model/v1/usage", "/model/v1/elements"):
            assert client.get(path).status_code == 401
        assert client.post("/model/v1/generation", json={"prompt": "x"}).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_forms_of_other_sites_are_refused(site: Site, headers: dict[str, str]) -> None:
    with site.signed_in("member") as client:
        token = form_token(client.get("/console/me").text)
        form = {"form_token": token, "name": "Renamed"}
        assert client.post("/console/me/name", data=form, headers=headers).status_code == 403
        login = {"login": "member", "password": PASSWORD}
        assert client.post("/console/sign-in", data=login, headers=headers).status_code == 403
        assert client.post("/console/me/name", data=form).status_code == 303


def test_a_form_needs_the_token_of_its_own_session(site: Site) -> None:
    with site.signed_in("member") as client, site.signed_in("member") as other:
        others_token = form_token(other.get("/console/me").text)
        for token in ("", "guessed", others_token):
            form = {"form_token": token, "name": "Renamed"}
            assert client.post("/console/me/name", data=form).status_code == 403
        with site.browserlike() as bare:
            del bare.headers["Origin"]
            del bare.headers["Sec-Fetch-Site"]
            assert bare.post("/console/sign-in", data={"login": "a", "password": "b"}).status_code == 403


def test_sessions_end_at_once(site: Site) -> None:
    with site.signed_in("member") as first, site.signed_in("member") as second:
        assert post(second, "/console/me/sessions/end-others", {}).status_code == 303
        assert first.get("/console/").headers["location"] == "/console/sign-in"
        token = second.cookies[SESSION]
        assert post(second, "/console/sign-out", {}).status_code == 303
        with site.browserlike(Cookie=f"{SESSION}={token}") as thief:
            assert thief.get("/console/").status_code == 303


def test_whoever_is_disabled_or_gets_another_role_is_so_with_the_next_request(site: Site) -> None:
    person = site.add_person("temporary", Role.ADMIN)
    with site.signed_in("temporary") as client, site.signed_in() as admin:
        assert client.get("/console/people").status_code == 200
        post(admin, "/console/people/place", {"person": person, "role": "viewer", "account": "default"})
        assert client.get("/console/people").status_code == 403
        assert client.get("/console/keys").status_code == 200
        post(admin, "/console/people/disable", {"person": person})
        assert client.get("/console/keys").status_code == 303
        with site.browserlike() as again:
            form = {"login": "temporary", "password": PASSWORD}
            assert again.post("/console/sign-in", data=form).status_code == 403


def test_the_only_administrator_stays_one(site: Site) -> None:
    with site.signed_in() as admin:

        async def find(database: Database) -> str:
            everybody = await make_people(database, (site.secret,)).everybody()
            return next(person.id for person in everybody if person.login == ADMINISTRATOR)

        me = site.on_database(find)
        post(admin, "/console/people/disable", {"person": me})
        post(admin, "/console/people/place", {"person": me, "role": "viewer", "account": "default"})
        assert admin.get("/console/people").status_code == 200


def test_guessing_is_slowed_down_and_does_not_lock_out_who_knows(new_site: Callable[[], Site]) -> None:
    site = new_site()
    site.claim()
    with site.browserlike() as client:
        guesses = [
            client.post("/console/sign-in", data={"login": ADMINISTRATOR, "password": f"guess {n}"})
            for n in range(9)
        ]
        assert [guess.status_code for guess in guesses] == [403] * 8 + [429]
        assert int(guesses[-1].headers["retry-after"]) > 60
        right = {"login": ADMINISTRATOR, "password": PASSWORD}
        assert client.post("/console/sign-in", data=right).status_code == 429
    with site.browserlike(**{"X-Forwarded-For": "203.0.113.77"}) as elsewhere:
        assert elsewhere.post("/console/sign-in", data=right).status_code == 303


def test_every_page_asks_who_one_is_and_what_one_may(site: Site) -> None:
    """Nothing of the console but its front is seen by strangers; nothing of its administration by viewers."""
    open_paths = {"/claim", "/join", "/sign-in", "/preferences", "/static/{version}/{path:path}"}
    open_paths |= {f"/shared/{{token}}{file}" for file in ("", "/clip.mp4", "/poster.webp")}
    seen = {
        "/tasks",
        "/compare",
        "/",
        "/keys",
        "/callbacks",
        "/usage",
        "/usage/table.csv",
        "/usage/books",
        "/elements",
        "/me",
    }
    missing = {"/callbacks/{delivery}", "/elements/{element}"}
    missing |= {f"/tasks/{{task}}{part}" for part in ("", "/events", "/preview", "/poster")}
    own = {"/me/name", "/me/password", "/me/sessions/end", "/me/sessions/end-others"}
    with site.browserlike() as stranger, site.signed_in("viewer") as viewer:
        token = form_token(viewer.get("/console/me").text)
        tried: set[str] = set()
        for route in console_application().routes:
            assert isinstance(route, Route)
            [method] = (route.methods or set()) - {"HEAD"}
            if route.path in open_paths:
                continue
            url = f"/console{route.path}".replace("{", "").replace("}", "")
            form = {"form_token": token}
            assert stranger.request(method, url, data=form).status_code in (303, 401), url
            if route.path == "/sign-out":
                continue
            answer = viewer.request(method, url, data=form, headers={"X-Kirin-Form": token})
            expected = (303, 400) if route.path in own else (404,) if route.path in missing else (403,)
            if method == "GET" and route.path in seen:
                expected = (200,)
            assert answer.status_code in expected, url
            tried.add(route.path)
        assert tried > seen | missing | own


def test_invitations_are_used_once(site: Site) -> None:
    with site.signed_in() as admin:
        form = {"note": "Li", "role": "member", "account": "default"}
        made = post(admin, "/console/people/invite", form)
        token = made.text.split("/console/join?token=")[1].split("<")[0]
    chosen = {"token": token, "name": "Li", "login": "li", "password": PASSWORD}
    with site.browserlike() as client:
        assert client.get("/console/join?token=guessed").status_code == 404
        assert client.get(invite_path(token)).status_code == 200
        assert client.post("/console/join", data={**chosen, "login": "MIRA@example.com"}).status_code == 400
        assert client.post("/console/join", data=chosen).status_code == 303
        assert client.get("/console/").status_code == 200
        assert client.post("/console/join", data={**chosen, "login": "another"}).status_code == 410


def test_the_database_holds_no_token_and_no_password(site: Site) -> None:
    with site.signed_in() as client:
        made = post(client, "/console/people/invite", {"note": "x", "role": "viewer", "account": "default"})
        invited = made.text.split("/console/join?token=")[1].split("<")[0]
        issued = post(client, "/console/keys", {"name": "k", "scope": "read", "lifetime": "never"}).text
        key = issued.split("<code data-copy>")[1].split("<")[0]
        secrets = [client.cookies[SESSION], site.claim_token, invited, key, PASSWORD]
    with psycopg.connect(site.settings.database_url) as connection:
        tables = ("person", "credential", "session", "invite", "console_claim", "sign_in_window", "api_key")
        dump = json.dumps(
            [connection.execute(f"SELECT row_to_json(t)::text FROM {table} t").fetchall() for table in tables]  # pyright: ignore[reportArgumentType, reportCallIssue]
        )
    assert "argon2id" in dump
    assert not [secret for secret in secrets if secret in dump]


def test_markup_in_names_is_inert(site: Site) -> None:
    name = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    with site.signed_in() as client:
        post(client, "/console/keys", {"name": name, "scope": "read", "lifetime": "never"})
        answer = client.get("/console/keys")
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_a_key_of_another_account_is_nobodys_business(site: Site) -> None:
    with site.signed_in() as admin:
        post(admin, "/console/accounts", {"name": "film-team"})
        post(admin, "/console/account", {"account": "film-team"})
        post(admin, "/console/keys", {"name": "theirs", "scope": "read", "lifetime": "never"})
        keys = admin.get("/console/keys").text
        assert "theirs" in keys
        theirs = keys.split('name="key" value="')[1].split('"')[0]
    with site.signed_in("member") as member:
        assert post(member, "/console/keys/revoke", {"key": theirs}).status_code == 404
        assert post(member, "/console/keys/rotate", {"key": theirs, "overlap": "1h"}).status_code == 404
        assert "theirs" not in member.get("/console/keys").text
        admin_key = {"name": "k", "scope": "admin", "lifetime": "never"}
        assert post(member, "/console/keys", admin_key).status_code == 403


def test_programs_find_nothing_new_at_the_bare_address(site: Site) -> None:
    with httpx2.Client(base_url=site.base_url, trust_env=False) as client:
        assert client.get("/").status_code == 404
        assert client.get("/", headers={"Accept": "text/html"}).headers["location"] == "/console/"
