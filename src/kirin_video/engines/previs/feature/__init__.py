"""Footage to borrow from: camera, pace, colours and style for a new shot, or its scene for the next."""
