"""References that come into a first frame: cut out, lit like the photograph, walking in by themselves.

``render`` runs the whole; ``entrances`` says where each of them comes from and goes to, ``puppet`` moves its
cut-out, and ``matching`` gives it the photograph's light.
"""
