"""Effects: what happens in a picture beside subjects and weather, as swarms and lamps.

`occasion` is what they are made for, `conjure` chooses them for a plan; `fire`, `smoke`, `fireworks`, `sky`,
`drifting`, `glowing`, `water` and `dust` make them; `shapes` draws what they look like.

Nothing is imported here: painting processes need `shapes` and none of the rest.
"""
