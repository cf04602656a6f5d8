import pytest

from kirin_video.console.forms import Form
from kirin_video.console.language import Catalogue, read_catalogues
from kirin_video.console.playground.checking import bounds
from kirin_video.console.playground.draft import Draft, Footage, Picture, draft_of, read_draft
from kirin_video.console.playground.problems import told
from kirin_video.console.playground.starters import GROUPS, Starter
from kirin_video.domain.errors import Fault, InvalidRequest, Violation
from kirin_video.domain.request import parse_request
from kirin_video.domain.rules import RULES

PICTURE = "https://example.com/a.png"
FOOTAGE = "https://example.com/a.mp4"
CATALOGUES = read_catalogues()
STARTERS = [each for group in GROUPS for each in group.starters]


def filled(**fields: list[str]) -> Form:
    return Form(fields)


def test_a_form_that_was_left_alone_lacks_words_only() -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_request(read_draft(filled()).request())
    assert [each.fault for each in refused.value.violations] == [Fault.MISSING_PROMPT]


def test_everything_that_was_chosen_reaches_the_request() -> None:
    form = filled(
        prompt=["A fox\nruns"],
        picture_url=[PICTURE, "", PICTURE],
        picture_role=["", "first_frame", ""],
        picture_name=["a.png", "nothing was picked here", ""],
        footage_url=[FOOTAGE],
        footage_role=["feature"],
        footage_sound=["yes"],
        element=["2", "3718290113884217"],
        mode=["pro"],
        ratio=["9:16"],
        duration=["7"],
        watermark=["yes"],
        callback_url=["https://hooks.example.com/"],
        external_task_id=["ad-17"],
        seed=["7"],
    )
    assert read_draft(form).request() == {
        "model": "kirin_video_o1",
        "prompt": "A fox\nruns",
        "image_list": [{"image_url": PICTURE}, {"image_url": PICTURE}],
        "video_list": [{"video_url": FOOTAGE, "refer_type": "feature", "keep_original_sound": "yes"}],
        "element_list": [{"element_id": 2}, {"element_id": 3718290113884217}],
        "mode": "pro",
        "aspect_ratio": "9:16",
        "duration": "7",
        "watermark_info": {"enabled": True},
        "callback_url": "https://hooks.example.com/",
        "external_task_id": "ad-17",
        "seed": 7,
    }


@pytest.mark.parametrize(
    ("draft", "left_out"),
    [
        (Draft("x", pictures=(Picture(PICTURE, "first_frame"),)), {"aspect_ratio"}),
        (Draft("x", footage=(Footage(FOOTAGE),)), {"aspect_ratio", "duration"}),
        (Draft("x", footage=(Footage(FOOTAGE, "feature"),)), set()),
    ],
)
def test_what_has_no_effect_is_not_asked_for(draft: Draft, left_out: set[str]) -> None:
    assert {"aspect_ratio", "duration"} - draft.request().keys() == left_out
    assert parse_request(draft.request()).notes == ()


@pytest.mark.parametrize("seed", ["-1", "1.5", "07", "x", "9" * 30, "²"])
def test_a_seed_that_is_none_is_refused_by_the_rules(seed: str) -> None:
    draft = Draft("x", seed=seed)
    assert draft.number is None
    with pytest.raises(InvalidRequest) as refused:
        parse_request(draft.request())
    assert {each.field for each in refused.value.violations} == {"seed"}


def test_a_past_request_is_filled_in_again() -> None:
    draft = Draft(
        "<<<image_1>>> beside <<<element_1>>>",
        pictures=(Picture(PICTURE, "first_frame"), Picture("blob:kept"), Picture("blob:gone")),
        elements=("2",),
        mode="pro",
        duration="8",
        watermark=True,
        callback_url="https://hooks.example.com/",
        external_task_id="ad-17",
        seed="12",
    )
    request = parse_request(
        {**draft.request(), "image_list": [{"image_url": PICTURE, "type": "first_frame"}]}
    )
    images = (
        *request.image_list,
        *(
            request.image_list[0].model_copy(update={"source": f"blob:{key}", "type": None})
            for key in ("kept", "gone")
        ),
    )
    stored = request.model_copy(update={"image_list": images})
    again = draft_of(stored, {"kept": "https://here/model/v1/files/x"}, 99)
    assert again.pictures == (Picture(PICTURE, "first_frame"), Picture("https://here/model/v1/files/x"))
    assert (again.prompt, again.elements, again.mode, again.duration) == (draft.prompt, ("2",), "pro", "8")
    assert (again.watermark, again.callback_url, again.seed) == (True, draft.callback_url, "99")
    assert again.external_task_id == "", "it belongs to the first task"
    assert draft_of(stored, {}, None).seed == ""


@pytest.mark.parametrize(
    ("draft", "durations", "shape", "most"),
    [
        (Draft(), (5, 10), "", 7),
        (Draft(pictures=(Picture(PICTURE, "first_frame"),)), (5, 10), "first_frame", 7),
        (Draft(pictures=(Picture(PICTURE),)), tuple(range(3, 11)), "", 7),
        (Draft(footage=(Footage(FOOTAGE),)), (), "base", 4),
        (Draft(footage=(Footage(FOOTAGE, "feature"),)), tuple(range(3, 11)), "", 4),
    ],
)
def test_the_form_offers_what_the_rules_allow(
    draft: Draft, durations: tuple[int, ...], shape: str, most: int
) -> None:
    found = bounds(draft)
    assert (found.durations, found.shape, found.most) == (durations, shape, most)
    # The rules themselves say the same of every length.
    for seconds in range(3, 11):
        try:
            parse_request({**Draft("x").request(), **draft.request(), "prompt": "x", "duration": seconds})
            is_allowed = True
        except InvalidRequest:
            is_allowed = False
        assert is_allowed == (seconds in durations or not durations), seconds


@pytest.mark.parametrize("text", CATALOGUES.values(), ids=CATALOGUES)
@pytest.mark.parametrize("starter", STARTERS, ids=[each.name for each in STARTERS])
def test_every_example_is_a_request_once_its_places_are_filled(starter: Starter, text: Catalogue) -> None:
    draft = starter.draft(text)
    pictures = [slot for slot in starter.slots if slot not in ("base", "feature")]
    body = draft.request()
    body |= {
        "image_list": [
            {"image_url": PICTURE, **({} if slot == "reference" else {"type": slot})} for slot in pictures
        ]
    }
    body |= {
        "video_list": [
            {"video_url": FOOTAGE, "refer_type": slot}
            for slot in starter.slots
            if slot in ("base", "feature")
        ]
    }
    request = parse_request(body)
    assert len(request.image_list) + len(request.video_list) == len(starter.slots)


def drafts_that_break_frames() -> list[tuple[str, Draft]]:
    first, end, plain = (Picture(PICTURE, role) for role in ("first_frame", "end_frame", ""))
    return [
        ("frames_twice", Draft("x", pictures=(first, first))),
        ("end_alone", Draft("x", pictures=(end,))),
        ("end_among_many", Draft("x", pictures=(first, end, plain))),
        ("frames_with_base", Draft("x", pictures=(first,), footage=(Footage(FOOTAGE),))),
        ("frames_with_elements", Draft("x", pictures=(first, end), elements=("2",))),
    ]


@pytest.mark.parametrize(("name", "draft"), drafts_that_break_frames(), ids=lambda each: str(each)[:20])
def test_frames_that_do_not_go_together_are_told_in_words_of_their_own(name: str, draft: Draft) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_request(draft.request())
    for text in CATALOGUES.values():
        problems = told(text, draft, refused.value.violations)
        assert text(f"playground.problem_{name}") in [each.message for each in problems]


def test_there_are_as_many_ways_to_break_frames_as_there_are_rules() -> None:
    rules = [rule for rule in RULES if rule.fault is Fault.FRAMES_CONFLICT]
    assert len(rules) == len(drafts_that_break_frames())


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("image_list[1].type", "image-1"),
        ("video_list[0]", "video-0"),
        ("element_list[2].element_id", "element-2"),
        ("image_list", "materials"),
        ("prompt", "prompt"),
        ("callback_url", "callback_url"),
    ],
)
def test_a_problem_is_told_where_it_is(field: str, place: str) -> None:
    [problem] = told(CATALOGUES["en"], Draft(), [Violation(field, Fault.INVALID_PARAMETER, "No.")])
    assert (problem.place, problem.field, problem.code) == (place, field, "002015003")
    assert (problem.message == "No.") is (field != "callback_url"), "the form has words of its own for that"


def test_what_reads_the_same_is_told_once() -> None:
    violations = [
        Violation("prompt", Fault.UNKNOWN_REFERENCE, f"{number} is not there.") for number in (1, 2)
    ]
    assert len(told(CATALOGUES["en"], Draft(), violations)) == 1
