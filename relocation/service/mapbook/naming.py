"""What the file of a site's page is called: ADCODE-CODE-NAME.pdf.

Of the name and the code letters, digits, Chinese signs and a few marks stay and anything else becomes an underscore; the name has no hyphen, so
that what stands after the last one is the name. A code that would not stay as it is, or that differs from another only by capitals or by the
width of its signs, gets a tilde and twelve digits of its own hash: no two sites share a name on any disk, whichever of them are printed.
"""

import hashlib
import re
import unicodedata

LONGEST_BYTES = 90
"""Of the code and of the name each, in UTF-8: disks take 255 bytes for the whole."""
_UNSAFE_CODE, _UNSAFE_NAME = re.compile(r"[^\w.-]|~"), re.compile(r"[^\w]")


def file_name(county: str, code: str, name: str) -> str:
    """Return the file's name; the same site and name give the same, whatever else is printed."""
    plain = _cleaned(code, _UNSAFE_CODE)
    if plain != code or plain != plain.upper():
        plain += "~" + hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    called = _cleaned(name, _UNSAFE_NAME)
    return f"{county}-{plain}-{called or '_'}.pdf"


def _cleaned(text: str, unsafe: re.Pattern[str]) -> str:
    plain = unsafe.sub("_", unicodedata.normalize("NFKC", text))
    return plain.encode()[:LONGEST_BYTES].decode(errors="ignore").strip(".")
