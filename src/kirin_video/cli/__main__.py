"""``python -m kirin_video.cli``: the command without its script, as the supervisor starts its children."""

from kirin_video.cli import main

if __name__ == "__main__":
    main()
