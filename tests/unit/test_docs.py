import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from kirin_video.cli import command_line
from kirin_video.domain.wire_faults import WIRE_FAULTS

ROOT = Path(__file__).resolve().parents[2]
PAGES = {page.name: page.read_text() for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]}
EVERYTHING = "\n".join(PAGES.values())


def test_tables_made_from_code_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "write_docs.py", "--check"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("fault", list(WIRE_FAULTS))
def test_every_error_code_is_documented_with_its_status(fault: str) -> None:
    wire = WIRE_FAULTS[fault]
    rows = re.findall(rf"^\| `{wire.code}` \|(.*)\|$", PAGES["api.md"], re.MULTILINE)
    assert len(rows) == 1
    assert wire.status == 500 or rows[0].strip().startswith(str(wire.status))


def flags() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def walk(command: object, path: str) -> None:
        for name, inner in getattr(command, "commands", {}).items():
            if not inner.hidden:
                walk(inner, f"{path} {name}")
        if not hasattr(command, "commands"):
            found.extend(
                (path.strip(), opt)
                for parameter in command.params
                for opt in parameter.opts
                if opt.startswith("--") and opt != "--help" and not parameter.hidden
            )

    walk(get_command(command_line()), "kirin")
    return found


@pytest.mark.parametrize(("command", "flag"), flags())
def test_every_flag_is_documented(command: str, flag: str) -> None:
    assert command in EVERYTHING
    assert flag in EVERYTHING


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    base = ROOT if page == "README.md" else ROOT / "docs"
    for target in re.findall(r"\]\((?!http)([^)#]+)", PAGES[page]):
        assert (base / target).exists(), f"{page} links to {target}"


@pytest.mark.parametrize("page", ["architecture.md"])
def test_the_map_names_modules_that_exist(page: str) -> None:
    names = re.findall(r"`((?:[a-z_]+/)+(?:[a-z_]+\.py)?|[a-z_]+\.py)`", PAGES[page])
    package = ROOT / "src" / "kirin_video"
    missing = [
        n
        for n in names
        if not (
            (package / n).exists() or (package / "engines" / "previs" / n).exists() or (ROOT / n).exists()
        )
    ]
    assert missing == []
