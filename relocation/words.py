"""The words of pages and terminal in two languages: Chinese in the source, English from the catalogue.

A text is written once, in Chinese, as ``_("共 %(n)s 户") % {"n": 3}``; the catalogue
`templates/translations/en/LC_MESSAGES/messages.po` carries its English. Placeholders are named and of the
``%(name)s`` form in templates and in Python, so that a translator may reorder them.
"""

import gettext as _gettext
from functools import cache
from typing import Literal

from relocation.resources import folder

Lang = Literal["zh", "en"]
Translations = _gettext.NullTranslations

LANGS: tuple[Lang, ...] = ("zh", "en")
DEFAULT: Lang = "zh"


@cache
def translations(lang: str) -> Translations:
    """Return the texts of one language; `.gettext("中文")` gives a text in it.

    A language that is not offered gives the Chinese texts; so does a text the catalogue lacks (a test keeps that from happening).
    """
    if lang != "en":
        return Translations()
    path = folder("templates") / "translations" / "en" / "LC_MESSAGES" / "messages.mo"
    with path.open("rb") as compiled:
        return _gettext.GNUTranslations(compiled)


def language(wanted: str | None) -> Lang:
    """Return the offered language nearest to what was asked for ("en_GB.UTF-8" → "en"), Chinese when nothing fits."""
    return "en" if (wanted or "").strip().lower().startswith("en") else DEFAULT


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a text for the catalogue where it is only named and translated later."""
    return text
