"""Rooms by what they are for: a library, a shop, a classroom and others."""
