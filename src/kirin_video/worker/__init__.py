"""The worker: claims tasks and renders each in a child process."""
