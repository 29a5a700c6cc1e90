#!/usr/bin/env python3
"""How quick `serve` is beside a Dovecot: sessions a second, and octets a second of RETR, in the clear and inside TLS.

  speed.py --serve target/release/serve [--runs 5]

Both read the same Maildirs and show the same certificate; the client is the same, and takes turns. Each run asks one server and
then the other; what counts is the median of the ratios (ours / theirs). See docs/performance.md.
"""

import argparse
import grp
import multiprocessing
import os
import pwd
import re
import socket
import ssl
import statistics
import subprocess
import tempfile
import time

from lab import dovecot

# Clients at a time, and for how many seconds they come and go.
CLIENTS = 4
SPAN = 2.0

# A mailbox of a person, in messages and octets, and one of a hoarder, who fetches all of it so often.
PERSON = [2_000] * 20
HOARDER = [8_000_000] * 4
ROUNDS = 4

LINE = b"The quick brown fox jumps over the lazy dog, and the dog does not mind it.\r\n"

PEOPLE = [f"person{number}" for number in range(CLIENTS)]


def password(name):
    return f"{name}-secret"


def maildir(folder, sizes):
    for part in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(folder, part))
    for number, size in enumerate(sizes):
        path = os.path.join(folder, "cur", f"{1_700_000_000 + number}.M{number}P1.lab:2,")
        with open(path, "wb") as file:
            file.write(b"Subject: number %d\r\n\r\n" % number + LINE * (size // len(LINE)))


def mailboxes(root, owner):
    """Mail and passwords, as each of the two reads them."""
    mail = os.path.join(root, "mail")
    for name in PEOPLE:
        maildir(os.path.join(mail, name), PERSON)
    maildir(os.path.join(mail, "hoarder"), HOARDER)
    os.mkdir(os.path.join(root, "home"))
    names = [*PEOPLE, "hoarder"]
    with open(os.path.join(mail, "users"), "w", encoding="ascii") as file:
        file.writelines(f"{name}:{password(name)}\n" for name in names)
    with open(os.path.join(root, "users"), "w", encoding="ascii") as file:
        file.writelines(f"{name}:{{PLAIN}}{password(name)}\n" for name in names)
    for below in (mail, os.path.join(root, "home")):
        for place, _, files in os.walk(below):
            for name in [place] + [os.path.join(place, file) for file in files]:
                os.chown(name, owner.pw_uid, owner.pw_gid)


def start_theirs(root):
    internal, login, owner = dovecot.users()
    plain, tls = dovecot.free_port(), dovecot.free_port()
    words = {
        "ROOT": root,
        "PLAIN": plain,
        "TLS": tls,
        "INTERNAL": internal,
        "GROUP": grp.getgrgid(pwd.getpwnam(internal).pw_gid).gr_name,
        "LOGIN": login,
        "UID": owner.pw_uid,
        "GID": owner.pw_gid,
    }
    with open(os.path.join(dovecot.CONFIG, "speed.conf"), encoding="ascii") as file:
        text = file.read()
    for word, value in words.items():
        text = text.replace(f"@{word}@", str(value))
    path = os.path.join(root, "dovecot.conf")
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
    process = subprocess.Popen([dovecot.program(), "-F", "-c", path], stderr=subprocess.DEVNULL)
    return process, {"plain": (dovecot.ADDRESS, plain), "TLS": (dovecot.ADDRESS, tls)}


def start_ours(program, root):
    doors = ["--plain", "127.0.0.1:0", "--tls", "127.0.0.1:0"]
    identity = ["--cert", os.path.join(root, "cert.pem"), "--key", os.path.join(root, "key.pem")]
    command = [program, *doors, *identity, "--mail", os.path.join(root, "mail"), "--quiet"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    ports = [int(re.search(r":(\d+)", process.stdout.readline())[1]) for _ in range(2)]
    return process, {"plain": ("127.0.0.1", ports[0]), "TLS": ("127.0.0.1", ports[1])}


class Client:
    """A mail program, as quick as Python can be: `context` if it speaks TLS."""

    def __init__(self, address, context):
        self.socket = socket.create_connection(address, timeout=20)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if context:
            self.socket = context.wrap_socket(self.socket, server_hostname="localhost")
        self.heard = b""
        self.line()

    def line(self):
        while b"\r\n" not in self.heard:
            more = self.socket.recv(65536)
            if not more:
                raise RuntimeError("the server closed")
            self.heard += more
        line, self.heard = self.heard.split(b"\r\n", 1)
        if not line.startswith(b"+OK"):
            raise RuntimeError(line)

    def asks(self, line):
        self.socket.sendall(line + b"\r\n")
        self.line()

    def logs_in(self, name):
        self.asks(b"USER " + name.encode())
        self.asks(b"PASS " + password(name).encode())

    def lists(self):
        self.asks(b"LIST")
        while not self.heard.endswith(b"\r\n.\r\n"):
            self.heard += self.socket.recv(65536)
        self.heard = b""

    def fetches(self, number, room):
        """How many octets the answer has."""
        self.socket.sendall(b"RETR %d\r\n" % number)
        count, tail = 0, b""
        while not tail.endswith(b"\r\n.\r\n"):
            got = self.socket.recv_into(room)
            if not got:
                raise RuntimeError("the server closed")
            count += got
            tail = (tail + bytes(room[max(0, got - 5) : got]))[-5:]
        return count

    def quits(self):
        self.asks(b"QUIT")
        self.socket.close()


def visits(address, context, name, until, told):
    """Sessions one after the other, until that time."""
    count = 0
    while time.monotonic() < until:
        client = Client(address, context)
        client.logs_in(name)
        client.asks(b"STAT")
        client.lists()
        client.quits()
        count += 1
    told.put(count)


def sessions(address, context):
    """Sessions a second, of several clients at once."""
    told = multiprocessing.Queue()
    begun = time.monotonic()
    clients = [
        multiprocessing.Process(target=visits, args=(address, context, name, begun + SPAN, told))
        for name in PEOPLE
    ]
    for client in clients:
        client.start()
    count = sum(told.get(timeout=60) for _ in clients)
    took = time.monotonic() - begun
    for client in clients:
        client.join()
    return count / took


def octets(address, context):
    """Megabytes a second of RETR, of one client."""
    client = Client(address, context)
    client.logs_in("hoarder")
    room = memoryview(bytearray(1 << 20))
    begun = time.monotonic()
    count = sum(client.fetches(1 + number % len(HOARDER), room) for number in range(ROUNDS * len(HOARDER)))
    took = time.monotonic() - begun
    client.quits()
    return count / took / 1e6


MEASURES = {"sessions a second": sessions, "MB a second of RETR": octets}


def await_both(servers):
    until = time.monotonic() + 20
    for _, doors in servers.values():
        while True:
            try:
                Client(doors["plain"], None).quits()
                break
            except (OSError, RuntimeError):
                if time.monotonic() > until:
                    raise SystemExit("A server did not start.") from None
                time.sleep(0.1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--serve", required=True, help="the program, built for speed")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    least = []
    with tempfile.TemporaryDirectory() as root:
        os.chmod(root, 0o755)
        dovecot.certificate(root)
        mailboxes(root, dovecot.users()[2])
        context = ssl.create_default_context(cafile=os.path.join(root, "cert.pem"))
        servers = {"ours": start_ours(arguments.serve, root), "theirs": start_theirs(root)}
        try:
            await_both(servers)
            for what, measure in MEASURES.items():
                for road, secure in {"plain": None, "TLS": context}.items():
                    ratios = []
                    for run in range(arguments.runs):
                        # Who is first has the caches cold, so they take turns at that, too.
                        turns = ("ours", "theirs") if run % 2 else ("theirs", "ours")
                        found = {who: measure(servers[who][1][road], secure) for who in turns}
                        ratios.append(found["ours"] / found["theirs"])
                        figures = f"ours {found['ours']:7.0f}  theirs {found['theirs']:7.0f}"
                        print(f"{what}, {road}: {figures}  ratio {ratios[-1]:.2f}", flush=True)
                    least.append(statistics.median(ratios))
                    print(f"{what}, {road}: median of ratios {least[-1]:.2f}\n", flush=True)
        finally:
            for process, _ in servers.values():
                process.terminate()
                process.wait(timeout=20)
    raise SystemExit(0 if min(least) >= 1 else "A median is below 1.")


if __name__ == "__main__":
    main()
