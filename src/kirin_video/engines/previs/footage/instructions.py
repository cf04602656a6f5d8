"""Reads what a prompt, English or Chinese, wants done to footage: several edits in one."""

from __future__ import annotations

import re
from typing import Final

from kirin_video.domain.prompt import Prompt
from kirin_video.engines.previs.footage.clauses import REFERENCE, Clause, Words, clauses_of, load_words
from kirin_video.engines.previs.footage.deeds import (
    parts_of,
    read_blurred,
    read_insert,
    read_removal,
    read_sky,
    read_surface,
    read_thing,
)
from kirin_video.engines.previs.footage.drafting import Draft
from kirin_video.engines.previs.footage.edits import Backdrop, EditPlan, Ground, Remove, Restyle
from kirin_video.engines.previs.footage.exceptions import beyond, is_alone, spared
from kirin_video.engines.previs.footage.grounds import (
    read_background,
    read_more_of_the_background,
    read_screen,
)
from kirin_video.engines.previs.footage.naming import Namer
from kirin_video.engines.previs.footage.overall import Overall
from kirin_video.engines.previs.plan import Style
from kirin_video.engines.previs.reading.lexicon import Lexicon, load_lexicon

_CHINESE_SHARE: Final = 0.3


def read_instructions(
    prompt: Prompt, *, seed: int, words: Words | None = None, lexicon: Lexicon | None = None
) -> EditPlan:
    """Read a prompt as instructions for editing footage.

    Args:
        prompt: words and references.
        seed: turns a pan that has no direction.
        words: the words of instructions; None loads those of this package.
        lexicon: the words of everything else, likewise.
    """
    namer = Namer(words or load_words(), lexicon or load_lexicon())
    draft = Draft(namer, Overall(namer, seed))
    for clause in clauses_of(prompt, namer.words):
        for part in parts_of(draft, clause):
            _read(draft, part)
    chinese = sum("\u3400" <= character <= "\u9fff" for character in prompt.text)
    language = "zh" if chinese > _CHINESE_SHARE * max(len(prompt.text), 1) else "en"
    return draft.plan(language)


def _read(draft: Draft, clause: Clause) -> None:
    """Read one instruction; what it does not say is noted as not understood."""
    if clause.verb == "keep":
        _read_kept(draft, clause)
        return
    readers = (
        _read_beyond,
        read_screen,
        read_sky,
        read_background,
        read_removal,
        read_surface,
        read_thing,
        _read_whole,
        read_insert,
        read_more_of_the_background,
    )
    done = any(read(draft, clause) for read in readers)
    if not done and REFERENCE.sub("", clause.text).strip(" -"):
        draft.unread.append(REFERENCE.sub(_bracketed, clause.text))


def _read_kept(draft: Draft, clause: Clause) -> None:
    """Note what is to stay as it was, where an edit of the whole picture would change it."""
    thing, last = spared(clause, draft.namer), draft.last
    excepted = draft.words.says("spare", clause.text)
    if excepted and isinstance(last, Remove) and (last.thing.main or last.thing.plural):
        draft.local.pop()
        draft.overall.undone.append(("one_of_many", f"{last.thing.words} {clause.text}"))
    elif thing is not None:
        draft.kept.append((thing, excepted))
        if draft.words.says("only", clause.text) and thing.color is not None:
            draft.overall.style = Restyle(Style.MONOCHROME)
    elif draft.words.says("only", clause.text):
        draft.unread.append(clause.text)


def _read_beyond(draft: Draft, clause: Clause) -> bool:
    """Note what no edit does; what else such a clause says of the whole picture is read."""
    name = beyond(clause, draft.words)
    if name is None:
        return False
    undone = draft.overall.undone
    before = len(undone)
    if not is_alone(name):
        _read_whole(draft, clause)
    paced = any(note == "pace" for note, _ in undone[before:])
    if name != "speed" or not paced:  # one note says it
        undone[before:] = [each for each in undone[before:] if each[0] != "pace"]
        undone.append((name, REFERENCE.sub(_bracketed, clause.text)))
    return True


def _read_whole(draft: Draft, clause: Clause) -> bool:
    """Weather, light, season, mood, style and view: wherever in the clause they stand."""
    corrects = any(found.search(clause.text) for found in draft.words.touches.values())
    if isinstance(draft.last, Backdrop) and not (clause.verb or corrects):
        return False
    read = draft.overall.read(clause)
    if draft.words.says("blur", clause.text) and read_blurred(draft, clause):
        return True
    if draft.overall.softens_behind(clause):
        draft.local.append(Backdrop(Ground.BLUR))
        return True
    return read


def _bracketed(match: re.Match[str]) -> str:
    return f"<<<{match[1]}_{match[2]}>>>"
