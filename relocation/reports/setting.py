"""What is printed is set by Typst, with the font that comes with the program's packages, so that it is the same on every machine.

What comes from ledgers, files and people reaches Typst as data only and is never taken for markup.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from relocation.reports.wording import legible
from relocation.resources import folder

_PICTURE = b'#set page(width: auto, height: auto, margin: 0pt)\n#set text(font: ("Noto Sans SC",))\n#image(bytes(sys.inputs.picture), format: "svg")'


def pdf_of(template: str, data: Mapping[str, Any], *, root: Path | None = None, **texts: str) -> bytes:
    """Return a PDF. Same template and data, same bytes.

    template: its path below `templates`, such as visits/dossier.typ; it reads `data` as JSON and each of `texts` as it is
    root    : the folder whose files the template may read; by default its own, never one outside
    """
    made = _compiler().compile(
        template_bytes(template),
        root=str(root or (folder("templates") / template).parent),
        font_paths=[str(fonts())],
        ignore_system_fonts=True,
        sys_inputs={"data": legible(json.dumps(data, ensure_ascii=False)), **texts},
        timestamp=0,
        pdf_tags=False,
    )
    return bytes(made)


def png_of(picture: str, dots_per_inch: int = 192) -> bytes:
    """Return a picture (SVG) as PNG, for files that hold no SVG."""
    made = _compiler().compile(
        _PICTURE, format="png", ppi=float(dots_per_inch), font_paths=[str(fonts())], ignore_system_fonts=True, sys_inputs={"picture": picture}
    )
    return bytes(made)


def fonts() -> Path:
    """Return the folder of the font package; it is found as files, because the compiler reads them from the disk."""
    return Path(str(files("pylopdf_fonts_zh_cn")))


@cache
def template_bytes(template: str) -> bytes:
    """Return a template, so that whoever keeps pages also knows when it is another."""
    return (folder("templates") / template).read_bytes()


def _compiler() -> Any:
    import typst  # late: only who prints loads the compiler

    return typst  # whose types speak of one kind of input only
