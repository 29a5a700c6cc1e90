"""A tap on the wire: passes octets on between a mail program and `serve`, and keeps what the program said."""
import re
import socket
import threading


class Tap:
    """Listens at `port` and passes on to another. `said` has the octets of each connection, in their order."""

    def __init__(self, to):
        self.to = to
        self.said = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            program, _ = self.door.accept()
            said = bytearray()
            self.said.append(said)
            server = socket.create_connection(("127.0.0.1", self.to))
            threading.Thread(target=pump, args=(program, server, said), daemon=True).start()
            threading.Thread(target=pump, args=(server, program, bytearray()), daemon=True).start()

    def sessions(self):
        """The commands of each connection, without their arguments and without secrets."""
        return [commands(bytes(said)) for said in self.said]


def pump(source, sink, kept):
    try:
        while octets := source.recv(65536):
            kept += octets
            sink.sendall(octets)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        # One end is gone: the other must hear of it.
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


# What a learner wants to see of an argument; lines that answer a challenge are none of these.
COMMAND = re.compile(
    rb"(AUTH [\w-]+|CAPA|STLS|USER|PASS|APOP|STAT|LIST|UIDL|RETR|TOP|DELE|NOOP|RSET|LAST|UTF8|LANG|QUIT)(?: (.*))?", re.I)


def commands(said):
    found = []
    for line in said.split(b"\r\n"):
        command = COMMAND.fullmatch(line)
        if command:
            word = command[1].decode()
            numbers = (command[2] or b"").split()
            if word in ("LIST", "UIDL", "RETR", "DELE", "TOP") and numbers:
                word = " ".join([word, "n", *(number.decode() for number in numbers[1:])])
            found.append(word)
            if word == "STLS":
                break
    return found


def folded(items):
    """Items in a row, with what repeats itself written once: `CAPA, (LIST n, RETR n) ×3, QUIT`."""
    parts, at = [], 0
    while at < len(items):
        period, times = best_repetition(items[at:])
        group = ", ".join(items[at:at + period])
        parts.append(group if times == 1 else f"{group} ×{times}" if period == 1 else f"({group}) ×{times}")
        at += period * times
    return ", ".join(parts)


def best_repetition(items):
    best = (1, 1)
    for period in range(1, min(5, len(items) // 2) + 1):
        times = 1
        while items[times * period:(times + 1) * period] == items[:period]:
            times += 1
        if times > 1 and period * times > best[0] * best[1]:
            best = (period, times)
    return best
