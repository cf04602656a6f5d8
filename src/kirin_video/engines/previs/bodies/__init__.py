"""Bodies: what subjects are made of, from a row of the catalogue to a skinned mesh that moves.

`catalogue` reads the table of kinds, `build` makes a `Body` of one, `staging` puts it into the world.
"""
