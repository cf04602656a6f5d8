"""English verbs in their forms. Too many forms do no harm: a form that nobody writes is never met."""

from __future__ import annotations

from collections.abc import Iterator

_VOWELS = frozenset("aeiouy")


def forms_of(verb: str) -> Iterator[tuple[str, str]]:
    """A verb's forms and what each is: ``""`` as it stands, ``"ing"``, or ``"ed"``.

    Args:
        verb: its base form, alone or with what follows it, such as ``take off``.
    """
    yield verb, _standing(verb)
    head, space, rest = verb.partition(" ")
    if not head.isascii() or _standing(head):
        return
    for stem in _stems(head):
        yield f"{stem}ing{space}{rest}", "ing"
        yield f"{stem}ed{space}{rest}", "ed"
    if head.endswith("ie"):
        yield f"{head[:-2]}ying{space}{rest}", "ing"
    if head.endswith("y"):
        yield f"{head[:-1]}ied{space}{rest}", "ed"


def _standing(verb: str) -> str:
    """What a listed form is itself."""
    head = verb.partition(" ")[0]
    stem = head.removesuffix("ing")
    return "ing" if stem != head and not _VOWELS.isdisjoint(stem) else ""


def _stems(head: str) -> Iterator[str]:
    """What the endings hang on."""
    if head.endswith("e") and not head.endswith(("ee", "oe", "ye")):
        yield head[:-1]
        return
    yield head
    if len(head) >= len("hop") and head[-1] not in "aeiouwxyh" and head[-2] in _VOWELS:
        yield head + head[-1]
