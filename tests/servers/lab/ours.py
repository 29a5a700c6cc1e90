"""Starts our `serve` with the same accounts."""

import json
import os
import re
import socket
import ssl
import subprocess

from . import accounts as mailboxes

# How often it is asked for new mailboxes; each time it waits two seconds for sessions to end.
PATIENCE = 10


class Serve:
    """`plain` and `tls` are its addresses; `context` trusts the authority that it made for itself."""

    def __init__(self, program, folder, accounts, flags=()):
        self.accounts = accounts
        os.makedirs(folder)
        path = os.path.join(folder, "fixtures.json")
        with open(path, "w", encoding="ascii") as file:
            json.dump(mailboxes.fixtures(accounts), file)
        authority = os.path.join(folder, "ca.pem")
        free = "127.0.0.1:0"
        command = [program, "--plain", free, "--tls", free, "--control", free, "--ca-out", authority]
        command += ["--fixtures", path, "--quiet", *flags]
        self.errors = open(os.path.join(folder, "log"), "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.errors, text=True
        )
        found = self._await()
        self.plain, self.tls = found["plain"], found["tls"]
        self.control = socket.create_connection(found["control"], timeout=10).makefile("rw", newline="\n")
        self.context = ssl.create_default_context(cafile=authority)

    def _await(self):
        """Where it listens, by what for."""
        found = {}
        for line in self.process.stdout:
            if told := re.match(r"listening on ([\d.]+):(\d+)(?: (?:for|inside) (\w+))?", line):
                found[(told[3] or "plain").lower()] = (told[1], int(told[2]))
            if len(found) == 3:
                return found
        raise SystemExit(f"serve did not start: {self.told()}")

    def told(self):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.errors.seek(0)
        return self.errors.read()

    def ask(self, words):
        """What the control port answers."""
        self.control.write(words + "\n")
        self.control.flush()
        return self.control.readline()

    def reset(self):
        """Every mailbox as it was, as soon as no session has it open."""
        for _ in range(PATIENCE):
            answer = self.ask("reset " + " ".join(self.accounts))
            if answer == "ok\n":
                return
        raise SystemExit(f"serve did not reset: {answer}{self.told()}")

    def notice(self, who):
        """Waits until the server has noticed that a connection is gone, if another does not have
        the same mailbox open."""
        self.ask(f"closed {who.name}")

    def stop(self):
        # It waits for those who are connected.
        self.control.close()
        self.process.terminate()
        self.process.wait(timeout=10)
