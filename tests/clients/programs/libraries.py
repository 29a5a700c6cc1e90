"""The libraries of Python, Ruby, Perl and Node: each is told its job as JSON by a short program in its language."""
import json
import pathlib

from .faults import DROPS_THE_LAST_LINE_END, KEEPS_STUFFING, TAKES_ALL_FOR_UTF_8
from .program import STLS, Program, first_version, with_crlf

FOLDER = pathlib.Path(__file__).parent.parent


class Library(Program):
    # The words that start it, with FOLDER as the working folder.
    start = ()

    def do(self, job, fetch, remove):
        inbox = self.inbox(job)
        told = {
            "host": job.host, "port": job.port, "road": job.road, "authority": str(job.authority), "user": job.user,
            "password": job.password, "mechanism": job.mechanism, "inbox": str(inbox), "fetch": fetch, "remove": remove,
        }
        said = self.run(job, self.start[0], FOLDER / self.start[1], text=json.dumps(told))
        return inbox, said

    def listing(self, job):
        _, said = self.do(job, fetch=False, remove=False)
        sizes = [int(line.split()[1]) for line in said.splitlines()]
        return len(sizes), sum(sizes)

    def fetch(self, job, keep):
        inbox, _ = self.do(job, fetch=True, remove=not keep)
        return self.numbered(inbox)


class Poplib(Library):
    name = "poplib"
    start = ("python3", "own/poplib_driver.py")
    mechanisms = ("USER", "APOP")
    refusals = {
        "password": (1, "-ERR [AUTH] wrong name or password"),
        "locked": (1, "-ERR [IN-USE] another session has this mailbox open"),
        "authority": (1, "certificate verify failed: unable to get local issuer certificate"),
        "name": (1, "certificate is not valid for 'localhost'"),
    }

    def version(self):
        return first_version("python3", "--version")


class NetPop(Library):
    name = "net-pop"
    start = ("ruby", "own/net_pop.rb")
    mechanisms = ("USER", "APOP")
    dashes = {STLS: "has no STLS"}
    refusals = {
        "password": (1, "-ERR [AUTH] wrong name or password"),
        "locked": (1, "-ERR [IN-USE] another session has this mailbox open"),
        "authority": (1, "unable to get local issuer certificate"),
        "name": (1, "hostname mismatch"),
    }

    def version(self):
        return first_version("ruby", "-rnet/pop", "-e", "puts Net::POP3::VERSION")


class NetPop3(Library):
    name = "Net::POP3"
    start = ("perl", "own/net_pop3.pl")
    mechanisms = ("USER", "APOP", "PLAIN", "LOGIN", "CRAM-MD5")
    refusals = {
        "password": (255, "[AUTH] wrong name or password"),
        "locked": (255, "[IN-USE] another session has this mailbox open"),
        "authority": (255, "certificate verify failed"),
        "name": (255, "hostname verification failed"),
    }

    def fetch(self, job, keep):
        return [with_crlf(message) for message in super().fetch(job, keep)]

    def version(self):
        return first_version("perl", "-MNet::POP3", "-e", "print $Net::POP3::VERSION")


class NodePop3(Library):
    name = "node-pop3"
    start = ("node", "node/node-pop3.mjs")
    mechanisms = ("USER",)
    dashes = {STLS: "has no STLS"}
    refusals = {
        "password": (1, "[AUTH] wrong name or password"),
        "locked": (1, "[IN-USE] another session has this mailbox open"),
        "authority": (1, "unable to get local issuer certificate"),
        "name": (1, "Hostname/IP does not match certificate's altnames"),
    }
    faults = (KEEPS_STUFFING, TAKES_ALL_FOR_UTF_8, DROPS_THE_LAST_LINE_END)

    def version(self):
        return json.loads((FOLDER / "node/package.json").read_text())["dependencies"]["node-pop3"]
