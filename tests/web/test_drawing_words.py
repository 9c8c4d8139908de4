"""Every key that a drawing's understanding can give has words in both languages."""

from typing import get_args

from flask import Flask

from geo.drawing.dwelling import Reason
from relocation.web.drawingwords import BECAUSE, because_word


def test_every_reason_an_outline_may_be_unsure_for_has_words():
    assert set(BECAUSE) == set(get_args(Reason))


def test_no_reason_is_shown_as_its_key(app: Flask):
    for language in ("zh", "en"):
        with app.test_request_context(f"/?lang={language}"):
            said = {key: because_word(key) for key in get_args(Reason)}
        assert not [key for key, text in said.items() if text == key]
        assert len(set(said.values())) == len(said)
