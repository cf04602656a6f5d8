"""The gallery's page: one HTML file that needs nothing but the clips beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

from gallery_cases import Case


@dataclass(frozen=True)
class Shown:
    """Material of a clip: its role, and its file beside the page."""

    role: str
    file: str


@dataclass(frozen=True)
class Piece:
    """A clip of the gallery and what is told of it; ``clips/NAME.json`` holds the same.

    Attributes:
        case: what was asked for.
        asked: width, height, seconds and seed that the gallery was made with.
        shape: pixels of the clip.
        shown: what it was made from.
        plan: how the engine read its words.
        notes: what the engine substituted or approximated.
        render_s: seconds of rendering and encoding.
        failure: why there is no clip; empty if there is one.
    """

    case: Case
    asked: tuple[int, int, int, int]
    shape: tuple[int, int] = (16, 9)
    shown: tuple[Shown, ...] = ()
    plan: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    render_s: float = 0.0
    failure: str = ""


def write_page(pieces: Sequence[Piece], path: Path) -> None:
    """Write the page.

    Args:
        pieces: the clips, in the order shown; they lie in ``clips/`` beside the page.
        path: the HTML file.
    """
    template = Template(Path(__file__).with_name("gallery.html").read_text(encoding="utf-8"))
    page = template.substitute(
        count=len(pieces),
        failed=sum(bool(piece.failure) for piece in pieces) or "none",
        total_s=f"{sum(piece.render_s for piece in pieces):.0f}",
        buttons="\n".join(_button(topic) for topic in dict.fromkeys(piece.case.topic for piece in pieces)),
        cards="\n".join(line for piece in pieces for line in _card(piece)),
    )
    path.write_text(page, encoding="utf-8")


def _button(topic: str) -> str:
    return (
        f'  <button type="button" data-topic="{escape(topic)}" aria-pressed="false">{_spoken(topic)}</button>'
    )


def _card(piece: Piece) -> Iterator[str]:
    """One clip with what it was made from, its prompt, its notes and its plan."""
    case = piece.case
    clip = escape(f"clips/{case.name}")
    wide = "" if case.bare else ' class="compared"'
    yield f'  <article id="{escape(case.name)}" data-topic="{escape(case.topic)}"{wide}>'
    if piece.shown:
        yield '    <div class="given">'
        yield from map(_given, piece.shown)
        yield "    </div>"
    if piece.failure:
        yield f'    <p class="failure" role="alert">Failed: {escape(piece.failure)}</p>'
    else:
        yield _video(f"{clip}.mp4", piece.shape, "result", f"{clip}.jpg", muted=_silent(case))
    yield from _words(piece, clip)
    yield "  </article>"


def _words(piece: Piece, clip: str) -> Iterator[str]:
    """The prompt, the facts, the notes, and what can be opened."""
    case = piece.case
    language = "en" if case.prompt.isascii() else "zh"
    yield f'    <div class="words"><h2 lang="{language}">{escape(case.prompt)}</h2>'
    facts = f"{_spoken(case.topic)}, {escape(case.name)}, {piece.render_s:.1f} s to render"
    yield f'      <p class="facts">{facts}</p>'
    if piece.notes:
        yield f"      <ul>{''.join(f'<li>{escape(note)}</li>' for note in piece.notes)}</ul>"
    elif not piece.failure:
        yield '      <p class="facts">No notes.</p>'
    if not piece.failure:
        sheet = f'<img src="{clip}.png" alt="Frames of the clip, evenly spaced" loading="lazy">'
        kind = "sheet" if case.bare else "before and after"
        yield f'      <details><summary>{kind}</summary><a href="{clip}.png">{sheet}</a></details>'
    if piece.plan:
        yield f"      <details><summary>plan</summary><pre>{escape(chr(10).join(piece.plan))}</pre></details>"
    yield "    </div>"


def _given(shown: Shown) -> str:
    """A picture or a film that a clip was made from, under its role."""
    file, role = escape(shown.file), escape(shown.role)
    if shown.file.endswith(".mp4"):
        inside = _video(file, (16, 9), "before", "", muted=True)
    else:
        inside = f'<img src="{file}" alt="{role}" loading="lazy">'
    return f"      <figure>{inside}<figcaption>{role}</figcaption></figure>"


def _video(file: str, shape: tuple[int, int], part: str, poster: str, *, muted: bool) -> str:
    """A player; the page's script plays the one before together with the result."""
    controls = "controls " if part == "result" else ""
    still = f' data-poster="{poster}"' if poster else ""
    return (
        f'    <video class="{part}" src="{file}"{still} width="{shape[0]}" height="{shape[1]}"'
        f' preload="none" {controls}loop {"muted " if muted else ""}playsinline></video>'
    )


def _silent(case: Case) -> bool:
    return all(entry.keep_original_sound == "no" for entry in case.video_list)


def _spoken(topic: str) -> str:
    return escape(topic.replace("-", " "))
