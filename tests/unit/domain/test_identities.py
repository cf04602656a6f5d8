import pytest

from kirin_video.domain.identities import may_be_id


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("rcv_5f1d0c3a9be84e27a6c1", True),
        ("", True),
        ("a\0b", False),
        ("a\nb", False),
        ("日", False),
        ("\ud800", False),
    ],
)
def test_only_plain_text_can_be_an_id(text: str, may_be: bool) -> None:
    assert may_be_id(text) is may_be
