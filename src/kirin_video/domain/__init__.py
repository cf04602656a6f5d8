"""Pure rules: what a request may say, what it costs, which shot it means. No I/O and no frameworks."""
