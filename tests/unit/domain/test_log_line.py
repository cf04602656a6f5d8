import logging

from kirin_video.domain.log_line import MAX_MESSAGE, LogLevel, fit_to_keep


def test_addresses_are_kept_without_what_may_be_secret_in_them() -> None:
    said = (
        "could not fetch https://cdn.example.com/a.png?X-Signature=abc&k=v: ConnectError: 'http://b/c?d' gone"
    )
    assert fit_to_keep(said) == (
        "could not fetch https://cdn.example.com/a.png?… ConnectError: 'http://b/c?…' gone"
    )
    assert fit_to_keep("Why? Because.\0") == "Why? Because."


def test_a_long_message_keeps_its_first_line_and_its_end() -> None:
    said = "the render child ended with 1\n" + "x" * 9000 + "\nKilled"
    kept = fit_to_keep(said)
    assert len(kept) < MAX_MESSAGE + 10
    assert kept.startswith("the render child ended with 1\n…x")
    assert kept.endswith("x\nKilled")
    assert fit_to_keep("y" * 9000) == "y" * (MAX_MESSAGE // 2) + "…"


def test_levels() -> None:
    assert [LogLevel.of(number) for number in (logging.INFO, logging.WARNING, logging.CRITICAL)] == [
        *LogLevel
    ]
    assert LogLevel.WARNING.and_graver == (LogLevel.WARNING, LogLevel.ERROR)
