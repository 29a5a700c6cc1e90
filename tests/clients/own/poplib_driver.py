"""Does one job with Python's poplib, as ../programs/libraries.py tells it on standard input."""
import json
import pathlib
import poplib
import ssl
import sys

job = json.load(sys.stdin)
# RFC 1939 has no limit for the lines of a message, and some are longer than poplib's.
poplib._MAXLINE = 1 << 20


def session():
    trust = ssl.create_default_context(cafile=job["authority"]) if job["road"] != "plain" else None
    if job["road"] == "TLS":
        return poplib.POP3_SSL(job["host"], job["port"], timeout=20, context=trust)
    session = poplib.POP3(job["host"], job["port"], timeout=20)
    if job["road"] == "STLS":
        session.stls(trust)
    return session


try:
    pop = session()
    if job["mechanism"] == "APOP":
        pop.apop(job["user"], job["password"])
    else:
        pop.user(job["user"])
        pop.pass_(job["password"])
    for line in pop.list()[1]:
        print(line.decode())
        number = int(line.split()[0])
        if job["fetch"]:
            octets = b"".join(line + b"\r\n" for line in pop.retr(number)[1])
            pathlib.Path(job["inbox"], str(number)).write_bytes(octets)
        if job["remove"]:
            pop.dele(number)
    pop.quit()
except (poplib.error_proto, OSError) as problem:
    sys.exit(str(problem))
