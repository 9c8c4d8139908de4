"""Short messages as a text file, a line each, and as CSV: no telephone in either. Lines that begin with # say what the file is."""

import csv
import io

from relocation.notices.document import Document
from relocation.reports.wording import legible


def notice_text(made: Document) -> bytes:
    """Return the messages, a line each (UTF-8 with a mark, which editors on Windows need), after lines that say what they are."""
    said = [f"# {line}" for line in (made.title, *made.head, *made.foot)]
    messages = [row[-1] for part in made.parts for row in part.rows]
    return ("\ufeff" + "\r\n".join(map(legible, [*said, *messages])) + "\r\n").encode()


def notice_csv(made: Document) -> bytes:
    """Return the messages with village and number, by which the office's own system finds whom to send them to."""
    text = io.StringIO()
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for line in (made.title, *made.head, *made.foot):
        table.writerow([f"# {legible(line)}"])
    for part in made.parts:
        table.writerow(part.headings)
        table.writerows([_harmless(legible(cell)) for cell in row] for row in part.rows)
    return ("\ufeff" + text.getvalue()).encode()


def _harmless(cell: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "'")) else cell
