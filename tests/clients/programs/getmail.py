"""getmail, which delivers nothing as root."""
import os
import re

from .faults import ADDS_A_RETURN_PATH, BEGINS_A_HEADER, ENDS_A_HEADER, ENDS_A_LINE_AT_CR, Fault
from .program import PLAIN, STLS, TLS, Program, first_version, with_crlf

NOBODY = 65534


MISSES_A_QUICK_DELIVERY = Fault("waits in vain for a delivery program that ends before it begins to wait")


class Getmail(Program):
    name = "getmail"
    mechanisms = ("USER", "APOP")
    remembers = True
    dashes = {STLS: "has no STLS"}
    refusals = {
        "password": (127, "-ERR [AUTH] wrong name or password"),
        "locked": (127, "-ERR [IN-USE] another session has this mailbox open"),
        "authority": (127, "certificate verify failed: unable to get local issuer certificate"),
        "name": (127, "hostname 'localhost' doesn't match 'elsewhere.example'"),
    }
    # The first of these is why its deliveries take their time here.
    faults = (MISSES_A_QUICK_DELIVERY, ENDS_A_LINE_AT_CR, BEGINS_A_HEADER, ENDS_A_HEADER, ADDS_A_RETURN_PATH)

    def version(self):
        return first_version("getmail", "--version")

    def go(self, job, *options):
        inbox = self.inbox(job)
        kind = "SimplePOP3SSLRetriever" if job.road == TLS else "SimplePOP3Retriever"
        security = "" if job.road == PLAIN else f"ca_certs = {job.authority}\nssl_cert_hostname = {job.host}"
        deliver = self.deliver(job, inbox, and_then="sleep 0.2")
        self.config(job, "getmailrc", "\n".join(["[retriever]", f"type = {kind}", f"server = {job.host}", f"port = {job.port}",
            f"username = {job.user}", f"password = {job.password}", f"use_apop = {job.mechanism == 'APOP'}", security, "timeout = 20",
            "[destination]", "type = MDA_external", f"path = {deliver}",
            "[options]", "delivered_to = false", "received = false", "verbose = 2", *options]))
        more = {}
        if os.geteuid() == 0:
            for path in [job.home, *job.home.rglob("*")]:
                os.chown(path, NOBODY, NOBODY)
            more = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        return inbox, self.run(job, "getmail", f"--getmaildir={job.home}", **more)

    def listing(self, job):
        _, said = self.go(job, "delete = false", "max_message_size = 1", "read_all = true")
        sizes = [int(size) for size in re.findall(rb"msg \d+/\d+ \((\d+) bytes\)", said)]
        return len(sizes), sum(sizes)

    def fetch(self, job, keep):
        inbox, _ = self.go(job, f"delete = {not keep}", f"read_all = {not keep}")
        return [with_crlf(message) for message in self.numbered(inbox)]
