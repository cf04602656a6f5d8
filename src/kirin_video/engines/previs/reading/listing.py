"""Reads the notation of shot lists: numbered shots, timecodes and montages.

It is replaced by the words that the rest of reading knows, "then" and "cut to"; what it says about when
beats begin is kept. Prompts without such notation come out as they went in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kirin_video.engines.previs.reading.tokens import normalised

_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {
    **{word: n for n, word in enumerate(_ENGLISH, start=1)},
    **{sign: n for n, sign in enumerate("一二三四五六七八九十", start=1)},
    "两": 2,
}
_N = rf"(?:\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})"
_UNIT = r"(?:s|secs?|seconds?|秒钟?)"
_TO = r"\s*(?:-|~|to|到|至)\s*"
_HEAD, _TAIL = r"(?:(?<=^)|(?<=[.;,!?:\n\[(]))[ \[(]*", r"(?![a-z0-9])[ \])]*[:,]?"
_CLOCK = re.compile(rf"{_HEAD}(\d{{1,2}}):(\d\d){_TO}(\d{{1,2}}):(\d\d){_TAIL}")
_RANGE = re.compile(rf"{_HEAD}(?:第|from |seconds? )?({_N}) ?{_UNIT}?{_TO}({_N}) ?{_UNIT}{_TAIL}")
_FIRST = re.compile(
    rf"{_HEAD}(?:(?:in|for|during) )?(?:the )?(?:first|前|最初的?|开头的?|开始的?) ?({_N}) ?{_UNIT}"
    rf"[里内中]?{_TAIL}"
)
_NEXT = re.compile(
    rf"{_HEAD}(?:(?:in|for|during) )?(?:the )?(?:next|following|接下来的?|随后的?|接着的?) ?({_N}) ?{_UNIT}"
    rf"[里内中]?{_TAIL}"
)
_LAST = re.compile(
    rf"{_HEAD}(?:(?:in|for|during) )?(?:the )?(?:last|final|最后的?|后) ?({_N}) ?{_UNIT}[里内中]?{_TAIL}"
)
_AT = re.compile(
    rf"{_HEAD}(?:(?:at|from) (?:the )?({_N})[ -]?{_UNIT}(?: mark)?|[在从]?第({_N})秒[时起]?(?:开始)?){_TAIL}"
)
_AFTER = re.compile(
    rf"{_HEAD}(?:(?:and )?after ({_N}) ?{_UNIT}|({_N}) ?{_UNIT} later|({_N})秒钟?之?以?后){_TAIL}"
)
_SHOT = re.compile(
    r"(?:(?<=^)|(?<=[.;,!?:\n\[( ]))[ \[(]*"
    rf"(?:(?:shot|scene|clip) ?(?:no\. ?)?#?({_N})|(?:分镜头?|镜头|场景|画面)({_N})"
    rf"|第({_N})个?(?:镜头?|分镜|幕|场景|画面))(?: ?\([a-z ]+\))?(?:[ \])]*[:.,\-、]|(?= ?[\[(]\d))"
)
_ITEM = re.compile(rf"(?:(?<=^)|(?<=\n)) *({_N})[.)、](?= ?\D)")
_MONTAGE = re.compile(
    r"(?:an? )?(?:[a-z]+ )?montage(?: sequence| shots?)?(?: of|: ?)(?P<en>[^.;\n]+)"
    r"|蒙太奇[:,](?P<zh>[^.;\n]+)"
)
_LIST = re.compile(r", and |, |、|,")
_LED = re.compile(
    r"[ ,]*(?:(?P<cut>(?:then |next )?cut to|(?:画面|镜头)?(?:切到|切换到|切至))"
    r"|(?:and )?then\b|next,|finally\b|after that\b|然后|接着|随后|最后)[ ,]*"
)
_CLOSE = re.compile(r"(?<=[,;] )(?:very |up |from )?close(?= *(?:$|[,.;]))")
"""A size, not a verb."""
_UNBROKEN = re.compile(
    r"\b(?:one|single|long|continuous|unbroken)[ -](?:continuous )?(?:take|tracking take)\b|\boner\b"
    r"|\bcontinuous shot\b|\bunbroken shot\b|一镜到底|长镜头"
)
_USUAL_S, _OPEN_S = 5.0, 2.0
"""How long a clip is taken to be where the prompt does not say, and how long at least its last beat."""


@dataclass(frozen=True, slots=True)
class Script:
    """A prompt without the notation of a shot list.

    Attributes:
        text: its words, normalised.
        starts: when beats begin, as shares of the clip, by the place in the text of each one's first word.
        until: the same for the first beat behind a place whose own beginning is not told.
        added: places of words that the prompt itself does not have.
        unbroken: whether it asks for one take: another size is a way of the camera, not a cut.
    """

    text: str
    starts: dict[int, float]
    until: tuple[tuple[int, float], ...]
    added: frozenset[int]
    unbroken: bool = False

    def spread(self, places: Sequence[int]) -> tuple[float, ...]:
        """When beats begin whose first words are at some places: what is not told is divided evenly."""
        known: list[float | None] = [self.starts.get(place) for place in places]
        for after, share in self.until:
            first = next((k for k, place in enumerate(places) if place > after), None)
            if first is not None and known[first] is None:
                known[first] = share
        fixed = [(-1, 0.0), *((k, share) for k, share in enumerate(known) if share), (len(places), 1.0)]
        spread: list[float] = []
        for (one, low), (other, high) in pairwise(fixed):
            spread += [low + (high - low) * (k - one) / (other - one) for k in range(one + 1, other)]
            spread += [high]
        return tuple(round(share, 3) for share in spread[:-1])


@dataclass(frozen=True, slots=True)
class _Mark:
    """A piece of notation.

    Attributes:
        first: where it begins.
        end: where it ends.
        cut: whether a new shot begins.
        number: of a shot; None of a time.
        begins_s: seconds; None where it is told by `since`.
        since: ``next``, ``last`` or ``after``.
        long_s: seconds, where it tells how long it goes on, or how long after or before.
    """

    first: int
    end: int
    cut: bool = False
    number: float | None = None
    begins_s: float | None = None
    since: str = ""
    long_s: float | None = None

    @property
    def timed(self) -> bool:
        """Whether it tells a time."""
        return self.begins_s is not None or bool(self.since)


def read_script(text: str) -> Script:
    """Replace a shot list's notation by words.

    Args:
        text: a prompt.
    """
    plain = _CLOSE.sub("close up", _without_montage(normalised(text).replace("*", "")))
    unbroken = _UNBROKEN.search(plain) is not None
    marks = list(_joined(plain, _marks(plain)))
    if not marks:
        return Script(plain, {}, (), frozenset(), unbroken)
    shares, total_s = _shares(marks)
    pieces, added = [plain[: marks[0].first]], set[int]()
    starts, until = dict[int, float](), list[tuple[int, float]]()
    for k, (mark, share) in enumerate(zip(marks, shares, strict=True)):
        end = marks[k + 1].first if k + 1 < len(marks) else len(plain)
        begins = mark.number == 1 if share is None else share <= 0.0
        cut, after = mark.cut, mark.end
        led = _LED.match(plain, after)
        if led is not None and led.end() <= end:
            cut, after = cut or bool(led["cut"]), led.end()
        body = plain[after:end].strip()
        pieces.append(". " if pieces[-1].strip() else "")
        if not begins:
            place = sum(map(len, pieces))
            added.add(place)
            starts |= {place: share} if share is not None else {}
            pieces.append(_word(body, cut=cut))
        elif mark.long_s is not None:
            until.append((sum(map(len, pieces)), min(mark.long_s / total_s, 1.0)))
        pieces.append(body)
    return Script("".join(pieces), starts, tuple(until), frozenset(added), unbroken)


def _word(body: str, *, cut: bool) -> str:
    """The word of the language of what follows."""
    if body[:1].isascii():
        return "cut to " if cut else "then "
    return "切到" if cut else "然后"


def _without_montage(text: str) -> str:
    """A montage's list as shots that are cut to."""
    found = _MONTAGE.search(text)
    listed = found and (found["en"] or found["zh"])
    items = [item.strip() for item in _LIST.split(listed)] if listed else []
    if found is None or len(items) < 2:  # noqa: PLR2004 -- of one thing there is no montage
        return text
    *items, last = items
    items += re.split(r" and (?=an? |the )", last)
    cut = " cut to " if found["en"] else "切到"
    return text[: found.start()] + f".{cut}".join(items) + text[found.end() :]


def _marks(text: str) -> Iterator[_Mark]:
    """All notation of a text, in no order; pieces may overlap."""
    for found in _CLOCK.finditer(text):
        a, b, c, d = map(int, found.groups())
        yield _Mark(*found.span(), begins_s=60.0 * a + b, long_s=60.0 * (c - a) + d - b)
    for found in _RANGE.finditer(text):
        a, b = map(_number, found.groups())
        yield _Mark(*found.span(), begins_s=a, long_s=b - a)
    for pattern, since in ((_NEXT, "next"), (_LAST, "last"), (_AFTER, "after")):
        for found in pattern.finditer(text):
            yield _Mark(*found.span(), since=since, long_s=_said(found))
    for found in _FIRST.finditer(text):
        yield _Mark(*found.span(), begins_s=0.0, long_s=_said(found))
    for found in _AT.finditer(text):
        yield _Mark(*found.span(), begins_s=_said(found))
    for pattern in (_SHOT, _ITEM):
        numbered = [_Mark(*f.span(), cut=True, number=_said(f)) for f in pattern.finditer(text)]
        yield from numbered if [mark.number for mark in numbered[:2]] == [1.0, 2.0] else []


def _said(found: re.Match[str]) -> float:
    return _number(next(group for group in found.groups() if group is not None))


def _number(word: str) -> float:
    return float(_NUMBERS.get(word, 0) or word)


def _joined(text: str, marks: Iterator[_Mark]) -> Iterator[_Mark]:
    """Notation in order, with a shot's number and its time as one."""
    last: _Mark | None = None
    for mark in sorted(marks, key=lambda mark: (mark.first, -mark.end)):
        if last is None or mark.first >= last.end:
            if last is not None and not text[last.end : mark.first].strip(" :,.-()[]\n"):
                timed = mark if mark.timed else last
                last = replace(
                    timed, first=last.first, end=mark.end, cut=last.cut or mark.cut, number=last.number
                )
                continue
            if last is not None:
                yield last
            last = mark
    if last is not None:
        yield last


def _shares(marks: Sequence[_Mark]) -> tuple[list[float | None], float]:
    """When beats begin, as shares of the clip, and how long the prompt takes the clip to be."""
    starts: list[float | None] = []
    begun = done = last = 0.0
    for mark in marks:
        start = mark.begins_s
        if mark.since:
            start = {"next": done, "after": begun + (mark.long_s or 0.0), "last": None}[mark.since]
        if mark.since == "last":
            last = mark.long_s or 0.0
        elif start is not None:
            begun = start
            done = start + (mark.long_s if mark.long_s and mark.since != "after" else 0.0)
        starts.append(start)
    total = done + last if done > begun or last else max(_USUAL_S, begun + _OPEN_S)
    if len(marks) == 1 or (last and not done):
        total = max(total, _USUAL_S)
    known = [total - last if mark.since == "last" else s for mark, s in zip(marks, starts, strict=True)]
    return [None if s is None else min(max(s / total, 0.0), 0.98) for s in known], total
