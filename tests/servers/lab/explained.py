"""The table of differences that have an explanation: one row for one line of one script."""

import json
import os
import re

from .accounts import HERE
from .compare import Difference

FOLDER = os.path.join(HERE, "explained")
KINDS = ("requirement", "policy", "quirk")


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def reasons():
    """Every reason by its name: its kind, what it cites, and a sentence."""
    return load(os.path.join(FOLDER, "reasons.json"))


class Table:
    """The rows of one server, by what they explain."""

    def __init__(self, server):
        self.server = server
        rows = load(os.path.join(FOLDER, f"{server}.json"))
        self.rows = {Difference(*row[:4]): row[4:] for row in rows}
        self.problems = [] if len(self.rows) == len(rows) else [f"{server}: a row stands there twice"]
        self.met = set()
        self.scripts = self.answers = 0

    def __str__(self):
        found = f"{len(self.met)} differences, {len(self.met & self.rows.keys())} of them explained"
        return f"{self.server}: {self.scripts} scripts, {self.answers} answers, {found}"

    def meet(self, difference):
        """Whether a difference is explained."""
        self.met.add(difference)
        return difference in self.rows

    def rows_for(self, reason):
        """The rows that give this reason."""
        return [row for row, names in self.rows.items() if reason in names]

    def stale(self, begin):
        """Rows whose difference did not occur, of scripts whose name begins so."""
        return [row for row in self.rows if row not in self.met and row.script.startswith(begin)]


def problems(tables):
    """What is wrong with the reasons: each is of a kind, cites what there is, and is used."""
    known = reasons()
    cited = {row["id"] for row in load(os.path.join(HERE, "../conformance/requirements.json"))}
    with open(os.path.join(HERE, "../../docs/conformance.md"), encoding="utf-8") as file:
        cited |= set(re.findall(r"^\| (A\d+) ", file.read(), re.MULTILINE))
    used = {name for table in tables for names in table.rows.values() for name in names}
    found = [problem for table in tables for problem in table.problems]
    found += [f"{table.server}: no reason for {row}" for table in tables for row, names in table.rows.items() if not names]
    found += [f"the reason {name} is nowhere" for name in sorted(used - known.keys())]
    found += [f"the reason {name} explains nothing" for name in sorted(known.keys() - used)]
    for name, reason in known.items():
        if reason["kind"] not in KINDS:
            found.append(f"the reason {name} is a {reason['kind']}")
        if reason["kind"] != "quirk" and not reason["cites"]:
            found.append(f"the reason {name} cites nothing")
        found += [f"the reason {name} cites {it}, which is not there" for it in reason["cites"] if it not in cited]
    return found
