"""Reading a drawing of 100,000 entities: the bare primary reader, ezdxf, ours alone, and ours as the program reads (own process, packed, unpacked).

`python -m benchmarks.drawing_read [--scale 0.1]`. The drawing is made once, outside the clock: walls, windows, doors in blocks, furniture, texts.
"""

import io
import random
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.measure import Contest

ENTITIES = 100_000
INSIDE: dict[str, float] = {}
"""What the process of the last reading needed."""


@cache
def make(scale: float) -> Path:
    """Write the drawing (always the same for one scale) and return its path."""
    from ezdxf.filemanagement import new

    chance = random.Random(20181231)
    doc = new("R2010", setup=False)
    for layer in ("墙体", "窗", "门", "家具", "房间名称"):
        doc.layers.add(layer)
    model = doc.modelspace()
    door = doc.blocks.new("M0921")
    door.add_line((0, 0), (0, 900), {"layer": "门"})
    door.add_arc((0, 0), 900, 0, 90, dxfattribs={"layer": "门"})
    for number in range(round(ENTITIES * scale)):
        x, y = chance.uniform(0, 2e5), chance.uniform(0, 2e5)
        kind = number % 20
        if kind < 12:
            model.add_line((x, y), (x + chance.uniform(-3000, 3000), y), {"layer": "墙体"})
        elif kind < 14:
            model.add_lwpolyline([(x, y), (x + 500, y), (x + 500, y + 300), (x, y + 300)], close=True, dxfattribs={"layer": "家具"})
        elif kind < 15:
            model.add_arc((x, y), 600, 0, 90, dxfattribs={"layer": "门"})
        elif kind < 17:
            model.add_text(f"卧室 {number % 400 / 10:.1f}㎡", height=250, dxfattribs={"layer": "房间名称"}).set_placement((x, y))
        elif kind < 18:
            model.add_circle((x, y), 300, {"layer": "家具"})
        elif kind < 19:
            model.add_blockref("M0921", (x, y), {"layer": "门", "rotation": chance.choice((0, 90, 180, 270))})
        else:
            model.add_mtext(f"说明{number % 50}\\P构造柱", {"insert": (x, y), "char_height": 250, "layer": "房间名称"})
    stream = io.StringIO()
    doc.write(stream)
    path = Path(tempfile.mkdtemp(prefix="relocation-bench-")) / "总平面.dxf"
    path.write_bytes(stream.getvalue().encode(doc.output_encoding))
    return path


def bare(path: Path) -> int:
    """Read with the primary reader and take its dictionaries, nothing else."""
    import cadkit

    return sum(len(model["entities"]) for model in cadkit.read(path.read_bytes()).to_dict()["models"])


def other(path: Path) -> int:
    """Read with ezdxf, blocks left as they are."""
    from ezdxf.filemanagement import readfile

    return len(readfile(path).modelspace())


def alone(path: Path) -> Any:
    """Read with both readers, compare them and put every block in place, in this process."""
    from geo.drawing.read.reading import read

    return read(path.read_bytes(), path.name)


def whole(path: Path) -> Any:
    """Read as the program does: guarded, in a process of its own, packed and unpacked; the process's own needs stand beside the answer."""
    import resource

    from relocation.intake.drawings import read_drawing

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    drawing = read_drawing(path, path.name)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    INSIDE["cpu s"] = round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2)
    INSIDE["peak MB"] = round(after.ru_maxrss / 1024)
    return drawing


def facts(given: Path, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the seconds are worth."""
    found: dict[str, Any] = {"file MB": round(given.stat().st_size / 1e6, 1)}
    for way in ("ours alone", "ours, jailed"):
        if (drawing := answers.get(way)) is not None:
            found[way] = f"{len(drawing.entities)} entities in place, {len(drawing.lines.xy)} lines, read whole: {drawing.read_whole}"
    return found | {f"inside the process, {name}": value for name, value in INSIDE.items()}


contest = Contest(
    "100,000 entities of a DXF",
    prepare=make,
    ways={"bare cadkit": bare, "ezdxf": other, "ours alone": alone, "ours, jailed": whole},
    reference="bare cadkit",
    facts=facts,
    targets={"ours, jailed": "<= 3 s and <= 1 GB; its own peak above is the parent's"},
)

if __name__ == "__main__":
    contest.main(__spec__.name)
