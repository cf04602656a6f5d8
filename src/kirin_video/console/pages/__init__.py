"""The pages, a module for each part of the console; each gives its routes."""
