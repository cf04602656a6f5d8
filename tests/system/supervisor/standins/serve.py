"""`kirin serve` with tiny stand-ins for the API, the worker and the command that creates a key."""

import sys
from pathlib import Path

from kirin_video.supervisor import __main__ as light
from kirin_video.supervisor.commands import Commands

here = Path(__file__).parent
python = (sys.executable,)
key = (*python, "-c", "print('kirin_a_key')")
stubborn = ("--stubborn",) if "--stubborn" in sys.argv else ()
broken = "--broken" in sys.argv
sys.argv = [word for word in sys.argv if word not in ("--stubborn", "--broken")]
api = (*python, str(here / "api.py"), *stubborn)
if broken:
    api = (*python, "-c", "raise SystemExit('no such module')")
commands = Commands(api=api, worker=(*python, str(here / "worker.py")), first_key=key)
sys.exit(light.main(commands))
