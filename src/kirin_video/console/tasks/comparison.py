"""Two tasks beside each other: what is the same about them and what differs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from kirin_video.console.formats import money, seconds
from kirin_video.console.tasks.request_view import plain_words
from kirin_video.domain.element_request import ElementRequest
from kirin_video.domain.gallery import material_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kirin_video.console.language import Catalogue
    from kirin_video.domain.task import Task

# Chinese and Japanese are written without spaces: each of their characters is a word here.
_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a prompt.

    Attributes:
        text: the words.
        is_own: whether the other prompt has them not.
    """

    text: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter or fact of two tasks.

    Attributes:
        name: what it is, in words.
        left: of the one; empty where it has none.
        right: of the other.
    """

    name: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Whether it is not the same of both."""
        return self.left != self.right


def compared_words(left: Task, right: Task) -> tuple[Sequence[Stretch], Sequence[Stretch]]:
    """Two prompts, with what each has by itself."""
    one, other = (_WORD.findall(plain_words(task.request)) for task in (left, right))
    lefts: list[Stretch] = []
    rights: list[Stretch] = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        # A space between two words that differ is no agreement.
        is_own = kind != "equal" or (a > 0 and not "".join(one[a:b]).strip())
        _lay(lefts, "".join(one[a:b]), is_own=is_own)
        _lay(rights, "".join(other[c:d]), is_own=is_own)
    return lefts, rights


def _lay(stretches: list[Stretch], text: str, *, is_own: bool) -> None:
    """Add to what is there, as one stretch with the last one where they are alike."""
    if stretches and stretches[-1].is_own == is_own:
        text = stretches.pop().text + text
    if text:
        stretches.append(Stretch(text, is_own))


def compared(left: Task, right: Task, text: Catalogue) -> list[Row]:
    """Everything else that is known of two tasks, each as a row; what neither has is left out."""
    rows = [Row(text(f"fact.{name}"), read(left, text), read(right, text)) for name, read in _FACTS.items()]
    return [row for row in rows if row.left or row.right]


def fact(task: Task, name: str, text: Catalogue) -> str:
    """One fact of a task in words; empty if it has none of that name."""
    return _FACTS[name](task, text)


def _known(task: Task, name: str) -> str:
    value = task.metadata.get(name)
    return "" if value is None else str(value)


def _material(task: Task, text: Catalogue) -> str:
    return text(f"kind.{material_of(task.request)}")


def _mode(task: Task, text: Catalogue) -> str:
    return "" if isinstance(task.request, ElementRequest) else text(f"mode.{task.request.mode}")


def _ratio(task: Task, _: Catalogue) -> str:
    request = task.request
    return (
        "" if isinstance(request, ElementRequest) or not request.aspect_ratio else request.aspect_ratio.value
    )


def _length(task: Task, _: Catalogue) -> str:
    made_s = getattr(task.output, "duration_s", None)
    if made_s is not None:
        return seconds(made_s)
    request = task.request
    return "" if isinstance(request, ElementRequest) or request.base else seconds(request.duration_s)


def _size(task: Task, _: Catalogue) -> str:
    width, height = _known(task, "width"), _known(task, "height")
    return f"{width} \N{MULTIPLICATION SIGN} {height}" if width and height else ""


def _watermark(task: Task, text: Catalogue) -> str:
    if isinstance(task.request, ElementRequest):
        return ""
    return text("task.yes" if task.request.watermark else "task.no")


def _references(task: Task, text: Catalogue) -> str:
    request = task.request
    if isinstance(request, ElementRequest):
        return text("task.pictures", count=len(request.pictures))
    told = [
        text(name, count=len(given))
        for name, given in (
            ("task.pictures", request.image_list),
            ("task.footage", request.video_list),
            ("task.elements", request.element_list),
        )
        if given
    ]
    return text("list.comma").join(told)


def _cost(task: Task, _: Catalogue) -> str:
    return money(task.price.cost) if task.status == "completed" else ""


def _took(task: Task, _: Catalogue) -> str:
    if task.started_at is None or task.finished_at is None:
        return ""
    return seconds((task.finished_at - task.started_at).total_seconds())


def _notes(task: Task, text: Catalogue) -> str:
    notes = task.metadata.get("notes")
    return text("task.note_count", count=len(notes)) if isinstance(notes, list) and notes else ""


_FACTS: Final[Mapping[str, Callable[[Task, Catalogue], str]]] = {
    "status": lambda task, text: text(f"status.{task.status}"),
    "material": _material,
    "mode": _mode,
    "ratio": _ratio,
    "length": _length,
    "size": _size,
    "fps": lambda task, _: _known(task, "fps"),
    "frames": lambda task, _: _known(task, "num_frames"),
    "seed": lambda task, _: "" if isinstance(task.request, ElementRequest) else str(task.seed),
    "references": _references,
    "watermark": _watermark,
    "engine": lambda task, _: _known(task, "engine"),
    "notes": _notes,
    "cost": _cost,
    "took": _took,
    "external": lambda task, _: task.external_id or "",
}
