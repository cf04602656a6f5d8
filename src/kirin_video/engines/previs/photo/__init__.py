"""A photograph set in motion: taken apart into layers with depth, and filmed again by a moving camera.

In reading order: ``render`` runs the whole; ``picture`` opens the file; ``scene`` takes it apart with
``superpixels`` and ``saliency`` (where the subject is), ``matte`` (its outline), ``regions`` (sky, water,
leaves), ``depth`` (how near everything is), ``plate`` and ``patchfill`` (what the subject hides) and
``layers`` (textures); ``moves`` is the camera, ``framing`` keeps it inside the picture, ``warp`` turns it
into coordinates; ``life``, ``grade`` and ``weather`` go on top, and ``kernels`` draws.
"""
