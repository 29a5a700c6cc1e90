"""A session as text: `C:` is what the client said, `S:` what the server said, `--` what happened.

What differs from run to run has a name instead: <BANNER1>, <UID2>, <NONCE>. The same octets have the
same name all through a transcript, so that it still tells which were equal.
"""

import base64
import binascii
import re

ESCAPED = {"\\": "\\\\", "\t": "\\t", "\r": "\\r", "\n": "\\n"}


def escaped(octets):
    """Octets as printable ASCII."""
    shown = []
    for char in octets.decode("latin1"):
        plain = " " <= char <= "~" and char != "\\"
        shown.append(char if plain else ESCAPED.get(char, f"\\x{ord(char):02x}"))
    return "".join(shown)


def shortened(text):
    """Runs of forty and more of one character as {'a'x250}."""
    return re.sub(r"(.)\1{39,}", lambda run: f"{{{run[1]!r}x{len(run[0])}}}", text)


class Transcript:
    def __init__(self, title):
        self.lines = [f"# {title}"]
        self._names = {}
        self._uidl = None

    def __str__(self):
        return "\n".join(self.lines) + "\n"

    def said(self, text, raw=None):
        """The client said `text`, or the octets `raw`."""
        if raw is None:
            self._uidl = 1 if text.split(" ")[0].strip().upper() == "UIDL" else None
            self.lines.append("C: " + text)
        else:
            # Among answers to several commands, unique-ids are told from sizes by their length.
            self._uidl = 10 if b"UIDL" in raw.upper() else None
            self.lines.append("C(raw): " + text)

    def heard(self, line):
        end = "" if line.endswith(b"\r\n") else " <LF only>" if line.endswith(b"\n") else " <no line end>"
        text = line.rstrip(b"\r\n") if line.endswith(b"\n") else line
        self.lines.append("S: " + self._named(escaped(text)) + end)

    def heard_nothing(self, closed, word):
        self.lines.append("S: <CLOSED>" if closed else f"S: <{word}>")

    def note(self, text):
        self.lines.append("-- " + text)

    def greeted(self):
        self._uidl = None

    def _name(self, kind, value):
        known = [name for (of, _), name in self._names.items() if of == kind]
        return self._names.setdefault((kind, value), f"<{kind}{len(known) + 1}>")

    def _named(self, text):
        if not re.match(r"(Message-I|From|To|Cc|Reply-To)", text):
            stamp = r"<[^<>@\s]*\d[^<>@\s]*@[^<>\s]*>"
            text = re.sub(stamp, lambda found: self._name("BANNER", found[0]), text)
        if self._uidl:
            uid = rf"(\+OK )?(\d+) (\S{{{self._uidl},}})$"
            text = re.sub("^" + uid, lambda m: f"{m[1] or ''}{m[2]} {self._name('UID', m[3])}", text)
        if re.fullmatch(r"\+ [A-Za-z0-9+/=]{8,}", text):
            text = "+ " + challenge(text[2:])
        return text


def challenge(text):
    """A challenge of AUTH in words, where it is another one each time."""
    try:
        octets = base64.b64decode(text)
    except binascii.Error:
        return text
    if re.fullmatch(rb"<.*@.*>", octets):
        return "b64(<CRAM-CHALLENGE>)"
    if octets.startswith(b"r="):
        return "b64(r=<NONCE>,s=<SALT>,i=" + octets.rsplit(b"i=", 1)[-1].decode("latin1") + ")"
    if octets.startswith(b"v="):
        return "b64(v=<SERVERSIG>)"
    if b"nonce=" in octets:
        return "b64(" + re.sub(r'nonce="[^"]*"', "nonce=<N>", octets.decode("latin1")) + ")"
    return f"{text}  (b64 of {escaped(octets)!r})"
