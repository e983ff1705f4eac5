"""Phrases of several words that are read as one token, by the letter of the code that they stand for (see ``lexicon``).

Within a letter the first form that fits is taken, so a longer one stands before its own beginning.
"""

PHRASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("a", (  # against
        r"(?:as )?(?:compared|comparing|compares?) (?:to|with|against)",
        r"(?:when )?set beside",
        r"alongside",
        r"contrasted with",
        r"contrasts? with",
        r"in comparison (?:to|with)",
        r"set against",
        r"relative to",
        r"when set against",
        r"as against",
        r"measured against",
        r"by comparison with",
        r"in contrast to",
        r"as opposed to",
        r"up against",
    )),
    ("Y", (  # in line with
        r"in[- ]?line with",
        r"following the (?:same |general |wider )?(?:pattern|trend)(?: seen| shown| found)?(?: in| across| of| for)?",
        r"in step with",
        r"in keeping with",
        r"in common with",
        r"on (?:a )?par with",
        r"on a level with",
        r"similar to",
        r"comparable (?:to|with)",
        r"close to",
        r"consistent with",
        r"much the same as",
        r"the same (?:position |place |level |number |total |figure |proportion )?as",
        r"level with",
        r"around(?= (?:the )?(?:group|county|peer|regional|national|force|family|average|mean))",
        r"equal to",
        r"about(?= the (?:group|county|peer|regional|national|average))",
    )),
    ("V", (  # beyond or short of
        (
            r"pass(?:ed|es|ing)(?= (?:the |its |our |their )?(?:[a-z]+ )?(?:\d[\d,.]*(?: ?%)? )?"
            r"(?:target|ceiling|threshold|limit)\b)"
        ),
        r"(?:in )?excess of(?= (?:the|its|our|that|those|target|ceiling|neighbouring|either|both)\b)",
        r"short of",
        r"ahead of",
        r"behind(?= [a-z'-]+(?: (?!on\b|for\b)[a-z'-]+)? (?:on|for) (?!the\b)[a-z]+)",
        r"over(?=(?: [a-z0-9/%.'-]+){0,4} (?:target|average|ceiling|mean|norm|profile)\b)",
        r"under(?=(?: [a-z0-9/%.'-]+){0,4} (?:target|ceiling|average|mean|norm)\b)",
        r"adrift of",
        r"over(?= (?:the )?(?:19|20)\d\d[\d/-]* (?:total|figure|level|count)\b)",
        r"better(?:ed|s|ing)(?= (?:the |its |our )?(?:[a-z-]+ ){0,2}(?:average|mean|norm)\b)",
        r"overtaken by",
        r"under(?= (?:that|those) of (?:the |its |our )?other\b)",
        r"clear of",
        r"shy of",
        r"(?:compares?|compared|comparing) (?:very |quite )?(?:un)?favourably (?:with|to|against)",
        r"(?:the |on the )?(?:right|wrong) side of",
        r"inside(?=(?: [a-z0-9%'/-]+){0,3} (?:target|ceiling|limit)\b)",
        r"(?:over|under|behind|ahead)(?= ?[.,;)]|$)",
        r"under(?= (?:the )?[a-z]+ (?:figure|rate|total|level)\b)",
        r"under(?= (?:last|the previous) (?:spring|summer|autumn|winter|christmas|easter)\b)",
        r"under(?= the \d)",
        r"under(?= (?:the|its|our) (?:[a-z0-9'/-]+ ){0,5}(?:peak|total|figure|high|level|low|count)\b)",
        (
            r"under(?= (?:where |what |the |its |their |those of |that of )?(?:same|they|it|we|was|were"
            r"|corresponding|equivalent|matching|previous|last year|year before|prior|level|figure))"
        ),
        (
            r"behind(?= (?:the |its |our )?(?:[a-z]+ )?(?:target|average|group|mean|norm|force|county|peers?|plan"
            r"|profile|schedule|trajectory)\b)"
        ),
        (
            r"(?:compares?|compared|comparing|fares?|fared|faring|performs?|performed|performing|stacks? up|holds"
            r" up|measures up|does|did) (?:very |quite |rather |[a-z]{3,12}ly )?(?:well|badly|poorly|favourably"
            r"|unfavourably|better|worse)(?: (?:with|to|against|beside|alongside|than))(?= )"
        ),
        (
            r"(?:fares?|fared|compares?) (?:very |quite |reasonably |rather |relatively )?(?:well|badly|poorly"
            r"|favourably|unfavourably)"
        ),
        r"(?:within|inside|outside)(?= (?:[a-z'-]+ ){0,3}(?:target|ceiling|standard|tolerance|profile))",
    )),
    ("g", (  # what only says that it was so before, was foreseen, or is known
        r"(?:once (?:again|more)|yet again)(?=[.,;:()\[]|$)|(?:once more|yet again)|once again",
        (
            r"(?:as|than|not|no more than|much as|in line with|contrary to) (?:had been |was |is |were |might be "
            r"|may be |could be |would be )?"
            r"(?:widely )?(?:expected|anticipated|predicted|forecast|expectations?)(?=[.,;:()\[]|$| ?[-\u2013])"
        ),
        # how far
        (
            r"by (?:only |just )?(?:a|an) (?:very |fairly |relatively )?(?:small|slight|tiny|modest|fractional|marginal"
            r"|narrow|large|big|wide|considerable|substantial|huge) (?:amount|margin|number|degree|extent|fraction)"
            r"(?! of)"
        ),
        r"by (?:only |just )?a (?:fraction|whisker|touch|hair)(?! of)",
        r"a (?:great|good) deal(?! (?:of|more|less|fewer|higher|lower))",
        (
            r"(?:very|quite|rather|fairly|relatively|extremely|only|just) (?:very )?(?:slightly|marginally|modestly"
            r"|fractionally|sharply|steeply|markedly|substantially|considerably|rapidly)"
        ),
        (
            r"(?:only |just )?a (?:touch|little|fraction|shade|tad)(?= (?:up|down|higher|lower|above|below|over|under"
            r"|better|worse)\b(?! (?:the )?\d))"
        ),
        (
            r"(?<=[a-z] )(?:only |just )?a (?:touch|little|fraction|shade|tad)(?= ?[.,;)]|$| (?:on|compared|against"
            r"|from|since|versus|relative|when|this|year)\b)"
        ),
    )),
    ("w", (  # what sounds like a claim and is none
        r"(?<=account for )(?:the )?most(?! of the\b)|(?<=accounts for )(?:the )?most(?! of the\b)",
        r"(?:most|much|the best part) of (?:the|this|that) (?:period|time|year|quarter|way|last \w+ years)",
        (
            r"(?:better|best|improved)(?= (?:recording|reporting|efforts|intelligence|practice|use of|understanding"
            r"|awareness|working|training|wishes|value|endeavours))"
        ),
        r"see (?:chart|graph|figure|fig|table|appendix|annex|page|section|paragraph) \d[\d.]*[a-z]?\b",
        r"(?:(?<=in spite of )|(?<=despite )|(?<=budget )|(?<=funding )|(?<=staffing )|(?<=police ))cuts\b",
        # who speaks, and no place
        (
            r"(?:group|partnership|force|council|authority|family|region)"
            r"(?= (?:noted|looked|heard|discussed|agreed|asked|considered|reviewed|received"
            r"|was told|were told|was advised|was informed|acknowledged|welcomed)\b)"
        ),
    )),
    ("J", (  # what is to come
        r"on course (?:for|to)",
        r"on track (?:for|to)",
        r"set to",
        r"likely to",
        (
            r"(?<!at )(?<!at the )(?<!at financial )"
            r"year[ -]end(?! (?:ceiling|target|limit))(?: (?:projection|forecast|estimate|position|outturn|total"
            r"|figure))?"
        ),
        (
            r"(?:will|would|should|could|might|may) (?:end|finish|close|reach|be(?! (?:\w+ly )?(?:aware|noted|borne"
            r"|recalled|remembered|recognised"
            r"|stressed|added|pleased|glad|sorry|disappointed|interested|familiar|said|seen (?:from|that)))|total"
            r"|see|come|exceed|fall|rise"
            r"|result|produce|give|meet|miss|top|still|bring|leave|log|record|register|number|amount|stand|land"
            r"|settle|drop|increase|decrease|grow)\b"
        ),
        r"by (?:the )?year[ -]end",
        r"at (?:this|the (?:current|present)|current|present) (?:rate|levels?|pace|monthly average|average)",
        (
            r"on (?:the )?(?:current|present|existing|recent) (?:levels|trends?|performance|figures|trajectory"
            r"|form|rates?|volumes?|patterns?|showing|pace|course)"
        ),
        r"if (?:the|this|current|that)\b",
        r"expected to",
        r"is due to",
        r"straight[- ]line",
        r"run[- ]rate(?= (?:of|suggests|implies|points|gives|would|means|indicates))",
        r"heading for",
        r"becom(?:e|ing)(?= (?:[a-z]+ )?\d)",
        r"heading towards",
        (
            r"looking at(?= (?:(?:about|around|some|roughly) )?\d[\d,]*(?: [a-z]+){0,2}"
            r" (?:by|for|over|at) (?:the )?(?:end|full|year))"
        ),
        r"point(?:s|ing)? (?:to|towards)(?= (?:[a-z-]+ ){0,5}\d)",
        r"(?:on a )?pro[- ]rata(?: basis)?",
        r"should (?:this|the|these|current|present|it)\b(?= (?:\w+ ){0,3}(?:continue|persist|hold|be maintained))",
        r"annualised",
        r"(?:simply )?(?:scal|gross|multiply|multipli)(?:ed|ing)(?: it| them| this)? up",
    )),
    ("s", (  # makes up
        r"(?:made|make|makes|making) up",
        r"as a (?:share|proportion|percentage)",
        (
            r"represent(?:s|ed|ing)?(?= (?:an? (?:third|quarter|half|fifth)|\d|nearly|almost|over|around|about"
            r"|more than))"
        ),
        r"constitut(?:e|es|ed|ing)",
        r"account(?:s|ed|ing)? for",
        r"comprises",
        r"contributed",
        r"contributes",
    )),
    ("Z", (  # words of tests and limits
        r"statistically significant(?:ly)?",
        r"(?:expected|explained) by chance",
        r"(?:down|due|put down) to chance",
        r"chance variation",
        r"outliers?",
        (
            r"(?:within|outside|beyond) (?:the |its |their )?(?:normal|expected|usual|natural|random|typical)"
            r" (?:variations?|range|bounds|limits|levels|fluctuations?)"
        ),
        r"(?:normal|natural|random|expected) (?:variation|fluctuation)",
        r"(?:(?:inside|outside|within|beyond) (?:the |its )?)?(?:upper |lower )?(?:control|warning|action) limits?",
        r"special cause",
        r"(?:upper|lower) limit",
        r"confidence intervals?",
        (
            r"(?:inside|outside|within|beyond) (?:the |its |their |all |both )?(?:warning |action |control "
            r"|statistical |expected |confidence |upper |lower )?(?:limits|bounds)"
        ),
        r"process limits?",
    )),
    ("Q", (  # without a break
        r"without (?:a |any |an )?(?:break|exception|interruption|let-?up|pause)",
        r"uninterrupted(?:ly)?",
        r"unbroken",
        r"in a row",
        r"in succession",
        r"on the (?:trot|bounce|spin)",
        r"back[- ]to[- ]back",
    )),
    ("e", (  # there was
        r"(?:fell|falls?|falling)(?= (?:within|inside|outside) (?:[a-z]+ ){0,2}(?:target|ceiling|limit)\b)",
        r"there (?:was|were|is|are|has been|have been|had been)",
        r"(?:once more|yet again)",
        r"gone(?! the (?:wrong|right) way)",
        r"went(?! the (?:wrong|right) way)",
    )),
    ("K", (  # that is, and what joins clauses
        r"i\.? ?e\b\.?",
        r"viz\.?",
        r"matter of(?= [a-z\d][\w,.-]*(?:%| (?:offences|crimes|incidents|cases|reports|thefts|burglaries|calls)))",
        (
            r"(?:equivalent|amounting|equating|equates|equated|works out) (?:to|at|as)(?= (?:(?:a|an|about|around"
            r"|some|roughly|over|nearly|just|almost|approximately|more than|less than|only) )*\d)"
        ),
        r"as a result",
        r"as well as",
        r"in spite of",
        r"even though",
        r"even if",
        r"due to",
        r"owing to",
        r"because of",
        r"so that",
        r"as the",
        r"as this",
        r"this is",
        r"that is",
    )),
    ("c", (  # goes on
        r"carried on",
        r"carries on",
        r"kept on",
        r"keeps? on",
        (
            r"(?:yet )?another(?= (?:annual |yearly |quarterly |monthly |successive |consecutive |small |slight |large "
            r"|sharp |further |modest |big )?(?:rise|increase|fall|decrease|reduction|decline|drop|dip|uplift|cut)\b)"
        ),
        r"keeps",
    )),
    ("S", (  # unchanged
        r"(?:no|nil|zero|without) (?:net |overall |year[- ]on[- ]year )?(?:change|movement|variation)",
        r"no change",
        r"(?:very )?little (?:changed?|movement|variation)",
        r"much as (?:before|they were|it was|last year)",
        r"the same",
        r"no different",
        r"broadly level",
        r"held steady",
        r"held level",
        r"at the same level",
        r"did not change",
        r"(?:has|have|had|was|were|is|are) (?:not|never) (?:changed|moved|altered|shifted|budged)",
        r"levelled (?:off|out)",
        r"levelling (?:off|out)",
        r"flattened (?:off|out)",
        r"stood still",
        r"held firm",
        r"bottomed out",
        r"little different",
        r"(?:no|little) (?:real|material|discernible|appreciable|overall) (?:change|difference)",
        r"no difference",
        r"no movement",
        r"(?:hardly|barely|scarcely) (?:changed|moved|altered|shifted|budged)",
        r"(?:much|practically|virtually|almost|nearly|broadly|about) the same(?! as)",
        (
            r"(?:hardly|barely|scarcely|almost|virtually|practically|effectively) (?:any|no|nil) (?:real |material "
            r"|overall |net )?(?:change|movement|difference|variation)"
        ),
        r"little (?:or|to) no (?:real |material )?(?:change|movement|difference|variation)",
        r"(?:changed|moved|altered|shifted|varied) (?:very |relatively )?little",
        r"(?:held|kept|stayed|remained) (?:at|to|around) (?:a|the|much the) (?:similar|same) (?:level|rate|volume)s?",
        r"(?:held|kept|stayed|remained) (?:constant|even)",
        r"on (?:a )?par(?! with)",
        (
            r"(?:held|kept|stayed|remained) (?:fairly|reasonably|broadly|relatively|pretty|largely|very) "
            r"(?:steady|stable|level|firm|constant|flat)"
        ),
        r"(?:pretty much|much|roughly|broadly|about|more or less) where (?:it|they) (?:was|were|stood)",
    )),
    ("W", (  # worse
        r"not as (?:good|strong) as",
        r"(?:gone|went|going|moved|headed) the wrong way",
        r"(?:heading |moving |going )?in the wrong direction",
    )),
    ("B", (  # better
        r"not as (?:bad|poor) as",
        r"(?:gone|went|going|moved|headed) the right way",
        r"(?:heading |moving |going )?in the right direction",
    )),
    ("I", (  # which way it goes
        r"direction of travel",
    )),
    ("T", (  # a target
        (
            r"(?:(?<=its )|(?<= a )|(?<=the )|(?<=one )|(?<=two )|(?<=three )|(?<=four )|(?<=quarter )|(?<=year )"
            r"|(?<=year-end ))(?:profile|plan|schedule|trajectory|standard)(?= of \d)"
        ),
        (
            r"(?:(?<=quarterly )|(?<=monthly )|(?<=annual )|(?<=agreed )|(?<=target )|(?<=within )|(?<=within the"
            r" ))profile\b"
        ),
        r"(?<=% )standard\b",
        r"(?:annual|yearly|monthly|quarterly|agreed|year-end|overall) (?:limit|cap|allowance|quota|maximum)\b",
        (
            r"(?:(?<=behind )|(?<=ahead of )|(?<=below )|(?<=above )|(?<=under )|(?<=over )|(?<=on )|(?<=own )"
            r"|(?<=above the )|(?<=below the )|(?<=behind the )|(?<=ahead of the )|(?<=under the )|(?<=over the"
            r" ))(?:plan|profile|schedule|trajectory|standard)\b"
        ),
    )),
    ("v", (  # an average
        r"run[- ]rate",
    )),
    ("N", (  # what is stolen of a vehicle, or with it, and whom violence is against
        (
            r"(?:(?<=violence )|(?<=violent crime )|(?<=offences )|(?<=crimes ))against (?:the "
            r"|a )?persons?\b(?! (?:under|over|aged|of|in|with))"
        ),
        r"(?:(?<=theft )|(?<=thefts ))(?:from|of) (?:a |an |the |unattended |motor )*(?:vehicles?|cars?)\b",
    )),
    ("G", (  # other places
        r"any(?:where|one|body) else",
        r"everywhere else",
        r"(?<=one )(?:division|borough|district|area|force|ward|partnership|authority)",
        r"only (?:other )?(?:[\w-]+ )?(?:division|borough|district|area|force|ward|partnership|authority|county)\b",
        (
            r"(?:any|all|every|each|most(?! improved)|some|many|no|none) (?:of )?(?:the |its |our |their"
            r" )?(?:other |(?!in\b)[\w-]+ (?:other )?){0,3}(?:districts?|boroughs?|wards?|divisions?|areas?"
            r"|authorit(?:y|ies)|forces?|neighbours|partnerships|councils?|county|counties|cities|peers|towns?"
            r"|sectors?|hubs?"
            r"|members|neighbouring \w+)"
        ),
        (
            r"(?:the )?other (?:districts?|boroughs?|wards?|divisions?|areas?|authorit(?:y|ies)|forces?|sectors?"
            r"|hubs?|partnerships?|towns?|stations?|sites?|services?|half|side|teams?)"
        ),
        r"any other",
        r"force[ -]wide",
        r"county[ -]wide",
        r"most similar (?:group|family|areas?|forces?)",
        r"family of \w+",
        r"cluster(?:'s)?(?= (?:mean|average|median|norm|rate)\b)",
        r"(?:(?<=in the )|(?<=in our )|(?<=of the )|(?<=than the )|(?<=of our ))cluster(?! of)",
        r"the rest of",
        (
            r"(?:(?<=of the \d )|(?<=of the \d\d )|(?<=of the (?:two|six|ten) )|(?<=of the (?:four|five|nine) )"
            r"|(?<=of the (?:three|seven|eight) )|(?<=of the (?:eleven|twelve) )|(?<=of the (?:fifteen|sixteen) ))"
            r"members"
            r"(?= (?:saw|see|had|have|recorded|showed|show|experienced|reported|posted|did|rose|fell|reduced|improved))"
        ),
        r"similar (?:forces|areas|towns|boroughs|districts)",
    )),
    ("u", (  # a rise
        r"upwards? (?:movement|shift|step|turn)",
    )),
    ("d", (  # a fall
        r"downwards? (?:movement|shift|step|turn)",
    )),
    ("U", (  # up
        (
            r"(?:stepped|crept|edged|inched|shot|went|gone|going|goes|go|moved|moving|pushed|ticked|nudged"
            r"|drifted|headed|heading|trended|trending|creeping|edging|sent|driven|picked|bounced|come|came)"
            r" (?:back )?(?:up|upwards?|higher)"
        ),
        r"on the (?:increase|rise|up)",
        r"advanced(?= (?:by|on|against|compared|from|\d))",
        r"(?:put on|gaining|added)(?= (?:a |another )?\d)",
    )),
    ("D", (  # down
        (
            r"(?:stepped|crept|edged|inched|came|come|coming|comes|went|gone|going|goes|go|brought|driven|moved"
            r"|moving|pushed|ticked|nudged|drifted|trended|trending|headed|heading|pulled) (?:back )?(?:down"
            r"|downwards?|lower)"
        ),
        (
            r"(?:fell|fallen|falling|dropped|dropping|drop|drops|fall|falls|tailed|tailing|died|dying|slipped"
            r"|slid|eased|scaled) (?:back|away|off)"
        ),
        r"on the (?:decrease|decline|wane|slide)",
        r"in (?:decline|retreat)",
        r"not as (?:high|many|much) as",
        r"(?:shed|lost|shaved off|knocked off|took off)(?= (?:a |another )?\d)",
    )),
    ("E", (  # the most or least
        r"record(?= (?:high|low|number|level|total|year|month|figure|volume|rise|fall|increase|set|quarter)s?\b)",
    )),
)  # fmt: skip
