"""Starts `serve` on free ports and stops it."""
import os
import re
import subprocess
import tempfile
import time

from control import Control


class Serve:
    """A running `serve`: its ports are `plain` and `tls`, its control port answers by `control(...)`.

    `program` is the path of serve, `flags` what stands on its command line beside the addresses.
    """

    def __init__(self, program, *flags, tls=True):
        doors = ["--plain", "127.0.0.1:0", "--control", "127.0.0.1:0"] + (["--tls", "127.0.0.1:0"] if tls else [])
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen([program, *doors, *flags], stdout=subprocess.PIPE, stderr=self.errors)
        self.plain = self.tls = self.control = None
        wanted = 3 if tls else 2
        for _ in range(wanted):
            line = self.process.stdout.readline().decode()
            found = re.fullmatch(r"listening on (.*:(\d+))( inside TLS| for control)?\n", line)
            if not found:
                raise RuntimeError(f"serve did not start: {line}{self.log()}")
            if found[3] == " for control":
                self.control = Control(found[1])
            elif found[3]:
                self.tls = int(found[2])
            else:
                self.plain = int(found[2])

    def log(self):
        """What it has written on standard error."""
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")

    def stop(self):
        """Ends it as an administrator does; gives its exit code."""
        self.process.terminate()
        self.process.stdout.close()
        return self.process.wait(timeout=20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
