import pytest

from kirin_video.domain.signing import check_link, sign_link

OLD, NEW = b"old secret", b"new secret"


def test_a_whole_link_is_good_until_it_expires() -> None:
    signature = sign_link(NEW, "key", "video.mp4", 100)
    assert check_link([NEW], "key", "video.mp4", 100, signature, now=99.9)
    assert not check_link([NEW], "key", "video.mp4", 100, signature, now=100)


def test_the_previous_secret_counts_through_a_rotation() -> None:
    signature = sign_link(OLD, "key", "video.mp4", 100)
    assert check_link([NEW, OLD], "key", "video.mp4", 100, signature, now=0)
    assert not check_link([NEW], "key", "video.mp4", 100, signature, now=0)
    assert not check_link([], "key", "video.mp4", 100, signature, now=0)


def test_what_belongs_to_one_part_cannot_move_to_another() -> None:
    signature = sign_link(NEW, "ab", "c", 100)
    assert not check_link([NEW], "a", "bc", 100, signature, now=0)
    assert not check_link([NEW], "ab", "c\n3:100", 100, signature, now=0)


@pytest.mark.parametrize("signature", ["", "é", "\ud800", "A" * 43, "A" * 10_000])
def test_nonsense_is_refused_quietly(signature: str) -> None:
    assert not check_link([NEW], "key", "video.mp4", 100, signature, now=0)
