"""Relocation compliance: from a county's ledgers to findings, pages and maps."""

import sys
from pathlib import Path

# An installed wheel carries `checks` and `geo` in here, so that it takes one name in site-packages, not three.
_parts = Path(__file__).with_name("_parts")
if _parts.is_dir() and str(_parts) not in sys.path:
    sys.path.insert(0, str(_parts))
