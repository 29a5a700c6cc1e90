"""Plays the steps of a script to a server and writes down what happens. The README has the dialect."""

import base64
import hashlib
import re
import ssl
import time

from . import sasl
from .connection import Connection
from .transcript import Transcript, escaped, shortened

ANSWER = 20.0
"""Seconds in which an answer has to begin."""

SILENCE = 1.0
"""Seconds of silence after which a server has said everything to raw octets."""


class Player:
    """One script and one server, whose `plain` and `tls` are addresses and whose `context` checks its
    certificate. `accounts` tells who is who by name."""

    def __init__(self, server, script, accounts):
        self.server = server
        self.who = accounts[script["account"]]
        self.implicit = script["tls"] == "implicit"
        self.steps = script["steps"]
        self.transcript = Transcript(f"{script['name']}: {script['about']}")
        self.slots = {}
        self.slot = "A"
        self.mute = set()
        self.last = None
        self.stamp = None

    def play(self):
        try:
            self.connect()
            for step in self.steps:
                self.step(step)
        finally:
            for connection in self.slots.values():
                connection.close()
        return str(self.transcript)

    def step(self, step):
        for pattern, does in STEPS:
            if found := re.fullmatch(pattern, step, re.DOTALL):
                return does(self, *(group or "" for group in found.groups()))
        raise ValueError(f"no step is written {step!r}")

    # What is heard.

    @property
    def connection(self):
        return self.slots[self.slot]

    def hear(self, patience=ANSWER):
        """One line, or a word about there being none."""
        line = self.last = self.connection.line(patience)
        if line is None:
            self.transcript.heard_nothing(self.connection.closed, "TIMEOUT, no response")
            self.hush()
        else:
            self.transcript.heard(line)
        return line

    def hear_all(self, _=None):
        """One line, and the rest of a multi-line answer if it begins one."""
        line = self.hear()
        if line and line.startswith(b"+OK"):
            while line not in (None, b".\r\n", b".\n"):
                line = self.hear()

    def drain(self, silence="", expected=False):
        patience = ANSWER if expected else min(float(silence or 1), 1)
        count = 0
        while (line := self.connection.line(SILENCE if count else patience)) is not None:
            self.transcript.heard(line)
            count += 1
        if self.connection.closed:
            self.transcript.heard_nothing(True, "")
            self.hush()
        elif not count:
            self.transcript.heard_nothing(False, "nothing")

    def hush(self):
        """Nothing more is said on a connection that the server has closed."""
        if self.connection.closed:
            self.mute.add(self.slot)

    def end(self):
        """Whether the server closes."""
        if self.slot in self.mute:
            return
        while (line := self.connection.line(3)) is not None:
            self.transcript.heard(line)
        if self.connection.closed:
            self.transcript.heard_nothing(True, "")
            self.hush()
        else:
            self.transcript.note("server keeps the connection open")

    # What is said.

    def filled(self, text):
        """The text with ${USER}, ${PASS}, ${PLAIN_IR}, ${B64:TEXT} and ${REP:TEXT:COUNT} filled in."""
        plain, _ = next(sasl.plain(self.who))
        text = text.replace("${USER}", self.who.name).replace("${PASS}", self.who.password)
        text = text.replace("${PLAIN_IR}", plain)
        text = re.sub(r"\$\{B64:(.*?)\}", lambda found: sasl.b64(unescaped(found[1])), text)
        return re.sub(r"\$\{REP:(.*?):(\d+)\}", lambda found: found[1] * int(found[2]), text)

    def may_speak(self):
        return self.slot not in self.mute

    def say(self, text, shown=None):
        """Sends a line and hears one; `shown` stands in the transcript for it."""
        if not self.may_speak():
            return None
        self.transcript.said(shortened(text) if shown is None else shown)
        self.connection.send(text.encode("latin1") + b"\r\n")
        return self.hear()

    def command(self, text):
        self.say(self.filled(text))

    def command_all(self, text):
        if self.may_speak():
            text = self.filled(text)
            self.transcript.said(shortened(text))
            self.connection.send(text.encode("latin1") + b"\r\n")
            self.hear_all()

    def raw(self, text):
        """Sends octets and hears nothing."""
        octets = unescaped(self.filled(text))
        if self.may_speak():
            self.transcript.said(shortened(escaped(octets)), octets)
            self.connection.send(octets)

    def raw_drain(self, text, _):
        if self.may_speak():
            self.raw(text)
            self.drain(expected=True)

    # Logins.

    def login(self):
        self.say(f"USER {self.who.name}")
        self.say(f"PASS {self.who.password}")

    def apop(self, wrong):
        stamp = self.stamp
        if not stamp:
            self.transcript.note('(no APOP banner in greeting; sending a digest of "<none@none>")')
            stamp = b"<none@none>"
        secret = "wrong" if wrong else self.who.password
        digest = hashlib.md5(stamp + secret.encode()).hexdigest()
        kind = "WRONG" if wrong else "good"
        self.say(f"APOP {self.who.name} {digest}", f"APOP {self.who.name} <md5(banner,{kind} password)>")

    def auth(self, mechanism, mode):
        who = self.who.pretending() if "bad" in mode and mode != "badb64" else self.who
        responses, initial = sasl.exchange(mechanism, mode, who, self.transcript.note)
        command = shown = f"AUTH {mechanism}"
        response = next(responses)
        if initial:
            command, shown = f"{command} {response[0]}", f"{shown} {response[1]}"
            response = None
        line = self.say(command, shown)
        while line and line.startswith(b"+ "):
            try:
                # A response that is left over was made before there was a challenge.
                response = response or responses.send(base64.b64decode(line[2:]))
            except StopIteration:
                return
            line = self.say(*response)
            response = None

    # TLS.

    def tls(self):
        if not (self.last or b"").startswith(b"+OK"):
            return self.transcript.note("(STLS refused: no handshake)")
        self.shake_hands()

    def shake_hands(self):
        if not self.may_speak():
            return False
        try:
            self.connection.start_tls(self.server.context)
        except OSError as error:
            kind = "SSLError" if isinstance(error, ssl.SSLError) else "OSError"
            self.transcript.note(f"error: {kind} in the handshake")
            self.mute.add(self.slot)
            return False
        self.transcript.note("TLS established")
        return True

    def inject(self, line):
        """STLS and a line in one segment, of which a server must not believe the line inside TLS."""
        self.transcript.said(f"STLS\\r\\n{line}\\r\\n", b"STLS")
        self.transcript.lines[-1] = f"C(raw, one segment): STLS\\r\\n{line}\\r\\n"
        self.connection.send(f"STLS\r\n{line}\r\n".encode())
        self.hear()
        early = self.connection.line(0.5)
        if early:
            self.transcript.note("plaintext bytes after the STLS reply: " + escaped(early))
        if (self.last or b"").startswith(b"+OK") and self.shake_hands():
            self.transcript.note("drain after handshake:")
            self.drain()

    # Connections.

    def connect(self):
        address = self.server.tls if self.implicit else self.server.plain
        self.slots[self.slot] = Connection(address, self.server.context if self.implicit else None)
        self.mute.discard(self.slot)
        if self.implicit:
            self.transcript.note("TLS established")
        self.transcript.greeted()
        stamp = re.search(rb"<[^<>]*>", self.hear() or b"")
        self.stamp = stamp and stamp[0]

    def reconnect(self):
        self.transcript.note("new connection")
        self.connection.close()
        self.server.notice(self.who)
        self.connect()

    def turn_to(self, slot):
        self.slot = slot
        self.transcript.note(f"connection {slot}")
        if slot not in self.slots:
            self.connect()

    def leave(self, note, how):
        self.transcript.note(note)
        how(self.connection)
        if how is not Connection.half_close:
            self.mute.add(self.slot)
            self.server.notice(self.who)

    def sleep(self, seconds):
        time.sleep(float(seconds))


def unescaped(text):
    """The octets of a text with Python's escapes in it."""
    return text.encode("latin1", "backslashreplace").decode("unicode_escape").encode("latin1")


STEPS = [
    (r"C:(?: (.*))?", Player.command),
    (r"C\*: (.*)", Player.command_all),
    (r"R: (.*)", Player.raw),
    (r"R1: (.*)", lambda self, text: self.raw(text) or self.may_speak() and self.hear()),
    (r"R\*: (.*)", lambda self, text: self.raw(text) or self.may_speak() and self.hear_all()),
    (r"RD: (.*?)(?: (\d+(?:\.\d+)?))?", Player.raw_drain),
    (r"READ", lambda self: self.may_speak() and self.hear()),
    (r"READ\*", lambda self: self.may_speak() and self.hear_all()),
    (r"DRAIN(?: (.*))?", lambda self, silence: self.may_speak() and self.drain(silence)),
    (r"LOGIN", Player.login),
    (r"APOP(?: (bad))?", Player.apop),
    (r"AUTH (\S+)(?: (\S+))?", Player.auth),
    (r"TLS", Player.tls),
    (r"TLSINJ (.*)", Player.inject),
    (r"CONNECT", Player.reconnect),
    (r"CONN (\S+)", Player.turn_to),
    (r"CLOSE", lambda self: self.leave("client closes without QUIT", Connection.close)),
    (r"SHUT", lambda self: self.leave("client half-closes (FIN)", Connection.half_close)),
    (r"RST", lambda self: self.leave("client aborts (RST)", Connection.reset)),
    (r"EOF", Player.end),
    (r"SLEEP (.*)", Player.sleep),
]
