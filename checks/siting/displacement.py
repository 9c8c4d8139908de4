"""How far did the family move, and did they leave the place they were to leave?

Counted: every household. The metres from the old home to the new one are measured where both positions are known; the
new one is the household's own, or else its site's. Township, administrative village and natural village are compared by
name, those moved to taken from the household or else from its site. A move inside the administrative village is always
shown, with the metres as evidence: it is an accepted type of resettlement and so never a violation, but somebody has to
look at it. Inside the natural village a reason has to be on file. A move of a few hundred metres is asked about whatever
the names say.

Not counted: nothing is left out. What passes is a move to another township, or to another village of the township, that
is not a few hundred metres only or whose metres cannot be measured. A name that is not recorded is not taken for a
different one: where the names do not tell whether they left their village the answer is open, however far it is.

Why: in 2017 inspectors met families that had been "relocated" from the east end of the village to the west end. No
document fixes a distance, so the one used here is this program's practice value, which a county may set for itself.
"""

import re
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from checks.check import Beside, rule
from checks.policy import Terms
from checks.records import Records
from checks.verdict import NOT_SUPPLIED, Numbers, Outcome, Verdict, When, at_least, at_most, first, instead, lacking
from checks.vocabulary import HOUSEHOLD, SITE
from geo.ellipsoid import surface
from geo.index import between_m

Places = npt.NDArray[np.int64]
_KIND = re.compile(r"(街道办事处|街道|乡|镇|社区居委会|社区|行政村|村民委员会|村委会|村民小组|自然村|小组|村|组|屯)$")
_SAME, _OTHER, _UNKNOWN = 1, 0, -1


@rule(about=HOUSEHOLD, dated_by="approved_on", beside=("sites",), linked={"sites": ("county site_code=code",)})
def displacement(home: Records, law: Terms, beside: Beside) -> Verdict:
    """Judge what was left behind: by the names of the places, and by the metres between the two homes."""
    sites = beside.get("sites", Records(SITE, {}, 0))
    site = _site_of(home, sites)
    metres = _metres(home, sites, site)
    township = _compared(home, "township", "new_township", sites, site)
    village = np.where(township == _SAME, _compared(home, "village", "new_village", sites, site), _UNKNOWN)
    hamlet = np.where(village == _SAME, _compared(home, "natural_village", "new_natural_village"), _UNKNOWN)
    left = np.select(
        [township == _OTHER, village == _OTHER, hamlet == _OTHER, hamlet == _SAME, village == _SAME],
        ["township", "village", "hamlet", "nothing", "within-village"],
        "unknown",
    ).astype(object)
    inside, least = village == _SAME, law.least_m_between_homes
    near = at_least(metres, least, within="moved")
    explained = ~lacking(home, "justification") | ~np.append(lacking(sites, "justification"), True)[site]
    by_village = at_most(inside.astype(np.float64), law.most_moves_within_village, over="within-village", fails=False)
    by_hamlet = instead(
        at_most((hamlet == _SAME).astype(np.float64), law.most_unexplained_moves, over="within-hamlet", fails=False),
        at_most((hamlet == _SAME).astype(np.float64), law.most_moves_within_village, over="within-hamlet-explained", fails=False),
        explained,
    )
    unsure = np.abs(metres - least.amounts) < np.nan_to_num(home.uncertainty_m)
    unmeasured = near.outcome == Outcome.NO_DATA
    unknown = (left == "unknown") & (unmeasured | (near.outcome == Outcome.PASS))
    no_site = (site < 0) & ~lacking(home, "site_code") & ("sites" not in beside)
    verdict = first(
        When(np.isnat(home.approved_on), Outcome.NO_DATA, "missing", ("approved_on",)),
        When(unsure & (hamlet != _SAME), Outcome.REVIEW, "too-close", by_limit=True),
        When(unknown & no_site, Outcome.NO_DATA, NOT_SUPPLIED, ("sites",)),
        When(unknown, Outcome.NO_DATA, "names-unknown", ("township", "village", "new_township", "new_village")),
        When(unmeasured & ~inside, Outcome.PASS, "moved-by-name"),
        otherwise=instead(instead(near, by_village, inside & (near.outcome != Outcome.REVIEW)), by_hamlet, hamlet == _SAME),
    ).having(**{"metres": metres, "left.behind.state": left})
    return replace(verdict, missing={name: rows if name == "sites" else rows & lacking(home, name) for name, rows in verdict.missing.items()})


def _site_of(home: Records, sites: Records) -> Places:
    """Return the row of each household's site among the sites of its county, -1 where there is none."""
    counties, county_of = home.grouped("county")
    codes, code_of = home.grouped("site_code")
    county_at, code_at = {name: at for at, name in enumerate(counties)}, {name: at for at, name in enumerate(codes) if name}
    found = {
        county_at[county] * len(codes) + code_at[code]: row
        for row, (county, code) in enumerate(zip(sites.county, sites.code, strict=True))
        if county in county_at and code in code_at
    }
    keys = np.array([-1, *sorted(found)], dtype=np.int64)
    rows = np.array([-1, *(found[key] for key in keys[1:].tolist())], dtype=np.int64)
    wanted = county_of * len(codes) + code_of
    at = np.searchsorted(keys, wanted, side="right") - 1
    return np.where(keys[at] == wanted, rows[at], -1)


def _metres(home: Records, sites: Records, site: Places) -> Numbers:
    """Return the metres from the old home to the new one, which is the household's own position or else its site's."""
    own = ~lacking(home, "lon", "lat")
    lon, lat = (np.where(own, home.stored(name), np.append(sites.stored(name), np.nan)[site]) for name in ("lon", "lat"))
    metres = np.full(len(home), np.nan)
    known = np.flatnonzero(np.isfinite(lon + lat + home.old_lon + home.old_lat))
    here, there = (home.old_lon[known], home.old_lat[known]), (lon[known], lat[known])
    metres[known] = between_m(surface(*here), *here, surface(*there), *there)
    return metres


def _compared(home: Records, old: str, new: str, sites: Records | None = None, site: Places | None = None) -> Places:
    """Tell whether two places have one name; the new one is the household's own, or else its site's under the old one's column."""
    met: dict[str, int] = {"": _UNKNOWN}
    before, after = _numbered(home, old, met), _numbered(home, new, met)
    if sites is not None and site is not None:
        after = np.where(after == _UNKNOWN, np.append(_numbered(sites, old, met), _UNKNOWN)[site], after)
    return np.where((before == _UNKNOWN) | (after == _UNKNOWN), _UNKNOWN, np.where(before == after, _SAME, _OTHER))


def _numbered(records: Records, column: str, met: dict[str, int]) -> Places:
    """Number a column's names, those that differ only in the word for the kind of place alike: 甲村, 甲村委会."""
    names, name_of = records.grouped(column)
    plain = [_KIND.sub("", name.strip()) or name.strip() for name in names]
    return np.array([met.setdefault(name, len(met)) for name in plain], dtype=np.int64)[name_of] if names else name_of
