"""The vocabulary of dates and times."""

WEEKDAYS = {}
for _n, _names in enumerate(
    (
        "monday mon mondays",
        "tuesday tue tues tuesdays",
        "wednesday wed weds wednesdays",
        "thursday thu thur thurs thursdays",
        "friday fri fridays",
        "saturday sat saturdays",
        "sunday sun sundays",
    )
):
    for _w in _names.split():
        if not _w.endswith("days"):
            WEEKDAYS[_w] = _n
PLURAL_WEEKDAYS = frozenset(["mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"])

MONTHS = {}
for _n, _names in enumerate(
    (
        "january jan",
        "february feb",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sep sept",
        "october oct",
        "november nov",
        "december dec",
    ),
    1,
):
    for _w in _names.split():
        MONTHS[_w] = _n

# Words of other meanings as well: a date only where the neighbours insist on it.
SHY_MONTHS = frozenset({"may", "march", "mar", "jan", "april", "june", "august", "dec", "sep"})
SHY_DAYS = frozenset({"sat", "sun", "wed"})

NUMBERS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}
NUMBERS |= {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
SMALL_NUMBERS = NUMBERS | {"a": 1, "an": 1, "couple": 2}

ORDINALS = {
    w: n
    for n, w in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
}
ORDINALS |= {"thirtieth": 30}
ORDINAL_TAILS = frozenset({"st", "nd", "rd", "th"})

# unit -> (kind, how many of it)
UNITS = {
    "minute": ("m", 1),
    "minutes": ("m", 1),
    "min": ("m", 1),
    "mins": ("m", 1),
    "mn": ("m", 1),
    "hour": ("m", 60),
    "hours": ("m", 60),
    "hr": ("m", 60),
    "hrs": ("m", 60),
    "day": ("d", 1),
    "days": ("d", 1),
    "week": ("d", 7),
    "weeks": ("d", 7),
    "wk": ("d", 7),
    "wks": ("d", 7),
    "fortnight": ("d", 14),
    "fortnights": ("d", 14),
    "month": ("M", 1),
    "months": ("M", 1),
    "mth": ("M", 1),
    "mths": ("M", 1),
    "mo": ("M", 1),
    "mos": ("M", 1),
    "quarter": ("M", 3),
    "quarters": ("M", 3),
    "year": ("M", 12),
    "years": ("M", 12),
    "yr": ("M", 12),
    "yrs": ("M", 12),
}
GLUED_UNITS = UNITS | {"m": ("m", 1), "h": ("m", 60), "d": ("d", 1), "w": ("d", 7)}
BUSINESS = frozenset({"business", "working", "work", "biz", "bus"})

TODAY = frozenset({"today", "tday"})
TOMORROW = frozenset(
    {
        "tomorrow",
        "tmrw",
        "tmr",
        "tmw",
        "tomo",
        "tomoz",
        "tomorow",
        "tommorow",
        "tommorrow",
        "tomorro",
        "tmmrw",
        "tmorrow",
        "tmrow",
        "tomorrrow",
        "tmoro",
    }
)
YESTERDAY = frozenset({"yesterday", "yday", "yest", "ystrdy", "yesterdays", "yesteday"})

NOON = frozenset({"noon", "midday", "noonish", "lunchtime", "lunch"})
MORNING = frozenset({"morning", "am", "mornin", "morn"})
AFTERNOON = frozenset({"afternoon", "pm", "aft", "arvo"})
EVENING = frozenset({"evening", "night", "eve"})
END_OF_DAY = frozenset({"eod", "cob", "eob", "eobd"})
END_OF = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}

# May come before a date without being part of the day itself.
DATE_PREPS = frozenset(
    {
        "by",
        "on",
        "at",
        "before",
        "until",
        "till",
        "til",
        "untill",
        "from",
        "since",
        "for",
        "around",
        "about",
        "approx",
        "circa",
        "after",
        "come",
        "within",
        "during",
        "over",
        "to",
        "due",
        "in",
    }
)
