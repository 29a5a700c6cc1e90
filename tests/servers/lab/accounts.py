"""Who has which mail: one table for every server, written for each as it likes it."""

import base64
import json
import os
import shutil

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TABLE = os.path.join(HERE, "accounts.json")

FIRST = 1767261600
"""When the first message of a mailbox arrived, in seconds since 1970; the others follow by the second."""


class Account:
    def __init__(self, name, password, messages, token="", shown_token="<JWT>"):
        self.name = name
        self.password = password
        self.token = token
        self.shown_token = shown_token
        self.messages = messages

    def pretending(self):
        """Whoever has the name, and neither the password nor the token."""
        forged = self.token[:-4] + ("AAAA" if self.token[-4:] != "AAAA" else "BBBB")
        return Account(self.name, "wrongpw", [], forged, "<JWT bad signature>")

    def octets(self):
        """Each of the messages as its file has it."""
        for name in self.messages:
            with open(os.path.join(HERE, "messages", name), "rb") as file:
                yield file.read()


def read():
    """Every account by its name."""
    with open(TABLE, encoding="utf-8") as file:
        table = json.load(file)["accounts"]
    return {name: Account(name, **account) for name, account in table.items()}


def fixtures(accounts):
    """The accounts in the form that `serve --fixtures` reads."""
    return {
        "accounts": {
            who.name: {
                "user": who.name,
                "password": who.password,
                "maildrop": who.name,
                **({"oauth_token": who.token} if who.token else {}),
            }
            for who in accounts.values()
        },
        "maildrops": {
            who.name: {"messages": [{"raw_b64": base64.b64encode(raw).decode()} for raw in who.octets()]}
            for who in accounts.values()
        },
    }


def maildir(who, folder, uid, gid):
    """The mailbox as a new Maildir in `folder`, in the place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(folder, part))
    for number, raw in enumerate(who.octets()):
        path = os.path.join(folder, "cur", f"{FIRST + number}.M{number:03}.lab:2,")
        with open(path, "wb") as file:
            file.write(raw)
        os.utime(path, (FIRST + number,) * 2)
    for place, folders, files in os.walk(folder):
        for name in [place] + [os.path.join(place, file) for file in folders + files]:
            os.chown(name, uid, gid)
