"""From a file to what it holds: by its content to a reader, by its headings to a kind, row by row to records."""

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from itertools import chain, islice
from pathlib import Path
from typing import Any

from checks.records import RecordKind
from checks.vocabulary import LAYERS, WORKBOOKS
from relocation.intake.assemble import Assembly, Told
from relocation.intake.guard import Guard, sniff
from relocation.intake.headings import HEADING_ROWS, Heading, Recogniser, extra_rows
from relocation.intake.layers import KNOWN, LAYER, layer_file
from relocation.intake.ledger import LayerFile, Ledger
from relocation.intake.refusal import Fact, Note, Refusal, Unusable, Words
from relocation.intake.rows import RowReader, words
from relocation.intake.sheet import Row, Sheet
from relocation.intake.unkept import note_of
from relocation.intake.values import is_blank, text_of

ROWS, COLUMNS = 300_000, 256
NEAR = 0.8  # names as alike as this are taken for one misspelt
NOTES_SHEETS = frozenset({"填写说明", "Notes"})  # of our own blank workbooks
_FORMATS = {
    ".xlsx": "zip",
    ".xls": "ole",
    ".csv": "text",
    ".geojson": "json",
    ".json": "json",
    ".gpkg": "sqlite",
    ".zip": "zip",
    ".kml": "kml",
    ".kmz": "zip",
    ".asc": "text",
}
_VECTORS = frozenset({".geojson", ".json", ".gpkg", ".zip", ".kml", ".kmz"})
Progress = Callable[[int, int], None]


def read_file(
    path: Path,
    *,
    as_kind: str | None = None,
    county: str | None = None,
    crs: str | None = None,
    boundary: Any = None,
    file_name: str = "",
    progress: Progress | None = None,
    steep_over: float | None = None,
) -> list[Ledger | LayerFile]:
    """Read a file as `relocation.intake.read_all` describes, but in this process: for the reading process itself, and for tests."""
    file_name = file_name or path.name
    told = Told(file_name, county, crs, boundary, steep_over)
    guard = Guard(path, file_name)
    guard.size()
    suffix = Path(file_name).suffix.lower() or path.suffix.lower()
    check_content(path, suffix, guard)
    if suffix in _VECTORS:
        from relocation.intake.vector import read_vector

        return read_vector(path, suffix, guard, told, as_kind, progress)
    if suffix == ".asc":
        from relocation.intake.grid import read_grid

        return list(read_grid(path, guard, told, as_kind))
    found: list[Ledger | LayerFile] = []
    left_out: list[Note] = []
    for sheet in sheets(path, suffix, guard):
        one = _read_sheet(sheet, told, as_kind, progress)
        if isinstance(one, Note):
            left_out.append(one)
        elif one is not None:
            found.append(one)
    if not found:
        raise _unrecognised(guard, left_out, as_kind)
    return [*found[:-1], _with_notes(found[-1], left_out)]


def _with_notes(one: Ledger | LayerFile, notes: Sequence[Note]) -> Ledger | LayerFile:
    from dataclasses import replace

    return replace(one, notes=(*one.notes, *notes))


def sheets(path: Path, suffix: str, guard: Guard) -> Iterator[Sheet]:
    """Yield the sheets of a workbook or text table."""
    from relocation.intake import text, workbook

    if suffix == ".xlsx":
        yield from workbook.open_xlsx(path, guard)
    elif suffix == ".xls":
        yield from workbook.open_xls(path, guard)
    else:
        yield text.open_csv(path, guard)


def check_content(path: Path, suffix: str, guard: Guard) -> None:
    """Refuse a file whose content is not what its suffix says, in words that help with the usual mix-ups."""
    if suffix in (".shp", ".shx", ".dbf", ".prj"):
        raise guard.refuse("shapefile-unzipped")
    if suffix not in _FORMATS:
        raise guard.refuse("format-unknown", suffix=suffix or "—")
    content, wanted = sniff(path), _FORMATS[suffix]
    if content == wanted or (wanted == "kml" and content == "xml"):
        return
    if suffix in (".xls", ".xlsx") and content in ("html", "text", "xml"):
        raise guard.refuse("saved-as-text", suffix=suffix, content=content)
    if suffix == ".xlsx" and content == "ole":
        from relocation.intake.workbook import check_compound

        check_compound(path, guard)
    if suffix == ".xlsx" and content == "binary":
        raise guard.refuse("file-truncated")
    raise guard.refuse("suffix-differs", suffix=suffix, content=content)


def _unrecognised(guard: Guard, left_out: Sequence[Note], as_kind: str | None) -> Unusable:
    if not left_out:
        return guard.refuse("nothing-in-it")
    seen = str(left_out[0].facts.get("seen", ""))
    if as_kind:
        return guard.refuse("not-that-kind", kind=as_kind, seen=seen)
    return guard.refuse("not-recognised", seen=seen)


def kinds_for(as_kind: str | None, guard_refuse: Callable[..., Unusable]) -> list[RecordKind]:
    """Return the kinds to look for; Unusable for a kind that does not exist."""
    if as_kind is None:
        return list(WORKBOOKS.values())
    if as_kind in WORKBOOKS:
        return [WORKBOOKS[as_kind]]
    if as_kind.startswith("layer:") and (layer := as_kind.removeprefix("layer:").strip()):
        if layer not in LAYERS and (near := get_close_matches(layer, LAYERS, n=1, cutoff=NEAR)):
            raise guard_refuse("layer-unknown", layer=layer, near=near[0], known=KNOWN)
        return [LAYER]
    raise guard_refuse("kind-unknown", kind=as_kind, known=", ".join(WORKBOOKS))


def _read_sheet(sheet: Sheet, told: Told, as_kind: str | None, progress: Progress | None) -> Ledger | LayerFile | Note | None:
    """Return what a sheet holds; a note when it is left out, None when it is empty."""

    def refuse(code: str, **facts: Any) -> Unusable:
        return Unusable(Refusal(code, told.file, sheet.name, facts=facts))

    kinds = kinds_for(as_kind, refuse)
    if sheet.height > ROWS + 50:
        raise refuse("too-many-rows", rows=sheet.height, limit=ROWS)
    above = list(islice(sheet.rows, HEADING_ROWS + 5))
    if all(is_blank(cell) for row in above for cell in row):
        return None
    if max(map(len, above)) > COLUMNS:
        raise refuse("too-many-columns", columns=max(map(len, above)), limit=COLUMNS)
    if sheet.name in NOTES_SHEETS:
        return None
    if sheet.hidden:
        return Note("sheet-hidden", told.file, sheet.name)
    heading = Recogniser(kinds).find(above, sheet.merges, sheet.left)
    if heading is None:
        seen = "、".join(text_of(cell).strip() for cell in max(above, key=lambda row: sum(not is_blank(cell) for cell in row)) if not is_blank(cell))
        return Note("sheet-left-out", told.file, sheet.name, facts={"seen": seen[:120]})
    if heading.rival is not None:
        kinds_met = [heading.kind, heading.rival]
        named = {"one": Words(heading.kind.zh, heading.kind.en), "other": Words(heading.rival.zh, heading.rival.en)}
        raise refuse("kind-unclear", **named, first=kinds_met[0].ledger, second=kinds_met[1].ledger)
    return read_recognised(sheet, heading, above, told, as_kind, progress)


def read_recognised(
    sheet: Sheet, heading: Heading, above: list[Row], told: Told, as_kind: str | None, progress: Progress | None, shapes: Any = None
) -> Ledger | LayerFile:
    """Read the rows below a heading; `above` are the sheet's first rows, already taken from it."""
    if heading.doubles:
        one, other = heading.doubles[0]
        cells = [f"{sheet.letter(each.at)}{sheet.number(heading.last)}" for each in (one, other)]
        raise Unusable(
            Refusal("heading-twice", told.file, sheet.name, cells[0], one.heading, {"field": words(one.column), "other": cells[1], "heading": one.heading})
        )
    absent = [column for column in heading.kind if column.required and column.name != "code" and column.name not in {one.column.name for one in heading.fields}]
    if absent:
        raise Unusable(Refusal("heading-missing", told.file, sheet.name, facts={"field": words(absent[0])}))
    start = heading.last + 1
    extra = extra_rows(above[start:])
    is_layer = heading.kind is LAYER
    reader = RowReader(sheet, heading, extra, above[: heading.first], told.file, keep_others=is_layer)
    typed = reader.read(chain(above[start + extra.rows :], sheet.rows), start + extra.rows, progress)
    if not len(typed.numbers):
        raise Unusable(Refusal("no-rows", told.file, sheet.name, facts={"kind": Words(heading.kind.zh, heading.kind.en)}))
    typed.notes[:0] = _notes(sheet, heading, extra.notes, above, told.file, is_layer)
    if is_layer:
        return layer_file(sheet, heading, typed, told, as_kind or "", shapes)
    assembly = Assembly(sheet, heading, typed, told)
    if shapes is not None:
        shapes.attach(assembly)
    return assembly.ledger()


def _notes(sheet: Sheet, heading: Heading, extra: list[tuple[int, str]], above: list[Row], file: str, is_layer: bool) -> list[Note]:
    kind = Words(heading.kind.zh, heading.kind.en)
    notes = [
        Note(
            "recognised-layer" if sheet.labels else "recognised",
            file,
            sheet.name,
            None,
            {"kind": kind, "row": sheet.number(heading.last), "fields": len(heading.fields)},
        )
    ]
    for place in range(0 if sheet.labels else heading.first):
        said = " ".join(text_of(cell).strip() for cell in above[place] if not is_blank(cell))
        if said:
            notes.append(Note("row-title", file, sheet.name, sheet.number(place), {"text": said[:60]}))
    notes += [Note(f"row-{what}", file, sheet.name, sheet.number(heading.last + 1 + below)) for below, what in extra]
    if not is_layer:
        notes += [Note(note_of(text), file, sheet.name, None, {"column": sheet.letter(at), "heading": text}) for at, text in heading.unknown]
    for left_out, taken in () if is_layer else heading.spare:
        facts: dict[str, Fact] = {"column": sheet.letter(left_out.at), "heading": left_out.heading, "taken": taken.heading, "field": words(taken.column)}
        notes.append(Note("column-spare", file, sheet.name, None, facts))
    return notes
