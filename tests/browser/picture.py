"""Makes the README's pictures anew: the demonstration county's overview in both languages. Run as `python -m tests.browser.picture`."""

import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path

from waitress.server import create_server

from relocation.service.demo import load_demo
from relocation.web import create_app
from tests.browser.chromium import chromium

LOOKS = Path(__file__).with_name("looks")


def main() -> None:
    """Serve a fresh demonstration on a free port of this machine and photograph its first page."""
    now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(load_demo(Path(folder) / "home", now=now), demo=True, now=lambda: now)
        server = create_server(app, host="127.0.0.1", port=0)
        threading.Thread(target=server.run, daemon=True).start()
        LOOKS.mkdir(exist_ok=True)
        with chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 860})
            for lang in ("zh", "en"):
                page.goto(f"http://127.0.0.1:{server.effective_port}/?lang={lang}")
                page.screenshot(path=LOOKS / f"overview.{lang}.png")
        server.close()


if __name__ == "__main__":
    main()
