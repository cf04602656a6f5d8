"""`kirin serve` whose parts have traps in them."""

import sys

from kirin_video.supervisor import __main__ as light
from kirin_video.supervisor.commands import Commands

PART = (sys.executable, "-m", "chaos.part")

if __name__ == "__main__":
    sys.exit(light.main(Commands(api=(*PART, "api"), worker=(*PART, "worker"))))
