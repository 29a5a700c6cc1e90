"""fetchmail, which hands each message to a program."""
import re

from .faults import DROPS_A_CR, ENDS_A_HEADER, KEEPS_STUFFING_IN_THE_HEADER
from .program import PLAIN, STLS, TLS, Program, first_version, with_crlf


class Fetchmail(Program):
    name = "fetchmail"
    mechanisms = ("USER", "APOP", "CRAM-MD5")
    remembers = True
    refusals = {
        "password": (3, "Authorization failure"),
        "locked": (9, "lock busy!  Is another session active?"),
        "authority": (2, "root CA's signing certificate is not in the trusted CA certificate location"),
        "name": (2, "Server CommonName mismatch: elsewhere.example != localhost"),
    }
    faults = (KEEPS_STUFFING_IN_THE_HEADER, ENDS_A_HEADER, DROPS_A_CR)

    def version(self):
        return first_version("fetchmail", "--version")

    def poll(self, job, keep, *words):
        inbox = self.inbox(job)
        deliver = self.deliver(job, inbox)
        protocol = "apop" if job.mechanism == "APOP" else "pop3"
        how = {"USER": "password", "CRAM-MD5": "cram-md5"}.get(job.mechanism, "any")
        # No word about TLS would mean STLS wherever it is offered.
        security = {PLAIN: "sslproto ''", STLS: 'sslproto "auto"', TLS: 'ssl sslproto "auto"'}[job.road]
        file = self.config(job, "fetchmailrc", f"""
            poll {job.host} service {job.port} protocol {protocol} bad-header accept uidl auth {how}
              user "{job.user}" there with password "{job.password}" is "nobody" here
              {security} sslcertck sslcertfile "{job.authority}"
              {"keep" if keep else "nokeep fetchall"} norewrite nodropstatus pass8bits mda "{deliver}"
            """)
        return inbox, self.run(job, "fetchmail", "--fetchmailrc", file, "--idfile", job.path("ids"), "--pidfile", job.path("pid"),
                               "--invisible", "--nosyslog", "--timeout", 20, *words)

    def listing(self, job):
        _, said = self.poll(job, True, "--check")
        found = re.search(rb"(\d+) messages.*\((\d+) octets\)", said)
        return int(found[1]), int(found[2])

    def fetch(self, job, keep):
        inbox, _ = self.poll(job, keep)
        return [with_crlf(message) for message in self.numbered(inbox)]
