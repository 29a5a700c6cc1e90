#!/usr/bin/env python3
"""Real mail programs against `serve`: who lists, fetches, keeps, removes and logs in on which road.

    run.py --serve target/debug/serve              all of them, in less than a minute or two
    run.py --serve target/debug/serve --only mutt  one
    run.py --serve target/debug/serve --write      writes docs/clients.md as well; otherwise it is compared

Prints `ok - PROGRAM: what` or `not ok - PROGRAM: what: why` for each check, then how many there were.
"""
import argparse
import concurrent.futures
import pathlib
import sys
import tempfile
import threading

import mail
import page
from checks import Places, Trial
from programs import PROGRAMS
from server import Server

# As many as keep two cores busy: most of the time each waits for the other end.
AT_ONCE = 4


class Report:
    """Prints every check as it ends, and counts."""

    def __init__(self):
        self.passed = self.failed = 0
        self.lock = threading.Lock()

    def __call__(self, who, what, trouble):
        with self.lock:
            if trouble is None:
                self.passed += 1
                print(f"ok - {who}: {what}", flush=True)
            else:
                self.failed += 1
                print(f"not ok - {who}: {what}: {trouble}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--serve", type=lambda path: pathlib.Path(path).resolve(), required=True)
    parser.add_argument("--only", action="append", choices=[program.name for program in PROGRAMS])
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    report = Report()
    chosen = [program for program in PROGRAMS if not asked.only or program.name in asked.only]
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        # Some programs run as another user, who must get through to their own folders.
        scratch.chmod(0o755)
        fixtures = scratch / "fixtures.json"
        mail.write_fixtures(fixtures)
        flags = ("--host", "elsewhere.example", "--fixtures", fixtures)
        with Server(asked.serve, scratch / "elsewhere", *flags) as elsewhere:
            places = Places(asked.serve, fixtures, scratch, elsewhere)
            trials = [Trial(program, places, report) for program in chosen]
            with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
                under_way = {pool.submit(trial.run): trial for trial in trials}
            for future, trial in under_way.items():
                if problem := future.exception():
                    report(trial.program.name, "comes to its end", repr(problem))
            logins = [line for line in elsewhere.logged() if "user=<" in line]
            report("all", "nobody logs in where the certificate is bad", logins[0] if logins else None)
    if len(chosen) == len(PROGRAMS):
        text = page.page({trial.program: trial.sent for trial in trials})
        if asked.write and report.failed == 0:
            page.PATH.write_text(text)
        report("docs/clients.md", "says what happens here", page.stale(text))
    print(f"{report.passed} passed, {report.failed} failed")
    return 0 if report.passed and not report.failed else 1


if __name__ == "__main__":
    sys.exit(main())
