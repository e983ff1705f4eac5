"""Write the list of what Quarterday is made of as it is installed here, in CycloneDX, for a release.

Asks nothing of the network: what is installed says which versions it is of, and what it needs.
"""

import argparse
import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NAME = "quarterday"
VENDOR = Path(__file__).with_name("vendor.py")  # names what is carried along, as name@version


def installed(name: str, extras: set[str]) -> dict[str, set[str]]:
    """What this one and all that it needs are called, each with what it needs itself."""
    found: dict[str, set[str]] = {}
    wanted = [(name, extras)]
    seen = set()
    while wanted:
        one, its_extras = wanted.pop()
        if (key := (one, frozenset(its_extras))) in seen:
            continue
        seen.add(key)
        needed = list(_needed(distribution(one), its_extras))
        found.setdefault(one, set()).update(other for other, _ in needed)
        wanted += needed
    return found


def _needed(one: Distribution, extras: set[str]) -> Iterator[tuple[str, set[str]]]:
    for text in one.requires or ():
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield canonicalize_name(requirement.name), set(requirement.extras)


def bill_of_materials(extras: set[str]) -> dict[str, Any]:
    """The list: packages of Python, and the styles and fonts that are carried along."""
    needs = installed(NAME, extras)
    carried = [
        _carried(package)
        for package in re.findall(r'^[A-Z_]+ = "([a-z-]+@[\d.]+)"$', VENDOR.read_text("utf-8"), re.MULTILINE)
    ]
    links = [{"ref": _ref(one), "dependsOn": sorted(map(_ref, others))} for one, others in sorted(needs.items())]
    for link in links:
        if link["ref"] == _ref(NAME):
            link["dependsOn"] += [each["bom-ref"] for each in carried]  # type: ignore[operator]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**_component(NAME), "type": "application"}},
        "components": [*(_component(name) for name in sorted(needs) if name != NAME), *carried],
        "dependencies": [*links, *({"ref": each["bom-ref"]} for each in carried)],
    }


def _component(name: str) -> dict[str, Any]:
    one = {"type": "library", "bom-ref": _ref(name), "name": name, "version": distribution(name).version}
    licences = distribution(name).metadata.get_all("License-Expression") or ()
    return {**one, "purl": _ref(name)} | ({"licenses": [{"expression": each} for each in licences]} if licences else {})


def _carried(package: str) -> dict[str, Any]:
    name, version = package.split("@")
    ref = f"pkg:npm/{package}"
    return {"type": "library", "bom-ref": ref, "name": name, "version": version, "purl": ref}


def _ref(name: str) -> str:
    return f"pkg:pypi/{name}@{distribution(name).version}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--extra", action="append", default=[], help="such as postgres; may be given more than once")
    said = parser.parse_args()
    content = bill_of_materials(set(said.extra))
    said.file.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    print(f"{said.file}: {len(content['components'])} components.")
