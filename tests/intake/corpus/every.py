"""All files of the corpus, by name."""

from tests.intake.corpus import Case
from tests.intake.corpus.tables import CASES as TABLES
from tests.intake.corpus.vectors import CASES as VECTORS
from tests.intake.corpus.workbooks import CASES as WORKBOOKS

CASES: dict[str, Case] = {**WORKBOOKS, **TABLES, **VECTORS}
