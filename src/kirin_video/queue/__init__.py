"""The queue of tasks: procrastinate over the database of the store."""
