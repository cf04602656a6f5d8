import hmac

from kirin_video.domain.api_key import is_well_formed, key_hash, new_key, shown_prefix


def test_a_new_key_is_well_formed_and_new() -> None:
    keys = {new_key() for _ in range(200)}
    assert len(keys) == 200
    assert all(is_well_formed(key) and len(key) == 44 for key in keys)


def test_the_checksum_is_the_crc_of_ieee_802_3_in_base62() -> None:
    body = "0123456789abcdefABCDEF0123456789"
    assert is_well_formed("kirin_" + body + base62(crc_32(body.encode())))


def test_truncated_spaced_or_foreign_keys_are_not() -> None:
    key = new_key()
    for wrong in [
        "",
        "kirin_",
        key[:-1],
        key + "0",
        " " + key,
        key + "\n",
        key.upper(),
        "sk-" + key[6:],
        key[6:],
    ]:
        assert not is_well_formed(wrong)


def test_the_hash_is_keyed_and_takes_any_text() -> None:
    key = new_key()
    assert key_hash(key, b"a") == hmac.digest(b"a", key.encode(), "sha256")
    assert key_hash(key, b"a") != key_hash(key, b"b")
    assert len(key_hash("\ud800\0ü", b"a")) == 32


def test_little_is_shown() -> None:
    key = new_key()
    assert shown_prefix(key) == key[:12]


def crc_32(data: bytes) -> int:
    """Bit by bit, as the standard has it."""
    rest = 0xFFFFFFFF
    for byte in data:
        rest ^= byte
        for _ in range(8):
            rest = rest >> 1 ^ (0xEDB88320 if rest & 1 else 0)
    return rest ^ 0xFFFFFFFF


def base62(number: int) -> str:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    return "".join(digits[number // 62**place % 62] for place in range(5, -1, -1))
