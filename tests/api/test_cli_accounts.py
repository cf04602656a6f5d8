"""``kirin accounts`` and ``kirin keys`` as processes of their own, on the database of a running server."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import httpx2
import pytest

from kirin_video.settings import Settings

CREATE = "/model/v1/generation"
TEXT = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}
KEY = re.compile(r"kirin_[0-9A-Za-z]{38}\n")


class Server(Protocol):
    @property
    def base_url(self) -> str: ...
    @property
    def settings(self) -> Settings: ...


Kirin = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def kirin(server: Server, tmp_path: Path) -> Kirin:
    clean = {name: text for name, text in os.environ.items() if not name.startswith(("KIRIN_", "DATABASE_"))}
    access = {
        "DATABASE_URL": server.settings.database_url,
        "KIRIN_SECRET_KEY": server.settings.secret_key.get_secret_value(),
    }

    def run(*words: str, exit_code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "kirin_video.cli", *words, "--data-dir", str(tmp_path)],
            env={**clean, **access, "COLUMNS": "200"},
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == exit_code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture
def name() -> str:
    return f"team-{secrets.token_hex(4)}"


def status(server: Server, key: str, method: str = "GET") -> int:
    headers = {"Authorization": f"Bearer {key.strip()}"}
    path, body = (f"{CREATE}/task/none", None) if method == "GET" else (CREATE, TEXT)
    with httpx2.Client(base_url=server.base_url, trust_env=False, timeout=30) as http:
        return http.request(method, path, json=body, headers=headers).status_code


def test_an_account_and_the_life_of_its_keys(server: Server, kirin: Kirin, name: str) -> None:
    made = kirin("accounts", "create", name, "--creates-per-minute", "2")
    assert f"kirin keys create --account {name} --name NAME" in made.stdout
    old = kirin("keys", "create", "--account", name, "--name", "a bot", "--scope", "generate").stdout
    assert KEY.fullmatch(old)
    assert (status(server, old), status(server, old, "POST")) == (403, 200)

    [listed] = json.loads(kirin("keys", "list", "--account", name, "--json").stdout)
    assert listed["prefix"] == old[:12]
    assert (listed["name"], listed["scopes"], listed["state"]) == ("a bot", ["generate"], "active")
    assert listed["last_used_at"].endswith("Z")
    assert (listed["expires_at"], listed["revoked_at"]) == (None, None)
    assert old.strip() not in json.dumps(listed)

    new = kirin("keys", "rotate", listed["id"], "--overlap", "1h", "--expires", "30d").stdout
    assert KEY.fullmatch(new)
    assert [status(server, key, "POST") for key in (new, old)] == [200, 429], "both are good; two a minute"
    table = kirin("keys", "list", "--account", name).stdout.splitlines()
    assert table[0].split()[:5] == ["ID", "KEY", "ACCOUNT", "NAME", "SCOPES"]
    assert [line.split()[1] for line in table[1:]] == [f"{old[:12]}...", f"{new[:12]}..."]

    said = kirin("keys", "revoke", listed["id"]).stdout
    assert said == f'Key {listed["id"]} ("a bot" of {name}) is revoked.\n'
    kirin("keys", "revoke", listed["id"])
    assert status(server, old) == 401
    states = [key["state"] for key in json.loads(kirin("keys", "list", "--account", name, "--json").stdout)]
    assert states == ["revoked", "active"]


def test_limits_are_shown_and_changed_one_by_one(kirin: Kirin, name: str) -> None:
    def limits() -> list[int | None]:
        accounts = {each["id"]: each for each in json.loads(kirin("accounts", "list", "--json").stdout)}
        found = accounts[name]["limits"]
        names = ("creates_per_minute", "reads_per_minute", "unfinished_tasks", "running_tasks", "priority")
        assert set(found) == set(names)
        return [found[each] for each in names]

    kirin("accounts", "create", name, "--unfinished-tasks", "5", "--creates-per-minute", "0")
    assert limits() == [0, None, 5, None, 0]
    kirin("accounts", "limit", name, "--reads-per-minute", "600", "--unfinished-tasks", "default")
    kirin("accounts", "limit", name, "--running-tasks", "2", "--priority", "-10")
    assert limits() == [0, 600, None, 2, -10]
    table = [line.split() for line in kirin("accounts", "list").stdout.splitlines()]
    assert table[0][0] == "ACCOUNT"
    [shown] = [line for line in table if line[0] == name]
    assert shown[-9:] == ["0", "0", "default", "2", "-10", "any", "600", "any", "0%"]


def test_a_budget_holds_from_the_command_on(server: Server, kirin: Kirin, name: str) -> None:
    kirin("accounts", "create", name)
    key = kirin("keys", "create", "--account", name, "--name", "a").stdout
    assert kirin("accounts", "budget", name).stdout.endswith("no budget: it may spend as much as it likes.\n")
    said = kirin("accounts", "budget", name, "--set", "$0.50").stdout
    assert said == f"Account {name} may spend $0.50.\n"
    assert [status(server, key, "POST") for _ in range(2)] == [402, 402], "pro: 0.56"
    assert kirin("accounts", "budget", name, "--add", "0.07").stdout.endswith("may spend $0.57.\n")
    assert [status(server, key, "POST") for _ in range(2)] == [200, 402]
    assert kirin("accounts", "budget", name, "--add=-0.01").stdout.endswith("may spend $0.00.\n")
    accounts = {each["id"]: each for each in json.loads(kirin("accounts", "list", "--json").stdout)}
    assert (accounts[name]["budget_left"], accounts["default"]["budget_left"]) == ("0.00", None)
    kirin("accounts", "budget", name, "--none")
    assert status(server, key, "POST") == 200


def test_discounts_are_given_and_remembered(server: Server, kirin: Kirin, name: str) -> None:
    kirin("accounts", "create", name)
    key = kirin("keys", "create", "--account", name, "--name", "a").stdout
    assert "pays 50% less than list prices from now on" in kirin("accounts", "discount", name, "50").stdout
    kirin("accounts", "discount", name, "12.5%", "--from", "2099-01-01")
    shown = [line.split() for line in kirin("accounts", "discount", name).stdout.splitlines()]
    assert shown[0] == ["FROM", "PERCENT", "GIVEN"]
    assert [line[2] for line in shown[1:]] == ["50", "12.5"]
    headers = {"Authorization": f"Bearer {key.strip()}"}
    with httpx2.Client(base_url=server.base_url, trust_env=False, timeout=30) as http:
        quoted = http.post(f"{CREATE}/quote", json=TEXT, headers=headers).json()
    assert (quoted["cost"], quoted["discount"]) == ("0.28", 0.28)


def test_price_lists_wait_for_their_time(kirin: Kirin) -> None:
    named = ("--std", "0.1", "--pro", "0.2", "--std-video", "0.3", "--pro-video", "0.4")
    first = json.loads(kirin("prices", "set", *named, "--from", "2098-01-01", "--json").stdout)
    assert first["valid_from"] == "2098-01-01T00:00:00Z"
    said = kirin("prices", "set", "--pro", "0.25", "--from", "2099-01-01T01:00+01:00").stdout
    assert "holds from 2099-01-01 00:00 UTC on: std $0.10, pro $0.25, with footage std $0.30" in said
    table = kirin("prices", "list").stdout.splitlines()
    assert table[-1] == "The server's settings are in force."
    assert table[-2].split()[3:7] == ["0.10", "0.25", "0.30", "0.40"]
    assert [each["in_force"] for each in json.loads(kirin("prices", "list", "--json").stdout)] == [False] * 2


def test_a_made_key_comes_as_json_too(kirin: Kirin) -> None:
    words = ("keys", "create", "--name", "ci", "--scope", "read", "--scope", "admin", "--expires", "24h")
    made = json.loads(kirin(*words, "--json").stdout)
    assert KEY.fullmatch(made["key"] + "\n")
    assert (made["account"], made["scopes"], made["state"]) == ("default", ["admin", "read"], "active")
    assert made["expires_at"] > made["created_at"]
    again = json.loads(kirin("keys", "rotate", made["id"], "--json").stdout)
    assert (again["name"], again["scopes"]) == ("ci", ["admin", "read"])


def test_what_a_key_may_spend(server: Server, kirin: Kirin, name: str) -> None:
    kirin("accounts", "create", name)
    words = ("keys", "create", "--account", name, "--name", "intern", "--spend-cap", "0.50")
    made = json.loads(kirin(*words, "--json").stdout)
    cap = {"amount": "0.50", "period": "month", "spent": "0.00", "held": "0.00", "left": "0.50"}
    assert {**made["spend_cap"], "begins_anew_at": None} == {**cap, "begins_anew_at": None}
    headers = {"Authorization": f"Bearer {made['key']}"}
    with httpx2.Client(base_url=server.base_url, trust_env=False, timeout=30) as http:
        body = {**TEXT, "mode": "std"}
        answers = [http.post(CREATE, json=body, headers=headers) for _ in range(2)]
        quoted = http.post(f"{CREATE}/quote", json=body, headers=headers).json()
    assert [answer.status_code for answer in answers] == [200, 402]
    refusal = answers[1].json()["error"]
    assert refusal["code"] == "000000402"
    used = "spend cap of $0.50 a month has $0.08 left: $0.00 is spent and $0.42 is held"
    assert used in refusal["error_message"]
    assert (quoted["cap_left"], quoted["notes"][-1].partition(";")[0]) == (
        "0.08",
        refusal["error_message"].partition(";")[0],
    )
    assert "$0.42 of $0.50 a month" in kirin("keys", "list", "--account", name).stdout
    said = kirin("keys", "cap", made["id"], "--set", "1.26", "--period", "total").stdout
    assert "has used $0.42 of $1.26 in all, $0.42 of it held" in said
    assert status(server, made["key"], "POST") == 200
    assert json.loads(kirin("keys", "cap", made["id"], "--json").stdout)["spend_cap"]["held"] == "0.98"
    assert "no spend cap" in kirin("keys", "cap", made["id"], "--none").stdout


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (("accounts", "create", "Film Team"), 2, "lowercase letters"),
        (("accounts", "create", "default"), 1, 'an account "default" already'),
        (("accounts", "create", "x1", "--creates-per-minute", "many"), 2, '--creates-per-minute is "many"'),
        (("accounts", "limit", "default", "--priority", "101"), 2, "from -100 to 100"),
        (("accounts", "limit", "default"), 2, "Which limit?"),
        (("accounts", "budget", "nobody", "--set", "1"), 1, 'no account "nobody"'),
        (("accounts", "budget", "default", "--set", "a lot"), 2, '--set is "a lot"'),
        (("accounts", "budget", "default", "--set", "1", "--none"), 2, "one of --set, --add and --none"),
        (("accounts", "budget", "default", "--add", "1"), 1, "set one first"),
        (("accounts", "discount", "default", "101"), 2, "0 to 100"),
        (("accounts", "discount", "default", "5", "--from", "2020-01-01"), 1, "past"),
        (("prices", "set"), 2, "--std, --pro, --std-video, --pro-video"),
        (("prices", "set", "--std", "1", "--from", "tomorrow"), 2, '--from is "tomorrow"'),
        (("accounts", "limit", "nobody", "--unfinished-tasks", "1"), 1, 'no account "nobody"'),
        (("keys", "create", "--name", "a", "--account", "nobody"), 1, "kirin accounts create nobody"),
        (("keys", "create", "--name", "a", "--scope", "write"), 2, "'write'"),
        (("keys", "create", "--name", "a", "--expires", "soon"), 2, "24h, 30d"),
        (("keys", "create", "--name", "a", "--spend-cap", "much"), 2, '--spend-cap is "much"'),
        (("keys", "create", "--name", "a", "--cap-period", "month"), 2, "goes with --spend-cap"),
        (("keys", "cap", "0" * 16), 1, "kirin keys list"),
        (("keys", "cap", "0" * 16, "--set", "1", "--none"), 2, "either --set or --none"),
        (("keys", "rotate", "0" * 16), 1, "kirin keys list"),
        (("keys", "revoke", "kirin_" + "a" * 38), 1, "keep the key to yourself"),
    ],
)
def test_mistakes_say_what_to_do(kirin: Kirin, words: tuple[str, ...], exit_code: int, said: str) -> None:
    done = kirin(*words, exit_code=exit_code)
    assert said in done.stderr
    assert done.stdout == ""
