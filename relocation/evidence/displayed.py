"""A public notice counts as displayed only with its date and a photo of it."""

from collections.abc import Iterable
from datetime import date
from enum import Enum


class Displayed(Enum):
    """How well it is shown that a notice hung."""

    DISPLAYED = "displayed"
    DATE_WITHOUT_PHOTO = "date-without-photo"
    PHOTO_WITHOUT_DATE = "photo-without-date"
    PHOTO_AGAINST = "photo-against"  # there are photos, and each speaks against the claim or was used for another record
    NOTHING = "nothing"


def displayed(photos: Iterable[tuple[date | None, bool]], noticed_on: date | None = None) -> Displayed:
    """Say how well a notice is shown to have hung. `photos`: the day claimed for each of its photos, and whether the photo speaks against it.

    `noticed_on`: the day on the notice's own record, where there is one.
    """
    seen = list(photos)
    sound = [day for day, against in seen if not against]
    if sound:
        return Displayed.DISPLAYED if noticed_on or any(sound) else Displayed.PHOTO_WITHOUT_DATE
    if seen:
        return Displayed.PHOTO_AGAINST
    return Displayed.DATE_WITHOUT_PHOTO if noticed_on else Displayed.NOTHING
