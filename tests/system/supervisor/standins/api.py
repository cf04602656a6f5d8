"""A tiny API: answers every request with its process id; for tests of the supervisor alone."""

import argparse
import http.server
import os
import signal
import socket

from kirin_video.lifeline import die_with_parent

parser = argparse.ArgumentParser()
parser.add_argument("--fd", type=int)
parser.add_argument("--parent", type=int)
parser.add_argument("--stubborn", action="store_true")
given = parser.parse_args()
die_with_parent(given.parent)
if given.stubborn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = str(os.getpid()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = http.server.HTTPServer(("127.0.0.1", 0), Answer, bind_and_activate=False)
server.socket = socket.socket(fileno=given.fd)
server.serve_forever()
