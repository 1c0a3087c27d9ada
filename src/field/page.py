"""The page of results, doc/field.md, from the certificates and from the notes of src/field/run.py on each run."""

import json
import re

CHAPTERS = ["RATE", "MASK", "FWD", "BWD", "EVAL", "SEED", "NUM", "SHAPE"]


class Row:
    """One implementation: the notes on its run, and its certificate if there is one."""

    def __init__(self, implementation, noted, certificate):
        self.implementation = implementation
        self.noted = noted
        self.certificate = certificate

    @property
    def requirements(self):
        return self.certificate["requirements"] if self.certificate else []

    def failed(self, level):
        return [one for one in self.requirements if one["verdict"] == "fail" and one["level"] == level]

    def unreproduced(self):
        """The failed MUSTs for which no reproduction was run that shows the defect."""
        shown = self.noted.get("reproductions", {})
        return [name(one) for one in self.failed("MUST") if not shown.get(stem(one), {}).get("shows")]

    def gone(self):
        """The reproductions that no longer show a defect, or whose requirement did not fail, nor for another cause."""
        seen = {stem(one) for one in self.requirements if one["verdict"] == "fail"} | self.seen_again().keys()
        run = self.noted.get("reproductions", {})
        return [key for key, one in run.items() if not one["shows"] or key not in seen]

    def seen_again(self):
        """By the name of a requirement that has a reproduction: the failed one that tells what it saw too."""
        told = {stem(one): one.get("evidence", {}).get("because_of") for one in self.requirements}
        run = self.noted.get("reproductions", {})
        return {key: told[key] for key, one in run.items() if one["shows"] and told.get(key)}


def known(implementation):
    """The name of the file beside the adapter with the known verdicts."""
    folder = implementation.folder.rsplit("/", 1)[-1]
    variant = implementation.name[len(folder) :] if implementation.name.startswith(folder) else ""
    return f"known{variant}.txt"


def start(implementation):
    """The command with which a reader starts the suite for this implementation."""
    if implementation.class_name:
        return ["java", "-cp", "target/dropout-conformance.jar:DIRECTORY/*", "org.dropoutspec.cli.Main"]
    return ["java", "-jar", "target/dropout-conformance.jar"]


def shown(implementation):
    """The arguments that name the implementation, as a reader types them."""
    if implementation.class_name:
        return ["--class", implementation.class_name]
    places = {"python": "python3", "npm": "DIRECTORY", "bin": "DIRECTORY"}
    return ["--", *(word.format(**places) for word in implementation.command.split())]


def also(program):
    """The other findings that a reproduction names as having the same cause."""
    return [finding for line in re.findall(r"\balso: (.*)", program) for finding in line.split()]


def unexpected(output):
    lines = output.splitlines()
    if "not as expected:" not in lines:
        return []
    rest = lines[lines.index("not as expected:") + 1 :]
    return [line.strip() for line in rest if line.startswith("  ")]


def name(requirement):
    other = requirement["operation"] != "dropout"
    return (requirement["operation"] + ":" if other else "") + requirement["id"]


def stem(requirement):
    return name(requirement).replace(":", "-")


def rows(implementations, workshop):
    found = []
    for implementation in implementations:
        noted = workshop.result(implementation)
        if not noted.exists():
            continue
        certificate = workshop.report(implementation) / "certificate.json"
        noted = json.loads(noted.read_text())
        there = "unavailable" not in noted and certificate.exists()
        found.append(Row(implementation, noted, json.loads(certificate.read_text()) if there else None))
    return found


def exit_status(found):
    def judged(row):
        return "unavailable" in row.noted or (row.certificate and row.certificate["outcome"] != "not-judged")

    if not all(judged(row) for row in found):
        return 2
    return int(any(row.noted.get("unexpected") or row.unreproduced() or row.gone() for row in found))


def of(requirements, operation):
    return [one for one in requirements if one["operation"] == operation]


def outcome(requirements):
    verdicts = {one["verdict"] for one in requirements if one["level"] == "MUST"}
    if "fail" in verdicts:
        return "nonconformant"
    return "not judged" if verdicts & {"error", "inconclusive"} else "conformant"


def cell(requirements):
    """The failed and the open requirements of a chapter, each failed MUST in bold; else ok, or - if none was asked."""
    bad = [
        f"**{one['id']}**" if one["level"] == "MUST" else one["id"] for one in requirements if one["verdict"] == "fail"
    ]
    held = [one["id"] for one in requirements if one["verdict"] in ("inconclusive", "error")]
    passed = any(one["verdict"] == "pass" for one in requirements)
    return " ".join([*bad, *(["open: " + " ".join(held)] if held else [])]) or ("ok" if passed else "-")


def table(found):
    lines = ["| implementation | version | operation | " + " | ".join([*CHAPTERS, "own"]) + " | outcome |"]
    lines.append("| --- " * (len(CHAPTERS) + 5) + "|")
    empty = " | ".join([""] * (len(CHAPTERS) + 1))
    for row in found:
        if not row.certificate:
            reason = row.noted.get("unavailable")
            told = f"could not be installed: {reason}" if reason else "could not be judged, see below"
            lines.append(f"| {row.implementation.name} | | | {empty} | {plain(told)} |")
            continue
        about = row.certificate["implementation"]
        for operation in dict.fromkeys(one["operation"] for one in row.requirements):
            asked = of(row.requirements, operation)
            chapter = {key: [] for key in [*CHAPTERS, "own"]}
            for one in asked:
                prefix = one["id"].split("-")[0]
                chapter[prefix if prefix in CHAPTERS else "own"].append(one)
            cells = " | ".join(cell(asked) for asked in chapter.values())
            lines.append(
                f"| {about['name']} ({about['language']}) | {about['version']} | {operation} | {cells} | {outcome(asked)} |"
            )
    return lines


def plain(text):
    """A message in one line, so that nothing in it is taken for Markdown."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def section(row):
    title = row.implementation.name
    if row.certificate:
        about = row.certificate["implementation"]
        title = f"{about['name']} {about['version']}"
    lines = [f"### {title}", "", "```sh", row.noted.get("command", ""), "```", ""]
    if not row.certificate:
        return [*lines, *(f"    {line}" for line in row.noted.get("end", [])), ""]
    notes = [row.certificate["implementation"].get("notes", ""), f"{row.noted['date']}, {row.noted['seconds']} s"]
    lines += [plain("; ".join(filter(None, notes))), ""]
    for one in row.failed("MUST") + row.failed("SHOULD"):
        lines.append(f"- **{name(one)}** {one['level']} {one['title']}: {plain(one['message'])}" + evidence(row, one))
    lines += [f"- not as expected: {plain(line)}" for line in row.noted.get("unexpected", [])]
    lines += [
        f"- {key} is seen again, and told by {cause}; it is {reproduced(row, key)} too"
        for key, cause in row.seen_again().items()
    ]
    lines += [f"- the reproduction of {key} shows nothing any more, or nothing failed" for key in row.gone()]
    if not row.failed("MUST") and not row.failed("SHOULD"):
        lines.append("- nothing failed")
    for entry in row.certificate["scope"]["not_asked"]:
        lines.append(f"- not asked ({plain(entry['reason'])}): {', '.join(entry['requirements'])}")
    return [*lines, ""]


def evidence(row, requirement):
    run = row.noted.get("reproductions", {}).get(stem(requirement))
    if run is None:
        return "" if requirement["level"] == "SHOULD" else ". No reproduction yet"
    return f". Without the suite: {reproduced(row, stem(requirement))}"


def reproduced(row, key):
    run = row.noted["reproductions"][key]
    told = "reproduced by" if run["shows"] else "not reproduced by"
    return f"{told} [{run['script']}](../src/field/reproductions/{row.implementation.name}/{run['script']})"


def text(found):
    certificates = [row.certificate for row in found if row.certificate]
    runs = sorted({(one["tier"], one["seed"], one["suite"]["specification"][:8]) for one in certificates})
    told = "; ".join(f"tier {tier}, seed {seed}, specification {digest}" for tier, seed, digest in runs)
    dates = sorted({row.noted["date"] for row in found})
    lines = [
        "# The field",
        "",
        "Implementations of dropout held to the specification, written by `python3 src/field/run.py`"
        f" on {' and '.join(dates)}: {told}.",
        "",
        "A cell names what is wrong in a chapter: in bold a MUST that failed, plain a SHOULD that failed, `open` what"
        " could not be decided, often because of another cause; `ok` that all that was asked passed, `-` that nothing"
        " was asked. An operation is conformant where no MUST failed and none is open. In a command DIRECTORY is where"
        " npm installed or the compiler wrote. [ci.md](ci.md) says how to dispute a finding.",
        "",
        *table(found),
        "",
        "## Findings",
        "",
    ]
    for row in found:
        if "unavailable" not in row.noted:
            lines += section(row)
    return "\n".join(lines).rstrip() + "\n"
