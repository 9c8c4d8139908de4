"""The ledger's pages as somebody uses them: read, and a form sent with the version that stands on the page."""

import re

from flask.testing import FlaskClient

from tests.web.signed import token

ONE = "411522-0001"


def main(client: FlaskClient, address: str) -> str:
    page = client.get(address).text
    return page[page.index("<main") : page.index("</main>")]


def post(client: FlaskClient, address: str, **form: object) -> str:
    """Post a form and return the page it leads to; a move goes by the version that stands on the entry's page, as in a browser."""
    if address.endswith("/move") and "version" not in form:
        form["version"] = seen(client, address.removesuffix("/move"))
    answer = client.post(address, data={"csrf_token": token(client), **form}, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def seen(client: FlaskClient, address: str) -> str:
    """Return the version of an entry that its page shows."""
    found = re.search(r'name="version" value="(\d+)"', main(client, address))
    assert found, address
    return found[1]
