"""Makes the README's pictures anew: the demonstration county's overview and a pair of its drawings, in both languages. Run as `python -m tests.browser.picture`."""

import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path

from waitress.server import create_server

from relocation.service.demo import load_demo
from relocation.service.drawings.lists import by_site
from relocation.web import create_app
from tests.browser.chromium import chromium

LOOKS = Path(__file__).with_name("looks")


def main() -> None:
    """Serve a fresh demonstration on a free port of this machine and photograph its first page, and the pair of drawings with most clues."""
    now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        store = load_demo(Path(folder) / "home", now=now)
        pair = max((pair for site in by_site(store) for pair in site.pairs), key=lambda pair: (len(pair.clues), pair.row["differences"] or 0))
        app = create_app(store, demo=True, now=lambda: now)
        server = create_server(app, host="127.0.0.1", port=0)
        threading.Thread(target=server.run, daemon=True).start()
        LOOKS.mkdir(exist_ok=True)
        with chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 860})
            for lang in ("zh", "en"):
                page.goto(f"http://127.0.0.1:{server.effective_port}/?lang={lang}")
                page.screenshot(path=LOOKS / f"overview.{lang}.png")
                page.goto(f"http://127.0.0.1:{server.effective_port}/drawings/pairs/{pair.row['code']}")
                page.wait_for_selector("canvas[data-drawn]")
                page.keyboard.press("n")
                page.wait_for_timeout(300)
                top = page.locator("#drawings").bounding_box()["y"] + page.evaluate("scrollY") - 16
                page.screenshot(path=LOOKS / f"drawings.{lang}.png", full_page=True, clip={"x": 0, "y": top, "width": 1280, "height": 860})
        server.close()


if __name__ == "__main__":
    main()
