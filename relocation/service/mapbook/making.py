"""Making the book: one PDF, or a folder with a PDF a site. Both tell how far they are and can be stopped between two pages."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from relocation.reports.mapbook import mapbook_pdf
from relocation.service.mapbook.gathering import Gathering, Page, head, images
from relocation.service.mapbook.naming import file_name
from relocation.service.mapbook.picking import Asked, picked
from relocation.service.mapbook.shelf import Shelf
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

Progress = Callable[[str, int, int], None]
MOST_IN_ONE = 400
"""Sites in one PDF: it is set as a whole, in some tens of seconds that nobody can stop."""
GATHERING, SETTING, PAGES = "mapbook-gathering", "mapbook-setting", "mapbook-pages"


class Stopped(Exception):
    """Somebody stopped the work; nothing half-made was left."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run on a folder did. `made`, `kept`: pages made now, and those that were there and still right; `others`: pages of earlier runs."""

    folder: str
    sites: int
    made: int
    kept: int
    others: int
    stopped: bool

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return asdict(self)


def book(store: Store, asked: Asked, lang: str, today: date, tell: Progress | None = None, stop: Callable[[], bool] | None = None) -> tuple[bytes, int]:
    """Return the book as one PDF and how many sites it has. Trouble as for `picked`, and for more than one PDF holds; Stopped."""
    rows = picked(store, asked)
    if len(rows) > MOST_IN_ONE:
        raise Trouble("mapbook-most", n=len(rows), most=MOST_IN_ONE)
    pages: list[Page] = []
    for page in Gathering(store, lang, today).pages(rows):
        if stop and stop():
            raise Stopped
        pages.append(page)
        _told(tell, GATHERING, len(pages), len(rows))
    _told(tell, SETTING, len(pages), len(rows))
    made = mapbook_pdf(head(lang, today), [page.data for page in pages], images(store, pages))
    if stop and stop():
        raise Stopped
    return made, len(rows)


def folder(store: Store, asked: Asked, lang: str, today: date, out: Path, tell: Progress | None = None, stop: Callable[[], bool] | None = None) -> Run:
    """Make what is missing or other in a folder and return what was done. Trouble as for `picked`, and where the folder cannot be written."""
    rows, shelf, said = picked(store, asked), Shelf(out), head(lang, today)
    names: set[str] = set()
    made, stopped = 0, False
    for page in Gathering(store, lang, today).pages(rows):
        stopped = bool(stop and stop())
        if stopped:
            break
        made += _kept(store, shelf, page, said, names)
        _told(tell, PAGES, len(names), len(rows))
    shelf.settle()
    return Run(str(out), len(rows), made, len(names) - made, shelf.others({_name(row) for row in rows}), stopped)


def _kept(store: Store, shelf: Shelf, page: Page, said: dict[str, Any], names: set[str]) -> bool:
    """Make one page unless it is there; tell whether it was made."""
    name = file_name(page.county, page.code, page.name)
    names.add(name)
    if shelf.has(name, page.key):
        return False
    pdf = mapbook_pdf(said, [page.data], images(store, [page]))
    shelf.keep(name, page.key, pdf, {"county": page.county, "code": page.code})
    return True


def _name(row: Any) -> str:
    return file_name(str(row["county"]), str(row["code"]), str(row["name"] or ""))


def _told(tell: Progress | None, stage: str, done: int, total: int) -> None:
    if tell:
        tell(stage, done, total)
