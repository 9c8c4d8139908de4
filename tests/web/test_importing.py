import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import yaml
from flask.testing import FlaskClient

from relocation.service.office import open_office
from relocation.web import create_app
from relocation.web.wording import on_page
from tests.web.offices import HOME_HEADINGS, HOMES, NOW, SITE_HEADINGS, SITES, ledger
from tests.web.signed import signed_in


def fields(page: str) -> dict[str, str]:
    """Return the hidden fields of the form that confirms a preview."""
    form = re.search(r'<form[^>]*action="/import/store".*?</form>', page, re.DOTALL)
    assert form, page[-2000:]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))


def token(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/import").text)
    assert found
    return found[1]


def preview(client: FlaskClient, name: str, body: bytes, **options: str):
    return client.post("/import/preview", data={"csrf_token": token(client), "file": (BytesIO(body), name), **options})


def sites_in(client: FlaskClient) -> int:
    return int(client.get("/api/v1/sites").json["total"])


def test_a_preview_stores_nothing_and_the_confirmation_stores_and_checks(empty: FlaskClient, tmp_path: Path):
    body = ledger(tmp_path, "x.csv", SITE_HEADINGS, SITES).read_bytes()
    shown = preview(empty, "光山县安置点.csv", body)
    assert shown.status_code == 200
    assert "光山县安置点.csv" in shown.text
    assert sites_in(empty) == 0
    stored = empty.post("/import/store", data=fields(shown.text))
    assert stored.status_code == 200
    assert sites_in(empty) == 3
    assert sum(empty.get("/api/v1/check").json["counts"]["unit-cost"].values()) == 3
    assert "哪些户人均面积超" in empty.get("/").text


def test_a_changed_row_is_shown_as_before_and_after(empty: FlaskClient, tmp_path: Path):
    first = ledger(tmp_path, "a.csv", SITE_HEADINGS, SITES).read_bytes()
    empty.post("/import/store", data=fields(preview(empty, "a.csv", first).text))
    changed = [(*SITES[0][:12], "53", *SITES[0][13:]), *SITES[1:]]
    page = preview(empty, "b.csv", ledger(tmp_path, "b.csv", SITE_HEADINGS, changed).read_bytes()).text
    row = re.search(r"<tr><th[^>]*>S1</th>.*?</tr>", page, re.DOTALL)
    assert row
    assert re.sub(r"<[^>]+>|\s+", " ", row[0]).split() == ["S1", "安置户数", "52", "53"]


def test_the_same_file_twice_changes_nothing(empty: FlaskClient, tmp_path: Path):
    body = ledger(tmp_path, "a.csv", SITE_HEADINGS, SITES).read_bytes()
    empty.post("/import/store", data=fields(preview(empty, "a.csv", body).text))
    page = preview(empty, "a.csv", body).text
    assert "已经导入过" in page


def test_a_refused_cell_is_named_with_reason_and_mend_and_can_be_downloaded(empty: FlaskClient, tmp_path: Path):
    wrong = [HOMES[0], (*HOMES[1][:8], "三口半", *HOMES[1][9:])]
    shown = preview(empty, "户.csv", ledger(tmp_path, "h.csv", HOME_HEADINGS, wrong).read_bytes())
    assert "I3" in shown.text  # 核定搬迁人口 is the ninth column, the second household the third row
    assert "三口半" in shown.text
    stored = empty.post("/import/store", data=fields(shown.text)).text
    link = re.search(r'href="(/import/refused/[^"]+)"', stored)
    assert link
    book = openpyxl.load_workbook(BytesIO(empty.get(link[1]).data))  # noqa: TID251 - an oracle of its own
    assert any("三口半" in str(cell.value) for row in book.active.iter_rows() for cell in row)
    assert empty.get("/api/v1/households").json["total"] == 1


def test_refused_rows_are_given_to_nobody_but_who_brought_them(tmp_path: Path):
    store = open_office(tmp_path / "home")
    app = create_app(store, now=lambda: NOW)
    here, there = signed_in(app, ["keeper"], ["411522"]), signed_in(app, ["keeper"], ["411523"])
    wrong = [HOMES[0], (*HOMES[1][:8], "三口半", *HOMES[1][9:])]
    stored = here.post("/import/store", data=fields(preview(here, "户.csv", ledger(tmp_path, "h.csv", HOME_HEADINGS, wrong).read_bytes()).text))
    link = re.search(r'href="(/import/refused/[^"]+)"', stored.text)
    assert link, stored.text[-1000:]
    assert here.get(link[1]).status_code == 200
    assert there.get(link[1]).status_code == 404
    store.close()


@pytest.mark.parametrize("kind", ["sites", "households"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_blank_workbook_can_be_downloaded_and_opened(client: FlaskClient, kind: str, lang: str):
    answer = client.get(f"/import/template/{kind}.xlsx?lang={lang}")
    assert answer.status_code == 200
    assert openpyxl.load_workbook(BytesIO(answer.data)).sheetnames  # noqa: TID251 - an oracle of its own


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("空.csv", b""),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 64),
        ("x.vrt", b"<OGRVRTDataSource/>"),
        ("x.exe", b"MZ"),
        ("没有后缀", b"abc"),
        ("x.zip", b"PK\x05\x06" + b"\0" * 18),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(empty: FlaskClient, name: str, body: bytes):
    answer = preview(empty, name, body)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text
    assert len(re.sub(r"<[^>]+>", "", answer.text[answer.text.index("<main") :]).strip()) > 10


def test_nothing_chosen_is_said(empty: FlaskClient):
    answer = empty.post("/import/preview", data={"csrf_token": token(empty)})
    assert answer.status_code == 400
    assert "没有选择文件" in answer.text


@pytest.mark.parametrize("stored", ["", "../secret-key", "0" * 64, "0" * 64 + ".csv", "/etc/passwd"])
def test_only_a_previewed_file_can_be_confirmed(empty: FlaskClient, stored: str):
    answer = empty.post("/import/store", data={"csrf_token": token(empty), "stored": stored, "name": "x.csv"})
    assert answer.status_code == 400
    assert "预览过的文件已不在了" in answer.text


def test_an_uploaded_file_lies_under_its_hash_whatever_it_was_called(tmp_path: Path):
    from relocation.service.office import open_office
    from relocation.web import create_app
    from tests.web.offices import NOW

    opened = open_office(tmp_path / "home")
    client = create_app(opened, demo=True, now=lambda: NOW).test_client()
    preview(client, "../../etc/安置点.csv", ledger(tmp_path, "x.csv", SITE_HEADINGS, SITES).read_bytes())
    [folder] = (tmp_path / "home" / "uploads").iterdir()  # of whoever sent it
    [kept] = folder.iterdir()
    assert re.fullmatch(r"[0-9a-f]{64}\.csv\.sealed", kept.name)
    opened.close()


def test_a_file_turned_away_leaves_a_way_back_and_names_no_option_of_the_terminal(client: FlaskClient, tmp_path: Path):
    for lang, field in (("zh", "导入页的“坐标系”"), ("en", "“Coordinate system” on the import page")):
        client.get(f"/?lang={lang}")
        bare = [(*SITES[0][:8], "", *SITES[0][9:])]
        shown = preview(client, "点.csv", ledger(tmp_path, "s.csv", SITE_HEADINGS, bare).read_bytes())
        assert field in shown.text and "--crs" not in shown.text
        refused = preview(client, "x.csv", b"a,b,c\n1,2,3\n")
        body = refused.text[refused.text.index("<main") :]
        assert refused.status_code == 400 and 'href="/import"' in body
        assert not re.search(r"--\w|relocation \w", re.sub(r"<[^>]+>", " ", body))
    client.get("/?lang=zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_refusal_or_note_of_a_file_names_the_terminal_on_a_page(client: FlaskClient, lang: str):
    intake = Path(__file__).parents[2] / "relocation/intake"
    said = [text[lang] for part in yaml.safe_load((intake / "refusals.yaml").read_text("utf-8")).values() for text in part.values()]
    said += [part["mend"][lang] for code, part in yaml.safe_load((intake.parent / "store/troubles.yaml").read_text("utf-8")).items() if code == "no-layers"]
    assert any("--crs" in text for text in said)
    with client.application.test_request_context(f"/?lang={lang}"):
        assert not [text for text in map(on_page, said) if re.search(r"--[a-z]|relocation [a-z]", text)]


def test_a_grid_of_slopes_is_brought_in_on_the_page_and_told_what_it_lacks(empty: FlaskClient):
    body = b"ncols 2\nnrows 1\nxllcorner 114.9\nyllcorner 32\ncellsize 0.01\n10 40\n"
    asked = {"as_kind": "layer:steep_slopes", "county": "411522"}
    assert "栅格文件本身不带坐标系" in preview(empty, "坡度.asc", body, **asked).text
    shown = preview(empty, "坡度.asc", body, **asked, crs="WGS84")
    assert shown.status_code == 200 and "2 格中 2 格有数值，1 格大于 25 度" in shown.text
    assert empty.post("/import/store", data=fields(shown.text)).status_code == 200
