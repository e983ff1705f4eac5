"""What each word of a comment may be: a letter of the code that the rules are written in, and what it means.

The letters: ``U D`` went up or down, ``u d`` a rise or a fall, ``B W`` better or worse, ``S`` unchanged; ``n`` a number,
``%`` a per cent, ``p`` points, ``f`` a fraction, ``r`` a place such as 15th, ``k`` doubled and its kind, ``$`` money,
``X`` a number that counts nothing; ``P`` a time, ``M`` a month; ``N`` what is counted, ``G`` a group or another place,
``w`` any other word. The rest stand in the table below.
"""

from quarterday.domain.claim import Way

_UP = (
    "up rose rises risen rising increased increases increasing grew grown growing grows gained higher more extra additional "
    "jumped climbed climbing climbs soared surged swelled escalated upward upwards greater larger added bigger steeper grow "
    "leapt leaped spiked ballooned mushroomed rocketed skyrocketed mounted expanded elevated rebounded heightened inflated "
    "swollen jumping soaring surging swelling escalating heavier busier"
)
_DOWN = (
    "down fell falls fallen falling decreased decreases decreasing declined declines declining dropped dropping drops reduced "
    "reduces reducing lower fewer less cut dipped slipped slipping shrank shrunk downward downwards plunged tumbled "
    "lowered eased easing smaller subsided contracted receded reduce lesser shallower quieter calmer dived sank sunk slid collapsed "
    "retreated diminished diminishing dwindled dwindling waned abated lessened plummeted nosedived tumbling shrinking "
    "plunging plummeting shortened lighter dipping sliding slumped slumping trimmed curtailed nosediving slackened"
)
_RISE = "increase rise growth upturn uplift jump surge upswing gain upsurge rises increases climb escalation hike resurgence rebound upsurges uptick increment jumps surges spike spikes escalations upticks gains ascent"
_FALL = "saving decrease fall reduction decline drop dip downturn slump cut reductions falls decreases drops declines cuts contraction plunge collapse slide lessening shrinkage slippage downswing dips slumps diminution descent"
_BETTER = (
    "better improve improved improves improving improvement improvements healthier betterment stronger outperformed outperforming outperforms outperform "
    "favourable favourably superior preferable brighter"
)
_WORSE = (
    "worse worsen deteriorate worsened worsens worsening deteriorated deteriorates deteriorating deterioration poorer unfavourable unfavourably "
    "underperformed underperforming weaker adverse adversely inferior bleaker"
)
_SAME = (
    "unchanged stable static flat flattened constant comparable similar plateaued same consistent level stabilised "
    "stabilising flatlined flatlining plateau plateauing steadied stagnant stagnated identical unaltered"
)

_WORDS: dict[str, str] = {
    "b": "by",
    "t": "to",
    "F": "from",
    "a": "against versus vs v compared relative",
    "h": "than",
    "i": "in at for during over within throughout across between through under into via as among amongst around about",
    "o": "on upon onto",
    "O": "of",
    "A": "and & plus nor or",
    "e": (
        "is are was were be been being has have had remain remains remained stay stays stayed stand stands stood sits "
        "sit became become seems appears appeared now currently also again still just already did does do being that's it's there's "
        "went go gone goes come came comes got get gets moved moves run runs ran showed shown"
    ),
    "v": "average averages averaged averaging mean median avg ave avge",
    "s": "share proportion percentage accounted accounts accounting account comprise comprised comprises",
    "R": "ranked ranks rank ranking place placed placing places position positioned positions standing rated",
    "E": (
        "highest lowest fewest most largest smallest biggest best worst greatest least peak peaked high low steepest "
        "fastest slowest lows highs busiest quietest sharpest trough troughs troughed nadir peaking peaks heaviest lightest calmest weakest strongest poorest safest deepest commonest"
    ),
    "G": (
        "peers peer group groups family neighbours neighbour neighbouring county countywide region regional nationally national "
        "force forcewide boroughs districts forces areas partnerships cities towns msg mps metropolitan england wales "
        "msf iquanta elsewhere comparators benchmark statewide peers' counties councils csps cdrps bcu bcus lpas authorities country comparator family's "
        "neighbourhoods divisions wards sectors hubs"
    ),
    "T": "required target targets ceiling goal aim threshold milestone ambition aspiration expectation trajectory's",
    "J": (
        "projected projection projections forecast forecasts predicted prediction predictions expected anticipated estimate estimated "
        "expect expects expecting anticipate anticipates anticipating straight-lining annualising envisage envisages foresee foresees extrapolating extrapolates scaling forecasting extrapolated extrapolation outlook predict predicts predicting projects modelling"
    ),
    "I": "trend trends trajectory path pattern direction-of-travel",
    "Z": "significant significantly statistically statistical exceptional exceptionally abnormal abnormally",
    "g": (
        "slightly slight marginal marginally sharply sharp modest modestly small minor fractionally fractional considerably considerable "
        "substantially substantial markedly marked steeply steep dramatically dramatic notably slowly gradually gradual "
        "steadily steady well rapidly rapid moderately moderate large big little somewhat broadly strongly strong huge significantly-so "
        "barely narrowly comfortably exactly fully largely roughly-speaking much far generally overall again marginal tiny heavily"
    ),
    "c": "continue continues continued continuing further continuous",
    "K": (
        "hence but although though while whilst whereas despite yet which so because since-then however therefore thereby leaving "
        "meaning where when who if that saying albeit representing equating equivalent-to making thus taking bringing giving"
    ),
    "!": "not no nobody nowhere never neither without cannot isn't wasn't didn't hasn't haven't doesn't don't aren't weren't couldn't",
    "V": (
        "above below exceeded exceeds exceeding exceed beat beats beaten overtaking overtook overtaken beneath topped "
        "tops topping outstripped outstrips undercut undercuts overshot overshoots overshooting undershot "
        "undershoots outnumbered outnumber underneath"
    ),
    "H": "every each both all either",
    "Q": "consecutive row running successive straight succession consecutively successively",
    "x": "since",
    "m": "month months monthly mth mths",
    "y": "year years quarter quarters week weeks day days",
    "Y": "tracks tracking tracked match matched matches matching mirrors mirrored mirroring",
    "N": (
        "offences offence crimes crime incidents incident reports report victims victim cases case thefts theft burglaries burglary "
        "robberies robbery assaults assault calls call complaints complaint referrals referral fires fire collisions collision "
        "casualties casualty records occurrences occurrence vehicles detections arrests people persons residents deaths "
        "homicides murders admissions discharges outcomes seizures attacks episodes events accidents instances counts phones "
        "bicycles bikes cars properties homes premises visits sightings suspects offenders perpetrators callers customers "
        "respondents households patients users children adults women men pupils drivers pedestrians cyclists crashes "
        "fights searches tickets applications investigations prosecutions convictions charges cautions breaches evictions "
        "enquiries tips attendances overdoses stabbings shootings knives weapons entrants triggers scooters mopeds "
        "motorcycles motorbikes vans lorries alarms nuisance-calls youths tenancies disposals warrants"
    ),
    "L": "per",
    "z": "faster slower quicker",
}

_MULTIPLES = {
    "doubled": 2.0, "doubling": 2.0, "doubles": 2.0, "double": 2.0, "twice": 2.0, "twofold": 2.0, "two-fold": 2.0,
    "trebled": 3.0, "tripled": 3.0, "trebling": 3.0, "treble": 3.0, "triple": 3.0, "threefold": 3.0, "three-fold": 3.0,
    "quadrupled": 4.0, "fourfold": 4.0, "four-fold": 4.0, "fivefold": 5.0, "five-fold": 5.0, "sixfold": 6.0,
    "tenfold": 10.0, "ten-fold": 10.0, "halved": 0.5, "halving": 0.5, "halves": 0.5, "quintupled": 5.0,
}  # fmt: skip


def _table() -> dict[str, tuple[str, object]]:
    table: dict[str, tuple[str, object]] = {}
    for letter, words in _WORDS.items():
        table.update((word, (letter, None)) for word in words.split())
    ways = (
        ("U", _UP, Way.UP), ("D", _DOWN, Way.DOWN), ("u", _RISE, Way.UP), ("d", _FALL, Way.DOWN),
        ("B", _BETTER, Way.BETTER), ("W", _WORSE, Way.WORSE), ("S", _SAME, Way.SAME),
    )  # fmt: skip
    for letter, words, way in ways:
        table.update((word, (letter, way)) for word in words.split())
    table.update((word, ("k", times)) for word, times in _MULTIPLES.items())
    return table


LETTERS = _table()

# Words that say nothing of what is counted.
EMPTY_WORDS = frozenset((
    "the", "a", "an", "its", "it", "this", "that", "these", "those", "they", "their", "there", "our", "we", "has",
    "have", "had", "been", "be", "is", "are", "was", "were", "will", "would", "of", "in", "on", "at", "for", "to",
    "and", "or", "as", "with", "by", "from", "town's", "city's", "borough's", "district's", "area's", "overall", "total", "recorded", "reported",
    "number", "numbers", "volume", "volumes", "count", "counts", "level", "levels", "figure", "figures", "position",
    "picture", "offences", "offence", "crimes", "crime", "incidents", "incident", "reports", "data", "result",
    "results", "performance", "outturn", "outcome", "also", "then", "than", "much", "very", "some", "any", "other", "still",
    "now", "so", "far", "both", "each", "all", "borough", "district", "town", "city", "area", "ward", "locally",
    "local", "here", "monthly", "quarterly", "annual", "annually", "yearly", "rolling", "year", "month", "months",
    "quarter", "years", "quarters", "period", "periods", "average", "averages", "mean", "again", "while",
    "type", "category", "clear", "definite", "except", "bar", "barring", "exception", "apart", "bocu", "bocu's", "although", "rise", "fall", "increase", "decrease", "reduction",
))  # fmt: skip

# Words that stand where a subject does and name nothing that is counted.
PLAIN_SUBJECTS = EMPTY_WORDS | frozenset((
    "leading", "having", "amounts", "equates", "making", "giving", "showing", "standing", "being", "following", "leaving", "putting",
    "meaning", "taking", "bringing", "seeing", "noting", "reflecting", "after", "before", "until", "actual", "latest",
    "marginal", "sharp", "net", "further", "corresponding", "required", "respective", "equivalent", "underlying",
    "we", "i", "e", "g", "ie", "eg", "viz", "namely", "us", "them", "he", "she", "who", "which", "what", "nothing",
    "change", "changes", "difference", "movement", "variance", "equates", "works", "out", "began", "started", "said",
    "saw", "seen", "shows", "show", "showed", "recorded", "noted", "heard", "told", "members", "panel", "committee",
    "board", "analysts", "analyst", "officers", "partnership", "council", "team",
    "winter", "spring", "summer", "autumn", "christmas", "easter", "halloween", "tally", "sum", "volume", "toll",
    "same", "once", "only", "just", "with",
    "without", "against", "between", "over", "under", "also", "both", "together", "others", "everything", "one",
    "slight", "modest", "small", "large", "big", "steep", "marked", "significant", "substantial", "considerable",
    "welcome", "encouraging", "disappointing", "good", "bad", "news", "story", "side", "front", "table", "chart",
    "graph", "column", "columns", "row", "page", "dashboard", "update", "report", "records", "began", "displayed",
    "shown", "given", "stated", "printed", "published", "provisional", "final", "revised", "pattern", "series",
    "achieved", "met", "missed", "exceeded", "reached", "hit", "failed", "beaten", "attained", "delivered", "rated",
    "green", "red", "amber", "left", "alone", "represents", "represent", "published", "inner", "outer", "this", "that",
    "takes", "took", "brings", "leaves", "puts", "put", "measure", "measures", "indicator", "metric", "so", "thus", "remains", "stays",
    "date", "week", "weekly", "daily", "rolling-year", "calendar", "financial", "previous", "past", "last",
    "first", "second", "brought", "varying", "children", "back", "minutes", "record", "paper", "papers",
    "key", "points", "headlines", "highlights", "holds", "closed", "numbered", "tallied", "settled", "levelled", "touched", "totalled", "amounted", "landed", "totalling",
    "briefing", "bulletin", "summary", "notes", "describes", "lies", "base", "always", "usually", "typically",
))  # fmt: skip

NOUNS_IN_LY = frozenset(("anomaly", "assembly", "bully", "elderly", "family", "supply", "early"))
# What is done and counted; any other word so ending that begins a clause tells how a number moved.
DOINGS = frozenset((
    "shoplifting", "tipping", "driving", "speeding", "trafficking", "grooming", "bullying", "stalking", "parking",
    "drinking", "begging", "dealing", "racing", "housing", "policing", "lighting", "hunting", "poaching", "rustling",
    "kidnapping", "wounding", "offending", "reoffending", "smuggling", "laundering", "cuckooing", "mugging",
    "blackmailing", "licensing", "missing", "trespassing", "littering", "lending", "phishing", "hacking", "loitering",
    "soliciting", "scamming", "spiking", "riding", "texting", "burning", "training", "sentencing", "vaping",
))  # fmt: skip
