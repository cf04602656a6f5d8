"""The HTTP face: one module a dialect, all of them translating to the same services."""
