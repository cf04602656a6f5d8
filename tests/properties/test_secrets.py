from hypothesis import assume, given
from hypothesis import strategies as st

from kirin_video.domain.api_key import is_well_formed, key_hash, new_key
from kirin_video.domain.signing import check_link, sign_link
from kirin_video.domain.task import new_task_id

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
texts = st.text(st.characters(exclude_categories=()), max_size=40)


@given(st.integers(0, 43), st.sampled_from(BASE62) | st.characters(exclude_categories=()))
def test_one_changed_character_breaks_a_key(place: int, char: str) -> None:
    key = new_key()
    changed = key[:place] + char + key[place + 1 :]
    assert is_well_formed(changed) == (changed == key)


@given(st.integers(0, 42))
def test_two_swapped_characters_break_a_key(place: int) -> None:
    key = new_key()
    swapped = key[:place] + key[place + 1] + key[place] + key[place + 2 :]
    assert is_well_formed(swapped) == (swapped == key)


@given(texts)
def test_no_other_text_is_a_key_and_any_has_a_hash(text: str) -> None:
    assert not is_well_formed(text)
    assert len(key_hash(text, b"secret")) == 32


links = st.tuples(texts, texts, st.integers(0, 2**40))


@given(links, links)
def test_a_signature_is_good_for_its_own_link_only(
    link: tuple[str, str, int], other: tuple[str, str, int]
) -> None:
    signature = sign_link(b"secret", *link)
    assert check_link([b"new", b"secret"], *link, signature, now=link[2] - 1)
    assume(link != other)
    assert not check_link([b"secret"], *other, signature, now=-1)


@given(st.integers(0, 42), st.characters(exclude_categories=()))
def test_any_altered_signature_fails(place: int, char: str) -> None:
    signature = sign_link(b"secret", "key", "video.mp4", 100)
    altered = signature[:place] + char + signature[place + 1 :]
    assert check_link([b"secret"], "key", "video.mp4", 100, altered, now=0) == (altered == signature)
    for longer in (signature + char, char + signature, signature[:place]):
        assert not check_link([b"secret"], "key", "video.mp4", 100, longer, now=0)


@given(st.lists(st.integers(0, 2**64 - 1), min_size=2, max_size=20))
def test_ids_sort_by_time(moments: list[int]) -> None:
    ids = [new_task_id(moment) for moment in sorted(moments)]
    assert [made[:12] for made in ids] == sorted(made[:12] for made in ids)
    assert all(len(made) == 20 and set(made) <= set("0123456789abcdefghijklmnopqrstuv") for made in ids)
    assert len(set(ids)) == len(ids)


def test_ids_made_in_a_row_are_unique_and_sorted() -> None:
    ids = [new_task_id() for _ in range(20_000)]
    assert len(set(ids)) == len(ids)
    assert ids == sorted(ids)
