"""Asks every route as every role in every place, over and over with every code and condition, and searches the answers for marks of other places.

    python -m benchmarks.canary_crawl [--most 100000] [--minutes 25]

Loopback is not needed: the application is called in this process. It prints what was asked and ends with 1 where a mark or an error was found.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from checks.registry import checks
from checks.vocabulary import DRAWING, DRAWING_PAIR, HOUSEHOLD, SITE, UNIT_TYPE
from relocation.accounts.roles import Role
from relocation.service.drawings.rows import rows_of
from relocation.service.office import open_office
from relocation.web import create_app
from tests.web import canaries, crawl
from tests.web.canaries import NOW, OURS, PLACES, THEIRS, marks_of
from tests.web.crawl import Person, Tally
from tests.web.signed import signed_in


def people() -> Iterator[Person]:
    """Give everybody's roles together in each county and township, then each role in each: whoever may most comes first, should time run out."""
    for roles in [tuple(role.id for role in Role), *((role.id,) for role in Role)]:
        short = "-".join(role[:3] for role in roles)
        for county in (OURS, THEIRS):
            yield Person(f"{short}-{county}", roles, (county,), marks_of(county))
        for place in PLACES:
            yield Person(f"{short}-{place.mark.lower()}", roles, (f"{place.county}/{place.name}",), marks_of(place.county, place.township))


def queries() -> list[str]:
    """Return conditions, each alone and some together, with values of every place."""
    single = ["", "lang=en", "lang=zh", "all=1&limit=200", "limit=1", "text=QZ&limit=200", "as_of=2018-01-01", "state=open", "q=QZ"]
    for place in PLACES:
        single += [f"county={place.county}", f"township={place.name}", f"text={place.mark}", f"lon={place.lon}&lat={place.lat}"]
        single += [f"site={place.mark}-sites-0", f"institute={place.mark}院", f"county={place.county}&township={place.name}&all=1"]
    single += [f"check={id}&outcome=fail" for id in checks()]
    return list(dict.fromkeys(single))


def main(most: int, minutes: float) -> int:
    """Ask until so many answers were heard, so much time is gone, or nothing is left to ask; return the exit code."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        store = canaries.build(Path(folder) / "home")
        codes = [str(row["code"]) for kind in (SITE, HOUSEHOLD, UNIT_TYPE, DRAWING, DRAWING_PAIR) for row in rows_of(store, kind)]
        values = {
            "code": [*codes, "nothing", "-1"], "subject": [*codes, OURS, THEIRS, "nothing"], "kind": ["site", "household", "unit_type", "drawing", "drawing_pair", "county"],
            "id": [*checks(), "1", "2", "3", "9999"], "county": [OURS, THEIRS, "110101"], "form": ["csv", "json", "xlsx", "geojson", "pdf", "svg", "dxf", "html"],
            "number": ["1", "2", "3", "99"], "name": [f"{county}-{number}" for county in (OURS, THEIRS) for number in range(1, 5)], "ledger": ["sites"],
            "filename": ["style.css"], "what": ["reset"],
        }  # fmt: skip
        app = create_app(open_office(store.home), now=lambda: NOW)
        tally = Tally()
        for who in people():
            client = signed_in(app, who.roles, who.places, name=who.name)
            crawl.ask_all(app, client, who, values, queries(), tally)
            print(f"{who.name:>40}  {tally.told()}  {time.perf_counter() - started:.0f} s", flush=True)
            if tally.responses >= most or time.perf_counter() - started > 60 * minutes:
                break
        for found in (*tally.leaks[:50], *tally.broken[:50]):
            print(found)
    return 1 if tally.leaks or tally.broken else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=100_000, help="end after so many answers, at the next person")
    parser.add_argument("--minutes", type=float, default=25, help="end after so many minutes, at the next person")
    asked = parser.parse_args()
    sys.exit(main(asked.most, asked.minutes))
