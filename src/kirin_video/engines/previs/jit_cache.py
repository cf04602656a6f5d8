"""How compiled kernels and shaders are kept and run: what has to be said before they are loaded."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

_VARIABLE = "NUMBA_CACHE_DIR"
_SHADERS = "MESA_SHADER_CACHE_DIR"
_WAITING = "OMP_WAIT_POLICY"


def prepare_jit_cache() -> Path | None:
    """Makes sure that ``cache=True`` finds a folder, whoever runs us and wherever we are installed.

    numba reads ``NUMBA_CACHE_DIR`` once, when it is first imported: call this before. Left alone, numba
    writes beside the source file and refuses to compile at all where it finds no folder to write. The order
    here: the folder the environment names; beside the source where that can be written; the user's cache
    folder; a private folder below the temporary one, last because it may be lost.

    Threads of kernels are told to sleep while they wait: OpenMP's spin for milliseconds at the end of every
    kernel, on cores that the encoder or another clip could use. Read once as well, as OpenMP is loaded.

    Returns:
        The folder that was set, or None where numba's own choice (beside the source) works.
    """
    os.environ.setdefault(_WAITING, "passive")
    named = os.environ.get(_VARIABLE)
    if named and _is_usable(Path(named)):
        return Path(named)
    os.environ.pop(_VARIABLE, None)
    if os.access(Path(__file__).parent, os.W_OK):
        return None
    chosen = next((folder for folder in _fallbacks() if _is_usable(folder)), None)
    if chosen is None:
        chosen = Path(tempfile.mkdtemp(prefix="kirin-jit-"))
    os.environ[_VARIABLE] = str(chosen)
    return chosen


def prepare_shader_cache() -> Path | None:
    """Makes sure that Mesa finds a folder for compiled shaders: without one, clips wait seconds for them.

    Mesa looks for it below the cache folder or home when the first context is opened: call this before.

    Returns:
        The folder that was set, or None where the environment names one or Mesa's own choice works.
    """
    if os.environ.get(_SHADERS):
        return None
    *own, last = _fallbacks()
    # Where our folder below the user's can be used, so can Mesa's beside it.
    if any(_is_usable(folder) for folder in own[:1]):
        return None
    chosen = next((folder for folder in (*own[1:], last) if _is_usable(folder)), None)
    if chosen is not None:
        os.environ[_SHADERS] = str(chosen)
    return chosen


def _fallbacks() -> Iterator[Path]:
    """Folders to try, best first; nothing is created here."""
    cache_home = os.environ.get("XDG_CACHE_HOME")
    if cache_home:
        yield Path(cache_home) / "kirin-video" / "jit"
    home = os.environ.get("HOME")
    if home:
        yield Path(home) / ".cache" / "kirin-video" / "jit"
    yield Path(tempfile.gettempdir()) / f"kirin-jit-{os.getuid()}"


def _is_usable(folder: Path) -> bool:
    """Whether we can write there and nobody else can: compiled code is loaded from it unseen."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return False
    is_private = status.st_uid == os.getuid() and not status.st_mode & 0o022
    return is_private and folder.is_dir() and not folder.is_symlink() and os.access(folder, os.W_OK | os.X_OK)
