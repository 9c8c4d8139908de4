"""Every wording for lists and returned ledgers is used, and says in both languages what is wrong and what to do."""

import string
from pathlib import Path

import pytest
import yaml

from relocation.ledger.returning import NEEDS

ROOT = Path(__file__).parents[2] / "relocation"
WORDING = yaml.safe_load((ROOT / "intake" / "list_refusals.yaml").read_text("utf-8"))
MADE = {f"returned-need-{need}" for need in NEEDS}


@pytest.mark.parametrize("code", WORDING)
def test_both_languages_name_the_same_facts(code: str) -> None:
    for template in WORDING[code].values():
        facts = [{name for _, name, _, _ in string.Formatter().parse(template[lang]) if name} for lang in ("zh", "en")]
        assert facts[0] == facts[1]
        assert all(template[lang].strip() for lang in ("zh", "en"))


def test_every_wording_is_of_a_refusal_that_is_made() -> None:
    texts = "".join(path.read_text("utf-8") for folder in ("intake", "ledger", "service") for path in (ROOT / folder).rglob("*.py"))
    assert {code for code in WORDING if f'"{code}"' in texts} | MADE == set(WORDING)
