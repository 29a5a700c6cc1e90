"""Whose mail there is, and every octet of it. The messages are those of the conformance vectors; a message is
named `maildrop:number`, as there. It knows no server and no mail program."""
import base64
import json
import pathlib

VECTORS = pathlib.Path(__file__).parent / "../conformance/vectors.json"

# What nobody has trouble with, and what programs stumble over: dots, lines without an end, 8-bit octets, ...
ORDINARY = ["basic:1", "basic:2", "basic:3"]
ODD = ["dots:1", "dots:2", "dots:3", "dotfirst:1", "dotfirst:2", "sizes:1", "sizes:2", "sizes:3", "sizes:4",
       "nohdrend:1", "odd:1", "odd:2", "odd:3"]
BIG = ["big:1"]
NEW = ["one:1"]

PASSWORD = "wonderland"
TOKEN = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="

# Every user has the same password and token.
BOXES = {"alice": ORDINARY, "odd": ODD, "big": BIG}


def _messages():
    found = {}
    for maildrop, held in json.loads(VECTORS.read_text())["fixtures"]["maildrops"].items():
        for number, message in enumerate(held["messages"], 1):
            recipe = message.get("gen")
            if recipe:
                lines = "".join(recipe["line"] % line + "\r\n" for line in range(recipe["count"]))
                octets = base64.b64decode(recipe["head_b64"]) + lines.encode()
            else:
                octets = base64.b64decode(message["wire_b64"])
            found[f"{maildrop}:{number}"] = octets
    return found


# Every message by its name, as RETR sends it before byte-stuffing.
MESSAGES = _messages()


def octets(names):
    """The messages of these names, in their order."""
    return [MESSAGES[name] for name in names]


def write_fixtures(path):
    """A file for `serve --fixtures`."""
    maildrops = {user: BOXES[user] for user in BOXES} | {"new": NEW}
    document = {
        "accounts": {
            user: {"user": user, "password": PASSWORD, "maildrop": user, "oauth_token": f"{user}.{TOKEN}"}
            for user in BOXES
        },
        "maildrops": {
            name: {"messages": [{"raw_b64": base64.b64encode(message).decode()} for message in octets(names)]}
            for name, names in maildrops.items()
        },
    }
    path.write_text(json.dumps(document))


def token(user):
    """What shows to OAUTHBEARER and XOAUTH2 that somebody is `user`."""
    return f"{user}.{TOKEN}"

