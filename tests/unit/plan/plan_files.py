"""Plan files as texts: read, changed, and what is said of them."""

import tempfile
from pathlib import Path

import pytest

import quarterday
from quarterday.domain.faults import InputError
from quarterday.plan.entries import Plan
from quarterday.plan.plan_file import read_plans

EXAMPLES = Path(quarterday.__file__).parent / "examples"
REDDITCH = EXAMPLES / "redditch" / "plan.toml"
LONDON = EXAMPLES / "london" / "plan.toml"


def read_text(text: str | bytes) -> tuple[Plan, ...]:
    """The plans of a file that holds ``text``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_plans(path)


def faults_of(text: str | bytes) -> list[str]:
    """What is said of a file that holds ``text``, less the file's name."""
    with pytest.raises(InputError) as refused:
        read_text(text)
    return [fault.partition("plan.toml: ")[2] for fault in refused.value.faults]


def faults_after(*changes: tuple[str, str]) -> list[str]:
    """What is said of Redditch's plan once the first occurrence of each text was changed."""
    text = REDDITCH.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return faults_of(text)
