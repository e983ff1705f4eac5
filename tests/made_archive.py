"""Small archives as data.police.uk publishes them, made for tests."""

import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
OUTCOMES = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type"
STOPS = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing"
)
LSOAS = {"Redditch 001A": "E01032001", "Bromsgrove 002B": "E01032002", "Wyre Forest 003C": "E01032003"}


def crime_id(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def crime(month: str, kind: str = "Burglary", lsoa: str = "Redditch 001A", *, word: str = "", force: str = "") -> str:
    """A row of a street file; without a word it has no ID, and without an LSOA no place."""
    identity, force = crime_id(word) if word else "", force or "West Mercia Police"
    place = f"-1.94,52.30,On or near High Street,{LSOAS.get(lsoa, 'E01039999')},{lsoa}" if lsoa else ",,No Location,,"
    return f"{identity},{month},{force},{force},{place},{kind},Under investigation,"


def outcome(month: str, kind: str, lsoa: str = "Redditch 001A", *, word: str = "one") -> str:
    place = f"-1.94,52.30,On or near High Street,{LSOAS[lsoa]},{lsoa}"
    return f"{crime_id(word)},{month},West Mercia Police,West Mercia Police,{place},{kind}"


def stop(day: str, item: str) -> str:
    return (
        f"Person search,{day}T10:00:00+00:00,False,,52.30,-1.94,Male,18-24,,,Misuse of Drugs Act 1971,{item},Nothing,,"
    )


def written(rows: Sequence[str], header: str = STREET, *, line_end: str = "\n") -> str:
    return line_end.join((header, *rows)) + line_end


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """A zip with the files, each in the folder of its month."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            # With a fixed time, so that the same files make the same zip.
            archive.writestr(zipfile.ZipInfo(f"{name[:7]}/{name}"), text, zipfile.ZIP_DEFLATED)
    return path


def streets(path: Path, by_month: Mapping[str, Sequence[str]], *, force: str = "west-mercia") -> Path:
    """A zip with one street file a month."""
    return zipped(path, {f"{month}-{force}-street.csv": written(rows) for month, rows in by_month.items()})
