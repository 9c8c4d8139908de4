"""Which walls stand round the reading of files on this system; found out by trying, once a run of the program."""

import json
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from relocation.intake import jail
from relocation.intake.forking import possible
from relocation.intake.inside import network

LAYERS = ("process", "forked", "limits", "no-new-privileges", "landlock", "namespace", "single", "drivers")
"""process: a process of its own a file; forked: from a warm one, at once; limits: memory, time, files; landlock: no file but the one, no TCP;
namespace: a network with nothing in it; single: no further process, no other program; drivers: GDAL knows the allowed formats only."""


@cache
def layers_on() -> Mapping[str, bool]:
    """Tell which of LAYERS protect the reading of files here, each tried from within; all False where no reading process starts."""
    with tempfile.TemporaryDirectory(prefix="relocation-") as folder:
        canary = Path(folder) / "canary"
        canary.write_text("canary", "ascii")
        asked = json.dumps({"canary": str(canary), "network": network()}).encode("utf-8")
        try:
            found = json.loads(jail.call("relocation.intake.inside:standing", [asked]))
        except (jail.Ended, jail.Refused, ValueError):
            return dict.fromkeys(LAYERS, False)
    return {name: bool({"process": True, "forked": possible(), **found}.get(name)) for name in LAYERS}
