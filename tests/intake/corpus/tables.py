"""Text tables: encodings, quotes, newlines, widths."""

from tests.intake.corpus import Case, put

HEAD = "户编号,户主姓名,乡镇,行政村,安置住房面积\n"
ROWS = "H1,户一,文殊乡,陈岗村,75\nH2,户二,晏河乡,朱店村,100.5\n"
TEXT = HEAD + ROWS

TABLES: dict[str, bytes] = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with mark": TEXT.encode("utf-8-sig"),
    "GBK": TEXT.encode("gbk"),
    "GB18030 with a rare character": TEXT.replace("户一", "𠮷一").encode("gb18030"),
    "UTF-16 little with mark": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "UTF-16 big with mark": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "UTF-16 without mark": TEXT.encode("utf-16-le"),
    "UTF-16 cut in a character": (b"\xff\xfe" + TEXT.encode("utf-16-le"))[:-1],
    "neither UTF-8 nor GBK": TEXT.encode() + b"\x81\xff\xff\xfe",
    "a mark and nothing more": b"\xef\xbb\xbf",
    "one byte": b"x",
    "blanks": b"   \n\t\n   ",
    "NUL among the text": TEXT.encode().replace(b"75", b"7\x005"),
    "heading alone": HEAD.encode(),
    "rows without heading": ROWS.encode(),
    "newlines of a Mac": TEXT.replace("\n", "\r").encode(),
    "newlines of Windows": TEXT.replace("\n", "\r\n").encode(),
    "newlines mixed": (HEAD + ROWS.replace("\n", "\r\n", 1)).encode(),
    "no newline at the end": TEXT.strip().encode(),
    "semicolons": TEXT.replace(",", ";").encode(),
    "tabs": TEXT.replace(",", "\t").encode(),
    "bars": TEXT.replace(",", "|").encode(),
    "full-width commas": TEXT.replace(",", "，").encode(),
    "a newline in quotes": TEXT.replace("户一", '"户\n一"').encode(),
    "quotes in quotes": TEXT.replace("户一", '"户""一"').encode(),
    "a quotation mark left open": TEXT.replace("户一", '"户一').encode(),
    "a mark left open before much text": TEXT.replace("户一", '"户一').encode() + b"x,\n" * 40_000,
    "a cell of 70 kB": TEXT.replace("户一", "户" * 70_000).encode(),
    "rows shorter than the heading": (HEAD + "H1,户一\nH2,户二,甲\n").encode(),
    "rows longer than the heading": (HEAD + "H1,户一,甲,乙,75,多,余\n").encode(),
    "three hundred columns": (HEAD.strip() + ",x" * 300 + "\n").encode(),
    "a heading twice": (HEAD.strip() + ",安置住房面积\nH1,户,甲,乙,75,80\n").encode(),
    "full-width digits": TEXT.replace("75", "７５").encode(),
    "a number that is too large": TEXT.replace("75", "1e999").encode(),
    "not a number": TEXT.replace("75", "NaN").encode(),
    "infinity": TEXT.replace("75", "inf").encode(),
    "an area of nothing": TEXT.replace("75", "0").encode(),
    "a failed formula": TEXT.replace("75", "#DIV/0!").encode(),
    "a table of a web page": b"<html><table><tr><td>x</td></tr></table></html>",
    "JSON": b'[{"a": 1}]',
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "a PDF": b"%PDF-1.7\n" + bytes(100),
    "an archive": b"PK\x03\x04" + bytes(100),
    "a hundred thousand commas": b"," * 100_000,
    "ten thousand blank lines": HEAD.encode() + b"\n" * 10_000 + ROWS.encode(),
    "the same household twice": (HEAD + ROWS + ROWS).encode(),
}
CASES = {f"csv: {name}": Case(put("a.csv", content)) for name, content in TABLES.items()}
