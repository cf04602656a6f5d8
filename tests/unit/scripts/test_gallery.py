"""The gallery's cases: each is a request that the API takes, of material that is there."""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

from kirin_video.domain.request import parse_request

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"


@pytest.fixture(scope="module", autouse=True)
def beside_the_scripts() -> None:
    sys.path.append(str(SCRIPTS))


def module(name: str) -> ModuleType:
    return importlib.import_module(name)


def test_every_case_is_a_request_that_the_api_takes() -> None:
    making = module("gallery_making")
    for case in module("gallery_cases").read_cases():
        request = parse_request(making.request_body(case, case.duration or 5))
        assert request.prompt == case.prompt
        assert len(request.image_list) == len(case.image_list)
        assert len(request.element_list) == len(case.element_list)
        assert not request.notes, case.name


def test_everything_that_cases_name_is_there() -> None:
    cases, material = module("gallery_cases"), module("gallery_cases").read_material()
    for case in cases.read_cases():
        assert {entry.image for entry in case.image_list} <= set(material.pictures), case.name
        assert {entry.video_url for entry in case.video_list} <= set(material.films), case.name
        assert set(case.element_list) <= set(material.elements), case.name
    for name, element in material.elements.items():
        assert set(element.pictures) <= set(material.pictures), name
    for name, row in material.pictures.items():
        assert sum(x is not None for x in (row.file, row.of, row.film, row.drawn)) == 1, name
        assert row.of is None or row.of in material.pictures, name
        assert row.film is None or row.film in material.films, name
    for name, row in material.films.items():
        assert sum(map(bool, (row.file, row.prompt, row.photo, row.keyed, row.cuts))) == 1, name
        assert set(row.cuts) <= set(material.films), name


def test_every_kind_of_request_has_its_cases() -> None:
    count = Counter(case.topic for case in module("gallery_cases").read_cases() if not case.bare)
    asked = {
        "first-frame": 10,
        "first-and-last": 6,
        "references": 10,
        "beside-a-first-frame": 3,
        "feature": 6,
    }
    assert all(count[topic] >= least for topic, least in {**asked, "edits": 16}.items())


def test_a_packaged_picture_is_found_without_importing_its_package() -> None:
    pictures = module("gallery_pictures")
    for name, row in module("gallery_cases").read_material().pictures.items():
        if row.file is not None:
            assert pictures.packaged(row.file).is_file(), name
    with pytest.raises(FileNotFoundError, match="no installed package ships"):
        pictures.packaged("nowhere/to/be.png")


def test_a_click_sounds_each_second_left_and_right_in_turn() -> None:
    rate = module("gallery_films").RATE
    track = module("gallery_films").clicking(3.0)
    heard = [(np.flatnonzero(side)[[0, -1]] / rate).round(2).tolist() for side in track]
    assert track.shape == (2, 3 * rate)
    assert heard == [[0.0, 2.02], [1.0, 1.02]]


def test_a_card_shows_material_prompt_and_notes_or_the_failure(tmp_path: Path) -> None:
    page, cases = module("gallery_page"), module("gallery_cases")
    case = next(c for c in cases.read_cases() if c.video_list)
    asked = (640, 360, 5, 7)
    made = page.Piece(case, asked, shown=(page.Shown("base", "inputs/a.mp4"),), notes=("A <note>.",))
    lost = page.Piece(case, asked, failure="TaskFailure: no & never")
    page.write_page([made, lost], tmp_path / "index.html")
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert '<video class="before" src="inputs/a.mp4"' in html
    assert "A &lt;note&gt;." in html
    assert "Failed: TaskFailure: no &amp; never" in html
    assert html.count('<video class="result"') == 1


def test_before_stands_above_after(tmp_path: Path) -> None:
    films, sheets = module("gallery_films"), module("gallery_sheets")
    red, blue = (np.full((720, 1280, 3), rgb, np.uint8) for rgb in ((220, 20, 20), (20, 20, 220)))
    films.write_film([red] * 6, tmp_path / "before.mp4")
    films.write_film([blue] * 6, tmp_path / "after.mp4")
    sheets.write_comparison(
        [("base", tmp_path / "before.mp4")], tmp_path / "after.mp4", tmp_path / "sheet.png"
    )
    sheet = np.asarray(Image.open(tmp_path / "sheet.png"), int)
    upper, lower = sheet[: len(sheet) // 2].mean((0, 1)), sheet[len(sheet) // 2 :].mean((0, 1))
    assert upper[0] > upper[2] + 100
    assert lower[2] > lower[0] + 100
