"""Reads a transcript as exchanges: what the client said, and what that was answered.

Whatever servers may word as they like is left out here, and nothing else: the README says what.
"""

import re

CLIENT = ("C: ", "C(raw", "-- new connection", "-- connection ", "-- client ")
NUMBERS = re.compile(r"(STAT|LIST \S+|UIDL \S+|LAST)\s*$", re.IGNORECASE)
CODE = re.compile(r"\[[^\]\s]+\]")
BEGIN = "connects"


class Exchange:
    """`line` tells it from the others of its script; `heard` are lines of the server, made equal."""

    def __init__(self, line):
        self.line = line
        self.heard = []


def read(transcript):
    """The exchanges of a transcript."""
    exchanges = [Exchange(BEGIN)]
    seen = {}
    for line in transcript.splitlines()[1:]:
        line = re.sub(r"   \(delay ~\d+s\)$", "", line)
        if line.startswith(CLIENT) or line == "C:":
            seen[line] = seen.get(line, 0) + 1
            exchanges.append(Exchange(line if seen[line] == 1 else f"{line} #{seen[line]}"))
        elif line.startswith("-- (closed"):
            # That nothing follows is seen by what follows.
            continue
        else:
            exchanges[-1].heard.append(line.removeprefix("S: "))
    for exchange in exchanges:
        exchange.heard = equalised(exchange.line, exchange.heard)
    return exchanges


def equalised(said, heard):
    """The answers without what is wording. Only the first line is a status, unless the client
    sent several commands."""
    several = said.startswith("C(raw")
    command = re.sub(r" #\d+$", "", said.removeprefix("C: "))
    lines = []
    for place, line in enumerate(heard):
        is_status = several or place == 0 or said.startswith("-- ") or said == BEGIN
        if is_status and re.match(r"\+OK|-ERR", line):
            line = status(command, line)
        elif line.startswith("-- error:"):
            line = "-- no TLS"
        lines.append(line)
    if "CAPA" in command.upper():
        # Its argument is the name and version of a program.
        lines = ["IMPLEMENTATION" if line.startswith("IMPLEMENTATION ") else line for line in lines]
    if command.split(" ")[0].upper() == "CAPA" and lines[-1:] == ["."]:
        # The order of capabilities means nothing (RFC 2449 section 5).
        lines[1:-1] = sorted(lines[1:-1])
    return lines


def status(command, line):
    """The indicator, a response code, and what an RFC gives a meaning of what stands behind."""
    indicator, _, text = line.partition(" ")
    kept = [indicator]
    if code := CODE.match(text):
        kept.append(code[0].upper())
    elif indicator == "+OK" and NUMBERS.match(command):
        kept.append(text)
    elif indicator == "+OK" and re.fullmatch(r"\d+ (\d+|<UID\d+>)", text):
        kept.append(text)
    elif stamp := re.search(r"<BANNER\d+>", text):
        kept.append(stamp[0])
    if end := re.search(r" <(LF only|no line end)>$", line):
        kept.append(end[0].strip())
    return " ".join(kept)
