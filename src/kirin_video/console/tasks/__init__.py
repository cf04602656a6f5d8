"""What the pages of tasks show: one in words and pictures, live, and two beside each other."""
