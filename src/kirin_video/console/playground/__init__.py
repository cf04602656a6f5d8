"""The playground: a form that makes clips, read, judged and shown as programs would write it."""
