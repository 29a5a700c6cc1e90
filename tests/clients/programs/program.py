"""What a mail program is to these tests: it can list, fetch, keep and remove, and says what it cannot."""
import dataclasses
import os
import pathlib
import re
import subprocess

# A program that takes longer hangs.
LIMIT = 60

PLAIN, STLS, TLS = "plain", "STLS", "TLS"
ROADS = [PLAIN, STLS, TLS]


class Refused(Exception):
    """The program gave up: its exit status, and what it said."""

    def __init__(self, status, said):
        super().__init__(f"it ended with {status}: {' / '.join(said.strip().splitlines())[-600:]}")
        self.status, self.said = status, said


@dataclasses.dataclass
class Job:
    """Whose mail is wanted from where. `home` is the program's own folder, with what it remembers."""

    road: str
    port: int
    authority: pathlib.Path
    home: pathlib.Path
    user: str
    password: str
    host: str = "localhost"
    # None is what the program chooses by itself.
    mechanism: str = None
    token: str = None

    def path(self, *parts):
        return self.home.joinpath(*parts)


class Program:
    """One mail program. A subclass says in data what it cannot do, and how to make it do the rest."""

    name = ""
    # The ways it has to show who one is.
    mechanisms = ()
    # What `serve` must have by --with before the program takes a mechanism: {mechanism: features}.
    needs = {}
    # Whether it knows what it has fetched before.
    remembers = False
    # Why something is not there: {what: reason}, {road: reason} or {(road, what): reason}.
    dashes = {}
    # What it does by its own fault, in this order.
    faults = ()
    # How it ends, and some of what it says, when the `password` is wrong, the mailbox is `locked`, or it does not know
    # the `authority` of a certificate, which may also be for another `name`: {why: (exit status, words)}.
    refusals = {}

    def version(self):
        raise NotImplementedError

    def listing(self, job):
        """How many messages there are, and how many octets all of them have, as the program tells."""
        raise NotImplementedError

    def fetch(self, job, keep):
        """The messages that it fetches, in their order, with CRLF; with `keep` they stay on the server."""
        raise NotImplementedError

    def makes_of(self, message):
        """What arrives of a message."""
        for fault in self.faults:
            message = fault.makes_of(message)
        return message

    # -- for subclasses

    def run(self, job, *words, text="", environment=(), **more):
        """Runs a program with the job's home; what it wrote to standard output, or Refused."""
        home = {"HOME": str(job.home), "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"], "TMPDIR": str(job.home)}
        done = subprocess.run(
            [str(word) for word in words], input=text.encode(), capture_output=True, timeout=LIMIT, cwd=job.home,
            env=home | dict(environment), **more)
        said = (done.stdout + done.stderr).decode(errors="replace")
        job.path("said").write_text(said)
        if done.returncode != 0:
            raise Refused(done.returncode, said)
        return done.stdout

    def config(self, job, name, text):
        """Writes a file with a password in it."""
        path = job.path(name)
        path.unlink(missing_ok=True)
        path.touch(0o600)
        path.write_text(text)
        return path

    def deliver(self, job, inbox, and_then=""):
        """A program that stores one message: its standard input."""
        path = job.path("deliver")
        path.write_text(f'#!/bin/sh\ncat >"{inbox}/$(ls "{inbox}" | wc -l)"\n{and_then}\n')
        path.chmod(0o755)
        return path

    def inbox(self, job):
        """An empty folder for what is fetched."""
        folder = job.path("inbox")
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        return folder

    @staticmethod
    def numbered(folder):
        """The contents of files named by numbers, in the order of these."""
        return [path.read_bytes() for path in sorted(folder.iterdir(), key=lambda path: int(path.name))]


def with_crlf(message):
    """What was stored with the line ends of the system, as POP3 sends it. A CR that was alone stays."""
    return message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def first_version(*words):
    """The first thing like a version that a program says of itself."""
    said = subprocess.run(words, capture_output=True, timeout=LIMIT, text=True)
    found = re.search(r"\d+\.\d+[\w.]*", said.stdout + said.stderr)
    return found[0] if found else "unknown"
