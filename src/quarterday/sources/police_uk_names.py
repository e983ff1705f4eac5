"""The words of the police.uk archive: its forces, its types of crime and the months in which each was in use."""

from collections.abc import Mapping

from quarterday.domain.period import Period
from quarterday.domain.places import force_area
from quarterday.sources.police_uk_files import OUTCOMES, STOPS, STREET

ALL_CRIME = "All crime (police.uk)"
STOPPED = "Stop and search (police.uk)"
ANTI_SOCIAL = "Anti-social behaviour"

# The word in the names of files: what the rows call the force, and what its police area is called.
FORCES: Mapping[str, tuple[str, str]] = {
    "avon-and-somerset": ("Avon and Somerset Constabulary", "Avon and Somerset"),
    "bedfordshire": ("Bedfordshire Police", "Bedfordshire"),
    "btp": ("British Transport Police", "British Transport Police"),
    "cambridgeshire": ("Cambridgeshire Constabulary", "Cambridgeshire"),
    "cheshire": ("Cheshire Constabulary", "Cheshire"),
    "city-of-london": ("City of London Police", "London, City of"),
    "cleveland": ("Cleveland Police", "Cleveland"),
    "cumbria": ("Cumbria Constabulary", "Cumbria"),
    "derbyshire": ("Derbyshire Constabulary", "Derbyshire"),
    "devon-and-cornwall": ("Devon & Cornwall Police", "Devon and Cornwall"),
    "dorset": ("Dorset Police", "Dorset"),
    "durham": ("Durham Constabulary", "Durham"),
    "dyfed-powys": ("Dyfed-Powys Police", "Dyfed-Powys"),
    "essex": ("Essex Police", "Essex"),
    "gloucestershire": ("Gloucestershire Constabulary", "Gloucestershire"),
    "greater-manchester": ("Greater Manchester Police", "Greater Manchester"),
    "gwent": ("Gwent Police", "Gwent"),
    "hampshire": ("Hampshire Constabulary", "Hampshire"),
    "hertfordshire": ("Hertfordshire Constabulary", "Hertfordshire"),
    "humberside": ("Humberside Police", "Humberside"),
    "kent": ("Kent Police", "Kent"),
    "lancashire": ("Lancashire Constabulary", "Lancashire"),
    "leicestershire": ("Leicestershire Police", "Leicestershire"),
    "lincolnshire": ("Lincolnshire Police", "Lincolnshire"),
    "merseyside": ("Merseyside Police", "Merseyside"),
    "metropolitan": ("Metropolitan Police Service", "Metropolitan Police"),
    "norfolk": ("Norfolk Constabulary", "Norfolk"),
    "north-wales": ("North Wales Police", "North Wales"),
    "north-yorkshire": ("North Yorkshire Police", "North Yorkshire"),
    "northamptonshire": ("Northamptonshire Police", "Northamptonshire"),
    "northern-ireland": ("Police Service of Northern Ireland", "Northern Ireland"),
    "northumbria": ("Northumbria Police", "Northumbria"),
    "nottinghamshire": ("Nottinghamshire Police", "Nottinghamshire"),
    "south-wales": ("South Wales Police", "South Wales"),
    "south-yorkshire": ("South Yorkshire Police", "South Yorkshire"),
    "staffordshire": ("Staffordshire Police", "Staffordshire"),
    "suffolk": ("Suffolk Constabulary", "Suffolk"),
    "surrey": ("Surrey Police", "Surrey"),
    "sussex": ("Sussex Police", "Sussex"),
    "thames-valley": ("Thames Valley Police", "Thames Valley"),
    "warwickshire": ("Warwickshire Police", "Warwickshire"),
    "west-mercia": ("West Mercia Police", "West Mercia"),
    "west-midlands": ("West Midlands Police", "West Midlands"),
    "west-yorkshire": ("West Yorkshire Police", "West Yorkshire"),
    "wiltshire": ("Wiltshire Police", "Wiltshire"),
}
_AREAS = dict(FORCES.values())

_ALWAYS = (Period.month(2010, 12).first, Period.month(9999, 12).first)
_FROM_SEPTEMBER_2011 = (Period.month(2011, 9).first, _ALWAYS[1])
_TO_APRIL_2013 = (_ALWAYS[0], Period.month(2013, 4).first)
_FROM_MAY_2013 = (Period.month(2013, 5).first, _ALWAYS[1])
# A type that is in use in a month and has no row there was counted, and there was none; else nobody counted.
TYPES: Mapping[str, tuple[int, int]] = {
    ANTI_SOCIAL: _ALWAYS,
    "Bicycle theft": _FROM_MAY_2013,
    "Burglary": _ALWAYS,
    "Criminal damage and arson": _FROM_SEPTEMBER_2011,
    "Drugs": _FROM_SEPTEMBER_2011,
    "Other crime": _ALWAYS,
    "Other theft": _FROM_SEPTEMBER_2011,
    "Possession of weapons": _FROM_MAY_2013,
    "Public disorder and weapons": (_FROM_SEPTEMBER_2011[0], _TO_APRIL_2013[1]),
    "Public order": _FROM_MAY_2013,
    "Robbery": _ALWAYS,
    "Shoplifting": _FROM_SEPTEMBER_2011,
    "Theft from the person": _FROM_MAY_2013,
    "Vehicle crime": _ALWAYS,
    "Violence and sexual offences": _FROM_MAY_2013,
    "Violent crime": _TO_APRIL_2013,
}


class PoliceCounting:
    """What is counted of the archive's rows."""

    def measures_of(self, dataset: str, category: str) -> tuple[str, ...]:
        """The type under its own name; crimes also as all crime, which anti-social behaviour is not."""
        if dataset == OUTCOMES:
            return (f"Outcome: {category} (police.uk)",)
        if dataset == STOPS:
            return (f"Stop and search: {category} (police.uk)", STOPPED)
        named = f"{category} (police.uk)"
        return (named,) if category == ANTI_SOCIAL else (named, ALL_CRIME)

    def used(self, dataset: str, category: str) -> tuple[int, int] | None:
        """Of the types of crime it is known; kinds of outcomes and objects of searches come and go."""
        return TYPES.get(category) if dataset == STREET else None

    def has_places(self, dataset: str) -> bool:
        """Stops come with a point on the map and no LSOA."""
        return dataset != STOPS

    def tally_measure(self, dataset: str, kind: str) -> str:
        """``Street rows in all (police.uk)``."""
        return f"{dataset.capitalize()} rows {kind} (police.uk)"

    def force_area(self, force: str) -> str:
        """The area of a force as other sources call it, too."""
        return force_area(_AREAS.get(force, force))
