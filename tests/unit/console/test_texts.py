import re
from pathlib import Path

import pytest

import kirin_video.console
from kirin_video.console.language import preferred, read_catalogues

FOLDER = Path(kirin_video.console.__file__).parent
CATALOGUES = read_catalogues()
SOURCES = {
    path: path.read_text()
    for path in [*FOLDER.rglob("*.html"), *FOLDER.rglob("*.py")]
    if path.name != "language.py"
}
WHOLE = re.compile(r"""(?:\bt|\.text|\btext)\(\s*f?["']([a-z0-9_]+\.[a-z0-9_.]+)["'](?!\s*~)""")
BEGUN = re.compile(r"""(?:\bt\(\s*|\btext\(\s*f?)["']([a-z0-9_]+\.[a-z0-9_.]*?)(?:["']\s*~|\{)""")
FLASHES = re.compile(r'redirect\((?:f?"[^"]*"|\w+),\s*"([a-z_]+)"')


def plain(names: set[str]) -> set[str]:
    """Names without the forms that depend on a count."""
    return {re.sub(r"\.(one|other)$", "", name) for name in names}


def test_every_language_says_the_same_things() -> None:
    english = plain(set(CATALOGUES["en"].texts))
    for catalogue in CATALOGUES.values():
        assert plain(set(catalogue.texts)) == english
        for name, text in catalogue.texts.items():
            assert text.strip(), name
            if name in CATALOGUES["en"].texts:
                braces = r"\{(\w+)\}"
                assert set(re.findall(braces, text)) <= set(re.findall(braces, CATALOGUES["en"].texts[name]))


def test_a_text_with_a_count_has_a_form_for_many() -> None:
    for catalogue in CATALOGUES.values():
        for name in catalogue.texts:
            if name.endswith(".one"):
                assert f"{name.removesuffix('.one')}.other" in catalogue.texts


@pytest.mark.parametrize("path", sorted(SOURCES), ids=lambda path: path.name)
def test_pages_say_only_what_there_is(path: Path) -> None:
    known = plain(set(CATALOGUES["en"].texts))
    assert set(WHOLE.findall(SOURCES[path])) <= known
    assert {f"flash.{name}" for name in FLASHES.findall(SOURCES[path])} <= known
    for begun in BEGUN.findall(SOURCES[path]):
        assert any(name.startswith(begun) for name in known), begun


def test_there_is_nothing_that_no_page_says() -> None:
    everything = "\n".join(SOURCES.values())
    begun = set(BEGUN.findall(everything)) | {"nav.", "flash.", "while.", "problem."}
    said = set(WHOLE.findall(everything)) | set(re.findall(r'"([a-z0-9_]+\.[a-z0-9_.]+)"', everything))
    unsaid = [
        name
        for name in plain(set(CATALOGUES["en"].texts))
        if name not in said and not any(name.startswith(start) for start in begun)
    ]
    assert unsaid == []


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("de-DE,de;q=0.9", "en"),
        ("en;q=0.1,zh;q=0.2", "zh"),
        ("zh;q=x", "zh"),
    ],
)
def test_a_browser_gets_the_language_it_likes_best(header: str, code: str) -> None:
    assert preferred(header) == code
