"""docs/clients.md, from the tables of the programs and from what they said just now."""
import pathlib

from checks import MECHANISMS, NOT_OFFERED
from programs.program import PLAIN, ROADS, STLS, TLS

PATH = pathlib.Path(__file__).parent / "../../docs/clients.md"
ROAD = {PLAIN: "in the clear", STLS: "STLS", TLS: "TLS at once"}
WHY = {"password": "wrong password", "locked": "locked mailbox", "authority": "unknown authority", "name": "other name"}

HEAD = """# Mail programs

Written by `tests/clients/run.py` from what real mail programs did with `serve` just now. Each of them lists, fetches and leaves, fetches again, removes,
and fetches a megabyte, on every road that it takes; logs in by each mechanism that it has; and says what is wrong with a password, a mailbox, a
certificate. What it stores is compared with what the server holds, octet by octet, for mail with dots, long lines, 8-bit octets, NUL, and line ends
that are none; what it removes is gone from folders of .eml files, a Maildir and an mbox, and nothing else is.
"""


def page(sent):
    """The text, for programs with what each said."""
    programs = list(sent)
    parts = [HEAD]
    parts += section("Roads", ["program", "version", *ROAD.values(), "fetches again"], [
        [program.name, program.version(), *(program.dashes.get(road, "yes") for road in ROADS),
         "what is new" if program.remembers else "all"] for program in programs])
    parts += section("Logins", ["program", *MECHANISMS], [
        [program.name, *(login(program, mechanism) for mechanism in MECHANISMS)] for program in programs])
    parts.append("A dash: the program does not have it. What `serve` does not offer:\n")
    parts.append("\n".join(f"- {mechanism}, {ROAD[road]}: {reason}" for (road, mechanism), reason in NOT_OFFERED.items()))
    parts.append("- EXTERNAL: not tried here\n")
    parts += section("What it says", ["program", *WHY.values()], [
        [program.name, *(f"{status}: `{words}`" for status, words in (program.refusals[why] for why in WHY))] for program in programs])
    parts.append("In front is the status with which the program ends.\n")
    parts += section("Faults of the programs", ["program", "it"], [
        [program.name, fault.sentence] for program in programs for fault in program.faults])
    parts += section("What it sends", ["program", "to fetch and remove four messages in the clear"], [
        [program.name, f"`{said}`"] for program, said in sent.items()])
    return "\n".join(parts)


def section(title, columns, rows):
    lines = [columns, ["---"] * len(columns), *rows]
    return [f"## {title}\n", "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"]


def login(program, mechanism):
    """On which roads, or why on none."""
    if mechanism not in program.mechanisms:
        return program.dashes.get(mechanism, "-")
    return ", ".join(road for road in ROADS if road not in program.dashes and (road, mechanism) not in NOT_OFFERED)


def stale(text):
    """What the written page has no more, or not yet; nothing if it is right. Another version may say other things, so the
    rows of a program are compared where its version is that of the page."""
    written = PATH.read_text() if PATH.exists() else ""
    now, then = versions(text), versions(written)
    changed = {name for name in now if now[name] != then.get(name, now[name])}
    kept = lambda page: [line for line in page.splitlines() if not line.startswith(tuple(f"| {name} |" for name in changed))]
    differing = [line for line in kept(text) if line not in kept(written)] + [line for line in kept(written) if line not in kept(text)]
    return f"run tests/clients/run.py --write: {differing[0]}" if differing else None


def versions(page):
    """The version of each program: the first row in which it stands."""
    found = {}
    for line in page.splitlines():
        if line.startswith("| "):
            cells = line.split(" | ")
            found.setdefault(cells[0].removeprefix("| "), cells[1])
    return found
