"""Hard things: building blocks for machines, houses, furniture and objects, and how rigid pieces move.

`forms` makes single pieces, `skins` bends panels over surfaces, `assembly` hangs pieces on bones and bakes
the light that reaches into their corners.
"""
