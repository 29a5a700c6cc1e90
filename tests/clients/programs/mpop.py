"""mpop, which delivers into files with CRLF."""
import re

from .program import PLAIN, STLS, TLS, Program, first_version, with_crlf


class Mpop(Program):
    name = "mpop"
    mechanisms = ("USER", "APOP", "PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2")
    remembers = True
    refusals = {
        "password": (77, "authentication failed"),
        "locked": (77, "authentication failed"),
        "authority": (69, "The certificate is NOT trusted. The certificate issuer is unknown."),
        "name": (69, "The certificate is NOT trusted. The name in the certificate does not match the expected."),
    }

    def version(self):
        return first_version("mpop", "--version")

    def go(self, job, keep, *words):
        inbox = self.inbox(job)
        security = {
            PLAIN: "tls off",
            STLS: f"tls on\ntls_starttls on\ntls_trust_file {job.authority}",
            TLS: f"tls on\ntls_starttls off\ntls_trust_file {job.authority}",
        }[job.road]
        token = job.mechanism in ("OAUTHBEARER", "XOAUTH2")
        file = self.config(job, "mpoprc", f"""
account a
host {job.host}
port {job.port}
timeout 20
user {job.user}
passwordeval echo '{job.token if token else job.password}'
auth {(job.mechanism or "on").lower()}
{security}
keep {"on" if keep else "off"}
received_header off
uidls_file {job.path("uidls")}
delivery mda {self.deliver(job, inbox)}
""")
        return inbox, self.run(job, "mpop", "--file", file, *words, "a")

    def listing(self, job):
        _, said = self.go(job, True, "--status-only")
        found = re.search(rb"(\d+) .*in (\d+) bytes", said)
        return int(found[1]), int(found[2])

    def fetch(self, job, keep):
        inbox, _ = self.go(job, keep)
        return [with_crlf(message) for message in self.numbered(inbox)]
