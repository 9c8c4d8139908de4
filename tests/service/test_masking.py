"""What belongs to a person is masked in every ledger, wherever it is shown: changes, pages, findings, exports, refusals."""

from pathlib import Path

import pytest

from checks.records import RecordKind
from checks.vocabulary import LEDGERS
from relocation.service import Store, checking, findings, importing, lawbook
from relocation.service.exporting import exported
from relocation.service.registers import fields_of
from relocation.service.showing import shown
from tests.service.conftest import NOW
from tests.service.test_checking import AS_OF

NUMBER, OTHER = "990101196303139033", "99010119700101001X"
NAME, OTHER_NAME = "演某某", "演另一"
PEOPLE = [kind for kind in LEDGERS.values() if any(column.personal for column in kind)]


def line(kind: RecordKind, number: str, name: str) -> tuple[str, str]:
    """Return the heading and one line with every personal column of a kind filled in."""
    columns = [column for column in kind if column.personal or column.name in ("code", "township")]
    cells = {"code": "X1", "township": "东岭乡", "id_number": number}
    return ",".join(column.zh for column in columns), ",".join(cells.get(column.name, name) for column in columns)


def said_everywhere(store: Store, kind: RecordKind, folder: Path) -> str:
    """Bring a record, change it, judge it, and return all that the program says of it."""
    said = []
    for number, name in ((NUMBER, NAME), (OTHER, OTHER_NAME)):
        path = folder / "a.csv"
        path.write_text("\n".join(line(kind, number, name)) + "\n", "utf-8")
        said += [str(report.json("zh")) for report in importing.import_files(store, [path], now=NOW, as_kind=kind.ledger, county="411522")]
    checking.check(store, as_of=AS_OF, now=NOW)
    said += [str(fields_of(store, kind.id, "411522", "X1", lang)) for lang in ("zh", "en")]
    said += [str(findings.finding_json(one, "zh", lawbook.instruments(store))) for one in findings.findings(store, limit=500).findings]
    return "".join(said) + "".join(exported(store, form, "zh").decode("utf-8-sig") for form in ("json", "csv", "geojson"))


@pytest.mark.parametrize("kind", PEOPLE, ids=lambda kind: kind.id)
def test_no_name_and_no_number_is_said_whole(store: Store, tmp_path: Path, kind: RecordKind) -> None:
    said = said_everywhere(store, kind, tmp_path)
    assert "演＊＊" in said
    assert not [secret for secret in (NUMBER, OTHER, NAME, OTHER_NAME) if secret in said]


@pytest.mark.parametrize("column", [column for kind in PEOPLE for column in kind if column.personal], ids=lambda column: column.name)
def test_a_personal_value_is_shown_masked(column: object) -> None:
    assert shown(column, NUMBER, "zh") not in (NUMBER, "")  # type: ignore[arg-type]


def test_a_refused_cell_of_a_person_is_shown_masked(store: Store, tmp_path: Path) -> None:
    for kind in PEOPLE:
        path = tmp_path / "b.csv"
        path.write_text("\n".join(line(kind, NUMBER[:-1] + "1", NAME)) + "\n", "utf-8")
        for report in importing.import_files(store, [path], now=NOW, as_kind=kind.ledger, county="411522"):
            assert report.refusals
            assert NUMBER[:-1] not in str(report.json("zh"))
            assert NAME not in str(report.json("zh"))
