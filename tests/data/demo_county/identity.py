"""People who do not exist: names by stem and branch, ID numbers of an area code that has never been given out."""

from datetime import date

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
ONES = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")
SURNAME = "演"  # as in 演示: anybody who reads the ledger sees what it is

# GB/T 2260 gives no code that begins with 99, so no identity card carries this one.
AREA_CODE = "990000"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def name(number: int) -> str:
    """Return the head's name of the household with that number, counted from 0: 演甲子, 演乙丑, … 演甲子一, …"""
    turn, place = divmod(number, 60)
    tens, ones = divmod(turn, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else ONES[tens] + "十"
    return SURNAME + STEMS[place % 10] + BRANCHES[place % 12] + ten + ONES[ones]


def id_number(born_on: date, sequence: int) -> str:
    """Return an 18-digit number with a valid check digit (GB 11643), of nobody."""
    body = f"{AREA_CODE}{born_on:%Y%m%d}{sequence % 1000:03d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """Return the eighteenth character for the first seventeen."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]
