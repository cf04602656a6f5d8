from __future__ import annotations

import os
from pathlib import Path

import pytest

from kirin_video.engines.previs import jit_cache


def test_a_named_folder_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "mine"))
    assert jit_cache.prepare_jit_cache() == tmp_path / "mine"
    assert (tmp_path / "mine").is_dir()


def test_nothing_is_set_where_the_package_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(jit_cache.os, "access", lambda *_: True)
    assert jit_cache.prepare_jit_cache() is None
    assert "NUMBA_CACHE_DIR" not in os.environ


def test_a_package_that_cannot_be_written_falls_back_to_the_user_s_cache(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = Path(jit_cache.__file__).parent
    writable = os.access
    monkeypatch.setattr(jit_cache.os, "access", lambda path, mode: path != package and writable(path, mode))
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/proc/nowhere")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    chosen = jit_cache.prepare_jit_cache()
    assert chosen == tmp_path / "kirin-video" / "jit"
    assert os.environ["NUMBA_CACHE_DIR"] == str(chosen)


def test_a_folder_that_others_can_write_is_not_trusted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(open_to_all))
    assert jit_cache.prepare_jit_cache() != open_to_all


@pytest.fixture
def no_shader_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MESA_SHADER_CACHE_DIR", "")
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    monkeypatch.setenv("HOME", "/proc/nowhere")


@pytest.mark.usefixtures("no_shader_folder")
def test_shaders_are_kept_somewhere_even_without_a_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(jit_cache.tempfile, "gettempdir", lambda: str(tmp_path))
    chosen = jit_cache.prepare_shader_cache()
    assert chosen is not None
    assert chosen.parent == tmp_path
    assert os.environ["MESA_SHADER_CACHE_DIR"] == str(chosen)


@pytest.mark.usefixtures("no_shader_folder")
def test_mesa_s_own_folder_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert jit_cache.prepare_shader_cache() is None
    monkeypatch.setenv("MESA_SHADER_CACHE_DIR", "/somewhere")
    assert jit_cache.prepare_shader_cache() is None
