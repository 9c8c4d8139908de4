"""Excel workbooks to sheets, through calamine, behind the guard."""

from collections.abc import Iterator
from pathlib import Path

from relocation.intake.error_cells import READ_BY_PARSER, Inside
from relocation.intake.guard import Guard
from relocation.intake.old_workbook import look
from relocation.intake.refusal import Refusal, Unusable
from relocation.intake.sheet import Merge, Sheet, letter
from relocation.intake.workbook_guard import check_workbook

OLD_BYTES = 64 << 20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def open_xlsx(path: Path, guard: Guard) -> Iterator[Sheet]:
    """Yield the sheets of an .xlsx that passed the guard."""
    inside = check_workbook(guard)
    for name, errors in inside.errors.items():
        for (row, column), text in errors.items():
            if text not in READ_BY_PARSER:
                cell = f"{letter(column)}{row + 1}"
                raise Unusable(Refusal("error-too-new", guard.file, str(name), cell, text, {"error": text}))
    yield from _sheets(path, guard, "workbook", inside)


def open_xls(path: Path, guard: Guard) -> Iterator[Sheet]:
    """Yield the sheets of an old .xls workbook."""
    if path.stat().st_size > OLD_BYTES:
        raise guard.refuse("file-too-large", size_mib=path.stat().st_size >> 20, limit_mib=OLD_BYTES >> 20)
    check_compound(path, guard)
    yield from _sheets(path, guard, "old-workbook", look(path.read_bytes(), guard))


def check_compound(path: Path, guard: Guard) -> None:
    """Refuse a compound file that is a protected workbook, or no workbook at all."""
    content = path.read_bytes()
    if _ENCRYPTED in content:
        raise guard.refuse("file-protected")
    if not any(book in content for book in _BOOKS):
        raise guard.refuse("not-a-workbook")


def _sheets(path: Path, guard: Guard, origin: str, inside: Inside) -> Iterator[Sheet]:
    import python_calamine as calamine  # late: most commands read no workbook

    try:
        with path.open("rb") as file:
            book = calamine.CalamineWorkbook.from_filelike(file)
            for place, found in enumerate(book.sheets_metadata):
                if found.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                name, shown = found.name, found.visible == calamine.SheetVisibleEnum.Visible
                sheet = book.get_sheet_by_name(name)
                merges = [Merge(*start, *end) for start, end in sheet.merged_cell_ranges or []]
                left = sheet.start[1] if sheet.start else 0
                yield Sheet(
                    name,
                    sheet.total_height,
                    sheet.iter_rows(),
                    origin,
                    left,
                    merges,
                    inside.since_1904,
                    hidden=not shown,
                    errors=inside.errors.get(place if origin == "old-workbook" else name, {}),
                )
    except calamine.PasswordError:
        raise guard.refuse("file-protected") from None
    except (calamine.CalamineError, OSError, ValueError):
        raise guard.refuse("file-truncated") from None
