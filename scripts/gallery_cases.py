"""What the gallery shows: prompts alone (gallery.toml), and prompts with material (gallery_material.toml).

A case with material has the parameters of the API's request under their own names; where a request has a URL
or an id, it has the name of a picture, a film or an element of the tables at the end of the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

WORDS = Path(__file__).with_name("gallery.toml")
MATERIAL = Path(__file__).with_name("gallery_material.toml")
_TABLES = frozenset({"pictures", "films", "elements"})


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ImageEntry(_Row):
    """An entry of ``image_list``; ``image`` names a picture."""

    image: str
    type: Literal["first_frame", "end_frame"] | None = None


class VideoEntry(_Row):
    """An entry of ``video_list``; ``video_url`` names a film."""

    video_url: str
    refer_type: Literal["base", "feature"] = "base"
    keep_original_sound: Literal["yes", "no"] = "no"


class Case(_Row):
    """One clip to make.

    Attributes:
        topic: the heading it stands under.
        name: of its files; unique.
        prompt: what is asked for.
        image_list: pictures with their roles.
        video_list: footage.
        element_list: names of elements.
        aspect_ratio: of clips that take their shape from nothing else.
        duration: seconds; None takes the gallery's own.
    """

    topic: str
    name: str
    prompt: str
    image_list: tuple[ImageEntry, ...] = ()
    video_list: tuple[VideoEntry, ...] = ()
    element_list: tuple[str, ...] = ()
    aspect_ratio: Literal["16:9", "9:16", "1:1"] = "16:9"
    duration: int | None = None

    @property
    def bare(self) -> bool:
        """Whether it has words alone."""
        return not (self.image_list or self.video_list or self.element_list)


class PictureRow(_Row):
    """Where a picture comes from: exactly one of ``file``, ``of``, ``film`` and ``drawn``.

    Attributes:
        file: a file inside an installed package, such as ``skimage/data/coffee.png``.
        of: another picture.
        film: a film, whose frame at ``at_s`` it is.
        drawn: the name of a drawing of our own.
        at_s: the moment of ``film``; counted from its end where negative.
        crop: left, top, right and bottom as shares of the sides.
        graded: what is done to its light.
        mirrored: whether left and right change places.
    """

    file: str | None = None
    of: str | None = None
    film: str | None = None
    drawn: str | None = None
    at_s: float = 0.0
    crop: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    graded: Literal["night", "sunset"] | None = None
    mirrored: bool = False


class FilmRow(_Row):
    """Where a film comes from: exactly one of ``file``, ``prompt``, ``photo``, ``keyed`` and ``cuts``.

    Attributes:
        file: a film inside an installed package, as it is, or from ``from_s`` to ``to_s`` if these are told.
        prompt: what our own engine shows in it.
        photo: a picture that a camera moves over.
        keyed: a picture whose subject sways before a green screen.
        cuts: films shown one after the other, ``seconds`` each.
        from_s: start within ``file``.
        to_s: end within ``file``.
        path: where ``photo`` is filmed, as points of (x, y, width), shares of the picture, evenly in time.
        seconds: how long it is; of each of ``cuts``.
        clicks: whether it gets a stereo sound track that clicks once a second, left and right in turn.
    """

    file: str | None = None
    prompt: str | None = None
    photo: str | None = None
    keyed: str | None = None
    cuts: tuple[str, ...] = ()
    from_s: float = 0.0
    to_s: float | None = None
    path: tuple[tuple[float, float, float], ...] = ()
    seconds: float = 3.0
    clicks: bool = False


class ElementRow(_Row):
    """A subject of the library: its name, what is said of it, and the names of its pictures."""

    name: str
    description: str
    pictures: tuple[str, ...]


class Material(_Row):
    """Everything that cases name."""

    pictures: Mapping[str, PictureRow]
    films: Mapping[str, FilmRow]
    elements: Mapping[str, ElementRow]


def read_material(path: Path = MATERIAL) -> Material:
    """The tables of pictures, films and elements."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Material.model_validate({name: table[name] for name in _TABLES})


def read_cases(paths: Sequence[Path] = (WORDS, MATERIAL)) -> list[Case]:
    """All cases in the files' order.

    Raises:
        ValueError: two have the same name.
    """
    cases = [case for path in paths for case in _cases(path)]
    if len({case.name for case in cases}) < len(cases):
        raise ValueError("two cases have the same name")
    return cases


def _cases(path: Path) -> Iterator[Case]:
    for topic, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if topic in _TABLES:
            continue
        for name, row in rows.items():
            asked = {"prompt": row} if isinstance(row, str) else row
            yield Case.model_validate({"topic": topic, "name": name, **asked})


def chosen(cases: Sequence[Case], words: Sequence[str]) -> list[Case]:
    """Those of a topic, or with a word in their name or prompt; all of them without words."""
    return [
        case
        for case in cases
        if not words
        or any(w == case.topic or w in case.name or w.casefold() in case.prompt.casefold() for w in words)
    ]
