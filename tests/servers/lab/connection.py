"""One TCP connection to a POP3 server, read line by line. It knows no POP3."""

import socket
import ssl
import struct
import time

TLS_PATIENCE = 10


class Connection:
    """`closed` is true as soon as the server's end of the stream, or a reset, was read."""

    def __init__(self, address, tls=None):
        self.socket = socket.create_connection(address, timeout=TLS_PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.unread = b""
        self.closed = False
        if tls:
            self.start_tls(tls)

    def start_tls(self, context):
        """Shakes hands; raises ssl.SSLError or OSError where that fails."""
        self.socket.settimeout(TLS_PATIENCE)
        self.socket = context.wrap_socket(self.socket, server_hostname="localhost")

    def send(self, octets):
        try:
            self.socket.sendall(octets)
        except OSError:
            # The answers that came before this are still to be read.
            pass

    def line(self, patience):
        """The next line with its end; what there is without one when time is over or the server
        has closed; None where there is nothing."""
        until = time.monotonic() + patience
        while b"\n" not in self.unread and self._more(until - time.monotonic()):
            pass
        line, end, rest = self.unread.partition(b"\n")
        self.unread = rest
        return line + end or None

    def _more(self, patience):
        if self.closed or patience <= 0:
            return False
        self.socket.settimeout(patience)
        try:
            octets = self.socket.recv(65536)
        except (TimeoutError, ssl.SSLWantReadError):
            return False
        except OSError:
            octets = b""
        self.unread += octets
        self.closed = not octets
        return not self.closed

    def close(self):
        self.socket.close()

    def half_close(self):
        self.socket.shutdown(socket.SHUT_WR)

    def reset(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()
