"""Use cases, one a module: frozen dataclasses with what they need as fields."""
