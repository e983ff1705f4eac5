"""What is said of a measure beside others: its share of a total, its place among peers, its target."""

from quarterday.commentary.sentence import Number, Piece
from quarterday.commentary.wording import FAR, number, ordinal, per_cent
from quarterday.domain.finding import Finding
from quarterday.domain.measure import Measure
from quarterday.statistics.targets import State

# Where the average rate is under one, one decimal tells few rates apart.
_LEAST_RATE_FOR_ONE_PLACE = 1


def standing(_measure: Measure, finding: Finding) -> list[Piece]:
    """Rate, place and its interval, group, and position against the average."""
    values, labels, ranks = finding.values, finding.labels, finding.limits["rank"]
    places = 1 if values["average"] >= _LEAST_RATE_FOR_ONE_PLACE else 2
    rate, average = (Number(number(values[name], places=places), name) for name in ("rate", "average"))
    rank, of = Number(ordinal(int(values["rank"])), "rank"), Number(number(values["of"]), "of")
    tied: list[Piece] = []
    if values["tied_with"]:
        tied = [", tied with ", Number(number(values["tied_with"]), "tied_with")]
    sure: list[Piece] = []
    if ranks.lower is not None and ranks.upper is not None and ranks.lower < ranks.upper:
        ends = [ordinal(int(end)) for end in (ranks.lower, ranks.upper)]
        sure = [
            ", or ",
            Number(ends[0], "limits.rank.lower"),
            " to ",
            Number(ends[1], "limits.rank.upper"),
            " by chance",
        ]
    return [
        "Ranked ", rank, " of ", of, f" ({labels['scale']}", *tied, f") in {_group(finding)}", *sure, ": ", rate,
        " per 1,000 residents, ", *_against(finding, rate, average), ".",
    ]  # fmt: skip


def _against(finding: Finding, rate: Number, average: Number) -> list[Piece]:
    """Above or below the average, and whether by more than areas usually lie from it."""
    if rate.text == average.text:
        return ["as the group average of ", average]
    before, after = FAR[finding.strength]
    where = "above" if finding.values["difference"] > 0 else "below"
    return [f"{before}{where} the group average of ", average, after]


def quoted(_measure: Measure, finding: Finding) -> list[Piece]:
    """A standing that came from elsewhere, said to be quoted."""
    rank, of = Number(ordinal(int(finding.values["rank"])), "rank"), Number(number(finding.values["of"]), "of")
    labels, when = finding.labels, finding.periods[0].for_sentence()
    group = ", ".join(filter(None, (labels["group"], labels["version"])))
    return ["Quoted: ", rank, " of ", of, f" ({labels['scale']}) in {when}, {labels['position']} ({group})."]


def _group(finding: Finding) -> str:
    name, version = finding.labels["group"], finding.labels["version"]
    return f"{name or 'its group'} ({version})" if version else name or "its group"


def share(_measure: Measure, finding: Finding) -> list[Piece]:
    """The share now and a year before, and whether the total is what moved."""
    now = Number(per_cent(finding.values["share"]), "share")
    opening: list[Piece] = ["It was ", now, f" of {finding.labels['whole']}"]
    if "earlier_share" not in finding.values:
        return [*opening, "."]
    moved = "; the total moved more than the measure" if finding.labels["moved"] else ""
    return [*opening, ", against ", Number(per_cent(finding.values["earlier_share"]), "earlier_share"),
            f" a year before{moved}."]  # fmt: skip


def target(measure: Measure, finding: Finding) -> list[Piece]:
    """The state of a target, and by how much."""
    values, state = finding.values, State(finding.labels["state"])
    wanted = Number(number(values["target"]), "target")
    when = finding.periods[0].for_sentence()
    opening: list[Piece] = ["The target of ", wanted, f" {measure.count_of(values['target'])} for {when} "]
    if state in {State.MISSED, State.NEARLY_MET}:
        near = ", within tolerance" if state is State.NEARLY_MET else ""
        early = " before the period is over" if finding.labels["value"] == "so far" else ""
        return [*opening, "was missed by ", Number(number(values["gap"]), "gap"), f"{near}{early}."]
    if state is State.MET:
        early = ", before the period is over" if finding.labels["value"] == "so far" else ""
        return [*opening, "was met, at ", Number(number(values["value"]), "value"), f"{early}."]
    total = Number(number(values["value"], places=0), "value")
    ends = finding.limits["value"]
    if ends.lower is None or ends.upper is None:
        return [*opening, f"is {state.value}: ", total, " are projected."]
    between = Number(number(ends.lower), "limits.value.lower"), Number(number(ends.upper), "limits.value.upper")
    return [
        *opening, f"is {state.value}: ", total, " are projected, between ", between[0], " and ", between[1], ".",
    ]  # fmt: skip
