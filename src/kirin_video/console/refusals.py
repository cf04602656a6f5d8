"""What services refuse, in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirin_video.console.language import DEFAULT

if TYPE_CHECKING:
    from kirin_video.console.language import Catalogue
    from kirin_video.domain.errors import Rejected, Violation


def refusal_words(text: Catalogue, error: Rejected) -> str:
    """Say what was refused.

    Services speak English. Their sentences are exact, and stand on English pages as they are; in other
    languages the kind of refusal is said, and which parameters it is about.

    Args:
        text: the page's texts.
        error: the refusal.
    """
    if text.code == DEFAULT:
        return error.message
    if not error.violations:
        return text(f"fault.{error.fault}")
    return " ".join(
        text("fault.of_field", field=violation.field, problem=violation_words(text, violation))
        for violation in error.violations
    )


def violation_words(text: Catalogue, violation: Violation) -> str:
    """Say what is wrong with one parameter."""
    return violation.message if text.code == DEFAULT else text(f"fault.{violation.fault}")
