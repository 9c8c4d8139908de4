"""Which households' cards say word for word the same?

Counted: four free texts of a card (cause of poverty, measures, follow-up support, effect), each compared with the same
text of the other households of the township, without blanks and punctuation. Texts are the same where at least 80 % of
their pairs of neighbouring characters are; a changed name or figure does not make a text another. It is counted how
many households share a text; up to four may by chance or because they are helped alike.

Not counted: the application form, whose wording may be fixed by order, and short texts: "缺技术" (no skill) is an answer
that many give. Households of another township, since one township's helpers do not copy from another's.

Why: cards that were written from life differ. Where dozens carry one text, somebody may have copied it and not asked
the household. On simulated honest townships of 150 households fewer than one in a hundred sees anybody named; of cards
copied from one text with a name or a figure changed, more than 95 in 100 are found. Families may truly be helped alike,
so this is a question and never a fail.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

from checks.check import Beside, rule
from checks.peers import MOST_NAMED, among, named
from checks.policy import Terms
from checks.records import Array, Records
from checks.verdict import Flags, Numbers, Outcome, Verdict, When, at_most, first, lacking
from checks.vocabulary import HOUSEHOLD
from checks.wording import SHORTEST, families, plain

TEXTS = ("poverty_cause", "measures", "support_plan", "support_effect")

Asked = dict[str, tuple[float, float]]
"""County → the fewest characters of a text that is compared, and how much alike makes two the same."""


@dataclass(frozen=True, slots=True)
class _Copies:
    """Of one text: which family each row's is of (-1: none, or short), how many households each has, its first codes."""

    family: npt.NDArray[np.int64]
    households: npt.NDArray[np.int64]
    codes: list[list[str]]

    def of_last(self, rows: int) -> "_Copies":
        """Return the same of the last rows only: those that are judged."""
        return _Copies(self.family[len(self.family) - rows :], self.households, self.codes)

    @property
    def sharing(self) -> Numbers:
        """Return how many households share each row's text, itself among them; 0 where nothing was compared."""
        return np.append(self.households, 0)[self.family].astype(np.float64)


@rule(about=HOUSEHOLD, dated_by="approved_on", beside=("households",), linked={"households": (f"county township?: {' '.join(TEXTS)}",)})
def copied_text(home: Records, law: Terms, *, beside: Beside) -> Verdict:
    """Judge a household by the one of its texts that most others have."""
    ledger, law = among(home, beside.get("households"), "township", *TEXTS), law.as_judged()
    limits = law.least_characters.amounts.tolist(), law.least_alike_percent.amounts.tolist()
    asked: Asked = dict(zip(home.county, zip(*limits, strict=True), strict=True))
    own = _own(ledger)
    copies = [_copies(ledger, name, asked, own).of_last(len(home)) for name in TEXTS]
    sharing = np.array([one.sharing for one in copies])
    most = np.argmax(sharing, axis=0)
    households = np.max(sharing, axis=0)
    verdict = at_most(households, law.most_households_a_text, within="own-words", over="copied", fails=False)
    over = verdict.outcome == Outcome.REVIEW
    silent = np.logical_and.reduce([lacking(home, name) for name in TEXTS])
    return first(
        When(silent, Outcome.NO_DATA, "missing", TEXTS),
        When(households == 0, Outcome.NOT_APPLICABLE, "short"),
        When((households == 1) & ~over, Outcome.PASS, "alone", by_limit=True),
        *(When(over & (most == number), Outcome.REVIEW, name.replace("_", "-"), by_limit=True) for number, name in enumerate(TEXTS)),
        otherwise=verdict,
    ).having(others=_others(home, copies, most, over), least=law.least_characters.amounts, alike=law.least_alike_percent.amounts)


def _own(ledger: Records) -> Flags:
    """Mark one row of every household: a household listed twice does not copy from itself."""
    _, county_of = ledger.grouped("county")
    key = np.fromiter(map(hash, ledger.code), dtype=np.int64, count=len(ledger)) ^ (county_of * 0x5851F42D4C957F2D)
    own = np.zeros(len(ledger), dtype=np.bool_)
    own[np.unique(key, return_index=True)[1]] = True
    return own


def _copies(ledger: Records, name: str, asked: Asked, own: Flags) -> _Copies:
    """Gather the families of one text, township by township; only distinct texts are looked at."""
    met: defaultdict[str | None, int] = defaultdict(count().__next__)
    text_of = np.fromiter(map(met.__getitem__, ledger.stored(name)), dtype=np.int64, count=len(ledger))
    same: defaultdict[str, int] = defaultdict(count().__next__)
    plain_of = np.array([same[plain(text or "")] for text in met], dtype=np.int64)
    texts, pairs = list(same), ledger.paired("county", "township")
    keys, at, uses = np.unique(plain_of[text_of] * len(pairs[0]) + pairs[1], return_inverse=True, return_counts=True)
    text, place = keys // len(pairs[0]), keys % len(pairs[0])
    least, alike = np.array([asked.get(county, (np.inf, np.inf)) for county, _ in pairs[0]]).reshape(-1, 2).T
    long = np.array([len(one) for one in texts])[text] >= np.maximum(least, SHORTEST)[place]
    leader = families([texts[number] for number in text[long].tolist()], place[long], uses[long], alike[place[long]])
    heads, number = np.unique(leader, return_inverse=True)
    family_of_key = np.full(len(keys), -1)
    family_of_key[long] = number
    family = family_of_key[at]
    counted = np.flatnonzero(own & (family >= 0))
    return _Copies(family, np.bincount(family[counted], minlength=len(heads)), _first_codes(ledger.code, family, counted, len(heads)))


def _first_codes(codes: Array, family: npt.NDArray[np.int64], rows: npt.NDArray[np.intp], families: int) -> list[list[str]]:
    """Return the codes of each family's first households, one more than a sentence names."""
    rows = rows[np.argsort(family[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(family[rows], prepend=-1))  # families are numbered from 0
    ends = np.append(starts, len(rows))[1:]
    kept: list[list[str]] = [[] for _ in range(families)]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if end - start > 1:
            kept[int(family[rows[start]])] = codes[rows[start : min(end, start + MOST_NAMED + 1)]].tolist()
    return kept


def _others(home: Records, copies: list[_Copies], most: npt.NDArray[np.intp], over: Flags) -> Array:
    """Return the other households of the family that speaks, as codes; only where it is said."""
    others, own = np.full(len(home), "", dtype=object), home.code
    for row in np.flatnonzero(over).tolist():
        one = copies[int(most[row])]
        family = int(one.family[row])
        codes = [code for code in one.codes[family] if code != own[row]]
        others[row] = named(codes[:MOST_NAMED], of=int(one.households[family]) - 1)
    return others
