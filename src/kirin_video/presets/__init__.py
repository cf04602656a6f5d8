"""Elements that every account has from the start. Their pictures are drawn by ``python -m`` this package."""
