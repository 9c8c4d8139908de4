"""The application's verbs. Terminal, pages and API call these and nothing below.

Every function takes the `Store` that `office.open_office` gave. What cannot be done as asked is raised as `Trouble`
(one sentence and a mend, both languages) or, for a whole file, as `Unusable`.
"""

from relocation.intake.refusal import Note, Refusal, Unusable
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

__all__ = ["Note", "Refusal", "Store", "Trouble", "Unusable"]
