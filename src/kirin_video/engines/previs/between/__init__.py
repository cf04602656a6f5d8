"""A clip between two pictures: it opens with the one and ends with the other, both exactly.

In reading order: ``render`` runs the whole; ``kinship`` finds out whether both pictures show one scene, and
``choosing`` what is done about it, asking ``wording`` what the prompt says. Of one scene the camera's way
from picture to picture is recovered and travelled (``path``, ``fields``, ``travelling``, drawn by
``two_warps``). Of two scenes each moves by itself (``takes``), and a designed passage leads from one to the
other (``passages``), or one subject takes on the shape of the other (``shapes``).
"""
