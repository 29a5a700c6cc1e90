#!/usr/bin/env python3
"""Python's own mail client against `serve`: a whole session, then many at the same time.

    poplib_session.py PORT CONTROL VECTORS
"""
import base64
import hashlib
import json
import poplib
import sys
import threading

from control import Control

PORT, CONTROL, VECTORS = int(sys.argv[1]), Control(sys.argv[2]), sys.argv[3]
FIXTURES = json.load(open(VECTORS))["fixtures"]
ACCOUNTS = FIXTURES["accounts"]
# RFC 1939 has no limit for the lines of a message, and some in the fixtures are longer than poplib's.
poplib._MAXLINE = 1 << 20
failures = 0


def check(name, holds, story=""):
    """Prints what the reader of the log wants to know."""
    global failures
    failures += not holds
    print(f"ok - poplib: {name}" if holds else f"not ok - poplib: {name}: {story}", flush=True)


def messages(key):
    """The messages of an account as they should arrive; none where the fixtures have a recipe only."""
    held = FIXTURES["maildrops"][ACCOUNTS[key]["maildrop"]]["messages"]
    return [base64.b64decode(message["wire_b64"]) if "wire_b64" in message else None for message in held]


def log_in(key, utf8=False):
    """A session in TRANSACTION."""
    session = poplib.POP3("127.0.0.1", PORT, timeout=30)
    if utf8:
        session.utf8()
    session.user(ACCOUNTS[key]["user"])
    session.pass_(ACCOUNTS[key]["password"])
    return session


def refusal(command, *arguments):
    """The text of -ERR, or nothing if the command was not refused."""
    try:
        command(*arguments)
    except poplib.error_proto as error:
        return error.args[0].decode()
    return ""


def octets(lines):
    return b"".join(line + b"\r\n" for line in lines)


def whole_session():
    CONTROL("reset", "alice")
    session = poplib.POP3("127.0.0.1", PORT, timeout=30)
    check("the greeting is +OK", session.getwelcome().startswith(b"+OK "), session.getwelcome())
    capabilities = session.capa()
    check("CAPA announces what it should", {"TOP", "UIDL", "USER", "PIPELINING"} <= set(capabilities), capabilities)
    session.user("alice")
    told = refusal(session.pass_, "looking-glass")
    check("a wrong password is refused with [AUTH]", "[AUTH]" in told, told)
    session.user("alice")
    session.pass_(ACCOUNTS["alice"]["password"])
    wanted = messages("alice")
    check("STAT counts messages and octets", session.stat() == (3, sum(map(len, wanted))), session.stat())
    _, listing, _ = session.list()
    check("LIST has every size", listing == [b"%d %d" % (n, len(m)) for n, m in enumerate(wanted, 1)], listing)
    _, unique, _ = session.uidl()
    check("UIDL has an id for each", len({line.split()[1] for line in unique}) == 3, unique)
    check("UIDL n agrees with UIDL", session.uidl(2).endswith(unique[1]), session.uidl(2))
    for number, message in enumerate(wanted, 1):
        _, lines, _ = session.retr(number)
        check(f"RETR {number} is the message, octet by octet", octets(lines) == message, lines[:5])
    _, lines, _ = session.top(1, 0)
    check("TOP 1 0 is the header", octets(lines) == wanted[0][: wanted[0].index(b"\r\n\r\n") + 4], lines)
    session.dele(1)
    told = refusal(session.retr, 1)
    check("a marked message cannot be fetched", told.startswith("-ERR"), told)
    session.rset()
    check("RSET brings it back", session.stat()[0] == 3, session.stat())
    session.dele(2)
    session.noop()
    session.quit()
    session = log_in("alice")
    _, left, _ = session.uidl()
    kept = [line.split()[1] for line in (unique[0], unique[2])]
    check("QUIT removed what was marked and nothing else", [line.split()[1] for line in left] == kept, left)
    told = refusal(log_in, "alice")
    check("a second session is told [IN-USE]", "[IN-USE]" in told, told)
    session.dele(1)
    told = ""
    try:
        CONTROL("closed", "alice")
    except RuntimeError as problem:
        told = str(problem)
    check("the control port tells that a mailbox is open", "still has" in told, told)
    session.close()
    CONTROL("closed", "alice")
    session = log_in("alice")
    check("a dropped line removes nothing", session.stat()[0] == 2, session.stat())
    session.quit()


def apop():
    CONTROL("reset", "mrose")
    session = poplib.POP3("127.0.0.1", PORT, timeout=30)
    session.apop("mrose", ACCOUNTS["mrose"]["password"])
    check("APOP opens the maildrop", session.stat() == (2, 320), session.stat())
    session.quit()
    session = poplib.POP3("127.0.0.1", PORT, timeout=30)
    told = refusal(session.apop, "mrose", "wrong")
    check("APOP with another secret is refused", "[AUTH]" in told, told)
    session.quit()


def odd_mail():
    CONTROL("reset", "dora", "dotty", "sid", "nora", "otto", "big")
    for key in ("dora", "dotty", "sid", "nora", "otto"):
        session = log_in(key)
        got = [octets(session.retr(number)[1]) for number in range(1, session.stat()[0] + 1)]
        check(f"every odd message of {key} arrives as it is", got == messages(key))
        session.quit()
    session = log_in("big")
    got = hashlib.sha256(octets(session.retr(1)[1])).hexdigest()
    held = FIXTURES["maildrops"]["big"]["messages"][0]
    check(f"a message of {held['size']} octets arrives whole", got == held["sha256"], got)
    session.quit()


def many_at_once():
    """Twenty sessions, each in a mailbox of its own; all are logged in before any goes on."""
    # A command has at most 255 octets (RFC 2449 section 4) and is in ASCII.
    speakable = lambda account: account["user"].isascii() and len(account["password"]) <= 255 - len("PASS \r\n")
    keys = [key for key, account in ACCOUNTS.items() if speakable(account)][:20]
    CONTROL("reset", *keys)
    together = threading.Barrier(len(keys), timeout=30)
    outcome = {}

    def session_of(key):
        try:
            # Somebody's mail has UTF-8 in its header, which is for those who ask for it (RFC 6856 section 2).
            session = log_in(key, utf8=True)
            together.wait()
            for number, message in enumerate(messages(key), 1):
                got = octets(session.retr(number)[1])
                if message is not None and got != message:
                    outcome[key] = f"message {number} differs"
                    return
                session.dele(number)
            session.quit()
            again = log_in(key)
            outcome[key] = again.stat()[0]
            again.quit()
        except Exception as error:
            together.abort()
            outcome[key] = repr(error)

    threads = [threading.Thread(target=session_of, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check(f"{len(keys)} sessions at once fetch and remove their own mail", outcome == dict.fromkeys(keys, 0), outcome)
    CONTROL("reset", *keys)


def too_many():
    """More connections than there are places: the last are turned away, and the first not disturbed."""
    first = log_in("alice")
    held, turned_away = [], ""
    for _ in range(250):
        try:
            held.append(poplib.POP3("127.0.0.1", PORT, timeout=30))
        except poplib.error_proto as error:
            turned_away = error.args[0].decode()
            break
    check("a connection too many is told so", "too many" in turned_away, f"{len(held)} held, {turned_away!r}")
    check("the others go on", first.stat()[0] == 3, first.stat())
    for session in held:
        session.close()
    first.quit()


for part in (whole_session, apop, odd_mail, many_at_once, too_many):
    try:
        part()
    except Exception as error:
        check(f"{part.__name__} comes to its end", False, repr(error))
sys.exit(1 if failures else 0)
