"""Files sent to be compared count like every other file that is sent."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from relocation.accounts.throttle import MOST
from relocation.service.office import open_office
from relocation.web import create_app
from tests.web.signed import signed_in, token

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


def test_files_sent_to_be_compared_come_to_an_end(tmp_path: Path) -> None:
    store = open_office(tmp_path / "home")
    engineer = signed_in(create_app(store, now=lambda: NOW), ["engineer"], ["411522"])
    proof = token(engineer)
    found = 0
    for _ in range(MOST["upload"] // 2 + 1):
        files = {"design": (BytesIO(b"none"), "a.dxf"), "construction": (BytesIO(b"none"), "b.dxf"), "csrf_token": proof}
        found = engineer.post("/api/v1/compare", data=files, headers={"X-CSRFToken": proof}).status_code
        if found == 429:
            break
    store.close()
    assert found == 429
