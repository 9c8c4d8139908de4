"""The words of notices in both languages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
    return loaded


def word(id: str, lang: str, /, **facts: object) -> str:
    """Return a text with its facts; KeyError for one that is not there."""
    return _words()[id]["en" if lang == "en" else "zh"].format(**facts)
