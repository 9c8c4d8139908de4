"""A sheet or an overlay that is not whole is refused, and the refusal says where."""

from pathlib import Path

import pytest

from checks.registry import checks
from checks.sheet import SheetError, read_overlay, read_sheet

WHOLE = """
title: {zh: 题, en: title}
question: {zh: 问, en: question}
unit: m
remedy: {zh: 改, en: mend}
office: township
parameters:
  most: {zh: 上限, en: most, unit: m, values: [VALUE]}
reasons: {over: {zh: 超, en: over}}
"""
VALUE = "{since: 2016-01-01, amount: 1, instrument: x, clause: {zh: 一, en: one}, standing: formal}"


def write(folder: Path, text: str) -> Path:
    path = folder / "sheet.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_whole_sheet_is_read(tmp_path: Path) -> None:
    assert read_sheet(write(tmp_path, WHOLE.replace("VALUE", VALUE))).parameters["most"].values[0].amount == 1


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        (VALUE.replace("instrument: x, ", ""), "instrument"),
        (VALUE.replace("clause: {zh: 一, en: one}, ", ""), "clause"),
        (VALUE.replace("formal", "gospel"), "standing"),
        (VALUE.replace("2016-01-01", "soon"), "day"),
        (VALUE.replace("amount: 1", "amount: much"), "amount"),
        (VALUE.replace("since", "sinec"), "sinec"),
        (f"{VALUE}, {VALUE}", "one value a day"),
    ],
)
def test_a_value_without_its_document_day_or_standing_is_refused(tmp_path: Path, broken: str, named: str) -> None:
    with pytest.raises(SheetError, match=named):
        read_sheet(write(tmp_path, WHOLE.replace("VALUE", broken)))


@pytest.mark.parametrize("line", ["title: {zh: 题}", "unit: furlong", "parameterz: {}", "title: [", "- a list"])
def test_a_sheet_said_in_one_language_or_with_unknown_words_is_refused(tmp_path: Path, line: str) -> None:
    key = line.split(":")[0]
    text = "\n".join(row for row in WHOLE.replace("VALUE", VALUE).splitlines() if not row.startswith(f"{key}:")) + f"\n{line}\n"
    with pytest.raises(SheetError, match=r"sheet\.yaml"):
        read_sheet(write(tmp_path, text))


def test_an_overlay_without_a_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="place"):
        read_overlay(write(tmp_path, "place: here\nchecks: {}"))


def test_an_overlay_that_names_an_unknown_parameter_is_refused(tmp_path: Path) -> None:
    overlay = read_overlay(write(tmp_path, f'place: "411522"\nchecks: {{living-area: {{most_m2: [{VALUE}]}}}}'))
    with pytest.raises(SheetError, match="most_m2_a_person"):
        checks()["living-area"].parameters_in([overlay])


@pytest.mark.parametrize(
    "line",
    [
        "office: nobody",
        "office:",
        "reasons: {over: {zh: 超, en: over, office: nobody}}",
        "fixes: [{about: site, steps: {}, zh: 一, en: one}]",
        "fixes: [{about: site, steps: {persons: 1}, zh: 一, en: one, by: [unit_type]}]",
    ],
)
def test_an_office_or_a_fix_that_is_not_whole_is_refused(tmp_path: Path, line: str) -> None:
    text = "\n".join(row for row in WHOLE.replace("VALUE", VALUE).splitlines() if not row.startswith(line.split(":")[0])) + f"\n{line}\n"
    with pytest.raises(SheetError, match=r"office|steps|together"):
        read_sheet(write(tmp_path, text))
