"""Fills templates: everything is escaped, and nothing that is missing passes as empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kirin_video.console import formats
from kirin_video.console.language import NAMES
from kirin_video.console.paths import BASE

if TYPE_CHECKING:
    from kirin_video.console.assets import Assets


class Renderer:
    """Fills templates.

    Args:
        assets: what templates link to.
    """

    def __init__(self, assets: Assets) -> None:
        self._templates = Environment(
            loader=PackageLoader("kirin_video.console"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._globals = {"base": BASE, "asset": assets.url, "languages": NAMES}
        self._templates.filters.update(
            money=formats.money,
            number=formats.number,
            size=formats.size,
            seconds=formats.seconds,
            day=formats.day,
            iso=formats.iso,
            browser=formats.browser,
        )

    def render(self, template: str, values: Mapping[str, Any]) -> str:
        """Fill a template.

        Args:
            template: its name.
            values: what it gets.
        """
        return self._templates.get_template(template, globals=self._globals).render(values)
