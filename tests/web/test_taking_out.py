"""What leaves as a file is noted: exports with their filters and rows, originals only for those who may see people as they are."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from relocation.evidence.chain import Event
from relocation.service import Store, Trouble, taking_out
from relocation.service.office import open_office
from relocation.store import log
from relocation.web import create_app
from tests.evidence.photos import taken_at
from tests.service.evidence_office import OURS, SITE_LAT, SITE_LON, attach, fill
from tests.web.signed import signed_in

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = fill(open_office(tmp_path / "home"), tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def app(store: Store) -> Flask:
    return create_app(store, now=lambda: NOW)


def noted(store: Store, action: str) -> list[Event]:
    with store.reading() as connection:
        return log.everything(connection, action)


def test_every_export_is_noted_with_its_filters_and_rows_and_asking_for_headers_is_not(app: Flask, store: Store) -> None:
    viewer = signed_in(app, ["viewer"], [OURS], name="leader")
    addresses = ("/findings.csv?outcome=fail&text=演三四", "/findings.xlsx", "/ledger/workbook.xlsx", "/actions.xlsx", "/map.html")
    for address in addresses:
        assert viewer.head(address).status_code == 200
    assert noted(store, "export.") == []
    for address in addresses:
        assert viewer.get(address).status_code == 200
    made = noted(store, "export.")
    assert [one.subject for one in made] == ["findings.csv", "findings.xlsx", "ledger.xlsx", "actions.xlsx", "map.html"]
    assert {(one.who, one.county) for one in made} == {("leader", OURS)}
    assert (made[0].new["filters"]["text"], made[0].new["rows"]) == ("…", 0)
    assert "fail" in made[0].new["filters"]["outcome"]
    assert made[-1].new["rows"] == 1  # the county's only site


def test_an_original_needs_the_right_to_reveal_and_is_noted_and_the_copy_is_for_everybody(app: Flask, store: Store, tmp_path: Path) -> None:
    row = attach(store, tmp_path, taken_at(datetime(2018, 5, 3, 10, 22, tzinfo=UTC), SITE_LON, SITE_LAT), "H0001")
    viewer, keeper = signed_in(app, ["viewer"], [OURS]), signed_in(app, ["keeper"], [OURS])
    refused = viewer.get(f"/evidence/{row.id}/original")
    assert refused.status_code == 403
    assert b"Exif" not in refused.data
    assert viewer.get(f"/evidence/{row.id}/picture.jpg").status_code == 200
    assert f"/evidence/{row.id}/original" not in viewer.get(f"/evidence/{row.id}").text
    assert noted(store, "evidence.taken-out") == []
    assert b"Exif" in keeper.get(f"/evidence/{row.id}/original").data
    (event,) = noted(store, "evidence.taken-out")
    assert (event.who, event.county, event.township, event.subject, event.files) == ("keeper-411522", OURS, "甲乡", str(row.id), (row.sha256,))


def test_where_nothing_can_be_written_an_export_goes_out_and_an_original_does_not(store: Store, tmp_path: Path) -> None:
    row = attach(store, tmp_path, taken_at(datetime(2018, 5, 3, 10, 22, tzinfo=UTC), SITE_LON, SITE_LAT), "H0001")
    store.close()
    database = tmp_path / "home" / "relocation.db"
    kept = open_office(tmp_path / "home", f"sqlite:///file:{database}?mode=ro&uri=true")
    try:
        assert taking_out.note_export(kept, "findings.csv", 1, {}, now=NOW) is False
        with pytest.raises(Trouble) as refused:
            taking_out.note_original(kept, OURS, "甲乡", row.id, row.sha256, now=NOW)
        assert refused.value.code == "original-unnoted"
    finally:
        kept.close()
