"""What every mail program has to show, on every road that it takes. It knows `serve`, but no program by name."""
import contextlib
import dataclasses
import pathlib

import mail
from programs.program import PLAIN, ROADS, STLS, TLS, Job, Refused
from server import Server
from stored import Folder
from tap import Tap, folded

MECHANISMS = ("USER", "APOP", "PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2")
# What `serve` calls a login in its log. USER and PASS are told from AUTH PLAIN on the wire only.
LOGGED = {"USER": "PLAIN"}

# What `serve` does not offer on a road, and why.
NOT_OFFERED = {
    (PLAIN, "OAUTHBEARER"): "tokens are taken inside TLS only",
    (PLAIN, "XOAUTH2"): "tokens are taken inside TLS only",
    (STLS, "APOP"): "with TLS the time stamp that was sent before it is forgotten (RFC 2595 section 4)",
}


class Failed(Exception):
    """A check does not hold; the text says why."""


@dataclasses.dataclass
class Places:
    """What all trials share."""

    serve: pathlib.Path
    fixtures: pathlib.Path
    scratch: pathlib.Path
    # Another server, whose certificate is for another name.
    elsewhere: Server


class Trial:
    """One mail program with servers of its own. `sent` is what it said when it fetched, `report` hears of each check."""

    def __init__(self, program, places, report):
        self.program, self.places, self.report = program, places, report
        self.scratch = places.scratch / program.name.replace("::", "-")
        self.scratch.mkdir()
        self.homes = self.servers = 0
        self.sent = ""

    def run(self):
        with self.server_with("oauth-token") as self.server:
            for road in self.roads():
                self.mail_on(road)
                self.logins_on(road)
            self.odd_mail()
            with self.check("serve did not panic"):
                panics = [line for line in self.server.logged() if "panicked at" in line]
                expect(panics == [], panics)
        self.mail_in_files()

    def roads(self):
        return [road for road in ROADS if road not in self.program.dashes]

    # -- helpers of the checks

    def server_with(self, *features):
        flags = [word for feature in features for word in ("--with", feature)]
        self.servers += 1
        return Server(self.places.serve, self.scratch / f"serve-{self.servers}", "--fixtures", self.places.fixtures, *flags)

    def server_for(self, mechanism):
        """A server at which the program takes this mechanism: most take it anywhere."""
        features = self.program.needs.get(mechanism)
        return self.server_with("oauth-token", *features) if features else contextlib.nullcontext(self.server)

    @contextlib.contextmanager
    def check(self, what):
        """Reports whether what stands inside comes to its end."""
        trouble = None
        try:
            yield
        except Exception as problem:
            trouble = str(problem) or repr(problem)
            if not isinstance(problem, (Failed, Refused)):
                trouble = f"{type(problem).__name__}: {trouble}"
        self.report(self.program.name, what, trouble)

    def job(self, road, user="alice", **more):
        """A job for somebody whose program starts with an empty memory."""
        home = self.scratch / str(self.homes)
        self.homes += 1
        home.mkdir()
        server = more.pop("server", self.server)
        self.tap = Tap(server.tls if road == TLS else server.plain)
        known = {"password": mail.PASSWORD, "port": self.tap.port, "authority": server.authority} | more
        return Job(road=road, home=home, user=user, token=mail.token(user), **known)

    def fetched(self, names, messages):
        """The messages are those of these names, octet by octet, but for the faults of the program."""
        wanted = [self.program.makes_of(message) for message in mail.octets(names)]
        expect(len(messages) == len(wanted), f"{len(messages)} messages instead of {len(wanted)}")
        for name, message, want in zip(names, messages, wanted):
            expect(message == want, f"{name} differs: {first_difference(message, want)}")

    def held(self, user, names):
        """The mailbox on the server holds these messages, octet by octet."""
        there = self.server.messages(user, mail.PASSWORD)
        expect(there == mail.octets(names), f"{len(there)} messages on the server, or others than {names}")

    # -- the checks

    def mail_on(self, road):
        program = self.program
        self.server.control("reset", "alice")
        with self.check(f"{road}: lists messages and their sizes"):
            want = mail.octets(mail.ORDINARY)
            listing = program.listing(self.job(road))
            expect(listing == (len(want), sum(map(len, want))), listing)
        with self.check(f"{road}: fetches, and leaves all on the server"):
            job = self.job(road)
            self.fetched(mail.ORDINARY, program.fetch(job, keep=True))
            self.held("alice", mail.ORDINARY)
        with self.check(f"{road}: fetches again, {'the new message only' if program.remembers else 'all messages'}"):
            self.server.control("deliver", "alice", "new:1")
            names = mail.NEW if program.remembers else [*mail.ORDINARY, *mail.NEW]
            self.fetched(names, program.fetch(job, keep=True))
        with self.check(f"{road}: fetches and removes"):
            job = self.job(road)
            self.fetched([*mail.ORDINARY, *mail.NEW], program.fetch(job, keep=False))
            if road == PLAIN:
                self.sent = "; then ".join(parts(self.tap.sessions()))
            self.held("alice", [])
            self.held("odd", mail.ODD)
        with self.check(f"{road}: fetches a megabyte"):
            self.fetched(mail.BIG, program.fetch(self.job(road, "big"), keep=True))
        self.server.control("reset", "alice")

    def logins_on(self, road):
        program = self.program
        for mechanism in program.mechanisms:
            if (road, mechanism) in program.dashes | NOT_OFFERED:
                continue
            with self.check(f"{road}: logs in by {mechanism}"), self.server_for(mechanism) as server:
                before = len(server.logged())
                job = self.job(road, mechanism=mechanism, server=server)
                self.fetched(mail.ORDINARY, program.fetch(job, keep=True))
                logins = [line for line in server.logged()[before:] if "Login: user=<alice>" in line]
                other = [line for line in logins if f"method={LOGGED.get(mechanism, mechanism)}," not in line]
                expect(logins and not other, other or "nobody logged in")
                if road == PLAIN:
                    said = {command for session in self.tap.sessions() for command in session}
                    by = mechanism if mechanism in ("USER", "APOP") else f"AUTH {mechanism}"
                    expect(by in {command.upper() for command in said}, f"it said {said}")
        with self.check(f"{road}: says that the password is wrong"):
            self.refused("password", self.job(road, password="looking-glass"))
            self.held("alice", mail.ORDINARY)
        with self.check(f"{road}: says that the mailbox is locked"), self.server.open("alice", mail.PASSWORD):
            self.refused("locked", self.job(road))
        if road != PLAIN:
            with self.check(f"{road}: refuses a certificate of an authority that it does not know"):
                self.refused("authority", self.job(road, authority=self.places.elsewhere.authority))
                self.told_nobody()
            with self.check(f"{road}: refuses a certificate for another name"):
                self.refused("name", self.job(road, server=self.places.elsewhere))
                self.told_nobody()

    def refused(self, why, job):
        """The program gives up with the status and the words that it is known for."""
        try:
            self.program.fetch(job, keep=False)
        except Refused as refused:
            status, words = self.program.refusals.get(why, (None, ""))
            expect(refused.status == status and words in refused.said, refused)
        else:
            raise Failed("it did not mind")

    def told_nobody(self):
        """The program connected, and said nothing of a login in the clear."""
        expect(self.tap.said, "it did not even connect")
        said = {command.partition(" ")[0] for session in self.tap.sessions() for command in session}
        expect(not said & {"USER", "PASS", "APOP", "AUTH"}, f"it said {said}")

    def odd_mail(self):
        messages = []
        with self.check(f"{PLAIN}: fetches odd mail"):
            messages = self.program.fetch(self.job(PLAIN, "odd"), keep=True)
            expect(len(messages) == len(mail.ODD), f"{len(messages)} messages instead of {len(mail.ODD)}")
        for name, message in zip(mail.ODD, messages):
            with self.check(f"{PLAIN}: {name} arrives octet by octet"):
                self.fetched([name], [message])

    def mail_in_files(self):
        folder = Folder(self.scratch / "mail")
        with Server(self.places.serve, self.scratch / "serve-files", "--mail", folder.root, "--write") as self.server:
            for user in folder.users:
                with self.check(f"{TLS}: removes the mail of {user} from the disk, and nothing else"):
                    before = folder.contents()
                    self.fetched(mail.ORDINARY, self.program.fetch(self.job(TLS, user), keep=False))
                    expect(self.server.messages(user, mail.PASSWORD) == [], "there is mail left")
                    folder.lost(before, user)


def parts(sessions):
    """What was said in each connection, once for those that are the same in a row."""
    return [folded(session) for session in dict.fromkeys(map(tuple, sessions)) if session]


def expect(holds, story):
    if not holds:
        raise Failed(str(story))


def first_difference(got, want):
    at = next((at for at, pair in enumerate(zip(got, want)) if pair[0] != pair[1]), min(len(got), len(want)))
    return f"at octet {at} of {len(got)} (wanted {len(want)}): {got[at - 20 if at > 20 else 0:at + 20]!r} for {want[at - 20 if at > 20 else 0:at + 20]!r}"
