"""What people wear beside clothes: on the head, the face, the body, the feet."""
