"""A folder for `serve --mail`: a mailbox of each kind, and what stands beside. It knows no server."""
import pathlib

import mail


class Folder:
    """Each of `users` has the ordinary messages, and somebody else has a mailbox that nobody touches."""

    users = ("eml", "maildir", "mbox")

    def __init__(self, root):
        self.root = root
        root.mkdir()
        names = [*self.users, "bystander"]
        (root / "users").write_text("".join(f"{name}:{mail.PASSWORD}\n" for name in names))
        self.messages = {name: set() for name in self.users}
        for name in ("eml", "bystander"):
            (root / name).mkdir()
            for number, message in enumerate(mail.octets(mail.ORDINARY), 1):
                (root / name / f"{number}.eml").write_bytes(message)
        (root / "eml/notes.txt").write_text("No mail, though it lies here.\n")
        for part in ("new", "cur", "tmp"):
            (root / "maildir" / part).mkdir(parents=True)
        for number, message in enumerate(mail.octets(mail.ORDINARY), 1):
            place = f"new/{number}.host" if number > 1 else f"cur/{number}.host:2,S"
            # A Maildir has the line ends of the system.
            (root / "maildir" / place).write_bytes(message.replace(b"\r\n", b"\n"))
        (root / "maildir/tmp/4.host").write_text("Being delivered.\n")
        (root / "mbox").write_bytes(b"".join(map(posted, mail.octets(mail.ORDINARY))))

    def contents(self):
        """Every file by its path, without what a running server keeps for itself."""
        files = {path.relative_to(self.root): path for path in self.root.rglob("*") if path.is_file()}
        return {str(name): path.read_bytes() for name, path in files.items() if name.name != ".lock"}

    def lost(self, before, user):
        """Fails unless the messages of this user are gone and all else is what it was."""
        after = self.contents()
        wanted = {name: octets for name, octets in before.items() if not is_message(name, user)}
        if user == "mbox":
            wanted["mbox"] = b""
        changed = sorted(name for name in wanted.keys() | after.keys() if wanted.get(name) != after.get(name))
        if changed or before == after:
            raise AssertionError(f"not as it should be: {changed or 'nothing was removed'}")


def is_message(name, user):
    path = pathlib.PurePath(name)
    return path.parts[0] == user and (path.suffix == ".eml" or len(path.parts) > 1 and path.parts[1] in ("new", "cur"))


def posted(message):
    """A message as it stands in an mbox, with `From ` quoted as mboxrd has it."""
    lines = message.replace(b"\r\n", b"\n").split(b"\n")
    quoted = [b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines]
    return b"From sender@example.org Thu Jan  1 00:00:00 2026\n" + b"\n".join(quoted) + b"\n"
