"""What people write into the ledger: without blanks at its ends, no longer than it may be, no signs nobody sees."""

from relocation.service.numberless import numberless
from relocation.store.trouble import Trouble

MOST = {"text": 2_000, "measure": 2_000, "reason": 2_000}
MOST_ELSE = 200


def told(text: str, name: str, *, typed: bool = True) -> str:
    """Return a text as it is kept. Trouble for one too long or with control characters (a line's end is none).

    One that was typed holds nobody's number; what came in a list stays as it came, and is masked where it is shown.
    """
    said = text.strip().replace("\r\n", "\n")
    most = MOST.get(name, MOST_ELSE)
    if len(said) > most or not said.replace("\n", "").replace("\t", "").isprintable():
        raise Trouble("ledger-words", name=name, most=most)
    return numberless(said) if typed and name != "subject" else said
