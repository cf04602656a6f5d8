"""Engines: whatever turns a shot into frames. ``base`` is the contract, ``registry`` finds them."""
