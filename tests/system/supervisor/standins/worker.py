"""A worker that does nothing, with a child of its own that does nothing either."""

import os
import signal
import subprocess
import sys

from kirin_video.lifeline import die_with_parent

die_with_parent(int(sys.argv[sys.argv.index("--parent") + 1]))
RENDER = """
import sys, time
from kirin_video.lifeline import die_with_parent
die_with_parent(int(sys.argv[1]))
time.sleep(600)
"""
child = subprocess.Popen([sys.executable, "-c", RENDER, str(os.getpid()), "render-child"])
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
child.wait()
