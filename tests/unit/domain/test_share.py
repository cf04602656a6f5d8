import pytest

from kirin_video.domain.share import read_share_token, share_path, share_token

ID, SECRET, OLDER = "0123456789abcdef", b"a secret", b"an older secret"
TOKEN = share_token(ID, SECRET)


def test_a_token_leads_to_its_id_under_each_secret_that_counts() -> None:
    assert share_path(ID, SECRET).endswith(share_token(ID, SECRET))
    assert read_share_token(TOKEN, [SECRET]) == ID
    assert read_share_token(share_token(ID, OLDER), [SECRET, OLDER]) == ID
    assert read_share_token(share_token(ID, OLDER), [SECRET]) is None


@pytest.mark.parametrize("altered", [TOKEN[:-1], "f" + TOKEN[1:], f"{TOKEN}=", ID, "é", ""])
def test_whatever_is_altered_is_none_of_ours(altered: str) -> None:
    assert read_share_token(altered, [SECRET]) is None
