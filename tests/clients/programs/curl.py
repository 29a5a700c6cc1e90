"""curl: one command in each run."""
from .program import PLAIN, STLS, TLS, Program, first_version


class Curl(Program):
    name = "curl"
    mechanisms = ("USER", "APOP", "PLAIN", "LOGIN", "CRAM-MD5", "OAUTHBEARER", "XOAUTH2")
    # It takes SASL wherever there is any, and of two kinds of tokens its favourite.
    needs = {"USER": ("sasl:EXTERNAL", "no-apop"), "XOAUTH2": ("sasl:XOAUTH2",)}
    refusals = {
        "password": (67, "Login denied"),
        "locked": (67, "Login denied"),
        "authority": (60, "unable to get local issuer certificate"),
        "name": (60, "no alternative certificate subject name matches"),
    }
    dashes = {
        "SCRAM-SHA-1": "Debian builds it without libgsasl",
        "SCRAM-SHA-256": "Debian builds it without libgsasl",
    }

    def version(self):
        return first_version("curl", "--version")

    def ask(self, job, path, *words):
        scheme = "pop3s" if job.road == TLS else "pop3"
        security = {PLAIN: [], STLS: ["--ssl-reqd"], TLS: []}[job.road]
        how = []
        if job.mechanism not in (None, "USER"):
            how = ["--login-options", "AUTH=" + ("+APOP" if job.mechanism == "APOP" else job.mechanism)]
        who = ["--user", f"{job.user}:{job.password}"]
        if job.mechanism in ("OAUTHBEARER", "XOAUTH2"):
            who = ["--user", job.user, "--oauth2-bearer", job.token]
        return self.run(job, "curl", "--silent", "--show-error", "--max-time", 30, "--cacert", job.authority, *security,
                        *how, *who, f"{scheme}://{job.host}:{job.port}/{path}", *words)

    def listing(self, job):
        sizes = [int(line.split()[1]) for line in self.ask(job, "").splitlines() if line]
        return len(sizes), sum(sizes)

    def fetch(self, job, keep):
        messages = [self.ask(job, number) for number in range(1, self.listing(job)[0] + 1)]
        if not keep:
            for _ in messages:
                self.ask(job, 1, "--request", "DELE", "--list-only")
        return messages
