import subprocess
import sys

PROGRAM = """
import sys, threading
from kirin_video.heap import return_large_blocks

def rss_mib():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 2**20

def work():
    for size_mib in (31, 14, 14, 14, 14, 14):  # the first, freed, is glibc's leave to keep the others
        held.append(bytearray(size_mib * 2**20))
        if size_mib == 31:
            del held[:]
    keep.append(bytes(1000))
    del held[:]

if "return" in sys.argv:
    assert return_large_blocks()
held, keep = [], []
before = rss_mib()
for _ in range(4):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
print(rss_mib() - before)
"""


def left_mib(*arguments: str) -> float:
    command = [sys.executable, "-c", PROGRAM, *arguments]
    return float(subprocess.run(command, capture_output=True, check=True, text=True, timeout=60).stdout)


def test_freed_blocks_go_back_to_the_system() -> None:
    assert left_mib("return") < 5


def test_what_is_free_can_be_given_back_at_once() -> None:
    program = (
        "from kirin_video.heap import return_freed_blocks\n"
        "held = [bytes(60_000) for _ in range(1_000)]\n"
        "last = bytes(60_000)\n"
        "del held\n"
        "assert return_freed_blocks()\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
