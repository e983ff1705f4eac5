"""A workspace of a county: partnerships like Redditch, each with an edition of every quarter of ten years."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

PARTNERSHIPS = 12
QUARTERS = tuple(f"{year}/{(year + 1) % 100:02d} Q{quarter}" for year in range(2002, 2012) for quarter in (1, 2, 3, 4))

# Run beside, for Django is made ready once for one workspace.
_PLANS = """
import sys
from pathlib import Path
from quarterday.cli.workspace import open_plans
open_plans(Path(sys.argv[1]))
from quarterday.domain.period_reading import read_code
from quarterday.plan.plan_file import read_plans
from quarterday.plan.services import plan_replace
(plan,) = read_plans(Path(sys.argv[2]))
quarters = [read_code(text) for text in sys.argv[4:]]
(edition,) = plan.editions
for number in range(1, int(sys.argv[3]) + 1):
    name = {"name": f"Place {number} Community Safety Partnership", "short_name": f"Place {number}"}
    partnership = plan.partnership.model_copy(update=name)
    editions = tuple(edition.model_copy(update={"quarter": quarter}) for quarter in quarters)
    changed = plan.model_copy(update={"partnership": partnership, "editions": editions})
    plan_replace(changed, by=None, why="A benchmark.")
"""


def make_county(folder: Path, *, like: Path, plan: Path) -> None:
    """Make the workspace, with the figures and the edition of the one that it is ``like``."""
    folder.mkdir()
    shutil.copytree(like / "warehouse", folder / "warehouse")
    command = [sys.executable, "-c", _PLANS, folder, plan, PARTNERSHIPS, *QUARTERS]
    subprocess.run([*map(str, command)], check=True, stdout=subprocess.DEVNULL)
    (edition,) = like.glob("editions/*/*/")
    content = json.loads((edition / "edition.json").read_text("utf-8"))
    for number in range(1, PARTNERSHIPS + 1):
        for quarter in QUARTERS:
            _copy(edition, folder / "editions" / f"place-{number}", content, number=number, quarter=quarter)


def _copy(edition: Path, partnership: Path, content: dict[str, object], *, number: int, quarter: str) -> None:
    place = partnership / quarter.lower().replace("/", "-").replace(" ", "-")
    (place / "charts").mkdir(parents=True)
    for file in edition.rglob("*.*"):
        if file.name != "edition.json":
            os.link(file, place / file.relative_to(edition))
    name = {"partnership": f"Place {number} Community Safety Partnership", "short_name": f"Place {number}"}
    year, term = quarter.split(" ")
    said = {"quarter": f"{term} {year}", "quarter_code": quarter, "quarter_in_full": f"{term} {year}"}
    (place / "edition.json").write_text(json.dumps(content | name | said, indent=1) + "\n", "utf-8")
