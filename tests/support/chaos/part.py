"""A part of the server, `kirin api` or `kirin worker`, with traps set."""

import sys

from kirin_video.lifeline import die_with_parent

if __name__ == "__main__":
    if "--parent" in sys.argv:  # before anything takes long
        die_with_parent(int(sys.argv[sys.argv.index("--parent") + 1]))
    from chaos.traps import set_traps
    from kirin_video.cli import main

    set_traps()
    sys.argv[0] = "kirin"
    main()
