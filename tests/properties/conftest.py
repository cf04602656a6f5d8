"""How the property tests run: as long as they need on a busy machine, and leaving nothing behind."""

from hypothesis import settings

settings.register_profile("kirin", deadline=None, database=None)
settings.load_profile("kirin")
