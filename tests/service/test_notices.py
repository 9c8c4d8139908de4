"""Public notices of whole offices: nothing personal in any file, sums to the cent, refusals that name the place, who may, what the log keeps."""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest
from stdnum.cn import ric

from checks.records import Kind
from checks.vocabulary import HOUSEHOLD
from relocation.accounts.roles import Role
from relocation.notices.rows import Extra
from relocation.service import Store, Trouble, auditing
from relocation.service.importing import import_files
from relocation.service.office import open_office
from relocation.service.publishing import matching
from relocation.service.publishing.asking import Wish
from relocation.service.publishing.making import FORMATS, document, made_file, write
from tests.evidence.photos import taken_at
from tests.service.evidence_office import NOW, OURS, attach, somebody

TODAY = date(2026, 11, 30)
CONTACT = "甲乡办公室 0376-1234567"
EVERY = tuple(Extra)
ALLOWED = {"county", "township", "village", "natural_village", "site_name", "site_code"}
"""Texts of a household that a notice may show: names of places."""
HEADS = ("甄嬴骧", "司马昊穹", "阿依努尔·买买提", "Zebulon Quixley", "甄嬴骧", "骉")
IDS = tuple(
    stem + ric.calc_check_digit(stem + "0")
    for stem in ("99010119700101001", "99010119800202002", "99010119900303003", "99010119650404004", "99010119750505003", "99010119720202005")
)
NOBODY = "99010119550101001" + ric.calc_check_digit("990101195501010010")


def household_row(number: int) -> dict[str, str]:
    """Return a household with a mark of its own in every text that is not a place's name, and numbers of people in its remarks."""
    row = {
        column.zh: f"QZX{column.name}13812345678尿毒症"
        for column in HOUSEHOLD
        if column.kind is Kind.TEXT and column.name not in ALLOWED and not column.secret and not column.choices and column.name != "declared_crs"
    }
    row |= {
        "户编号": f"QZC{number}",
        "户主姓名": HEADS[number],
        "身份证号": IDS[number],
        "县代码": OURS,
        "乡镇": "甲乡",
        "行政村": "东村",
        "自然村(屯)": "东组",
    }
    row |= {
        "是否建档立卡": "是",
        "核定搬迁人口": "3",
        "家庭人口数": "4",
        "安置方式": "集中安置",
        "安置类型": "小城镇安置",
        "迁入地": "河湾安置点" if number < 5 else "QZX小区3栋1201室",
        "安置住房面积": "70.5",
    }
    row |= {"应补助金额": "90000", "首次补助金额": "60000.01", "首次拨付日期": "2018-03-05", "二次补助金额": "29999.99", "二次拨付日期": "2018-09-05"}
    return row


def brought(store: Store, folder: Path, name: str, rows: list[dict[str, str]], kind: str) -> None:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
        table.writeheader()
        table.writerows(rows)
    (report,) = import_files(store, [path], as_kind=kind, county=OURS, now=NOW)
    assert not report.refused, report.refusals


def funds(**changed: str) -> list[dict[str, str]]:
    first = {
        "资金编号": "Z1",
        "县代码": OURS,
        "资金来源": "中央预算内投资",
        "到位金额": "1000000.01",
        "到位日期": "2018-01-05",
        "已拨付金额": "600000.06",
        "统计日期": "2018-12-31",
    }
    second = first | {"资金编号": "Z2", "资金来源": "省级资金", "到位金额": "0.09", "已拨付金额": "0.00"}
    return [first | changed, second]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return an office of six households of one village, money, and the list of a notice."""
    folder = tmp_path_factory.mktemp("notices")
    store = open_office(folder / "home")
    brought(store, folder, "搬迁户.csv", [household_row(number) for number in range(6)], "households")
    brought(store, folder, "安置点.csv", [{"安置点编码": "S1", "安置点名称": "河湾安置点", "县代码": OURS, "乡镇": "甲乡"}], "sites")
    brought(store, folder, "资金台账.csv", funds(), "funds")
    totals = {"资金表编号": "2018", "县代码": OURS, "统计日期": "2018-12-31", "资金合计": "1000000.10", "中央预算内投资": "1000000.01", "中央专项资金": "0"}
    brought(store, folder, "资金总表.csv", [totals | {"省级资金": "0.09", "市县资金": "0", "其他资金": "0"}], "fundings")
    listed = {"县代码": OURS, "乡镇": "甲乡", "行政村": "东村", "公示开始日期": "2018-01-01", "公示结束日期": "2018-01-07"}
    entries = [(0, IDS[0], "3"), (1, IDS[1], "4"), (2, NOBODY, "3"), (3, "", "3")]
    brought(
        store,
        folder,
        "公示.csv",
        [listed | {"公示编号": f"G{n}", "户主姓名": "演甲", "身份证号": id, "公示人口": persons} for n, id, persons in entries],
        "notices",
    )
    yield store
    store.close()


def texts(data: bytes) -> Iterator[str]:
    """Give everything a file says: of a workbook each packed part, of a PDF its pages, its metadata and its bytes."""
    yield data.decode("utf-8", "replace")
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts(archive.read(name))
    elif data[:5] == b"%PDF-":
        pdf = pypdfium2.PdfDocument(data)
        yield str(pdf.get_metadata_dict())
        yield from (page.get_textpage().get_text_range() for page in pdf)


def every_file(store: Store) -> Iterator[tuple[str, bytes]]:
    for kind, forms in FORMATS.items():
        for form in forms:
            for lang in ("zh", "en"):
                wish = Wish(kind, OURS, extras=EVERY, contact=CONTACT if lang == "zh" else "0376-1234567")
                yield f"{kind}.{form} {lang}", made_file(store, wish, form, NOW, lang)[0]


def test_no_file_of_any_kind_holds_a_mark_of_a_column_that_is_not_on_the_list(office: Store) -> None:
    marks = [
        *IDS,
        *(id[6:14] for id in IDS),
        "QZX",
        "QZC",
        "13812345678",
        "尿毒症",
        "嬴骧",
        "嬴",
        "骧",
        "昊穹",
        "依努尔",
        "买买提",
        "ebulon",
        "Quixley",
        "骉",
        "990101",
    ]
    searched = 0
    for name, data in every_file(office):
        said = list(texts(data))
        searched += sum(map(len, said))
        assert "13" not in name
        found = [mark for mark in marks for text in said if mark in text.replace(" ", "")]
        assert not found, (name, found)
        if name.startswith("wall"):
            assert any("司马**" in text for text in said), "the search reads what the file says"
            assert any("河湾安置点" in text for text in said)
    assert searched > 100_000


def test_a_workbook_for_the_wall_hides_nothing_and_names_no_author(office: Store) -> None:
    data, _made = made_file(office, Wish("wall", OURS, contact=CONTACT), "xlsx", NOW, "zh")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        book, core, sheet = (archive.read(name).decode() for name in ("xl/workbook.xml", "docProps/core.xml", sheets[0]))
        assert len(sheets) == 1
        assert not any("comment" in name or "external" in name for name in archive.namelist())
    assert "hidden" not in book + sheet and "<f>" not in sheet
    assert re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]*)<", core) in ([], ["", ""])


def test_the_same_notice_has_the_same_bytes_and_the_log_keeps_their_hash(office: Store) -> None:
    for kind, forms in FORMATS.items():
        for form in forms:
            wish = Wish(kind, OURS, contact=CONTACT)
            first, made = made_file(office, wish, form, NOW, "zh")
            newest = auditing.listed(office, limit=1)[0]
            assert (newest.action, newest.subject, newest.county) == ("export.made", f"notice.{kind}.{form}", OURS)
            assert newest.new == {"filters": {}, "rows": made.count, "sha256": hashlib.sha256(first).hexdigest()}
            again = made_file(office, wish, form, NOW, "zh")[0]
            if kind != "sms":
                continue
            anchors = [re.sub(rb"[0-9]+ [0-9a-f]{64} \S+", b"", data) for data in (first, again)]  # each states the log's head, which moved by the first export
            assert anchors[0] == anchors[1]


def test_alike_names_are_told_apart_by_their_number_and_a_name_of_one_character_shows_nothing(office: Store) -> None:
    (part,) = document(office, Wish("wall", OURS, contact=CONTACT), TODAY, "zh").parts
    assert [row[:2] for row in part.rows] == [("1", "甄**"), ("2", "司马**"), ("3", "阿**"), ("4", "Z**"), ("5", "甄**"), ("6", "**")]
    assert part.title == "甲乡　东村：6 户、核定 18 人"


def test_a_site_is_shown_only_if_the_ledger_of_sites_has_it_for_of_others_it_is_an_address(office: Store) -> None:
    (part,) = document(office, Wish("wall", OURS, contact=CONTACT), TODAY, "zh").parts
    assert [row[-1] for row in part.rows] == ["河湾安置点"] * 5 + ["—"]


def test_each_message_holds_seventy_characters_at_most_and_no_number_but_the_contacts(office: Store) -> None:
    data, made = made_file(office, Wish("sms", OURS, contact=CONTACT), "txt", NOW, "zh")
    lines = data.decode("utf-8-sig").splitlines()
    messages = [line for line in lines if not line.startswith("#")]
    assert len(messages) == made.count == 6
    assert all(len(line.encode("utf-16-le")) <= 140 for line in messages)
    assert all(set(re.findall(r"\d{4,}", line)) == {"0376", "1234567"} for line in messages)
    assert any("没有电话号码" in line for line in lines)


def test_every_notice_says_what_it_is_of_which_day_from_what_until_when_and_whom_to_call(office: Store) -> None:
    for kind in FORMATS:
        made = document(office, Wish(kind, OURS, contact=CONTACT, begins_on=date(2026, 12, 1)), TODAY, "zh")
        head = " ".join(made.head)
        assert all(said in head for said in ("2026年11月30日编制", "台账", "2026年12月1日至2026年12月7日，共 7 天", "未核实", CONTACT)), head
        assert made.foot[-1].startswith("操作日志链头：")


def test_money_is_published_to_the_cent_and_agrees_with_the_ledgers(office: Store) -> None:
    made = document(office, Wish("funds", OURS, contact=CONTACT), TODAY, "zh")
    sources, places, uses = made.parts
    assert sources.rows == (
        ("中央预算内投资", "1,000,000.01", "100.000001", "600,000.06", "60.000006", "399,999.95"),
        ("省级资金", "0.09", "0.000009", "0.00", "0", "0.09"),
        ("合计", "1,000,000.10", "100.00001", "600,000.06", "60.000006", "400,000.04"),
    )
    # six households: 6 × 60,000.01 = 360,000.06 and 6 × 29,999.99 = 179,999.94, together 540,000.00
    assert places.rows == (("甲乡", "6", "360,000.06", "179,999.94", "540,000.00", "54"), ("合计", "6", "360,000.06", "179,999.94", "540,000.00", "54"))
    assert [row[1] for row in uses.rows] == ["360,000.06", "179,999.94", "60,000.06", "600,000.06"]
    assert "与 2018 年资金总表逐项核对，一致。" in made.foot
    assert [part.title for part in made.parts] == ["一、资金来源和拨付", "二、发放到户的补助", "三、资金用途"]
    (alone,) = document(office, Wish("funds", OURS, township="甲乡", contact=CONTACT), TODAY, "zh").parts
    assert alone.title == "发放到户的补助"  # a table alone is not the second of anything


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"到位金额": "1000000.02"}, "资金总表 2018 中央预算内投资 是 1,000,000.01 元，资金台账合计 1,000,000.02 元"),
        ({"已拨付金额": ""}, "Z1 没有填已拨付金额"),
        ({"已拨付金额": "1000000.02"}, "Z1 拨付 1,000,000.02 元，多于到位 1,000,000.01 元"),
        ({"已拨付金额": "0.005"}, "Z1 的金额不是整分"),
        ({"已拨付金额": "539999.99"}, "发放到户的补助 540,000.00 元，多于拨付合计 539,999.99 元"),
        ({"资金来源": ""}, "Z1 没有填资金来源"),
    ],
)
def test_money_that_does_not_agree_is_not_published_and_the_place_is_named(office: Store, tmp_path: Path, changed: dict[str, str], said: str) -> None:
    brought(office, tmp_path, "改.csv", funds(**changed)[:1], "funds")
    try:
        with pytest.raises(Trouble) as refused:
            document(office, Wish("funds", OURS, contact=CONTACT), TODAY, "zh")
        assert said in refused.value.reason("zh")
    finally:
        brought(office, tmp_path, "复.csv", funds()[:1], "funds")


def test_a_name_that_holds_a_number_stops_the_whole_notice_and_is_told_by_its_record_alone(store: Store, tmp_path: Path) -> None:
    bad = household_row(1) | {"户编号": "H2", "户主姓名": "990101198002020021", "身份证号": ""}
    brought(store, tmp_path, "户.csv", [household_row(0) | {"户编号": "H1"}, bad], "households")
    for kind in ("wall", "sms"):
        with pytest.raises(Trouble) as refused:
            document(store, Wish(kind, OURS, contact=CONTACT), TODAY, "zh")
        assert "H2 户主姓名：含有连续数字" in refused.value.reason("zh").replace(": ", "：")
        assert "9901" not in refused.value.reason("zh") + refused.value.reason("en")


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish("wall", "411599", contact=CONTACT), "notice-empty"),
        (Wish("wall", "4115", contact=CONTACT), "unknown-county"),
        (Wish("wall", OURS, "丙乡", contact=CONTACT), "notice-place"),
        (Wish("wall", OURS, village="西村", contact=CONTACT), "notice-place"),
        (Wish("wall", OURS, site="山前", contact=CONTACT), "notice-place"),
        (Wish("wall", OURS), "notice-contact"),
        (Wish("wall", OURS, contact="张三 13812345678"), "notice-contact-personal"),
        (Wish("wall", OURS, contact="办公室 990101197001010019"), "notice-contact-personal"),
        (Wish("wall", OURS, contact=CONTACT, days=0), "notice-days"),
        (Wish("poster", OURS, contact=CONTACT), "notice-kind"),
        (Wish("funds", OURS, contact=CONTACT, year=2011), "notice-empty"),
        (Wish("sms", OURS, contact="某某县某某镇易地扶贫搬迁工作领导小组办公室政策咨询电话 0376-12345"), "notice-sms-long"),
    ],
)
def test_what_cannot_be_published_is_refused_in_words_of_both_languages(office: Store, wish: Wish, code: str) -> None:
    with pytest.raises(Trouble) as refused:
        document(office, wish, TODAY, "zh")
    assert refused.value.code == code
    assert all(refused.value.reason(lang) and refused.value.mend(lang) for lang in ("zh", "en"))


def test_who_keeps_the_ledger_of_the_place_may_publish_and_who_only_reads_may_look(office: Store, tmp_path: Path) -> None:
    wish = Wish("wall", OURS, "甲乡", contact=CONTACT)
    for role in (Role.KEEPER, Role.VETTER):
        assert write(office.acting(somebody(role)), wish, tmp_path / f"{role.id}.pdf", NOW, "zh").count == 6
    reader = office.acting(somebody(Role.VIEWER))
    assert document(reader, wish, TODAY, "zh").count == 6
    for actor, code in ((reader, "not-allowed"), (office.acting(somebody(Role.KEEPER, counties=("411523",))), "not-your-place")):
        with pytest.raises(Trouble) as refused:
            made_file(actor, wish, "pdf", NOW, "zh")
        assert refused.value.code == code
    townsman = office.acting(somebody(Role.KEEPER, counties=(), townships=((OURS, "甲乡"),)))
    assert made_file(townsman, wish, "pdf", NOW, "zh")[1].count == 6
    with pytest.raises(Trouble) as refused:
        made_file(townsman, Wish("wall", OURS, contact=CONTACT), "pdf", NOW, "zh")
    assert refused.value.code == "not-your-place"


def test_no_file_leaves_where_the_log_cannot_note_it_and_the_preview_works_on(office: Store) -> None:
    kept = open_office(office.home, f"sqlite:///file:{office.home / 'relocation.db'}?mode=ro&uri=true")
    try:
        with pytest.raises(Trouble) as refused:
            made_file(kept, Wish("wall", OURS, contact=CONTACT), "pdf", NOW, "zh")
        assert refused.value.code == "notice-unnoted"
        assert document(kept, Wish("wall", OURS), TODAY, "zh", preview=True).count == 6
    finally:
        kept.close()


def test_the_lists_that_hung_and_the_register_are_held_against_each_other_and_only_a_dated_photo_shows_it(office: Store, tmp_path: Path) -> None:
    (one,) = matching.match(office, OURS).villages
    # on the list: household 0 alike, household 1 with another number of persons, an ID nobody has, an entry without ID
    assert (one.village.registered, one.village.noticed, one.village.both) == (6, 4, 2)
    assert one.village.missing == ["QZC2", "QZC3", "QZC4", "QZC5"]
    assert (one.village.unknown, one.village.unlike, one.village.uncompared) == (["G2"], ["QZC1"], ["G3"])
    assert (one.shown.value, one.photos, one.in_order) == ("date-without-photo", (), False)
    taken = taken_at(datetime(2018, 1, 3, 9, 0), seed=31)  # noqa: DTZ001 - a camera's clock has no zone
    row = attach(office, tmp_path, taken, "QZC0", subject_kind="household", kind="notice", since=date(2018, 1, 3))
    (one,) = matching.match(office, OURS).villages
    assert (one.shown.value, [(number, day) for number, day, _said in one.photos]) == ("displayed", [(row.id, date(2018, 1, 3))])
    assert not one.in_order  # the lists still differ
    assert not any(id in str(matching.match(office, OURS).json("zh")) for id in IDS)
