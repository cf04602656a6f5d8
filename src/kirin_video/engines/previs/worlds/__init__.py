"""The natural worlds, one module each."""
