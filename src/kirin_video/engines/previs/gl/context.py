"""Opening OpenGL without a screen, and saying clearly what is missing when it cannot be."""

from __future__ import annotations

import os

import moderngl

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.engines.previs.jit_cache import prepare_shader_cache

MISSING_GL = (
    "The previs engine needs software OpenGL, which this machine does not offer: "
    "install Mesa's EGL and llvmpipe (on Debian or Ubuntu: apt install libegl1 libgl1-mesa-dri)."
)


def open_context(threads: int) -> moderngl.Context:
    """A context on llvmpipe.

    Args:
        threads: rasteriser threads beside the calling one; 0 draws on the caller's thread. Mesa reads this
            once, when the first context of a process is created.

    Raises:
        TaskFailure: GENERATION_FAILED when EGL or llvmpipe is missing.
    """
    prepare_shader_cache()
    os.environ["LP_NUM_THREADS"] = str(threads)
    # A graphics card would draw other pixels than the ones we promise for a seed.
    os.environ["LIBGL_ALWAYS_SOFTWARE"] = "1"
    os.environ.setdefault("EGL_PLATFORM", "surfaceless")
    try:
        return moderngl.create_context(standalone=True, backend="egl", require=330)  # pyright: ignore[reportArgumentType]
    except Exception as error:
        # moderngl and glcontext raise bare Exception, ImportError or ValueError for what is missing.
        raise TaskFailure(Fault.GENERATION_FAILED, f"{MISSING_GL} ({error})") from error
