"""Starts a Dovecot of our own, in the foreground, below a folder that nobody else uses."""

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

# Whose processes read the mail: somebody who owns nothing else.
OWNER = "nobody"


def free_port():
    with socket.create_server((ADDRESS, 0)) as server:
        return server.getsockname()[1]


def version():
    return subprocess.run(["dovecot", "--version"], capture_output=True, text=True, check=True).stdout.split()[0]


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
    """`plain` and `tls` are its addresses; `context` trusts its certificate."""

    def __init__(self, folder, accounts, demand_tls=False):
        self.folder = folder
        self.accounts = accounts
        self.owner = pwd.getpwnam(OWNER)
        self.plain = (ADDRESS, free_port())
        self.tls = (ADDRESS, free_port())
        os.makedirs(folder)
        os.chmod(folder, 0o755)
        certificate(folder)
        self.context = ssl.create_default_context(cafile=os.path.join(folder, "cert.pem"))
        self._configure("required" if demand_tls else "yes")
        command = ["dovecot", "-F", "-c", os.path.join(folder, "dovecot.conf")]
        self.log = os.path.join(folder, "log")
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self._await()

    def _configure(self, demand):
        words = {
            "ROOT": self.folder,
            "PLAIN": self.plain[1],
            "TLS": self.tls[1],
            "SSL": demand,
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
        """Every mailbox as it was."""
        for who in self.accounts.values():
            home = os.path.join(self.folder, "mail", who.name)
            os.makedirs(home, exist_ok=True)
            os.chown(home, self.owner.pw_uid, self.owner.pw_gid)
            mailboxes.maildir(who, os.path.join(home, "Maildir"), self.owner.pw_uid, self.owner.pw_gid)

    def notice(self, _):
        """It locks nothing, so that nobody has to wait until it has noticed that a connection is gone."""

    def stop(self):
        self.process.terminate()
        self.process.communicate(timeout=20)
