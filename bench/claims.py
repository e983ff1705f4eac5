"""How well and how quickly claims are read and checked, on labelled comments.

python -m bench.claims FILE.jsonl [FILE.jsonl ...]   the score by form and by kind, and the speed
"""

import json
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quarterday.commentary.check import CheckedClaim, Subject, Verdict, check_comment
from quarterday.sources.claim_cases import ClaimCase, read_claim_cases

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT.parent / "shared" / "claims" / "dev.jsonl"
WANTED = 2000  # comments a second on two cores
AT_LEAST_SECONDS = 3.0
CORES = 2


@dataclass
class Score:
    """Labels, those found, those with the right verdict, and accusations that no label makes."""

    labels: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    false: list[str] = field(default_factory=list)

    def share_found(self) -> float:
        """Of all labelled claims."""
        return self.found.total() / self.labels.total()

    def share_right(self) -> float:
        """Of those found."""
        return self.right.total() / max(1, self.found.total())


def score(labelled: Iterable[dict[str, Any]], answers: Iterable[Sequence[CheckedClaim]], *, by: str) -> Score:
    """The score, counted by ``form`` of comment or by ``kind`` of claim.

    Found: an answer overlaps the quote. Right: of those answers one has the verdict, and none that would accuse
    falsely. False: an answer *contradicted* that overlaps no label *contradicted*.
    """
    result = Score()
    for case, answer in zip(labelled, answers, strict=True):
        text, labels = str(case["text"]), case["claims"]
        spans = [
            (text.index(label["quote"]), text.index(label["quote"]) + len(label["quote"]), label) for label in labels
        ]
        for start, end, label in spans:
            name = str(case.get("form", "")) if by == "form" else label["kind"]
            result.labels[name] += 1
            over = [item for item in answer if item.claim.start < end and start < item.claim.end]
            result.found[name] += bool(over)
            result.right[name] += any(item.verdict == label["verdict"] for item in over)
        result.false += [f"{case['id']}: {item.claim.quote}" for item in answer if _is_false(item, spans)]
    return result


def _is_false(item: CheckedClaim, spans: Sequence[tuple[int, int, dict[str, str]]]) -> bool:
    return item.verdict is Verdict.CONTRADICTED and not any(
        label["verdict"] == Verdict.CONTRADICTED and item.claim.start < end and start < item.claim.end
        for start, end, label in spans
    )


def check_all(cases: Sequence[ClaimCase]) -> list[tuple[CheckedClaim, ...]]:
    """Every comment read and checked."""
    return [
        check_comment(
            case.text,
            about=Subject(case.measure, case.area, case.better, case.as_at, case.peer_group),
            figures=case.figures,
        )
        for case in cases
    ]


def _count(cases: Sequence[ClaimCase]) -> int:
    done, until = 0, time.perf_counter() + AT_LEAST_SECONDS
    while time.perf_counter() < until:
        done += len(check_all(cases))
    return done


def comments_a_second(cases: Sequence[ClaimCase]) -> float:
    """Read and checked on two cores, figures made ready anew for each comment."""
    with multiprocessing.get_context("spawn").Pool(CORES) as pool:
        pool.map(_count, [cases[:1]] * CORES)  # the start of Python is no part of it
        began = time.perf_counter()
        done = sum(pool.map(_count, [cases] * CORES, chunksize=1))
        return done / (time.perf_counter() - began)


def claims(path: Path = LABELLED) -> None:
    """Print the score by form and by kind, and the speed; say so where the labelled comments are absent."""
    if not path.exists():
        print(f"\nClaims were not scored: {path.name} is absent.")
        return
    labelled = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    cases = read_claim_cases(path)
    answers = check_all(cases)
    print(f"\n| claims of {path.name} | labelled | found | right |\n|---|---|---|---|")
    for by in ("form", "kind"):
        result = score(labelled, answers, by=by)
        for name in sorted(result.labels):
            print(f"| {name} | {result.labels[name]} | {result.found[name]} | {result.right[name]} |")
    print(f"| all | {result.labels.total()} | {result.share_found():.1%} | {result.share_right():.1%} |")
    print(f"\nFalse accusations: {len(result.false)}. {'; '.join(result.false)}")
    print(
        f"Speed: {comments_a_second(cases):,.0f} comments a second on {CORES} cores; wanted {WANTED:,}.\n", flush=True
    )


def main() -> None:
    """Score each file named, or the labelled comments beside the repository."""
    for path in [Path(name) for name in sys.argv[1:]] or [LABELLED]:
        claims(path)


if __name__ == "__main__":
    main()
