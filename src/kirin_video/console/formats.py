"""How amounts, sizes and times read on a page. Figures are the same in all of our languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from kirin_video.domain.money import format_usd

_KILO: Final = 1024
_UNITS: Final = ("B", "KiB", "MiB", "GiB", "TiB")
_MINUTE_S: Final = 60
_HOUR_S: Final = 3600
_DAY_S: Final = 86_400
_BROWSERS: Final = (
    (re.compile(r"Edg/(\d+)"), "Edge"),
    (re.compile(r"Firefox/(\d+)"), "Firefox"),
    (re.compile(r"(?:Chrome|Chromium|HeadlessChrome)/(\d+)"), "Chrome"),
    (re.compile(r"Version/(\d+)[^ ]* (?:Mobile/\S+ )?Safari"), "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def money(micro: int) -> str:
    """Micro-dollars as dollars: ``$1,204.56``."""
    whole, _, part = format_usd(abs(micro)).partition(".")
    return f"{'-' if micro < 0 else ''}${int(whole):,}.{part}"


def number(value: float | Decimal) -> str:
    """A number with its thousands apart, and no needless zeros."""
    if isinstance(value, int):
        return f"{value:,}"
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def size(count: int) -> str:
    """Bytes in the unit that fits: ``3.2 GiB``."""
    amount, unit = float(count), _UNITS[0]
    for unit in _UNITS:
        if amount < _KILO or unit == _UNITS[-1]:
            break
        amount /= _KILO
    return f"{amount:.0f} {unit}" if unit == _UNITS[0] else f"{amount:.1f} {unit}"


def seconds(value: float) -> str:
    """A while in the unit that fits: ``42 s``, ``3.5 min``, ``2 h``, ``6 d``."""
    for unit_s, name in ((_DAY_S, "d"), (_HOUR_S, "h"), (_MINUTE_S, "min")):
        if value >= unit_s:
            return f"{number(round(value / unit_s, 1))} {name}"
    return f"{number(round(float(value), 1))} s"


def day(moment: datetime | date) -> str:
    """A day: ``2026-11-22``."""
    return moment.astimezone(UTC).date().isoformat() if isinstance(moment, datetime) else moment.isoformat()


def iso(moment: datetime) -> str:
    """A moment for machines: RFC 3339 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def browser(agent: str) -> str:
    """A browser and its system in short, as far as its own words tell: ``Firefox 140, Linux``."""
    found = next((f"{name} {hit[1]}" for form, name in _BROWSERS if (hit := form.search(agent))), None)
    system = next((name for mark, name in _SYSTEMS if mark in agent), None)
    return ", ".join(part for part in (found, system) if part) or agent[:60] or "?"
