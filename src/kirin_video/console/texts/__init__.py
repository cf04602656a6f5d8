"""What the console says, in each of its languages: plain catalogues, one file a language."""
