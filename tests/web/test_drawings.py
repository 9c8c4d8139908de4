"""The pages of drawings: what they say, what is set right on them and stays, what they refuse."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from relocation.service.drawings.taking import take_in
from relocation.web import create_app
from tests.web.drawn import COUNTY, MOVED, OTHER, Drawn, drawn, files_of, opened, token
from tests.web.offices import HOSTILE, NOW

MAGIC = {"html": b"<!doctype html>", "pdf": b"%PDF", "dxf": b"  0", "svg": b"<svg", "xlsx": b"PK", "json": b"{"}

MEASURED = '量得建筑面积</dt><dd class="number">{}<'


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawn]:
    made = drawn(tmp_path_factory.mktemp("drawn"))
    yield made
    made.store.close()


@pytest.fixture
def client(office: Drawn) -> FlaskClient:
    return create_app(office.store, demo=True, now=lambda: NOW).test_client()


@pytest.fixture
def fresh(office: Drawn, tmp_path: Path) -> Iterator[tuple[Drawn, FlaskClient]]:
    """Return an office of its own, for tests that change it."""
    made = opened(office, tmp_path / "office")
    yield made, create_app(made.store, demo=True, now=lambda: NOW).test_client()
    made.store.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_tells_each_sites_pairs_types_and_drawings(client: FlaskClient, office: Drawn, lang: str):
    page = client.get(f"/drawings?lang={lang}").text
    assert f'href="/drawings/pairs/{office.pair}"' in page
    assert f'href="/drawings/{office.design}"' in page
    assert "C户型" in page
    assert "81" in page
    assert ("对不上，未比对" if lang == "zh" else "could not be laid over each other") in page
    assert re.search(r'href="/drawings" aria-current="page"', page)


def test_the_list_is_kept_to_one_site(client: FlaskClient):
    page = client.get("/drawings?site=S2").text
    assert 'id="s-S2"' in page
    assert 'id="s-S1"' not in page


def test_a_page_beyond_the_last_and_one_that_is_no_number_are_answered_in_words(client: FlaskClient):
    assert "还没有存入图纸" in client.get("/drawings?page=99").text
    assert client.get("/drawings?page=x").status_code == 400


def test_a_drawings_page_tells_what_was_understood_and_how_sure_it_is(client: FlaskClient, office: Drawn):
    page = client.get(f"/drawings/{office.design}").text
    for said in ("C户型", "量得建筑面积", "墙和门窗闭合", "门扇半径", "读出的内容一致", "线索，不是证据"):
        assert said in page, said
    assert re.search(MEASURED.format(75), page)


def test_the_picture_of_a_drawing_has_its_outline_in_metres(client: FlaskClient, office: Drawn):
    picture = client.get(f"/drawings/{office.design}/picture.json").json
    assert picture["metres"]
    [outline] = [one for one in picture["plans"] if not one["room"]]
    xs, ys = outline["rings"][0][::2], outline["rings"][0][1::2]
    assert max(xs) - min(xs) == pytest.approx(10.0, abs=1e-3)
    assert max(ys) - min(ys) == pytest.approx(7.5, abs=1e-3)


def test_the_pairs_page_says_what_each_unit_type_is_by_either_drawing(client: FlaskClient, office: Drawn):
    page = client.get(f"/drawings/pairs/{office.pair}").text
    assert "verdict-review" in page  # the ledger does not say for whom the type is, so that it is above the limit is not yet a breach
    assert "人均 27 平方米" in page
    assert "线索，不是证据" in page
    [judged] = client.get(f"/drawings/pairs/{office.pair}/picture.json").json["judged"]
    assert [side["outcome"] for side in judged["sides"]] == ["pass", "review"]
    assert judged["change"] == "施工图比设计图每人多 2 ㎡"


@pytest.mark.parametrize("form", list(MAGIC))
def test_a_comparison_comes_down_in_every_format(client: FlaskClient, office: Drawn, form: str):
    answer = client.get(f"/drawings/pairs/{office.pair}/comparison.{form}")
    assert answer.status_code == 200
    assert answer.data.startswith(MAGIC[form])
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_format_that_there_is_not_is_refused_in_words(client: FlaskClient, office: Drawn):
    answer = client.get(f"/drawings/pairs/{office.pair}/comparison.exe")
    assert answer.status_code == 400
    assert ".pdf" in answer.text


@pytest.mark.parametrize("address", ["/drawings/D000000000000", "/drawings/pairs/P000000000000", "/drawings/types/U0", "/drawings/D0/picture.json"])
def test_what_is_not_on_record_is_not_found_in_words(client: FlaskClient, address: str):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "<h1>" in answer.text


def test_findings_lead_to_the_pages_of_drawings(client: FlaskClient, office: Drawn):
    page = client.get("/findings?check=drawing-lineage").text
    assert f'href="/drawings/pairs/{office.pair}?county={COUNTY}"' in page
    assert "/drawings/types/" in client.get("/findings?check=unit-type-area").text


def test_no_page_of_drawings_has_inline_handlers_styles_or_scripts(client: FlaskClient, office: Drawn):
    for address in ("", f"/{office.design}", f"/pairs/{office.pair}", f"/pairs/{office.apart}", "/names?institute=甲院"):
        answer = client.get(f"/drawings{address}")
        assert answer.status_code == 200, address
        assert not re.search(r"\s(on\w+|style)=|javascript:|<style|<script(?! nonce)", answer.text), address


def test_a_decision_stands_after_the_drawing_was_taken_in_again(fresh: tuple[Drawn, FlaskClient], tmp_path: Path):
    office, client = fresh
    one = client.get(f"/drawings/pairs/{office.pair}/picture.json").json
    first = one["sets"][0]
    ids = " ".join(one["differences"][at]["id"] for at in first["members"])
    form = {"csrf_token": token(client), "differences": ids, "kind": "approved", "said": "建字〔2017〕8号", "set": str(first["number"])}
    answer = client.post(f"/drawings/decide?pair={office.pair}", data=form)
    assert answer.headers["Location"] == f"/drawings/pairs/{office.pair}#set-{first['number']}"
    _, again = files_of(MOVED, tmp_path / "again")
    take_in(office.store, again, role="construction", site="S1", county=COUNTY, now=NOW, name="施工图.dxf")
    later = client.get(f"/drawings/pairs/{office.pair}/picture.json").json
    assert "建字〔2017〕8号" in later["sets"][0]["decision"]
    assert [each["decision"] for each in later["sets"][1:]] == [""] * (len(later["sets"]) - 1)
    assert f"{len(first['members'])} 处" in client.get("/drawings?site=S1").text


@pytest.mark.parametrize("form", [{"kind": "approved", "said": ""}, {"kind": "ignored", "said": " "}, {"kind": "maybe", "said": "x"}])
def test_an_approval_without_a_number_and_a_dismissal_without_a_reason_are_refused(client: FlaskClient, office: Drawn, form: dict[str, str]):
    one = client.get(f"/drawings/pairs/{office.pair}/picture.json").json["differences"][0]["id"]
    answer = client.post(f"/drawings/decide?pair={office.pair}", data={"csrf_token": token(client), "differences": one, "set": "1", **form})
    assert answer.status_code == 400
    assert client.get(f"/drawings/pairs/{office.pair}/picture.json").json["sets"][0]["decision"] == ""


def correction(client: FlaskClient, code: str, **fields: object) -> dict[str, object]:
    walls = re.findall(r'name="wall_layer" value="([^"]+)" checked', client.get(f"/drawings/{code}").text)
    return {"csrf_token": token(client), "code": code, "wall_layer": walls, "drawn": "{}", "reason": "按批复改", **fields}


def test_the_persons_that_an_engineer_gives_are_judged_by_and_stay(fresh: tuple[Drawn, FlaskClient]):
    office, client = fresh
    answer = client.post("/drawings/correct", data=correction(client, office.construction, label="C户型", persons="4"), follow_redirects=True)
    assert answer.status_code == 200
    page = client.get(f"/drawings/{office.construction}").text
    assert "按批复改" in page
    assert re.search(r'name="persons" maxlength="2" value="4"', page)
    assert "改正为 4 人（图上写 3 人）" in page
    assert "人数 C户型 3 → 4" in page
    assert "C户型：人数改正为 4 人（图上写 3 人）" in client.get(f"/drawings/pairs/{office.pair}").text
    [judged] = client.get(f"/drawings/pairs/{office.pair}/picture.json").json["judged"]
    assert "÷ 4 人 = 每人 20.25 ㎡" in judged["sides"][1]["figures"]


def test_an_outline_that_was_traced_replaces_what_was_found(fresh: tuple[Drawn, FlaskClient]):
    office, client = fresh
    picture = client.get(f"/drawings/{office.design}/picture.json").json
    [found] = [one for one in picture["plans"] if not one["room"]]
    x, y = picture["origin"]
    xs, ys = [value + x for value in found["rings"][0][::2]], [value + y for value in found["rings"][0][1::2]]
    half = (min(xs) + max(xs)) / 2
    ring = [[min(xs), min(ys)], [half, min(ys)], [half, max(ys)], [min(xs), max(ys)]]
    form = correction(client, office.design, drawn=json.dumps({"gaps": [], "labels": [], "outlines": {"C户型": ring}}))
    client.post("/drawings/correct", data=form)
    page = client.get(f"/drawings/{office.design}").text
    assert re.search(MEASURED.format(37.5), page)
    assert "按人工描的轮廓" in page
    assert "轮廓 C户型" in page
    assert "切过闭合的房间" in page
    assert "C户型：面积按人工描的轮廓" in client.get(f"/drawings/pairs/{office.pair}").text
    [judged] = client.get(f"/drawings/pairs/{office.pair}/picture.json").json["judged"]
    assert ["（按人工描的轮廓）" in side["figures"] for side in judged["sides"]] == [True, False]
    [shown] = set(re.findall(r'href="(/drawings/types/[^"]+)"', client.get("/drawings?site=S1").text))
    assert "设计图 · C户型：面积按人工描的轮廓" in client.get(shown.replace("&amp;", "&")).text


@pytest.mark.parametrize("address", ["/drawings/{design}", "/drawings/pairs/{pair}", "/findings", "/actions"])
def test_no_page_shows_a_code_that_was_made_for_a_drawing(client: FlaskClient, office: Drawn, address: str):
    page = client.get(address.format(design=office.design, pair=office.pair)).text
    assert not re.search(r"\b[DPU][0-9a-f]{12}\b", re.sub(r"<[^>]+>", " ", page))


def test_the_list_shows_problems_first_and_keeps_to_what_is_asked_for(client: FlaskClient):
    everything = client.get("/drawings").text
    assert everything.index('id="s-S1"') < everything.index('id="s-S2"')
    problems = client.get("/drawings?which=problems").text
    assert 'id="s-S1"' in problems
    assert 'id="s-S2"' in client.get("/drawings?which=unreadable").text
    assert "上限 25" in everything


def test_what_goes_wrong_with_a_comparison_leads_back_to_the_drawings(client: FlaskClient):
    answer = client.post("/drawings/compare", data={"csrf_token": token(client)})
    assert answer.status_code == 400
    assert re.search(r'class="button first" href="/drawings"', answer.text)


def test_another_layer_for_the_walls_is_read_by_and_can_be_taken_back(fresh: tuple[Drawn, FlaskClient]):
    office, client = fresh
    before = client.get(f"/drawings/{office.design}").text
    other = next(layer for layer in re.findall(r'name="wall_layer" value="([^"]+)">', before) if "轴" in layer)
    client.post("/drawings/correct", data={**correction(client, office.design), "wall_layer": [other]})
    assert not re.search(MEASURED.format(75), client.get(f"/drawings/{office.design}").text)
    client.post("/drawings/correct", data={**correction(client, office.design), "wall_layer": []})
    after = client.get(f"/drawings/{office.design}").text
    assert re.search(MEASURED.format(75), after)
    assert "更正过 2 次" in after


def test_gaps_and_names_drawn_in_the_picture_are_kept_and_offered_again(fresh: tuple[Drawn, FlaskClient]):
    office, client = fresh
    drawn_ = {"gaps": [[1.0, 2.0, 3.5, 2.0]], "labels": [[8.0, 17.0, "储物间"]], "outlines": {}}
    assert client.post("/drawings/correct", data=correction(client, office.design, drawn=json.dumps(drawn_))).status_code == 302
    assert client.get(f"/drawings/{office.design}/picture.json").json["drawn"] == drawn_


def test_a_drawing_whose_unit_is_not_settled_says_so_and_shows_no_area(client: FlaskClient, office: Drawn):
    page = client.get(f"/drawings/{office.unmeasured}").text
    assert "不能据此判合规" in page
    assert "没有识出户型" in page
    picture = client.get(f"/drawings/{office.unmeasured}/picture.json").json
    assert not picture["metres"]
    assert picture["plans"] == []


@pytest.mark.parametrize(
    "fields", [{"reason": ""}, {"drawn": '{"gaps": [[1, 2, 3]]}'}, {"drawn": "[1]"}, {"unit_m": "1e9"}, {"unit_m": "x"}, {"label": "C户型", "persons": "-1"}]
)
def test_a_correction_without_a_reason_or_sense_is_refused_and_nothing_kept(client: FlaskClient, office: Drawn, fields: dict[str, str]):
    answer = client.post("/drawings/correct", data=correction(client, office.design, **fields))
    assert answer.status_code == 400
    assert "更正过" not in client.get(f"/drawings/{office.design}").text


def looked(client: FlaskClient, folder: Path, pair: str, **fields: str) -> str:
    one, two = files_of(pair, folder)
    with one.open("rb") as design, two.open("rb") as construction:
        form = {"csrf_token": token(client), "design": (design, one.name), "construction": (construction, two.name), **fields}
        return client.post("/drawings/compare", data=form).headers["Location"]


def test_two_files_are_compared_without_anything_being_kept(client: FlaskClient, office: Drawn, tmp_path: Path):
    before = client.get("/drawings").text
    address = looked(client, tmp_path, MOVED)
    page = client.get(address)
    assert page.status_code == 200
    assert "verdict-fail" in page.text
    picture = client.get(address.replace("/compared?", "/compared/picture.json?")).json
    assert picture["judged"][0]["change"] == "施工图比设计图每人多 2 ㎡"
    assert client.get(address.replace("/compared?", "/compared/comparison.pdf?")).data.startswith(b"%PDF")
    tokens = re.compile(r'(?:value|nonce|data-token)="[^"]+"')
    assert tokens.sub("", client.get("/drawings").text) == tokens.sub("", before)


def test_two_drawings_that_were_not_laid_over_each_other_are_laid_by_two_clicks(client: FlaskClient, tmp_path: Path):
    address = looked(client, tmp_path, OTHER)
    assert not client.get(address.replace("/compared?", "/compared/picture.json?")).json["together"]
    points = {"old_1": "6000 14500", "new_1": "-4000 -9000", "old_2": "16000 14500", "new_2": "6000 -9000"}
    answer = client.post(address.replace("/compared?", "/compared/align?"), data={"csrf_token": token(client), **points})
    laid = client.get(answer.headers["Location"].replace("/compared?", "/compared/picture.json?")).json
    assert laid["together"]
    assert any("按人工指定的两点" in note for note in laid["notes"])


@pytest.mark.parametrize("points", [{}, {"old_1": "1 2", "new_1": "1 2", "old_2": "1 2", "new_2": "nan 1"}, {"old_1": "x"}])
def test_clicks_that_say_nothing_are_refused_in_words(client: FlaskClient, office: Drawn, points: dict[str, str]):
    answer = client.post(f"/drawings/align?pair={office.apart}", data={"csrf_token": token(client), **points})
    assert answer.status_code == 400
    assert "两张图" in answer.text


def test_a_kept_pair_is_laid_by_two_clicks_and_stays_so(fresh: tuple[Drawn, FlaskClient]):
    office, client = fresh
    points = {"old_1": "6000 14500", "new_1": "-4000 -9000", "old_2": "16000 14500", "new_2": "6000 -9000"}
    answer = client.post(f"/drawings/align?pair={office.apart}", data={"csrf_token": token(client), **points})
    assert answer.status_code == 302
    assert client.get(f"/drawings/pairs/{office.apart}/picture.json").json["together"]
    assert not client.get(f"/drawings/pairs/{office.apart}/picture.json?apart=1").json["together"]


@pytest.mark.parametrize("data", [b"", b"not a drawing at all", b"AC1032" + bytes(200), b"  0\nSECTION\n  2\nENTITIES\n"])
def test_a_file_that_is_no_drawing_is_refused_in_words(client: FlaskClient, tmp_path: Path, data: bytes):
    path = tmp_path / "bad.dxf"
    path.write_bytes(data)
    with path.open("rb") as file:
        answer = client.post("/drawings/take-in", data={"csrf_token": token(client), "site": f"{COUNTY} S1", "role": "design", "file": (file, "bad.dxf")})
    assert answer.status_code == 400
    assert "Traceback" not in answer.text
    assert "编号告诉维护人员" not in answer.text


def test_a_drawing_goes_from_the_form_to_a_site(fresh: tuple[Drawn, FlaskClient], tmp_path: Path):
    _, client = fresh
    one, _ = files_of(MOVED, tmp_path / "third")
    with one.open("rb") as file:
        form = {"csrf_token": token(client), "site": f"{COUNTY} S3", "role": "design", "file": (file, "第三处.dxf"), "institute": "甲设计院"}
        answer = client.post("/drawings/take-in", data=form)
    assert answer.status_code == 200
    assert "识出 1 个户型：C户型" in answer.text
    assert re.search(r"[DPU][0-9a-f]{12}", re.sub(r"<[^>]+>", " ", answer.text)) is None
    page = client.get("/drawings?site=S3").text
    assert "第三处.dxf" in page
    assert "甲设计院" in client.get("/drawings/names").text


def test_an_institutes_names_are_kept_as_versions_with_their_reasons(fresh: tuple[Drawn, FlaskClient]):
    _, client = fresh
    form = {"csrf_token": token(client), "institute": "甲院", "layers.wall": "QIANG，1-墙", "layers.text": "", "reason": "院标"}
    answer = client.post("/drawings/names/keep", data=form, follow_redirects=True)
    assert "版本 1" in answer.text
    assert 'value="QIANG，1-墙"' in answer.text
    assert "院标" in answer.text
    refused = client.post("/drawings/names/keep", data={**form, "reason": ""})
    assert refused.status_code == 400


def test_hostile_file_names_and_institutes_show_as_they_are(client: FlaskClient, tmp_path: Path):
    address = urlsplit(looked(client, tmp_path, MOVED))
    for one, two in zip(HOSTILE[::2], HOSTILE[1::2], strict=True):
        page = client.get(address.path, query_string={**dict(parse_qsl(address.query)), "name_one": f"{one}.dxf", "name_two": f"{two}.dxf"}).text
        assert str(escape(f"{one}.dxf → {two}.dxf")) in page
        assert not re.search(r"<img|<script(?! nonce)|<svg[/ ]onload|<b>粗体|onerror=\"", page), (one, two)
    for name in HOSTILE:
        assert str(escape(name)) in client.get("/drawings/names", query_string={"institute": name}).text, name


@pytest.mark.parametrize(("fields", "status", "known"), [({"persons": "Z=3"}, 400, "C户型"), ({"institute": "无名院"}, 404, "无名院")])
def test_a_unit_type_or_institute_that_is_not_known_is_refused_on_the_page_too(
    client: FlaskClient, tmp_path: Path, fields: dict[str, str], status: int, known: str
):
    answer = client.get(looked(client, tmp_path, MOVED, **fields))
    assert answer.status_code == status
    assert known in answer.text
