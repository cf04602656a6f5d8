from datetime import UTC, datetime, timedelta

from kirin_video.console.language import read_catalogues
from kirin_video.console.tasks.comparison import compared, compared_words
from kirin_video.console.tasks.progress_view import progress_view
from kirin_video.console.tasks.request_view import (
    pieces_of,
    plain_words,
    references_of,
    request_json,
    short_words,
)
from kirin_video.console.tasks.timeline import timeline
from kirin_video.domain.inputs import ElementInput, ImageInput
from kirin_video.domain.pricing import Price
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.task import Task, TaskStatus
from kirin_video.services.results import LinkResult
from kirin_video.store.gallery_rows import Maker, Moment

TEXT = read_catalogues()["en"]
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
LINK = LinkResult(b"secret", 3600, lambda: 0.0)
KEY = "0" * 32 + ".png"


def task(prompt: str, status: TaskStatus = TaskStatus.QUEUED, **more: object) -> Task:
    given: dict[str, object] = {
        "id": "d5u5obte8783ap44qtj0",
        "account_id": "default",
        "external_id": None,
        "status": status,
        "run": 1,
        "progress": 0.0,
        "stage": "",
        "request": GenerationRequest(prompt=prompt),
        "seed": 7,
        "created_at": NOW,
        "started_at": None,
        "finished_at": None,
        "price": Price(cost=560_000, discount=0),
        **more,
    }
    return Task(**given)  # pyright: ignore[reportArgumentType]


def test_what_is_left_is_told_when_it_can_be_told() -> None:
    def left(progress: float, passed_s: float) -> str:
        now = NOW + timedelta(seconds=passed_s)
        running = task("x", TaskStatus.IN_PROGRESS, progress=progress, stage="rendering", started_at=NOW)
        return progress_view(running, TEXT, None, now).left

    assert left(0.05, 60) == ""
    assert left(0.5, 1) == ""
    assert left(0.5, 31) == "about 30 seconds left"
    assert left(0.25, 200) == "about 10 minutes left"


def test_stages_are_told_in_words() -> None:
    assert progress_view(task("x"), TEXT, None).words == "Waiting for a worker"
    running = task("x", TaskStatus.IN_PROGRESS, stage="rendering", started_at=NOW)
    view = progress_view(running, TEXT, "ab" * 16 + ".webp", NOW)
    assert view.words == "Drawing the frames"
    assert view.preview == "/console/tasks/d5u5obte8783ap44qtj0/preview?of=abababab"


def test_a_prompt_is_told_with_what_it_names() -> None:
    request = GenerationRequest(
        prompt="<<<element_1>>> runs beside <<<image_1>>>, not <<<image_2>>>.",
        image_list=(ImageInput(source=f"blob:{KEY}"),),
        element_list=(ElementInput(element_id=3, name="Clay fox"),),
    )
    shown = task("", request=request)
    assert plain_words(request) == "Clay fox runs beside image 1, not image 2."
    assert short_words(request, 10) == "Clay fox…"
    references = references_of(shown, LINK)
    assert [(each.mark, each.name, bool(each.link)) for each in references] == [
        ("image_1", "", True),
        ("element_1", "Clay fox", False),
    ]
    named = [
        piece.reference.mark if piece.reference else piece.text for piece in pieces_of(request, references)
    ]
    assert named == ["element_1", " runs beside ", "image_1", ", not ", "image_2", "."]
    told = request_json(shown, references, "https://kirin.example")
    assert str(told["image_list"]).startswith("[{'image_url': 'https://kirin.example/files/")
    assert told["element_list"] == [{"element_id": 3}]


def test_two_tasks_differ_in_what_differs() -> None:
    left, right = task("A red fox runs"), task("A grey dog runs", seed=8)
    lefts, rights = compared_words(left, right)
    assert [(each.text, each.is_own) for each in lefts] == [
        ("A ", False),
        ("red fox", True),
        (" runs", False),
    ]
    assert [each.text for each in rights if each.is_own] == ["grey dog"]
    assert {row.name for row in compared(left, right, TEXT) if row.differs} == {"Seed"}


def test_words_without_spaces_are_compared_by_their_characters() -> None:
    lefts, _ = compared_words(task("一只红狐"), task("一只灰狐"))
    assert [each.text for each in lefts if each.is_own] == ["红"]


def test_a_timeline_is_in_order_and_says_how_long_things_took() -> None:
    done = task("x", TaskStatus.COMPLETED, run=2, started_at=NOW, finished_at=NOW)
    history = [
        Moment(TaskStatus.IN_PROGRESS, NOW + timedelta(seconds=3)),
        Moment(TaskStatus.COMPLETED, NOW + timedelta(seconds=45)),
    ]
    steps = timeline(done, TEXT, history, Maker("k", "laptop", is_person=False), ())
    assert [step.note for step in steps] == [
        "by key “laptop”",
        "after 3 s of waiting Begun 2 times, since workers were lost or stopped.",
        "after 42 s of work",
    ]
