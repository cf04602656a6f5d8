"""The library of elements: subjects that clips can refer to. Made, seen, deleted."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from kirin_video.console.gate import action, page
from kirin_video.console.refusals import violation_words
from kirin_video.domain.access import Scope
from kirin_video.domain.element_parameters import (
    ELEMENT_DESCRIPTION,
    ELEMENT_NAME,
    FRONTAL_IMAGE,
    MAX_ELEMENT_DESCRIPTION,
    MAX_ELEMENT_NAME,
    MAX_REFER_IMAGES,
    REFER_IMAGE_URL,
    REFER_LIST,
    TAG_LIST,
)
from kirin_video.domain.errors import InvalidRequest
from kirin_video.domain.inputs import MODEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.forms import Form
    from kirin_video.console.visit import Visit

_A_PAGE: Final = "24"
_FIELDS: Final = (ELEMENT_NAME, ELEMENT_DESCRIPTION, FRONTAL_IMAGE, REFER_LIST, TAG_LIST)


def routes() -> list[Route]:
    """``/elements`` and what is below it."""
    return [
        page("/elements", _list),
        page("/elements/new", _new, needs=Scope.GENERATE),
        page("/elements/{element}", _show),
        action("/elements", _create),
        action("/elements/{element}/delete", _delete),
    ]


async def _list(visit: Visit) -> Response:
    after = visit.request.query_params.get("after")
    own = await visit.services.list_elements(
        visit.caller, [("preset", "false"), ("limit", _A_PAGE), *([("after", after)] if after else [])]
    )
    presets = await visit.services.list_elements(visit.caller, [("preset", "true"), ("limit", "100")])
    link = visit.services.link_element
    return visit.page(
        "elements.html",
        own=[(element, link(element), True) for element in own.elements],
        presets=[(element, link(element), link.is_at_hand(element)) for element in presets.elements],
        older=f"?after={own.next_cursor}" if own.next_cursor else None,
        is_first=after is None,
    )


async def _new(visit: Visit) -> Response:
    return _form(visit, {}, {})


async def _show(visit: Visit) -> Response:
    element = await visit.services.read_element(visit.caller, visit.request.path_params["element"])
    sample = {
        "model": MODEL,
        "prompt": f"<<<element_1>>> {visit.text('elements.sample_prompt')}",
        "element_list": [{"element_id": element.id}],
        "aspect_ratio": "16:9",
    }
    return visit.page(
        "element.html",
        element=element,
        pictures=visit.services.link_element(element),
        is_at_hand=visit.services.link_element.is_at_hand(element),
        sample=json.dumps(sample, indent=2, ensure_ascii=False),
    )


async def _create(visit: Visit, form: Form) -> Response:
    await visit.services.admit.count(visit.caller, creates=True)
    raw = {
        ELEMENT_NAME.name: form.text("name"),
        ELEMENT_DESCRIPTION.name: form.text("description"),
        FRONTAL_IMAGE.name: form.text("frontal"),
        REFER_LIST.name: [{REFER_IMAGE_URL.name: url} for url in form.all("other")],
        TAG_LIST.name: [{"tag_id": tag} for tag in _tags(form.text("tags"))],
    }
    try:
        created = await visit.services.create_element(
            visit.caller, raw, base_url=visit.context.base_url(visit.request), model_needed=False
        )
    except InvalidRequest as error:
        problems: dict[str, str] = {}
        for violation in error.violations:
            problem = violation_words(visit.text, violation)
            problems.setdefault(violation.field.partition("[")[0], problem)
        return _form(visit, {name: form.text(name) for name in ("name", "description", "tags")}, problems)
    element_id = getattr(created.task.request, "element_id", None)
    return visit.redirect(f"/elements/{element_id}", "element_made")


async def _delete(visit: Visit, form: Form) -> Response:
    del form
    await visit.services.delete_element(visit.caller, visit.request.path_params["element"])
    return visit.redirect("/elements", "element_deleted")


def _form(visit: Visit, given: Mapping[str, str], problems: Mapping[str, str]) -> Response:
    known = {field.name for field in _FIELDS}
    return visit.page(
        "element_new.html",
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        given=given,
        problems=problems,
        others=[message for field, message in problems.items() if field not in known],
        longest_name=MAX_ELEMENT_NAME,
        longest_description=MAX_ELEMENT_DESCRIPTION,
        most_pictures=MAX_REFER_IMAGES,
    )


def _tags(text: str) -> list[str]:
    """Tags as people write them: words with commas, of either kind, between them."""
    return [tag.strip() for tag in text.replace("\N{FULLWIDTH COMMA}", ",").split(",") if tag.strip()]
