"""Nothing comes along by default whose licence asks for more than to be named."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    sys.path.append(str(SCRIPTS))
    import licences  # noqa: PLC0415

    return licences


def test_the_base_install_has_free_licences_alone(licences: ModuleType) -> None:
    base = [part for part in licences.parts() if part.extra == "base"]
    assert {"httpx2", "pydantic", "rich", "typer"} <= {part.name for part in base}
    for part in base:
        assert part.licences <= licences.FREE, f"{part.name} is under {part.licence}"
        assert part.name not in licences.BINDING


def test_what_binds_in_the_server_is_known_by_name(licences: ModuleType) -> None:
    binding = {part.name: part.licence for part in licences.parts() if not part.licences <= licences.FREE}
    assert binding == licences.BINDING


def test_of_a_choice_the_free_licence_is_kept_and_of_a_sum_all(licences: ModuleType) -> None:
    chosen = licences.Part("a", "base", "GPL-3.0-only OR MIT")
    summed = licences.Part("b", "base", "MIT AND (GPL-2.0-only OR GPL-3.0-only)")
    assert chosen.licences == {"MIT"}
    assert summed.licences == {"MIT", "GPL-2.0-only"}


def test_what_binds_is_explained(licences: ModuleType) -> None:
    page = (SCRIPTS.parent / "docs" / "licences.md").read_text(encoding="utf-8")
    before_table = page.split("<!-- table", 1)[0]
    for word in ("x264", "x265", "FFmpeg", *licences.BINDING):
        assert word in before_table
