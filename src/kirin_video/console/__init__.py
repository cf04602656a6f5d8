"""The console: pages for people, over the same services that answer programs."""
