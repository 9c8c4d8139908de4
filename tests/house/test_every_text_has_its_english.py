"""The English catalogue is complete and compiled: every Chinese text of pages and terminal has its English, with the same placeholders."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "templates/translations"
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "plural": (1, 2)}
REFRESH = "see the three commands in templates/translations/babel.cfg"


def extracted() -> dict[str, str]:
    """Return every text the sources mark, and where the first of its places is."""
    methods, options = parse_mapping_cfg(io.StringIO((FOLDER / "babel.cfg").read_text(encoding="utf-8")))  # type: ignore[no-untyped-call]
    found: dict[str, str] = {}
    for top in ("relocation", "templates/web"):
        for where, line, text, _, _ in extract_from_dir(ROOT / top, methods, options, keywords=KEYWORDS):
            for one in (text,) if isinstance(text, str) else text:
                found.setdefault(one, f"{top}/{where}:{line}")
    return found


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (FOLDER / "en/LC_MESSAGES/messages.po").open("rb") as text:
        return read_po(text, locale="en")


def pairs(message: Message) -> list[tuple[str, str]]:
    """Return a message's texts beside their translations; a plural has several."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    return [(ids[min(number, len(ids) - 1)], string) for number, string in enumerate(strings)]


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def test_every_text_in_the_sources_is_in_the_catalogue(catalogue: Catalog) -> None:
    known = {one for message in messages(catalogue) for one, _ in pairs(message)}
    assert not {text: where for text, where in extracted().items() if text not in known}, REFRESH


def test_every_text_in_the_catalogue_is_still_in_the_sources(catalogue: Catalog) -> None:
    assert not {one for message in messages(catalogue) for one, _ in pairs(message)} - set(extracted()), REFRESH


def test_every_text_is_translated_and_none_is_a_guess(catalogue: Catalog) -> None:
    assert not [message.id for message in messages(catalogue) if message.fuzzy or not all(string for _, string in pairs(message))]


def test_no_english_text_holds_chinese(catalogue: Catalog) -> None:
    allowed = {"中文", "EN / 中文"}  # the switch back, and terms that English text explains in brackets
    chinese = re.compile(r"[\u3400-\u9fff]+")
    explained = re.compile(r"[(（][^()（）]*[\u3400-\u9fff][^()（）]*[)）]")
    loose = [string for message in messages(catalogue) for _, string in pairs(message) if string not in allowed and chinese.search(explained.sub("", string))]
    assert not loose


def test_a_translation_has_the_placeholders_of_its_text(catalogue: Catalog) -> None:
    holder = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    assert not [one for message in messages(catalogue) for one, string in pairs(message) if set(holder.findall(one)) != set(holder.findall(string))]


def test_the_compiled_catalogue_is_the_text_one(catalogue: Catalog) -> None:
    with (FOLDER / "en/LC_MESSAGES/messages.mo").open("rb") as compiled:
        built = read_mo(compiled)
    assert sorted(map(pairs, messages(built))) == sorted(map(pairs, messages(catalogue))), REFRESH
