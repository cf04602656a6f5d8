"""`kirin serve`: a light parent that starts the parts of a server and keeps them running."""
