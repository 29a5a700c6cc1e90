"""Starts a Dovecot of our own, in the foreground, below a folder that nobody else uses."""

import grp
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import time

from . import accounts as mailboxes

CONFIG = os.path.join(mailboxes.HERE, "dovecot")

ADDRESS = "127.0.0.2"

# The next one has another language for its configuration.
VERSION = "2.3."

# Seconds to wait for sessions to end.
PATIENCE = 10


def users():
    """Who Dovecot runs as, who its logins run as, and who reads the mail: as root those of Debian's
    package and somebody who owns nothing else, otherwise whoever starts it."""
    if os.getuid() == 0:
        return "dovecot", "dovenull", pwd.getpwnam("nobody")
    me = pwd.getpwuid(os.getuid())
    return me.pw_name, me.pw_name, me


def free_port():
    with socket.create_server((ADDRESS, 0)) as server:
        return server.getsockname()[1]


def program():
    """Where Dovecot is: among the programs of the system, which are not on everybody's PATH."""
    path = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if not path:
        raise SystemExit("Install Dovecot's POP3 server (Debian: dovecot-pop3d) and run this again.")
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    if not version.startswith(VERSION):
        raise SystemExit(f"This compares with Dovecot {VERSION}x, and this is {version.strip()}.")
    return path


def certificate(folder):
    """A key and a certificate for localhost that signs itself."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        + ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "30"]
        + ["-keyout", os.path.join(folder, "key.pem"), "-out", os.path.join(folder, "cert.pem")],
        check=True,
        capture_output=True,
    )


class Dovecot:
    """`plain` and `tls` are its addresses; `context` trusts its certificate. A strict one demands TLS
    before a login."""

    def __init__(self, folder, accounts, strict=False):
        self.folder = folder
        self.accounts = accounts
        self.internal, self.login, self.owner = users()
        self.plain = (ADDRESS, free_port())
        self.tls = (ADDRESS, free_port())
        os.makedirs(folder)
        os.chmod(folder, 0o755)
        certificate(folder)
        self.context = ssl.create_default_context(cafile=os.path.join(folder, "cert.pem"))
        self._configure(strict)
        command = [program(), "-F", "-c", os.path.join(folder, "dovecot.conf")]
        self.log = os.path.join(folder, "log")
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self._await()

    def _configure(self, strict):
        words = {
            "ROOT": self.folder,
            "PLAIN": self.plain[1],
            "TLS": self.tls[1],
            "SSL": "required" if strict else "yes",
            "STRICT": "yes" if strict else "no",
            "INTERNAL": self.internal,
            "GROUP": grp.getgrgid(pwd.getpwnam(self.internal).pw_gid).gr_name,
            "LOGIN": self.login,
            "UID": self.owner.pw_uid,
            "GID": self.owner.pw_gid,
        }
        for name in ("dovecot.conf", "oauth2.conf"):
            with open(os.path.join(CONFIG, name), encoding="ascii") as file:
                text = file.read()
            for word, value in words.items():
                text = text.replace(f"@{word}@", str(value))
            with open(os.path.join(self.folder, name), "w", encoding="ascii") as file:
                file.write(text)
        with open(os.path.join(self.folder, "users"), "w", encoding="utf-8") as file:
            file.writelines(f"{who.name}:{{PLAIN}}{who.password}\n" for who in self.accounts.values())
        keys = os.path.join(self.folder, "keys", "default", "HS256")
        os.makedirs(keys)
        shutil.copy(os.path.join(CONFIG, "key"), os.path.join(keys, "default"))
        mail = os.path.join(self.folder, "mail")
        os.mkdir(mail)
        os.chown(mail, self.owner.pw_uid, self.owner.pw_gid)

    def _await(self):
        for _ in range(200):
            try:
                with socket.create_connection(self.plain, timeout=5) as connection:
                    if connection.recv(3) == b"+OK":
                        return
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise SystemExit(f"Dovecot did not start: {self.told()}")

    def told(self):
        """What it said on its way down, and the end of its log."""
        self.process.terminate()
        said = self.process.communicate(timeout=10)[1].decode(errors="replace")
        if os.path.exists(self.log):
            with open(self.log, encoding="utf-8", errors="replace") as file:
                said += file.read()[-2000:]
        return said

    def reset(self):
        """Every mailbox as it was, as soon as no session has one open."""
        until = time.monotonic() + PATIENCE
        while self._sessions() and time.monotonic() < until:
            time.sleep(0.01)
        for who in self.accounts.values():
            home = os.path.join(self.folder, "mail", who.name)
            os.makedirs(home, exist_ok=True)
            os.chown(home, self.owner.pw_uid, self.owner.pw_gid)
            mailboxes.maildir(who, os.path.join(home, "Maildir"), self.owner.pw_uid, self.owner.pw_gid)

    def _sessions(self):
        """Those of its processes that have a mailbox open: Dovecot begins one for each session."""
        found = []
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="ascii") as file:
            for child in file.read().split():
                try:
                    with open(f"/proc/{child}/comm", encoding="ascii") as name:
                        found += [child] if name.read() == "pop3\n" else []
                except OSError:
                    # It has just ended.
                    pass
        return found

    def notice(self, _):
        """It locks nothing, so that nobody has to wait until it has noticed that a connection is gone."""

    def stop(self):
        self.process.terminate()
        self.process.communicate(timeout=20)
