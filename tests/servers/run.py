#!/usr/bin/env python3
"""Side by side: our `serve`, a Dovecot that runs here, and what Courier and Cyrus once answered.

Prints each difference that nobody has explained, each explanation that is no longer needed, and how
much was compared. See the README.
"""

import argparse
import glob
import json
import os
import sys

from lab import accounts, compare, explained, page
from lab.accounts import HERE
from lab.dovecot import Dovecot
from lab.ours import Serve
from lab.stage import Stage

# What each server is compared with: `serve` so started that it offers what the other one offers.
# Courier and Cyrus are recordings.
BESIDE = {
    "dovecot": "ours",
    "dovecot-strict": "ours, strict",
    "courier": "ours, without APOP",
    "cyrus": "ours",
}

# `serve` as it is started.
OURS = {
    "ours": ["--with", "oauth-token"],
    "ours, strict": ["--with", "oauth-token", "--with", "tls-required"],
    "ours, without APOP": ["--with", "oauth-token", "--with", "no-apop"],
}

# Who runs here and is played a script, by the setting that the script asks for.
PLAYED = {"open": ("dovecot", "ours"), "strict": ("dovecot-strict", "ours, strict")}

UNEXPLAINED = "unexplained"

# So many scripts are played once more if they went otherwise than the tables say.
FEW = 20


def scripts():
    """Every script, with what is said of none as it is meant."""
    for path in sorted(glob.glob(os.path.join(HERE, "scripts", "*.json"))):
        with open(path, encoding="utf-8") as file:
            for script in json.load(file)["scripts"]:
                yield {"account": "alice", "tls": "plain", "setting": "open", **script}


def recording(server, script):
    """What a server answered to a script; none if it was never asked."""
    path = os.path.join(HERE, "transcripts", server, f"{script['name']}.txt")
    if not os.path.exists(path):
        return None
    with open(path, encoding="ascii") as file:
        return file.read()


def play(program, chosen, width):
    """Every transcript, played or recorded, by its server and its script."""
    who = accounts.read()
    recorded = {
        (server, script["name"]): text
        for server in BESIDE
        for script in chosen
        if (text := recording(server, script))
    }
    kinds = {
        "dovecot": lambda folder: Dovecot(folder, who),
        "dovecot-strict": lambda folder: Dovecot(folder, who, strict=True),
    }
    for kind, flags in OURS.items():
        kinds[kind] = lambda folder, flags=flags: Serve(program, folder, who, flags)
    jobs = [(kind, script) for script in chosen for kind in PLAYED[script["setting"]]]
    for server, kind in BESIDE.items():
        jobs += [
            (kind, script)
            for script in chosen
            if (server, script["name"]) in recorded and (kind, script) not in jobs
        ]
    with Stage(kinds, width, who) as stage:
        return recorded | stage.play(jobs)


def keep(told, folder):
    for (server, name), text in told.items():
        os.makedirs(os.path.join(folder, server), exist_ok=True)
        with open(os.path.join(folder, server, f"{name}.txt"), "w", encoding="ascii") as file:
            file.write(text)


def judge(told, chosen, only):
    """What every server answered differently, and complaints about what is not in the tables."""
    tables, complaints = [], []
    for server, beside in BESIDE.items():
        table = explained.Table(server)
        for script in chosen:
            name = script["name"]
            if (server, name) not in told:
                continue
            found, answers = compare.differences(name, told[server, name], told[beside, name])
            table.scripts += 1
            table.answers += answers
            complaints += [(server, UNEXPLAINED, it) for it in found if not table.meet(it)]
        complaints += [(server, "no longer so", row) for row in table.stale(only)]
        tables.append(table)
    return tables, complaints


def compared(options, chosen):
    """The tables and the complaints about all servers."""
    told = play(options.serve, chosen, options.width)
    tables, complaints = judge(told, chosen, options.only)
    doubtful = {row.script for _, _, row in complaints}
    if 0 < len(doubtful) <= FEW:
        # On a machine with much else to do an answer may come too late to be seen.
        print("played once more: " + ", ".join(sorted(doubtful)))
        told |= play(options.serve, [script for script in chosen if script["name"] in doubtful], 1)
        tables, complaints = judge(told, chosen, options.only)
    if options.keep:
        keep(told, options.keep)
    return tables, complaints


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", required=True, help="our server, built already")
    parser.add_argument("--only", default="", help="play scripts whose name begins so, and no others")
    parser.add_argument("--width", type=int, default=6, help="servers of each kind at a time")
    parser.add_argument("--keep", metavar="FOLDER", help="write the transcripts here")
    parser.add_argument("--propose", action="store_true", help="print rows for what is not explained")
    parser.add_argument("--write", action="store_true", help="write docs/servers.md anew")
    options = parser.parse_args()

    chosen = [script for script in scripts() if script["name"].startswith(options.only)]
    tables, complaints = compared(options, chosen)
    if options.propose:
        for server, kind, row in complaints:
            if kind == UNEXPLAINED:
                print(server, json.dumps([*row]))
    problems = [] if options.only else explained.problems(tables)
    if not options.only and not complaints and not problems:
        problems += page.check(tables, options.write)
    for server, kind, row in complaints:
        print(f"not ok - {server}, {row.script}, {row.line}: {kind}")
        print(f"    theirs {row.theirs}\n    ours   {row.ours}")
    for problem in problems:
        print(f"not ok - {problem}")
    for table in tables:
        print(table)
    wrong = len(complaints) + len(problems)
    answers = sum(table.answers for table in tables)
    known = sum(len(table.met & table.rows.keys()) for table in tables)
    print(f"{len(chosen)} scripts, {answers} answers, {known} differences explained, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
