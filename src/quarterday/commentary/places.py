"""What kind of place an area is, by its name: of a county "the county" is said, and of nothing less."""

_COUNTIES = frozenset((
    "cornwall", "cumbria", "devon", "dorset", "durham", "county durham", "east sussex", "west sussex", "sussex",
    "essex", "greater manchester", "kent", "merseyside", "norfolk", "northumberland", "rutland", "somerset",
    "suffolk", "surrey", "tyne and wear", "west midlands", "gwent", "dyfed", "powys", "gwynedd", "clwyd", "avon",
    "cleveland", "humberside", "cornwall and the isles of scilly",
))  # fmt: skip
# Towns and districts whose names end as those of counties do.
_NO_COUNTIES = frozenset(("east hertfordshire", "north lincolnshire", "north east lincolnshire"))
_LONDON = frozenset((
    "barking and dagenham", "barnet", "bexley", "brent", "bromley", "camden", "croydon", "ealing", "enfield",
    "greenwich", "hackney", "hammersmith and fulham", "haringey", "harrow", "havering", "hillingdon", "hounslow",
    "islington", "kensington and chelsea", "kingston upon thames", "lambeth", "lewisham", "merton", "newham",
    "redbridge", "richmond upon thames", "southwark", "sutton", "tower hamlets", "waltham forest", "wandsworth",
    "westminster", "city of london", "kingston", "richmond", "hammersmith", "kensington", "city of westminster",
))  # fmt: skip
_PARTS = ("north ", "south ", "east ", "west ", "mid ", "central ")


def is_county(area: str) -> bool:
    """Whether the key of an area names a county of England or Wales."""
    plain = area.removesuffix(" county").removesuffix(" police").removesuffix(" constabulary")
    if plain in _NO_COUNTIES or (plain.startswith(_PARTS) and plain.endswith("shire") and "yorkshire" not in plain):
        return False
    return plain in _COUNTIES or plain.endswith("shire")


def is_in_london(area: str) -> bool:
    """Whether the key of an area names a London borough."""
    return area.removeprefix("royal borough of ").removeprefix("london borough of ") in _LONDON
