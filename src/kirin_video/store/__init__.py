"""PostgreSQL and files: where tasks, money and results are kept."""
