"""A `serve` of one's own: where it listens, what it logs, what is in its mailboxes. It knows no mail program."""
import os
import pathlib
import socket
import sys
import time

sys.path.append(str(pathlib.Path(__file__).parent / "../interop"))
from serve import Serve  # noqa: E402

PATIENCE = 10


class Server(Serve):
    """Runs until it is left. `authority` is the file with its certificate authority."""

    def __init__(self, program, folder, *flags):
        folder.mkdir()
        self.authority = folder / "authority.pem"
        super().__init__(program, "--ca-out", self.authority, *flags)

    def __exit__(self, *_):
        # It ends in order, which would mean to wait for us.
        self.control.close()
        self.stop()

    def logged(self):
        """Every line of the log so far."""
        # The place in the file is shared with the server, which goes on writing: it must not be moved.
        file = self.errors.fileno()
        return os.pread(file, os.fstat(file).st_size, 0).decode(errors="replace").splitlines()

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
