"""How the texts of a drawing are encoded, whatever its header claims: Chinese offices' files say ANSI_1252 or gb2312 over GBK bytes.

From release 2007 on texts are UTF-8 by the format; before, they are in the code page of the machine that wrote them.
"""

import codecs
import re

_PAGES = {"ANSI_932": "cp932", "ANSI_936": "gb18030", "GB2312": "gb18030", "GBK": "gb18030", "ANSI_949": "cp949", "ANSI_950": "cp950", "ANSI_874": "cp874"}
_LATIN_RUN = re.compile("[\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2,}")
_UTF8_FROM = "AC1021"
_ASCII = bytes(range(128))
_WESTERN = frozenset(chr(code) for code in range(0x80, 0x100)) | frozenset("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ")


def codec_of(codepage: str) -> str:
    """Return Python's name of a code page as headers write it; cp1252 where the header names none that is known."""
    name = codepage.strip().upper()
    if name in _PAGES:
        return _PAGES[name]
    for said in (name.replace("ANSI_", "cp"), name.replace("DOS", "cp"), name.replace("ISO8859-", "iso8859_"), codepage.strip().lower()):
        try:
            return "gb18030" if (found := codecs.lookup(said).name) in ("gbk", "gb2312", "cp936") else found
        except LookupError:
            continue
    return "cp1252"


def looks_chinese(raw: bytes) -> bool:
    """Return whether bytes read as common hanzi in GB2312: pairs of two high bytes, most of them of level 1 or Chinese signs."""
    pairs = [raw[at : at + 2] for at in range(0, len(raw) - 1, 2)]
    common = sum(1 for pair in pairs if pair[1] >= 0xA1 and (0xB0 <= pair[0] <= 0xD7 or 0xA1 <= pair[0] <= 0xA9))
    return len(raw) % 2 == 0 and len(pairs) > 0 and common >= 0.7 * len(pairs)


def settle(data: bytes, version: str, codepage: str) -> str:
    """Return the codec that the high bytes of a text DXF are really in."""
    claimed = "utf_8" if version >= _UTF8_FROM else codec_of(codepage)
    high = data.translate(None, _ASCII)
    if not high:
        return claimed
    if (text := _as_utf8(data, high)) is not None and (claimed == "utf_8" or _east_asian(text)):
        return "utf_8"
    runs = re.findall(rb"[\x80-\xff]{2,}", data)
    if claimed in ("utf_8", "cp1252", "ascii", "latin-1", "iso8859-1") and sum(map(len, filter(looks_chinese, runs))) >= 0.6 * sum(map(len, runs)):
        return "gb18030" if runs else claimed
    return claimed if claimed != "utf_8" else "gb18030"


def _as_utf8(data: bytes, high: bytes) -> str | None:
    """Return the letters beyond ASCII, None where the bytes are no UTF-8."""
    try:
        text = high.decode("utf-8")
        data.decode("utf-8")  # pieces that fit together by chance once what lay between is gone
    except UnicodeDecodeError:
        return None
    return text


def _east_asian(text: str) -> bool:
    return sum(sign >= "⺀" or sign in "²°±Ø×㎡" for sign in text) >= 0.5 * len(text)


def rewritten(data: bytes, codec: str, version: str) -> bytes:
    r"""Return a text DXF so that every reader finds the same texts: UTF-8 from release 2007 on, \U+xxxx before."""
    text = data.decode(codec, "replace")
    return text.encode("utf-8") if version >= _UTF8_FROM else text.encode("ascii", "dxf-escapes")


def _escapes(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    units = error.object[error.start : error.end].encode("utf-16-be")
    return "".join(f"\\U+{units[at]:02X}{units[at + 1]:02X}" for at in range(0, len(units), 2)), error.end


codecs.register_error("dxf-escapes", _escapes)


def unmixed(text: str) -> str:
    """Return text in which GBK or UTF-8 bytes that were read as Western letters are Chinese again."""
    return _LATIN_RUN.sub(lambda found: _again(found[0]), text)


def mixed_up(text: str) -> bool:
    """Return whether text holds Chinese that was read as Western letters."""
    high = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)  # a hundred times as fast as looking at each letter
    if not high or _WESTERN.isdisjoint(high.decode("utf-8", "surrogatepass")):
        return False
    runs = _LATIN_RUN.findall(text)
    return bool(runs) and sum(len(run) for run in runs if _again(run) != run) >= 0.6 * sum(map(len, runs))


def _again(run: str) -> str:
    raw = b"".join(sign.encode("latin-1") if sign <= "\xff" else sign.encode("cp1252") for sign in run)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace") if looks_chinese(raw) else run
