"""mutt, at a terminal of its own: keys in, a screen out."""
import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import threading

from .faults import BEGINS_A_HEADER, CUTS_AT_NUL, ENDS_A_HEADER, Fault
from .program import LIMIT, PLAIN, STLS, TLS, Program, Refused, first_version, with_crlf


class Mutt(Program):
    name = "mutt"
    mechanisms = ("USER", "APOP", "PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2")
    refusals = {
        "password": (0, "SASL authentication failed."),
        "locked": (0, "SASL authentication failed."),
        "authority": (0, "(r)eject"),
        "name": (0, "WARNING: Server hostname does not match certificate"),
    }
    faults = (
        Fault("breaks off SCRAM-SHA-256-PLUS, its first choice where it is offered, does not read the answer to that, and "
              "takes each later answer for another command's: inside TLS it needs `pop_authenticators`"),
        BEGINS_A_HEADER,
        ENDS_A_HEADER,
        CUTS_AT_NUL,
    )

    def version(self):
        return first_version("mutt", "-v")

    def go(self, job, keys):
        inbox = self.inbox(job)
        deliver, status, seen = self.deliver(job, inbox), job.path("status"), job.path("seen")
        status.write_text(f'#!/bin/sh\necho "$@" >>"{seen}"\necho\n')
        seen.unlink(missing_ok=True)
        status.chmod(0o700)
        by = job.mechanism or "SCRAM-SHA-256"
        file = self.config(job, "muttrc", f"""
set pop_user="{job.user}" pop_pass="{job.password}"
set pop_authenticators="{by.lower()}"
{f'set pop_oauth_refresh_command="echo {job.token}"' if job.mechanism in ("OAUTHBEARER", "XOAUTH2") else ""}
set ssl_starttls={"yes" if job.road == STLS else "no"} ssl_force_tls={"no" if job.road == PLAIN else "yes"}
set certificate_file="{job.authority}"
set sleep_time=0 pop_checkinterval=3600 pop_reconnect=no message_cachedir="" tmpdir="{job.home}"
set delete=yes quit=yes move=no folder="{job.home}" wait_key=no sort=mailbox-order beep=no mark_old=no
set pipe_split=yes pipe_sep="" pipe_decode=no size_show_bytes=yes status_format="{status} %m %l |"
push "{keys(deliver)}<quit>"
""")
        scheme = "pops" if job.road == TLS else "pop"
        screen = at_a_terminal(
            ["mutt", "-n", "-F", file, "-f", f"{scheme}://{job.host}:{job.port}/"],
            {"(r)eject": b"r"}, env={"TERM": "vt100", "HOME": job.home, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"})
        job.path("said").write_text(screen)
        shown = [line.split() for line in seen.read_text().splitlines()] if seen.exists() else []
        opened = [line for line in shown if line[0] != "0"]
        # It ends with 0 whatever happens.
        if not opened:
            raise Refused(0, screen)
        return inbox, opened[0]

    def listing(self, job):
        _, (count, octets) = self.go(job, lambda _: "")
        return int(count), int(octets)

    def fetch(self, job, keep):
        fetching = "<tag-pattern>~A<enter><tag-prefix><pipe-message>{}<enter>"
        inbox, _ = self.go(job, lambda deliver: fetching.format(deliver) + ("" if keep else "<delete-pattern>~A<enter>"))
        return [with_crlf(message) for message in self.numbered(inbox)]


def at_a_terminal(words, answers, env):
    """Runs a program at a terminal, answers what it asks, and gives what it wrote without the moves of the cursor."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
    program = subprocess.Popen([str(word) for word in words], stdin=its, stdout=its, stderr=its, start_new_session=True, env=env)
    os.close(its)
    stop = threading.Timer(LIMIT, program.kill)
    stop.start()
    written = b""
    asked = dict(answers)
    try:
        while octets := os.read(ours, 4096):
            written += octets
            for question in [question for question in asked if question.encode() in written]:
                os.write(ours, asked.pop(question))
    except OSError:
        # The other end is closed: it has ended.
        pass
    program.wait()
    stop.cancel()
    os.close(ours)
    return re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]|\x1b.", b" ", written).decode(errors="replace")
