"""The findings of a quarter at the terminal."""

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, Program

EXAMPLE = ROOT / "src" / "quarterday" / "examples" / "redditch"
REDDITCH = ("findings", "--partnership", "Redditch", "--quarter", "2011/12 Q4")


@pytest.fixture(scope="module")
def home(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the plan and the figures of Redditch, and no edition."""
    folder = tmp_path_factory.mktemp("findings")
    for what, file in (("plan", "plan.toml"), ("figures", "figures.csv")):
        done = program("--home", folder, "load", what, EXAMPLE / file)
        assert done.returncode == 0, done.stderr
    return folder


def test_every_finding_is_printed_with_its_method_and_strength(program: Program, home: Path) -> None:
    done = program("--home", home, *REDDITCH, "--measure", "harassment offences", "--format", "json")
    assert done.returncode == 0, done.stderr
    findings = {finding["kind"]: finding for finding in json.loads(done.stdout)}
    change = findings["change on last year"]
    assert (change["values"]["difference"], change["strength"]) == (-18, "no clear change")
    assert change["limits"]["ratio"]["confidence"] == 0.95
    assert change["method"]["source"].startswith("Przyborowski and Wilenski 1940")
    assert change["sentence"].startswith("Better than last year: down 18 offences (9.1%), from 198 to 180.")
    assert "rolling totals share most of their months" in findings["trend"]["unavailable"]
    assert findings["quoted standing"]["values"] == {"rank": 15, "of": 15}


def test_the_table_says_each_finding_or_why_there_is_none(program: Program, home: Path) -> None:
    done = program("--home", home, *REDDITCH)
    assert done.returncode == 0, done.stderr
    words = " ".join(done.stdout.split())
    assert "Better than" in words
    assert "Nothing: no" in words


def test_a_partnership_a_measure_or_a_quarter_that_is_not_there_is_told_what_is(program: Program, home: Path) -> None:
    for arguments, said in (
        (("--partnership", "Reddich", "--quarter", "2011/12 Q4"), "wanted one of 'Redditch'"),
        (("--partnership", "Redditch", "--quarter", "2011/12 Q4", "--measure", "Theft"), "there are Harassment offenc"),
        (("--partnership", "Redditch", "--quarter", "2030/31 Q1"), "run from July 2009 to March 2012"),
    ):
        done = program("--home", home, "findings", *arguments)
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr
