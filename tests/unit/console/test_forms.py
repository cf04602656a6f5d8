import pytest
from starlette.requests import Request
from starlette.responses import Response

from kirin_video.console.cookies import Flash, read_flash, set_flash
from kirin_video.console.formats import browser, money, seconds, size
from kirin_video.console.forms import _parse
from kirin_video.console.paths import own_path
from kirin_video.domain.errors import MalformedBody
from kirin_video.domain.person import CredentialProblem, password_problem


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/console/",
        "//elsewhere.example/console/",
        "/files/x",
        "",
        "/consoles",
        "/console/\\x",
    ],
)
def test_nobody_is_sent_elsewhere(elsewhere: str) -> None:
    assert own_path(elsewhere) == "/console/"
    assert own_path("/console/keys?all") == "/console/keys?all"


@pytest.mark.parametrize("body", [b"a=%00", b"a=%ff", b"a=%ed%a0%80", b"\xff", b"&".join([b"a=1"] * 300)])
def test_what_is_no_form_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedBody):
        _parse(body)


def test_fields_are_read_as_they_were_sent() -> None:
    form = _parse(b"name=+Li+&password=+a+b+&scope=read&scope=generate&text=a%0D%0Ab")
    assert (form.text("name"), form.raw("password"), form.text("nothing")) == ("Li", " a b ", "")
    assert form.all("scope") == ["read", "generate"]
    assert form.text("text") == "a\nb"


@pytest.mark.parametrize("cookie", ["", "x", "bnVsbA", "W10", "WyJhIiwgMSwgMl0", "W1tbW1tb"])
def test_a_forged_message_is_none(cookie: str) -> None:
    request = Request({"type": "http", "headers": [(b"cookie", f"kirin_flash={cookie}".encode())]})
    assert read_flash(request, https=False) is None


def test_a_message_arrives_as_it_was_left() -> None:
    response = Response()
    set_flash(response, Flash("welcome", {"name": "李 <娜>"}), https=False)
    cookie = response.headers["set-cookie"].partition(";")[0].encode()
    found = read_flash(Request({"type": "http", "headers": [(b"cookie", cookie)]}), https=False)
    assert found == Flash("welcome", {"name": "李 <娜>"})


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("a quiet lake at dusk", None),
        ("short", CredentialProblem.PASSWORD_SHORT),
        ("aaaaaaaaaaaaaaaa", CredentialProblem.PASSWORD_EASY),
        ("Mira@Example.com", CredentialProblem.PASSWORD_EASY),
        ("ab cd ef " * 50, CredentialProblem.PASSWORD_LONG),
    ],
)
def test_passwords_are_long_and_not_the_login(password: str, problem: CredentialProblem | None) -> None:
    assert password_problem(password, "mira@example.com") is problem


def test_figures_read_well() -> None:
    assert [money(micro) for micro in (0, 560_000, -1_204_560_000)] == ["$0.00", "$0.56", "-$1,204.56"]
    assert [size(count) for count in (0, 1023, 1024, 3 << 30)] == ["0 B", "1023 B", "1.0 KiB", "3.0 GiB"]
    assert [seconds(value) for value in (4.25, 90, 7200, 172_800)] == ["4.2 s", "1.5 min", "2 h", "2 d"]
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari"
    assert browser(agent) == "Chrome 156, Linux"
