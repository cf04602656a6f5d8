"""Shader programs from the package's own GLSL, and setting their uniforms."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import cast

import moderngl
import numpy as np
from numpy.typing import NDArray

Value = float | tuple[float, ...] | NDArray[np.float64]

_VERSION = "#version 330\n"


def _source(name: str) -> str:
    return files("kirin_video.engines.previs").joinpath("shaders", name).read_text(encoding="utf-8")


class Shader:
    """A linked program.

    Args:
        context: where it lives.
        vertex: file name of the vertex shader.
        fragment: file name of the fragment shader.
        shared: files put before both, in order.
        flags: names defined for the preprocessor. llvmpipe computes both sides of every condition, so what a
            scene does not need is left out of its programs.
    """

    def __init__(
        self,
        context: moderngl.Context,
        vertex: str,
        fragment: str,
        shared: tuple[str, ...] = ("air.glsl",),
        flags: tuple[str, ...] = (),
    ) -> None:
        self._context = context
        head = _VERSION + "".join(f"#define {flag}\n" for flag in flags)
        head += "".join(_source(name) for name in shared)
        self.program = context.program(
            vertex_shader=head + _source(vertex), fragment_shader=head + _source(fragment)
        )
        # Looked up thousands of times a frame; the program itself would search through all of its members.
        self._uniforms = {
            name: uniform
            for name in self.program
            if isinstance(uniform := self.program[name], moderngl.Uniform)
        }

    def array(
        self, content: list[tuple[moderngl.Buffer, str, str]], index: moderngl.Buffer | None = None
    ) -> moderngl.VertexArray:
        """Geometry for this program: buffers with their formats and attributes, and an index.

        Attributes that the compiler found unused are skipped.
        """
        make = cast("Callable[..., moderngl.VertexArray]", self._context.vertex_array)  # pyright: ignore[reportUnknownMemberType]
        return make(self.program, [c for c in content if c[2] in self.program], index)

    def rows(
        self, rows: moderngl.Buffer, fields: tuple[tuple[str, int], ...], index: moderngl.Buffer
    ) -> moderngl.VertexArray:
        """Geometry of one buffer with a row of floats for every vertex: its fields with their lengths."""
        make = cast("Callable[..., moderngl.VertexArray]", self._context.vertex_array)  # pyright: ignore[reportUnknownMemberType]
        layout = " ".join(
            f"{length}f" if name in self.program else f"{4 * length}x" for name, length in fields
        )
        names = [name for name, _ in fields if name in self.program]
        return make(self.program, [(rows, layout, *names)], index)

    def cover(self) -> None:
        """Run once for every pixel of the target in use."""
        self._context.enable_only(moderngl.NOTHING)
        array = self.array([])
        array.render(moderngl.TRIANGLES, vertices=3)
        array.release()

    def set(self, **values: Value) -> None:
        """Set uniforms; those that the compiler found unused are skipped."""
        for name, value in values.items():
            uniform = self._uniforms.get(name)
            if uniform is None:
                continue
            if isinstance(value, np.ndarray):
                uniform.write(np.ascontiguousarray(value.T, np.float32).tobytes())
            else:
                uniform.value = value

    def set_rows(self, name: str, rows: NDArray[np.float64]) -> None:
        """Set an array of vectors, a row (n, 4) each."""
        uniform = self._uniforms.get(name)
        if uniform is not None:
            uniform.write(np.ascontiguousarray(rows, np.float32).tobytes())

    def bind_blocks(self, **bindings: int) -> None:
        """Say which bindings the program's uniform blocks read."""
        for name, binding in bindings.items():
            block = self.program[name]
            assert isinstance(block, moderngl.UniformBlock)
            block.binding = binding

    def use_texture(self, name: str, texture: moderngl.Texture, unit: int) -> None:
        """Bind a texture to a sampler."""
        if name in self.program:
            texture.use(unit)
            self.set(**{name: unit})
