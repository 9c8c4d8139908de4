"""What a command or page cannot do, as one sentence and what to do about it, in both languages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _wording() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("troubles.yaml").read_text("utf-8"))
    return loaded


class Trouble(Exception):
    """A request that cannot be met as it stands: exit code 2 in the terminal, a page of `status` on the web.

    `code` names the wording in `troubles.yaml`; `facts` are what the wording needs.
    """

    def __init__(self, code: str, **facts: object) -> None:
        """Carry a code of the wording and its facts."""
        super().__init__(f"{code} {facts}")
        self.code, self.facts = code, facts

    @property
    def status(self) -> int:
        """The HTTP status that says the same."""
        return int(_wording()[self.code].get("status", 400))

    def reason(self, lang: str) -> str:
        """Return the sentence that says what is wrong."""
        return self._say("reason", lang)

    def mend(self, lang: str) -> str:
        """Return the sentence that says what to do."""
        alone = self.facts.get("near") == "" and "mend_without_near" in _wording()[self.code]
        return self._say("mend_without_near" if alone else "mend", lang)

    def _say(self, part: str, lang: str) -> str:
        said: str = _wording()[self.code][part]["en" if lang == "en" else "zh"]
        return said.format(**self.facts)
