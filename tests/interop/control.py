#!/usr/bin/env python3
"""Speaks to the control port of `serve`: from a program as Control, or by hand:

    control.py 127.0.0.1:4001 reset alice bob
"""
import socket
import sys


class Control:
    """A connection to the control port."""

    def __init__(self, address):
        host, _, port = address.rpartition(":")
        self.lines = socket.create_connection((host, int(port)), timeout=10).makefile("rw", newline="\n")

    def __call__(self, *words):
        """Sends one line; anything but `ok` is an error, with the server's sentence."""
        self.lines.write(" ".join(str(word) for word in words) + "\n")
        self.lines.flush()
        answer = self.lines.readline().rstrip("\n")
        if answer != "ok":
            raise RuntimeError(f"{' '.join(map(str, words))}: {answer or 'no answer'}")

    def close(self):
        """Ends the connection."""
        self.lines.close()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    try:
        Control(sys.argv[1])(*sys.argv[2:])
    except (OSError, RuntimeError) as problem:
        sys.exit(str(problem))
