"""Drawing a scene with OpenGL in software."""
