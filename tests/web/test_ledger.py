"""The ledger's pages: what is wrong, what can be done by whom, two versions side by side, many in one go, nothing of another county."""

import base64
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relocation.service import Store
from relocation.service.office import open_office
from relocation.web import create_app
from tests.web.ledgering import ONE, main, post, seen
from tests.web.offices import NOW, hostile, ordinary
from tests.web.signed import signed_in, token


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of an office that is closed: each test opens a copy of it."""
    home = tmp_path_factory.mktemp("made") / "home"
    home.mkdir()
    ordinary(home).close()
    return home


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Iterator[Store]:
    opened = open_office(Path(shutil.copytree(made, tmp_path / "home")))
    yield opened
    opened.close()


@pytest.fixture
def pages(office: Store) -> Flask:
    return create_app(office, now=lambda: NOW)


@pytest.fixture
def keeper(pages: Flask) -> FlaskClient:
    return signed_in(pages, ["keeper"], ["411522"])


@pytest.fixture
def reviewer(pages: Flask) -> FlaskClient:
    return signed_in(pages, ["reviewer"], ["411522"])


def opened(client: FlaskClient) -> None:
    """Open the entry of household H2, whose home is too large."""
    post(client, "/ledger/open", check="living-area", kind="household", county="411522", subject="H2")


def test_an_empty_ledger_says_how_to_begin_in_both_languages(keeper: FlaskClient) -> None:
    assert "台账里还没有条目" in main(keeper, "/ledger")
    assert "The ledger has no entries yet" in main(keeper, "/ledger?lang=en")


def test_a_finding_is_opened_from_its_card_and_leads_to_its_entry(keeper: FlaskClient) -> None:
    assert "登记入台账" in main(keeper, "/households/H2")
    opened(keeper)
    page = main(keeper, f"/ledger/{ONE}")
    assert "32.13" in page  # 96.4 square metres of three
    assert "这个结论是怎么得出的" in page
    assert "演三四" not in page
    assert f"/ledger/{ONE}" in main(keeper, "/households/H2")
    assert f"/ledger/{ONE}" in main(keeper, "/findings")
    assert "整改台账 1 条" in main(keeper, "/")


def test_the_form_of_a_move_is_there_for_whoever_may_make_it_and_for_nobody_else(pages: Flask, keeper: FlaskClient, reviewer: FlaskClient) -> None:
    opened(keeper)
    viewer = signed_in(pages, ["viewer"], ["411522"])
    forms = {who: set(re.findall(r'name="move" value="([^"]+)"', main(client, f"/ledger/{ONE}"))) for who, client in
             (("keeper", keeper), ("reviewer", reviewer), ("viewer", viewer))}  # fmt: skip
    assert forms == {"keeper": {"assign", "edit", "extend-request"}, "reviewer": {"accept", "dismiss"}, "viewer": set()}
    assert viewer.post(f"/ledger/{ONE}/move", data={"csrf_token": token(viewer), "move": "assign", "unit": "x", "version": "1"}).status_code == 403
    assert reviewer.post(f"/ledger/{ONE}/move", data={"csrf_token": token(reviewer), "move": "assign", "unit": "x", "version": "1"}).status_code == 403


def test_nobody_of_another_county_or_township_sees_it(pages: Flask, keeper: FlaskClient) -> None:
    opened(keeper)
    for places in (["411523"], ["411522/乙乡"]):
        other = signed_in(pages, ["keeper", "reviewer"], places)
        assert other.get(f"/ledger/{ONE}").status_code == 404
        assert ONE not in other.get("/ledger").text
        assert other.get("/ledger/timeline/household/411522/H2").status_code == 404
        form = {"csrf_token": token(other), "move": "assign", "unit": "x", "version": "1"}
        assert other.post(f"/ledger/{ONE}/move", data=form).status_code == 404
        assert other.post("/ledger/bulk", data={**form, "which": "picked", "entry": ONE}).status_code == 200
        assert ONE not in other.post("/ledger/bulk", data={**form, "which": "picked", "entry": ONE}).text
    assert ONE in signed_in(pages, ["viewer"], ["411522/甲乡"]).get("/ledger").text


def submitted(client: FlaskClient) -> None:
    opened(client)
    for form in ({"move": "assign", "unit": "甲乡人民政府"}, {"move": "start"}, {"move": "submit", "measure": "收回一间"}):
        post(client, f"/ledger/{ONE}/move", **form)


def test_who_acts_next_is_said_and_that_nothing_is_attached(keeper: FlaskClient, reviewer: FlaskClient) -> None:
    submitted(keeper)
    page = main(keeper, f"/ledger/{ONE}")
    assert "等待验收人员办理" in page
    assert "要收回提交" in page
    assert "还没有佐证材料" in main(reviewer, f"/ledger/{ONE}")


def test_whoever_submitted_and_could_verify_others_reads_why_not_this_one(pages: Flask) -> None:
    both = signed_in(pages, ["keeper", "reviewer"], ["411522"])
    submitted(both)
    page = main(both, f"/ledger/{ONE}")
    assert "验收要由另一个人办理" in page
    assert 'value="verify"' not in page


def test_a_missing_right_is_told_in_words_and_an_error_leads_back(pages: Flask, keeper: FlaskClient) -> None:
    submitted(keeper)
    form = {"csrf_token": token(keeper), "move": "verify", "version": "4"}
    here = f"/ledger/{ONE}"
    refused = keeper.post(f"{here}/move", data=form, headers={"Referer": f"http://localhost{here}"})
    assert "您的角色不能验收和审批" in refused.text
    assert f'href="{here}">返回上一页' in refused.text
    assert "返回上一页" not in keeper.post(f"{here}/move", data=form, headers={"Referer": f"https://attacker.example{here}"}).text


def test_why_it_was_returned_stands_first(keeper: FlaskClient, reviewer: FlaskClient) -> None:
    opened(keeper)
    for form in ({"move": "assign", "unit": "甲乡人民政府"}, {"move": "start"}, {"move": "submit", "measure": "收回一间"}):
        post(keeper, f"/ledger/{ONE}/move", **form)
    assert reviewer.post(f"/ledger/{ONE}/move", data={"csrf_token": token(reviewer), "move": "verify", "version": "4"}).status_code == 409  # no evidence
    post(reviewer, f"/ledger/{ONE}/move", move="return", reason="照片不是这一户")
    page = main(keeper, f"/ledger/{ONE}")
    assert page.index("照片不是这一户") < page.index("32.13")
    assert "照片不是这一户" in main(keeper, "/ledger")


def test_two_people_on_one_entry_see_both_versions_and_nothing_is_lost(pages: Flask, keeper: FlaskClient) -> None:
    opened(keeper)
    vetter = signed_in(pages, ["vetter"], ["411522"])
    read = seen(keeper, f"/ledger/{ONE}")
    post(vetter, f"/ledger/{ONE}/move", move="edit", version=read, unit="甲乡人民政府", measure="别人写的措施", person="", severity="severe")
    mine = {"move": "edit", "version": read, "unit": "", "measure": "我写的措施", "person": "经办人", "severity": "severe"}
    met = keeper.post(f"/ledger/{ONE}/move", data={"csrf_token": token(keeper), **mine})
    assert met.status_code == 409
    for said in ("别人写的措施", "我写的措施", "甲乡人民政府", "经办人"):
        assert said in met.text
    chosen = dict(re.findall(r'name="(keep-\w+)" value="(\w+)" checked', met.text))
    assert chosen == {"keep-unit": "theirs", "keep-measure": "yours", "keep-person": "yours"}
    now = re.search(r'name="version" value="(\d+)"', met.text)[1]
    page = post(keeper, f"/ledger/{ONE}/move", move="edit", version=now, unit="", measure="我写的措施", person="经办人", **chosen)
    assert "甲乡人民政府" in page
    facts = page[page.index("台账内容") :]
    assert "我写的措施" in facts
    assert "别人写的措施" not in facts
    assert "别人写的措施" in main(keeper, f"/ledger/{ONE}"), "what they wrote stays in the history"


def test_many_are_moved_after_it_was_said_how_many_and_taken_back(keeper: FlaskClient) -> None:
    asked = post(keeper, "/ledger/open-fails")
    n = int(re.search(r"把 (\d+) 条不合规登记入台账", asked)[1])
    assert "台账里还没有条目" in main(keeper, "/ledger")
    post(keeper, "/ledger/open-fails", sure="1")
    would = post(keeper, "/ledger/bulk", which="all", move="assign", unit="甲乡人民政府")
    assert f"交办：{n}" in re.sub(r"\s", "", would)
    marks = re.search(r'name="marks" value="([^"]+)"', would)[1]
    assert len(marks.split()) == n
    done = post(keeper, "/ledger/bulk/done", move="assign", unit="甲乡人民政府", marks=marks)
    assert main(keeper, f"/ledger?state=assigned&unit={'甲乡人民政府'}").count("data-entry=") == n
    batch = re.search(r'action="(/ledger/batches/\d+/undo)"', done)[1]
    assert f"已撤回 {n} 条" in post(keeper, batch)
    assert main(keeper, "/ledger?state=open").count("data-entry=") == n


def test_a_bulk_action_takes_only_what_was_ticked_and_unchanged_since(keeper: FlaskClient) -> None:
    post(keeper, "/ledger/open-fails", sure="1")
    would = post(keeper, "/ledger/bulk", which="picked", move="assign", unit="甲乡人民政府", entry=[ONE, "411522-0002"])
    marks = re.search(r'name="marks" value="([^"]+)"', would)[1]
    assert marks == f"{ONE}@1 411522-0002@1"
    post(keeper, f"/ledger/{ONE}/move", move="edit", measure="先改了一处")
    done = post(keeper, "/ledger/bulk/done", move="assign", unit="甲乡人民政府", marks=marks)
    assert "已办理 1 条" in done
    assert "别人刚改过 1" in done


def test_an_entry_by_hand_takes_who_mends_it_and_until_when(keeper: FlaskClient) -> None:
    made = post(keeper, "/ledger/new", text="会议没有照片", county="411522", unit="县住建局", person="演甲", due_on="2030-03-31")
    assert "县住建局" in made
    assert "演甲" in made
    assert "期限 2030年3月31日" in made


def test_a_move_that_names_no_version_is_refused_and_changes_nothing(keeper: FlaskClient) -> None:
    opened(keeper)
    form = {"csrf_token": token(keeper), "move": "assign", "unit": "甲乡人民政府"}
    refused = keeper.post(f"/ledger/{ONE}/move", data=form)
    assert refused.status_code == 400
    assert "没有写明您看到的是这一条的第几版" in refused.text and "请打开这一条" in refused.text
    assert seen(keeper, f"/ledger/{ONE}") == "1"


def test_a_list_can_be_filtered_sorted_and_counted(keeper: FlaskClient) -> None:
    post(keeper, "/ledger/open-fails", sure="1")
    post(
        keeper,
        "/ledger/new",
        text="会议没有照片",
        county="411522",
        township="甲乡",
        tier="provincial",
        severity="minor",
        category="痕迹管理",
        source="清单第 3 条",
    )
    assert main(keeper, "/ledger?tier=provincial").count("data-entry=") == 1
    assert "会议没有照片" in main(keeper, "/ledger?text=照片")
    numbers = re.findall(r'data-entry="/ledger/([^"]+)"', main(keeper, "/ledger?order=number&desc=1"))
    assert numbers == sorted(numbers, reverse=True)
    far = base64.urlsafe_b64encode(json.dumps(["", "", 10**30]).encode()).decode().rstrip("=")
    for wrong in (f"after={far}", "state=nowhere", "order=id", "timing=x", "tier=x", "severity=x", "limit=0", "after=x", "county=x"):
        assert keeper.get(f"/ledger?{wrong}").status_code == 400, wrong


WRONG: list[tuple[str, dict[str, str], int]] = [
        ("/ledger/open", {"check": "living-area", "kind": "household", "county": "411522", "subject": "H1"}, 404),
        ("/ledger/open", {"check": "nothing", "kind": "household", "county": "411522", "subject": "H2"}, 404),
        ("/ledger/new", {"county": "411522", "text": ""}, 400),
        ("/ledger/new", {"county": "41", "text": "x"}, 404),
        ("/ledger/new", {"county": "411522", "text": "x", "tier": "x"}, 400),
        (f"/ledger/{ONE}/move", {"move": "x"}, 400),
        (f"/ledger/{ONE}/move", {}, 400),
        (f"/ledger/{ONE}/move", {"move": "assign", "unit": "x", "version": "x"}, 400),
        (f"/ledger/{ONE}/move", {"move": "extend-request", "reason": "x", "until": "2018-02-30"}, 400),
        (f"/ledger/{ONE}/move", {"move": "assign", "unit": "x"}, 400),
        (f"/ledger/{ONE}/move", {"move": "open", "version": "1"}, 409),
        ("/ledger/411522-0099/move", {"move": "assign", "unit": "x", "version": "1"}, 404),
        ("/ledger/x/move", {"move": "assign", "unit": "x", "version": "1"}, 404),
        ("/ledger/bulk", {"which": "picked", "move": "verify", "entry": ONE}, 400),
        ("/ledger/bulk", {"which": "picked", "move": "assign", "unit": "x", "entry": "x"}, 404),
        ("/ledger/bulk/done", {"move": "assign", "unit": "x", "marks": "x"}, 400),
        ("/ledger/bulk/done", {"move": "assign", "unit": "x", "marks": f"{ONE}@99999999999"}, 400),
        ("/ledger/batches/99/undo", {}, 404),
    ("/ledger/batches/99999999999999999999/undo", {}, 404),
    (f"/ledger/{ONE}/move", {"move": "assign", "unit": "看不见\x00"}, 400),
    ("/ledger/open", {"check": "living-area", "kind": "household", "county": "411522", "subject": "H2\x00"}, 400),
    ("/ledger/open-fails", {"text": "\x00"}, 400),
    ]  # fmt: skip


def test_what_cannot_be_done_is_refused_in_words(keeper: FlaskClient) -> None:
    opened(keeper)
    given = token(keeper)
    for address, form, status in WRONG:
        answer = keeper.post(address, data={"csrf_token": given, **form})
        assert answer.status_code == status, (address, form, answer.text)
        assert "<main" in answer.text


def test_every_form_needs_its_token(keeper: FlaskClient) -> None:
    opened(keeper)
    for address in ("/ledger/open", "/ledger/new", f"/ledger/{ONE}/move", "/ledger/bulk", "/ledger/bulk/done", "/ledger/batches/1/undo", "/ledger/open-fails"):
        assert keeper.post(address, data={"move": "assign"}).status_code == 400


def test_the_line_of_time_joins_data_findings_and_ledger(keeper: FlaskClient) -> None:
    opened(keeper)
    page = main(keeper, "/ledger/timeline/household/411522/H2")
    for said in ("检查发现问题", "登记入台账", ONE):
        assert said in page
    assert keeper.get("/ledger/timeline/household/411522/H99").status_code == 404


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    opened = hostile(tmp_path)
    client = signed_in(create_app(opened, now=lambda: NOW), ["keeper", "reviewer"])
    post(client, "/ledger/open-fails", sure="1")
    text = "<script>document.title='owned'</script>{{7*191}}"
    post(client, "/ledger/new", text=text, county="411522", category=text, source=text)
    for address in ("/ledger", "/ledger?limit=200", *(f"/ledger/411522-{n:04d}" for n in range(1, 20))):
        answer = client.get(address)
        if answer.status_code == 404:
            break
        page = answer.text
        assert "<script>document" not in page
        assert "<img src=x" not in page
        assert "1337" not in page
    opened.close()


def test_programs_get_the_same_and_both_versions_where_two_met(keeper: FlaskClient) -> None:
    opened(keeper)
    page = keeper.get("/api/v1/ledger?state=open").json
    assert (page["total"], [one["number"] for one in page["entries"]]) == (1, [ONE])
    shown = keeper.get(f"/api/v1/ledger/{ONE}").json
    assert (shown["moves"], shown["version"], shown["past"][0]["move"]) == (["assign", "extend-request", "edit"], 1, "open")
    form = {"csrf_token": token(keeper), "move": "assign", "unit": "甲乡人民政府", "version": "1"}
    assert keeper.post(f"/api/v1/ledger/{ONE}/move", data=form).json["state"] == "assigned"
    unread = keeper.post(f"/api/v1/ledger/{ONE}/move", data={**form, "version": ""})
    assert (unread.status_code, unread.json["status"]) == (400, 400)
    met = keeper.post(f"/api/v1/ledger/{ONE}/move", data={**form, "unit": "住建局"})
    assert met.status_code == 409
    assert (met.json["conflict"]["theirs"]["unit"], met.json["conflict"]["yours"]["unit"]) == ("甲乡人民政府", "住建局")
    assert keeper.get(f"/api/v1/ledger/{ONE}/timeline").json[0]["what"] == "assign"
    for address, status in (("/api/v1/ledger/411522-0099", 404), ("/api/v1/ledger?state=x", 400), ("/api/v1/ledger/x/timeline", 404)):
        answer = keeper.get(address)
        assert (answer.status_code, answer.json["status"]) == (status, status)


def test_a_field_without_a_name_is_refused(keeper: FlaskClient) -> None:
    body = b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n"
    answer = keeper.post("/ledger/new", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400
    assert "<main" in answer.text
