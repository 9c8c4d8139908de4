"""The texts of drawings: format codes taken out, and two spellings of one thing made comparable."""

import re
import unicodedata
from functools import lru_cache
from math import cos, sin

_UNICODE = re.compile(r"\\U\+([0-9A-Fa-f]{4})")
_MULTIBYTE = re.compile(r"\\M\+([1-5])([0-9A-Fa-f]{4})")
_PAGES = {"1": "cp932", "2": "cp950", "3": "cp949", "4": "johab", "5": "gbk"}
_PERCENT = {"d": "°", "p": "±", "c": "Ø", "%": "%", "u": "", "o": "", "k": ""}
_SQUARE = re.compile(r"(?<![0-9A-Za-z])([kcdm]?m)\s*\^?\s*2(?!\d)", re.IGNORECASE)
_SQUARE_AFTER_DIGIT = re.compile(r"(?<=\d)\s*m\s*\^?\s*2(?!\d)", re.IGNORECASE)
_SQUARE_WORDS = re.compile(r"平方公尺|平方米|平米|㎡|m²|M²")
_AREA = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)m2(?!\d)")


def decoded(raw: str) -> str:
    r"""Return one line of TEXT as it is read on paper: \U+, \M+ and %%-codes resolved."""
    return _percents(_escapes(raw))


def decoded_mtext(raw: str) -> str:
    r"""Return the text of an MTEXT as it is read on paper, paragraphs joined by "\n".

    Fonts, colours, heights and alignment are left out; a stacked fraction becomes "a/b", a superscript 2 after a unit "2".
    """
    out: list[str] = []
    at, end = 0, len(raw)
    while at < end:
        sign = raw[at]
        if sign in "{}":
            at += 1
        elif sign == "\\" and at + 1 < end:
            said, at = _code(raw, at)
            out.append(said)
        elif sign == "^" and at + 1 < end:
            out.append({"I": "\t", "J": "\n", "M": ""}.get(raw[at + 1], "^" if raw[at + 1] == " " else "^" + raw[at + 1]))
            at += 2
        else:
            out.append(sign)
            at += 1
    return _percents(_escapes("".join(out))).strip("\n")


def _code(raw: str, at: int) -> tuple[str, int]:
    """Resolve the code that begins at `at`; return what it says and where the text goes on."""
    name = raw[at + 1]
    if name in "\\{}":
        return name, at + 2
    if name == "P" or name == "N":
        return "\n", at + 2
    if name == "~":
        return " ", at + 2
    if name in "LlOoKkX":
        return "", at + 2
    if name in "UM" and raw[at + 2 : at + 3] == "+":
        length = 7 if name == "U" else 8
        return raw[at : at + length], at + length  # resolved later, with those of plain text
    if name in "ACcFfHQTWpS":
        close = raw.find(";", at)
        close = len(raw) if close < 0 else close
        return (_stacked(raw[at + 2 : close]) if name == "S" else ""), close + 1
    return name, at + 2


def _stacked(body: str) -> str:
    for sign in "^/#":
        above, found, below = body.partition(sign)
        if found:
            above, below = above.strip(), below.strip()
            return f"{above}/{below}" if above and below else above or below
    return body


def _escapes(raw: str) -> str:
    if "\\" not in raw:
        return raw
    raw = _UNICODE.sub(lambda found: chr(int(found[1], 16)), raw)
    raw = raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if any("\ud800" <= sign <= "\udfff" for sign in raw) else raw
    return _MULTIBYTE.sub(lambda found: bytes.fromhex(found[2]).decode(_PAGES[found[1]], "replace"), raw)


def _percents(raw: str) -> str:
    if "%%" not in raw:
        return raw
    return re.sub(r"%%(\d{3}|.)", lambda found: _percent(found[1]), raw)


def _percent(code: str) -> str:
    if code.isdigit() and len(code) == 3:
        number = int(code)  # an 8-bit character; 128 and up are the big font's own (130 to 134 are the grades of steel, drawn as Ø)
        return {127: "°", 128: "±", 129: "Ø"}.get(number, "Ø" if 130 <= number <= 134 else chr(number) if 32 <= number < 256 else "")
    return _PERCENT.get(code.lower(), code)


@lru_cache(maxsize=1 << 14)  # the same layers, words and labels are asked about again and again
def comparable(value: str) -> str:
    """Return the text as it is compared: NFKC, no blanks, one spelling of square metres ("m2"), no difference of case."""
    flat = _SQUARE_WORDS.sub("m2", value)
    flat = unicodedata.normalize("NFKC", flat)
    flat = _SQUARE.sub(r"\g<1>2", flat)
    flat = _SQUARE_AFTER_DIGIT.sub("m2", flat)
    return re.sub(r"\s+", "", flat).casefold()


def areas_in(value: str) -> tuple[float, ...]:
    """Return the areas in m² that a text states, in its order: "建筑面积：75.32㎡" → (75.32,)."""
    return tuple(float(found.replace(",", "")) for found in _AREA.findall(comparable(value)))


def inside_of(x: float, y: float, height: float, rotation: float, anchor: str) -> tuple[float, float]:
    """Return a point inside the letters of a text, from the point that it is anchored by."""
    sideways, _, upwards = anchor.partition("-")
    along = height * {"right": -0.3, "center": 0.0}.get(sideways, 0.3)
    up = height * {"top": -0.5, "middle": 0.0}.get(upwards, 0.4)
    return x + along * cos(rotation) - up * sin(rotation), y + along * sin(rotation) + up * cos(rotation)
