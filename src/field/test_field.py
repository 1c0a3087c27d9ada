"""Tests of the page and of the command's exit status: python3 -m unittest discover src/field"""

import argparse
import contextlib
import io
import re
import sys
import tempfile
import time
import unittest
from pathlib import Path

import page
import run
from implementations import ALL, python

FLAX = python("flax", "flax/adapter.py", "flax")


def requirement(verdict, id="RATE-2", level="MUST", operation="dropout"):
    return {
        "operation": operation,
        "id": id,
        "level": level,
        "verdict": verdict,
        "title": "reject it",
        "message": "expected a rejection,\ngot <an answer> | 1",
    }


def row(*requirements, outcome="nonconformant", implementation=FLAX, **noted):
    certificate = {
        "outcome": outcome,
        "implementation": {"name": "Flax", "version": "1.0", "language": "Python"},
        "suite": {"specification": "0123456789"},
        "tier": "quick",
        "seed": 7,
        "requirements": list(requirements),
        "scope": {"not_asked": []},
    }
    return page.Row(implementation, {"date": "2026-11-21", "seconds": 1, "command": "certify", **noted}, certificate)


def reproduced(shows):
    return {"RATE-2": {"script": "RATE-2.py", "shows": shows}}


class PageTest(unittest.TestCase):
    def test_a_failed_must_is_bold_and_makes_its_operation_alone_nonconformant(self):
        lines = page.table([row(requirement("fail"), requirement("pass", operation="rnn"))])
        self.assertIn("| dropout | **RATE-2** | -", lines[2])
        self.assertTrue(lines[2].endswith("nonconformant |"))
        self.assertIn("| rnn | ok | -", lines[3])
        self.assertTrue(lines[3].endswith("| conformant |"))

    def test_what_stayed_open_is_never_ok(self):
        lines = page.table([row(requirement("pass", "RATE-1"), requirement("inconclusive", "RATE-6"))])
        self.assertIn("| open: RATE-6 |", lines[2])
        self.assertTrue(lines[2].endswith("| not judged |"))

    def test_a_message_is_told_in_one_line_without_markup(self):
        text = page.text([row(requirement("fail"))])
        self.assertIn("expected a rejection, got &lt;an answer> \\| 1. No reproduction yet", text)

    def test_a_finding_leads_to_its_reproduction(self):
        text = page.text([row(requirement("fail"), reproductions=reproduced(True))])
        self.assertIn("reproduced by [RATE-2.py](../src/field/reproductions/flax/RATE-2.py)", text)

    def test_a_reproduction_names_findings_of_the_same_cause(self):
        self.assertEqual(page.also("# also: BWD-5 rnn-SEED-1\nimport torch"), ["BWD-5", "rnn-SEED-1"])

    def test_what_could_not_be_installed_is_a_row(self):
        text = page.text([page.Row(FLAX, {"date": "2026-11-21", "unavailable": "no matching distribution"}, None)])
        self.assertIn("| flax |", text)
        self.assertIn("could not be installed: no matching distribution", text)

    def test_every_row_has_as_many_cells_as_the_heading(self):
        found = [row(requirement("fail")), page.Row(FLAX, {"date": "", "unavailable": "no"}, None)]
        self.assertEqual({line.replace("\\|", "").count("|") for line in page.table(found)}, {14})


class StatusTest(unittest.TestCase):
    def test_a_failed_must_that_is_reproduced_is_known(self):
        self.assertEqual(page.exit_status([row(requirement("fail"), reproductions=reproduced(True))]), 0)

    def test_a_failed_must_without_reproduction_is_new(self):
        self.assertEqual(page.exit_status([row(requirement("fail"))]), 1)

    def test_a_failed_should_needs_none(self):
        self.assertEqual(page.exit_status([row(requirement("fail", level="SHOULD"))]), 0)

    def test_a_reproduction_that_shows_nothing_any_more_is_told(self):
        gone = row(requirement("fail"), reproductions=reproduced(False))
        self.assertEqual(gone.gone(), ["RATE-2"])
        self.assertEqual(page.exit_status([gone]), 1)

    def test_a_reproduction_of_what_did_not_fail_is_told(self):
        self.assertEqual(row(requirement("pass"), reproductions=reproduced(True)).gone(), ["RATE-2"])

    def test_a_reproduction_of_what_another_requirement_tells_is_not_gone(self):
        echo = {**requirement("inconclusive"), "evidence": {"because_of": "RATE-3"}}
        found = row(echo, reproductions=reproduced(True))
        self.assertEqual(found.gone(), [])
        self.assertIn("- RATE-2 is seen again, and told by RATE-3; it is reproduced by [RATE-2.py]", page.text([found]))

    def test_another_operation_has_a_reproduction_of_its_own(self):
        found = row(requirement("fail", operation="rnn"), reproductions=reproduced(True))
        self.assertEqual(found.unreproduced(), ["rnn:RATE-2"])

    def test_a_verdict_that_changed_is_told(self):
        self.assertEqual(page.exit_status([row(requirement("pass"), unexpected=["FWD-1: expected no fail"])]), 1)

    def test_what_was_not_judged_is_2_whatever_else_there_is(self):
        self.assertEqual(page.exit_status([row(requirement("fail")), row(outcome="not-judged")]), 2)

    def test_the_lines_that_are_not_as_expected_are_read(self):
        self.assertEqual(page.unexpected("a\nnot as expected:\n  FWD-1: expected no fail\nb"), ["FWD-1: expected no fail"])


class RunTest(unittest.TestCase):
    def test_a_command_that_hangs_is_ended_with_its_children(self):
        start = time.monotonic()
        status, output = run.finished(["sh", "-c", "echo begun; sleep 600 & wait"], 1)
        self.assertEqual(status, 124)
        self.assertIn("begun", output)
        self.assertLess(time.monotonic() - start, 60)

    def test_what_is_not_there_makes_a_result_that_says_so(self):
        with tempfile.TemporaryDirectory() as work, contextlib.redirect_stdout(io.StringIO()):
            (Path(work) / "results").mkdir()
            missing = FLAX._replace(pip=("no-such-package",))
            workshop = run.Workshop(Path(work), sys.executable, Path("suite.jar"))
            run.judge(missing, workshop, argparse.Namespace())
            found = page.rows([missing], workshop)
        self.assertIn("could not be installed", page.text(found))

    def test_every_adapter_is_there_and_every_reproduction_belongs_to_one(self):
        for implementation in ALL:
            self.assertTrue((run.ROOT / implementation.folder).is_dir(), implementation.name)
        names = {implementation.name for implementation in ALL}
        self.assertLessEqual({folder.name for folder in run.REPRODUCTIONS.iterdir()}, names)

    def test_a_reproduction_takes_ten_lines_or_fewer(self):
        for script in run.REPRODUCTIONS.glob("*/*-*.*"):
            lines = [line for line in script.read_text().splitlines() if line.strip()]
            self.assertLessEqual(len(lines), 10, script)


class ReadmeTest(unittest.TestCase):
    def test_the_table_of_the_readme_says_what_the_field_says(self):
        top = Path(__file__).parents[2]
        field = []
        for line in (top / "doc" / "field.md").read_text().splitlines():
            cells = [cell.strip() for cell in line.split("|")[1:-1]]
            if len(cells) > 3 and cells[2] == "dropout":
                name = cells[0].rsplit(" (", 1)[0] + " " + cells[1].split("+")[0]
                field.append((name, set(re.findall(r"\*\*([A-Z]+-\d+)\*\*", line))))
        rows = (top / "README.md").read_text().split("implementation | MUSTs that failed\n--- | ---\n")[1]
        for row in rows.split("\n\n")[0].splitlines():
            name, failed = row.split(" | ")
            of_this_name = [musts for known, musts in field if known == name.split(", memory")[0]]
            with self.subTest(row=row):
                self.assertIn(set(re.findall(r"[A-Z]+-\d+", failed)), of_this_name)


if __name__ == "__main__":
    unittest.main()
