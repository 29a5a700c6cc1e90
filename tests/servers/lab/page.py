"""docs/servers.md: the explained differences in words, written from a run."""

import os

from . import explained
from .accounts import HERE

PATH = os.path.join(HERE, "../../docs/servers.md")

HEAD = """# Side by side with other servers

Written by `tests/servers/run.py --write` from what the servers answered just now; the check `servers` sees to it that it is still so.
The same scripts are played to `serve` and to a Dovecot, with the same accounts and mail, and every answer is compared; Courier and Cyrus are
recordings, to which `serve` is held. What counts as equal is in [tests/servers](../tests/servers/README.md).
Names like POP-1939-28 and A8 are in [conformance](conformance.md).
"""

SERVERS = {
    "dovecot": ("Dovecot", "2.3, runs beside ours"),
    "dovecot-strict": ("Dovecot that demands TLS", "the same, with `ssl = required`"),
    "courier": ("Courier", "1.0.16, recorded"),
    "cyrus": ("Cyrus", "3.6.1, recorded"),
}

KINDS = {
    "requirement": "Where an RFC asks for what ours does",
    "policy": "Where the RFCs leave room",
    "quirk": "Ways of its own",
}

# An answer in an example is cut here.
WIDTH = 60


def check(tables, write):
    """Complains if the page is not what this run would write, or writes it."""
    text = page(tables)
    if write:
        with open(PATH, "w", encoding="utf-8") as file:
            file.write(text)
        return []
    with open(PATH, encoding="utf-8") as file:
        if file.read() == text:
            return []
    return ["docs/servers.md tells something else than this run; write it anew with --write"]


def page(tables):
    reasons = explained.reasons()
    lines = [HEAD, "| server | | scripts | answers compared | alike | different, and explained |"]
    lines.append("|---|---|---|---|---|---|")
    for table in tables:
        name, how = SERVERS[table.server]
        alike = table.answers - len(table.rows)
        lines.append(f"| {name} | {how} | {table.scripts} | {table.answers} | {alike} | {len(table.rows)} |")
    for table in tables:
        lines += section(table, reasons)
    return "\n".join(lines) + "\n"


def section(table, reasons):
    """What one server does differently, by kind and by reason."""
    lines = ["", f"## {SERVERS[table.server][0]}"]
    for kind, heading in KINDS.items():
        names = [name for name, reason in reasons.items() if reason["kind"] == kind]
        found = [(name, rows) for name in names if (rows := table.rows_for(name))]
        if found:
            lines += ["", f"### {heading}"]
        for name, rows in found:
            lines += entry(reasons[name], rows)
    return lines


def entry(reason, rows):
    """One reason: what it says, where it was met first, and where else."""
    example = rows[0]
    cites = f" ({', '.join(reason['cites'])})" if reason["cites"] else ""
    names = sorted({row.script for row in rows})
    count = "1 answer" if len(rows) == 1 else f"{len(rows)} answers"
    return [
        "",
        f"**{reason['title']}**{cites}. {reason['says']}",
        "",
        f"- {code(example.line)} of {example.script}: theirs {code(example.theirs)}, ours {code(example.ours)}",
        f"- {count} in {', '.join(names)}",
    ]


def code(text):
    """The text as code, cut to what fits."""
    return f"`{text}`" if len(text) <= WIDTH else f"`{text[: WIDTH - 1]}…`"
