"""Shots from reference pictures and elements: subjects cut out and staged, places and styles taken over.

`roles` reads which reference is what, `cutting` cuts subjects out, `figure` makes bodies of them that staging
moves like any other, and `casting` brings all of it together.
"""
