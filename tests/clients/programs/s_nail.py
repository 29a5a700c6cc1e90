"""s-nail, which obeys commands from its standard input."""
import re
import shutil
import urllib.parse

from .faults import BEGINS_A_HEADER, ENDS_WITH_AN_EMPTY_LINE, Fault
from .program import PLAIN, STLS, TLS, Program, first_version, with_crlf


class SNail(Program):
    name = "s-nail"
    mechanisms = ("USER", "APOP", "XOAUTH2")
    refusals = {
        "password": (1, "-ERR [AUTH] wrong name or password"),
        "locked": (1, "-ERR [IN-USE] another session has this mailbox open"),
        "authority": (1, "unable to get local issuer certificate"),
        "name": (1, "TLS certificate does not match: localhost"),
    }
    faults = (
        Fault("takes APOP with a time stamp from before STLS, unless `pop3-no-apop` is set"),
        ENDS_WITH_AN_EMPTY_LINE,
        BEGINS_A_HEADER,
    )

    def version(self):
        return first_version("s-nail", "--version")

    def go(self, job, *commands):
        quoted = lambda text: urllib.parse.quote(text, safe="")
        token = job.mechanism == "XOAUTH2"
        settings = ["v15-compat", f"tls-ca-file={job.authority}", "tls-ca-no-defaults", "tls-verify=strict", "socket-connect-timeout=20"]
        settings += ["pop3-use-starttls"] if job.road == STLS else []
        settings += ["pop3-no-apop"] if job.mechanism == "USER" or job.road == STLS else []
        settings += ["pop3-auth=oauthbearer"] if token else []
        scheme = "pop3s" if job.road == TLS else "pop3"
        who = f"{quoted(job.user)}:{quoted(job.token if token else job.password)}"
        words = [word for setting in settings for word in ("-S", setting)]
        return self.run(job, "s-nail", "-n", *words, "-f", f"{scheme}://{who}@{job.host}:{job.port}",
                        text="\n".join([*commands, ""]))

    def listing(self, job):
        said = self.go(job, "exit").decode()
        sizes = [int(size) for size in re.findall(r"^.[A-Z] +\d+ .*/(\d+) ", said, re.MULTILINE)]
        return len(sizes), sum(sizes)

    def fetch(self, job, keep):
        inbox = job.path("maildir")
        shutil.rmtree(inbox, ignore_errors=True)
        self.go(job, f"copy * maildir://{inbox}", *(() if keep else ("delete *",)), "quit")
        messages = [path.read_bytes() for path in sorted(inbox.glob("new/*"))]
        return [with_crlf(message) for message in messages]
