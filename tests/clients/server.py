"""A `serve` of one's own: where it listens, what it logs, what is in its mailboxes. It knows no mail program."""
import pathlib
import re
import socket
import subprocess
import sys
import time

sys.path.append(str(pathlib.Path(__file__).parent / "../interop"))
from control import Control  # noqa: E402

PATIENCE = 10
LISTENS = re.compile(r"listening on \S+:(\d+)(?: (inside TLS|for control))?\n")


class Server:
    """Runs until it is left. `plain` and `tls` are ports, `authority` is the file with its certificate authority."""

    def __init__(self, program, folder, *flags):
        folder.mkdir(parents=True, exist_ok=True)
        self.log_file = folder / "serve.log"
        self.authority = folder / "authority.pem"
        self.words = [program, "--plain", "127.0.0.1:0", "--tls", "127.0.0.1:0", "--control", "127.0.0.1:0",
                      "--ca-out", self.authority, *flags]

    def __enter__(self):
        with self.log_file.open("wb") as log:
            self.process = subprocess.Popen(self.words, stdout=subprocess.PIPE, stderr=log, text=True)
        ports = {}
        while len(ports) < 3:
            line = self.process.stdout.readline()
            heard = LISTENS.fullmatch(line)
            if not heard:
                self.stop()
                raise RuntimeError(f"serve did not start: {line}{self.log_file.read_text()}")
            ports[heard[2]] = int(heard[1])
        self.plain, self.tls = ports[None], ports["inside TLS"]
        self.control = Control(f"127.0.0.1:{ports['for control']}")
        return self

    def __exit__(self, *_):
        self.control.close()
        self.stop()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def logged(self):
        """Every line of the log so far."""
        return self.log_file.read_text(errors="replace").splitlines()

    def open(self, user, password):
        """A session in TRANSACTION. Whoever had the mailbox open may still be on the way out."""
        patient_until = time.monotonic() + PATIENCE
        while True:
            try:
                return Session(self.plain, user, password)
            except InUse:
                if time.monotonic() > patient_until:
                    raise
                time.sleep(0.02)

    def messages(self, user, password):
        """Every message of a mailbox."""
        with self.open(user, password) as session:
            return session.messages()


class InUse(RuntimeError):
    """Another session has the mailbox open."""


class Session:
    """The few commands that it takes to look into a mailbox, read from the RFC and from nothing else."""

    def __init__(self, port, user, password):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.lines = self.socket.makefile("rb")
        try:
            self.answer()
            self.ask(f"USER {user}")
            self.ask(f"PASS {password}")
        except RuntimeError:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ask("QUIT")
        self.close()

    def close(self):
        self.lines.close()
        self.socket.close()

    def answer(self):
        line = self.lines.readline()
        if not line.startswith(b"+OK"):
            raise (InUse if b"[IN-USE]" in line else RuntimeError)(f"serve said {line!r}")
        return line

    def ask(self, command):
        self.socket.sendall(command.encode() + b"\r\n")
        return self.answer()

    def messages(self):
        count = int(self.ask("STAT").split()[1])
        return [self.retrieve(number) for number in range(1, count + 1)]

    def retrieve(self, number):
        self.ask(f"RETR {number}")
        lines = []
        while (line := self.lines.readline()) != b".\r\n":
            if not line:
                raise RuntimeError(f"serve ended message {number} in the middle")
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)
