"""The documents are true: what they show is run, and what there is stands in them."""

import os
import re
import subprocess
import sys
from pathlib import Path
from statistics import mean

import pytest
import typer

from quarterday.cli import app
from quarterday.domain.period_reading import read_period, readings_of
from quarterday.domain.status import Status
from quarterday.statistics.change import compare, holm, quarters_from_rolling
from quarterday.statistics.peers import ranks, rate
from tests.conftest import ROOT

DOCS = ROOT / "docs"


def commands_of(document: Path) -> list[str]:
    """The blocks that a document marks as to be run."""
    return re.findall(r"^```sh\n(.*?)^```", document.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def rows_of(document: Path) -> list[list[str]]:
    """The cells of every table row of a document, without headings and rules."""
    lines = [line for line in document.read_text("utf-8").splitlines() if line.startswith("|")]
    rules = {at for at, line in enumerate(lines) if re.fullmatch(r"[|\s:-]+", line)}
    kept = [line for at, line in enumerate(lines) if at not in rules and at + 1 not in rules]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in kept]


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md"])
def test_the_commands_of_a_document_run_as_they_stand(name: str, tmp_path: Path) -> None:
    """`make test` is what runs this, so that one is only asked whether there is such a target."""
    for entry in ("src", "Makefile", "pyproject.toml", "constraints.txt", "package.json", "scripts", ".venv"):
        (tmp_path / entry).symlink_to(ROOT / entry)
    blocks = "\n".join(commands_of(ROOT / name)).replace("make test", "make --dry-run test")
    assert blocks
    environment = {name: value for name, value in os.environ.items() if name != "QUARTERDAY_HOME"}
    environment |= {"MAKEFLAGS": "", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", blocks],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(tmp_path.rglob("edition.pdf"))


def test_every_command_and_option_is_in_the_manual() -> None:
    manual = (DOCS / "reference" / "commands.md").read_text("utf-8")
    for path, command in commands(typer.main.get_command(app)):
        assert not path or f"`{path}`" in manual or hasattr(command, "commands"), path
        names = [name for parameter in command.params for name in parameter.opts if name.startswith("--")]
        assert {name for name in names if f"`{name}`" not in manual} == set(), path


def commands(command: object, path: str = "") -> list[tuple[str, typer.core.TyperCommand]]:
    """Each command with the words that call it."""
    found = [(path, command)]
    for name, inner in getattr(command, "commands", {}).items():
        found += commands(inner, f"{path} {name}".strip())
    return found  # type: ignore[return-value]


def test_the_manuals_periods_are_read_as_it_says() -> None:
    for written, codes in rows_of(DOCS / "reference" / "periods.md")[:16]:
        texts, meant = written.split(", "), codes.split(", ")
        for at, text in enumerate(texts):
            assert read_period(text).code == meant[min(at, len(meant) - 1)], text


def test_the_manuals_texts_with_two_readings_have_them() -> None:
    for written, _ in rows_of(DOCS / "reference" / "periods.md")[16:]:
        assert all(len(readings_of(text)) > 1 for text in written.split(", ")), written


def test_every_status_is_in_the_manual() -> None:
    manual = (DOCS / "reference" / "figures-file.md").read_text("utf-8")
    assert [status.mark for status in Status if status.mark not in manual] == []


def test_the_worked_example_of_change_is_what_is_computed() -> None:
    rows = [row for row in rows_of(DOCS / "methods" / "change.md") if row[0] != "measure"]
    for _, earlier, later, difference, per_cent, p in rows:
        change = compare(int(earlier), int(later))
        assert (str(change.difference), f"{change.p:.3f}") == (difference, p)
        assert per_cent == ("none" if change.per_cent is None else f"{change.per_cent:.1f}")
    smallest = min(holm([compare(int(row[1]), int(row[2])).p or 0 for row in rows]))
    assert f"adjusted probability is {smallest:.3f}" in (DOCS / "methods" / "change.md").read_text("utf-8")


def test_the_worked_example_of_quarters_is_what_is_computed() -> None:
    rows = rows_of(DOCS / "methods" / "quarters.md")
    assert [int(row[2]) for row in rows[1:]] == list(quarters_from_rolling([int(row[1]) for row in rows]))


def test_the_worked_example_of_standing_is_what_is_computed() -> None:
    document = DOCS / "methods" / "standing.md"
    rows = rows_of(document)
    rates = [rate(int(row[1].replace(",", "")), int(row[2].replace(",", ""))) for row in rows]
    assert [f"{value:.1f}" for value in rates] == [row[3] for row in rows]
    assert [str(place) for place in ranks(rates)] == [row[4] for row in rows]
    assert f"The average of the three rates is {mean(rates):.1f}." in document.read_text("utf-8")


def test_the_changelog_names_the_version_that_is_built() -> None:
    version = re.search(r'__version__ = "(.+)"', (ROOT / "src/quarterday/__init__.py").read_text("utf-8"))
    assert version is not None
    assert f"\n## {version[1]}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_link_in_a_document_leads_to_a_file() -> None:
    for document in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
