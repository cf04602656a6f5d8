import sys
import types
from dataclasses import dataclass

import pytest

from kirin_video.engines.base import Feature
from kirin_video.engines.registry import EngineRegistry, UnknownEngine


@dataclass(frozen=True)
class Painter:
    name = "painter"
    worker_class = "gpu"
    features = frozenset({Feature.TEXT, Feature.ELEMENTS})


@dataclass(frozen=True)
class Editor:
    name = "editor"
    worker_class = "cpu"
    features = frozenset({Feature.TEXT, Feature.BASE_VIDEO})


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> EngineRegistry:
    module = types.ModuleType("engines_of_this_test")
    module.__dict__.update(Painter=Painter, Editor=Editor)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return EngineRegistry(["engines_of_this_test:Painter", "engines_of_this_test:Editor"])


def test_the_first_engine_that_has_all_features_is_chosen(registry: EngineRegistry) -> None:
    assert registry.choose(frozenset({Feature.TEXT})) == "engines_of_this_test:Painter"
    assert registry.choose(frozenset({Feature.BASE_VIDEO})) == "engines_of_this_test:Editor"


def test_a_worker_chooses_among_the_engines_of_its_classes(registry: EngineRegistry) -> None:
    assert registry.worker_classes == ("gpu", "cpu")
    assert registry.plain_class == "cpu"
    text = frozenset({Feature.TEXT})
    assert registry.choose(text, ["cpu"]) == "engines_of_this_test:Editor"
    assert registry.choose(text, ["cpu", "gpu"]) == "engines_of_this_test:Painter"
    assert registry.choose(frozenset({Feature.ELEMENTS}), ["cpu"]) is None


def test_features_of_two_engines_are_not_one_engine(registry: EngineRegistry) -> None:
    both = frozenset({Feature.ELEMENTS, Feature.BASE_VIDEO})
    assert registry.choose(both) is None
    assert registry.unsupported(both) == frozenset()


def test_what_no_engine_has_is_named(registry: EngineRegistry) -> None:
    asked = frozenset({Feature.TEXT, Feature.LAST_FRAME})
    assert registry.unsupported(asked) == frozenset({Feature.LAST_FRAME})


def test_an_engine_is_made_once(registry: EngineRegistry) -> None:
    assert registry.engine(registry.names[0]) is registry.engine(registry.names[0])


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(UnknownEngine, match="nowhere"):
        EngineRegistry(["nowhere"]).engine("nowhere")


@pytest.mark.parametrize("name", ["no_such_module:Engine", "kirin_video:NoSuchEngine", "nowhere"])
def test_a_mistake_in_the_settings_shows_at_the_start(name: str) -> None:
    with pytest.raises(UnknownEngine, match=name.partition(":")[0]):
        EngineRegistry(["previs", name]).load_all()


def test_the_installed_engine_is_found_by_its_entry_point() -> None:
    assert EngineRegistry(["previs"]).engine("previs").name == "previs"
