#!/usr/bin/env python3
"""Certifies the implementations of the field and writes doc/field.md: python3 src/field/run.py [NAME...]

Needs only Python's standard library. Each implementation's packages are installed outside the checkout. If one fails,
the others go on, and the page has a row that tells it. Each failed MUST has a reproduction in the framework's own
terms: src/field/reproductions/<name>/<ID>.py, .mjs or .java (<operation>-<ID> for an operation other than dropout). It
is a program that exits with status 0 as long as the defect is there. A comment "also: BWD-5 SEED-1" in it names
findings with the same cause.

Exit status: 0 all verdicts are known and reproduced, 1 something is new or gone, 2 something could not be judged.
"""

import argparse
import contextlib
import datetime
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import venv
from pathlib import Path

import page
from implementations import ALL

ROOT = Path(__file__).resolve().parents[2]
REPRODUCTIONS = Path(__file__).resolve().parent / "reproductions"
INSTALLING = 1800  # seconds
REPRODUCING = 300
MAIN = "org.dropoutspec.cli.Main"
MAVEN = ["mvn", "-q", "-B"]
INSTALL = "org.apache.maven.plugins:maven-install-plugin:3.1.4"


class Unavailable(Exception):
    """The implementation cannot be installed here."""


def finished(command, seconds, environment=()):
    """Exit status and output of a command in the checkout. It and its children are ended after `seconds`."""
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        env={**os.environ, **dict(environment)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    output = ""
    try:
        output, _ = process.communicate(timeout=seconds)
        return process.returncode, output
    except BaseException as error:
        for ending, patience in ((signal.SIGTERM, 15), (signal.SIGKILL, 15)):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, ending)
            with contextlib.suppress(subprocess.TimeoutExpired):
                output, _ = process.communicate(timeout=patience)
                break
        if isinstance(error, subprocess.TimeoutExpired):
            return 124, f"{output}\nended after {seconds} s"
        raise


def installed(command):
    try:
        status, output = finished(command, INSTALLING)
    except OSError as missing:
        raise Unavailable(missing) from missing
    if status != 0:
        lines = [line for line in output.splitlines() if "error" in line.lower()] or output.splitlines()[-1:]
        raise Unavailable(f"{shlex.join(map(str, command[:4]))} ...: {lines[-1][:200] if lines else status}")


class Workshop:
    """The directory for all that is installed and all results, outside the checkout."""

    def __init__(self, directory, python, jar):
        self.directory = directory
        self.python = python
        self.jar = jar

    def words(self, implementation):
        """Installs what the adapter needs, and returns its command in words."""
        python = Path(self.python or self.directory / "venv" / "bin" / "python3")
        if implementation.command.startswith("node ") and not shutil.which("node"):
            raise Unavailable("there is no node in the path")
        if implementation.npm:
            installed(["npm", "install", "--no-audit", "--no-fund", "--prefix", self.directory / "npm", *implementation.npm])
        if implementation.source:
            (self.directory / "bin").mkdir(exist_ok=True)
            program = self.directory / "bin" / implementation.name
            installed(["cc", "-std=c99", "-O2", "-o", program, implementation.source, "-lm"])
        if self.python is None and not python.exists():
            venv.create(self.directory / "venv", with_pip=True)
        if self.python is None:
            for package in implementation.pip:
                installed([python, "-m", "pip", "install", "-q", *package.split()])
        else:
            for package in implementation.pip:
                installed([python, "-m", "pip", "show", "-q", package.split()[0]])
        if implementation.project:
            installed([*MAVEN, f"{INSTALL}:install-file", f"-Dfile={self.jar.resolve()}", "-DpomFile=pom.xml"])
            built = self.built(implementation)
            installed([*MAVEN, "-f", implementation.project, f"-Dbuilt={built}", "package"])
        places = {"python": python, "npm": self.directory / "npm", "bin": self.directory / "bin"}
        return [word.format(**places) for word in implementation.command.split()]

    def built(self, implementation):
        """The directory for the jars of a Maven project."""
        return self.directory / "bin" / implementation.name

    def report(self, implementation):
        return self.directory / "reports" / implementation.name

    def result(self, implementation):
        return self.directory / "results" / f"{implementation.name}.json"


def certified(implementation, words, workshop, options):
    """Runs certify, which writes the certificate. Returns what else the page tells of the run."""
    report = workshop.report(implementation)
    report.mkdir(parents=True, exist_ok=True)
    asked = ["certify", "--tier", options.tier, "--seed", str(options.seed)]
    known = ROOT / implementation.folder / f"{page.known(implementation)}"
    if known.exists():
        asked += ["--expect", str(known.relative_to(ROOT))]
    running = ["--report", report, "--total-timeout", str(options.seconds), "--timeout", "120"]
    start, judged = ["java", "-jar", options.jar], ["--", *words]
    if implementation.class_name:
        start = ["java", "-cp", f"{options.jar}:{workshop.built(implementation)}/*", MAIN]
        judged = ["--class", implementation.class_name]
    status, output = finished(
        [*start, *asked, *running, *judged], options.seconds + 300, implementation.environment
    )
    (report / "output.txt").write_text(output)
    return {
        "status": status,
        "command": shlex.join([*(f"{key}={value}" for key, value in implementation.environment)])
        + (" " if implementation.environment else "")
        + shlex.join([*page.start(implementation), *asked, *page.shown(implementation)]),
        "unexpected": page.unexpected(output),
        "end": output.splitlines()[-1:],
    }


def reproduced(implementation, words, workshop):
    """For each finding, by its name: the program that reproduces it, and whether it still does."""
    outcomes = {}
    for script in sorted((REPRODUCTIONS / implementation.name).glob("*-*.*")):
        interpreter = {".mjs": ["node"], ".java": ["java", "-cp", f"{workshop.built(implementation)}/*"]}.get(
            script.suffix, words[:1]
        )
        more = [words[2]] if script.suffix == ".mjs" and len(words) > 2 else []
        status, output = finished([*interpreter, script, *more], REPRODUCING, implementation.environment)
        for finding in [script.stem, *page.also(script.read_text())]:
            outcomes[finding] = {"script": script.name, "shows": status == 0}
        print(f"  {script.relative_to(ROOT)}: {'reproduces' if status == 0 else 'no longer reproduces'}", flush=True)
    return outcomes


def judge(implementation, workshop, options):
    start = datetime.datetime.now()
    result = {"date": datetime.date.today().isoformat()}
    try:
        words = workshop.words(implementation)
        print("  " + shlex.join(words), flush=True)
        result.update(certified(implementation, words, workshop, options))
        result["reproductions"] = reproduced(implementation, words, workshop)
    except Unavailable as reason:
        result["unavailable"] = " ".join(str(reason).split())
    result["seconds"] = round((datetime.datetime.now() - start).total_seconds())
    workshop.result(implementation).write_text(json.dumps(result, indent=2))
    print(f"  {result.get('unavailable') or result['end']} ({result['seconds']} s)", flush=True)


def beside_each_other(workshop, rows):
    """Writes all certificates as one page, whose cells link to the page of each."""
    reports = [workshop.report(row.implementation) for row in rows if row.certificate]
    if reports and workshop.jar.exists():
        all_of_them = workshop.directory / "field.html"
        status, output = finished(["java", "-jar", workshop.jar, "report", "--out", all_of_them, *reports], 300)
        print(all_of_them if status == 0 else output)


def main():
    names = [implementation.name for implementation in ALL]
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], epilog="NAME: " + ", ".join(names))
    parser.add_argument("names", nargs="*", metavar="NAME", help="certify these alone (default: all)")
    parser.add_argument("--tier", default="quick", choices=["quick", "standard", "deep"])
    parser.add_argument("--seed", type=int, default=7, help="the master seed (default: 7)")
    parser.add_argument("--seconds", type=int, default=1800, help="for each certification (default: 1800)")
    parser.add_argument("--work", type=Path, default=Path.home() / ".cache" / "dropout-field", metavar="DIR")
    parser.add_argument("--python", metavar="PATH", help="take the packages of this Python, and install none")
    parser.add_argument("--jar", type=Path, default=ROOT / "target" / "dropout-conformance.jar")
    parser.add_argument("--page", type=Path, default=ROOT / "doc" / "field.md")
    parser.add_argument("--only-page", action="store_true", help="write the page from the certificates that are there")
    options = parser.parse_args()
    unknown = set(options.names) - set(names)
    if unknown:
        parser.error(f"name ({', '.join(sorted(unknown))}) must be of: {', '.join(names)}")
    if not options.only_page and not options.jar.exists():
        parser.error(f"jar ({options.jar}) must be there: mvn -q package -DskipTests")
    options.work = options.work.resolve()
    if ROOT == options.work or ROOT in options.work.parents:
        parser.error(f"work ({options.work}) must be outside the checkout")
    for folder in ("reports", "results"):
        (options.work / folder).mkdir(parents=True, exist_ok=True)
    workshop = Workshop(options.work, options.python, options.jar)
    chosen = [one for one in ALL if not options.names or one.name in options.names]
    try:
        for implementation in [] if options.only_page else chosen:
            print(implementation.name, flush=True)
            judge(implementation, workshop, options)
    finally:
        rows = page.rows(ALL, workshop)
        options.page.write_text(page.text(rows))
        print(f"{options.page}: {len(rows)} implementations")
        beside_each_other(workshop, rows)
    return page.exit_status([row for row in rows if row.implementation in chosen])


if __name__ == "__main__":
    sys.exit(main())
