"""What the file of a site's page is called: ADCODE-CODE-NAME.pdf.

Of the name and the code letters, digits, Chinese signs and a few marks stay and anything else becomes an underscore; the name has no hyphen, so
that what stands after the last one is the name. A code that would not stay as it is, or that differs from another only by capitals or by the
width of its signs, gets a tilde and eight digits of its own hash: no two sites share a name on any disk, whichever of them are printed.
"""

import hashlib
import re
import unicodedata

LONGEST_CODE, LONGEST_NAME = 40, 40
_UNSAFE_CODE, _UNSAFE_NAME = re.compile(r"[^\w.-]|~"), re.compile(r"[^\w]")


def file_name(county: str, code: str, name: str) -> str:
    """Return the file's name; the same site and name give the same, whatever else is printed."""
    plain = _cleaned(code, _UNSAFE_CODE, LONGEST_CODE)
    if plain != code or plain != plain.upper():
        plain += "~" + hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    called = _cleaned(name, _UNSAFE_NAME, LONGEST_NAME)
    return f"{county}-{plain}-{called or '_'}.pdf"


def _cleaned(text: str, unsafe: re.Pattern[str], longest: int) -> str:
    return unsafe.sub("_", unicodedata.normalize("NFKC", text))[:longest].strip(".")
