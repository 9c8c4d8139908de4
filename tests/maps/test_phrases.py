"""Sentences come back to the letter, whatever is in them."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from relocation.maps.packing import unpacked
from relocation.maps.phrases import Own, coded

PIECES = st.sampled_from(["凉亭乡", "距", " ", "0", "007", "12", "1,200", "3.50", "，", "{{7*191}}", "</script>", "\ufdd0", "\U00020bb7", "9" * 21, "\n"])
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=9).map("".join)


def read(column: dict[str, Any], row: int, own: list[list[str]]) -> str:
    """Read one row as the page does; written from the description of the form, not from the page's code."""
    column = json.loads(json.dumps(column))
    which = unpacked(column["k"]).astype(int).tolist() if "k" in column else None
    if "d" in column:
        return str(column["d"][which[row] if which else row])
    assert which is not None
    frame, rank = which[row], which[: row + 1].count(which[row]) - 1
    lengths = unpacked(column["l"]).astype(int).tolist()
    steps = unpacked(column["s"]).astype(int).tolist()[sum(lengths[:frame]) :][: lengths[frame]]
    text = ""
    for step in steps:
        if step >= 32:
            text += column["p"][step - 32]
        elif step >= 0:
            text += own[step][row]
        else:
            how, numbers = column["n"][str(frame)][-1 - step]
            number = int(unpacked(numbers)[rank])
            text += how[number] if isinstance(how, list) else str(number).zfill(how)
    return text


@given(st.lists(TEXTS, min_size=1, max_size=30))
def test_any_texts_come_back_to_the_letter(texts: list[str]) -> None:
    column = coded(texts)
    assert [read(column, row, []) for row in range(len(texts))] == texts


@given(st.lists(st.tuples(TEXTS, st.text(max_size=4), PIECES), min_size=1, max_size=30))
def test_texts_that_speak_of_the_rows_own_words_come_back_to_the_letter(rows: list[tuple[str, str, str]]) -> None:
    own = [[word for _, word, _ in rows], [piece for _, _, piece in rows]]
    texts = [f"{word}：{text}{piece}{word}" for text, word, piece in rows]
    column = coded(texts, [Own.of(words) for words in own])
    assert [read(column, row, own) for row in range(len(texts))] == texts


def test_sentences_that_differ_in_names_and_figures_only_share_one_frame() -> None:
    names = [f"{'甲乙丙丁'[n % 4]}湾安置点" for n in range(200)]
    texts = [f"{name}：距县城 {n + 1}.{n % 10} 公里，2016年10月26日起" for n, name in enumerate(names)]
    column = coded(texts, [Own.of(names)])
    assert column["p"] == ["：距县城 ", ".", " 公里，2016年10月26日起"]
    assert unpacked(column["s"]).tolist() == [0, 32, -1, 33, -2, 34]
    assert len(json.dumps(column, ensure_ascii=False)) < 4 * len(texts) + 200  # against some 70 bytes each
    assert read(column, 137, [names]) == texts[137]


def test_a_text_with_a_mark_of_the_coding_itself_leaves_the_column_as_it_is() -> None:
    assert coded(["a\ufdd01", "b2"]) == {"d": ["a\ufdd01", "b2"]}


def test_a_figure_is_never_rewritten() -> None:
    texts = ["面积 007", "面积 7", "面积 0", "面积 25.00", "面积 25.0"]
    column = coded(texts)
    assert [read(column, row, []) for row in range(5)] == texts


def test_remarks_of_which_no_two_are_alike_do_not_undo_the_saving() -> None:
    names = [f"{chr(0x4E00 + n)}湾安置点" for n in range(400)]
    remarks = [f"{chr(0x5E00 + n)}{chr(0x6E00 + 7 * n)}近学校" for n in range(400)]
    texts = [
        f"{name}：四样都不靠，选址理由“{remark}”待核：距县城 {n * 37} 米，超出 5,000 米；处理：{'请核实' * 20}"
        for n, (name, remark) in enumerate(zip(names, remarks, strict=True))
    ]
    own = [names]
    column = coded(texts, [Own.of(names)])
    assert [read(column, row, own) for row in range(400)] == texts
    assert len(json.dumps(column, ensure_ascii=False).encode()) < 0.35 * sum(len(text.encode()) for text in texts)
