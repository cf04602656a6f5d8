import pytest

from kirin_video.domain.prompt import ReferenceKind, mentions, misread_references, read_prompt


def test_mentions_are_told_once_in_order() -> None:
    source = "<<<image_2>>> <<<VIDEO_1>>> <<<image_2>>> <<<image_1>>>"
    image, video = ReferenceKind.IMAGE, ReferenceKind.VIDEO
    assert mentions(source) == ((image, 2), (video, 1), (image, 1))
    assert mentions("none") == ()


def test_a_prompt_in_parts() -> None:
    prompt = read_prompt("Let <<<element_1>>> ride the horse of <<<Image_2>>>, as in <<<video_1>>>. No cars.")
    assert [(mark.kind, mark.number) for mark in prompt.references] == [
        (ReferenceKind.ELEMENT, 1),
        (ReferenceKind.IMAGE, 2),
        (ReferenceKind.VIDEO, 1),
    ]
    assert prompt.text == "Let ride the horse of , as in . No cars."
    assert prompt.wording.unwanted == ("cars",)


@pytest.mark.parametrize(
    ("source", "misread"),
    [
        ("<<<img_1>>> and <<<image 1>>> and <<<img_1>>>", ("<<<img_1>>>", "<<<image 1>>>")),
        ("<<<image_1>>> <<< image_1 >>>", ()),
        ("<<<>>>", ("<<<>>>",)),
        ("<<<image_one>>>", ("<<<image_one>>>",)),
        ("<<<image_1>>", ()),
        ("<<<<<<< HEAD", ()),
        ("a << b >> c", ()),
    ],
)
def test_finds_brackets_that_hold_no_reference(source: str, misread: tuple[str, ...]) -> None:
    assert misread_references(source) == misread
