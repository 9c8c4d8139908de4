"""An import that is killed leaves everything of a file or nothing of it."""

import os
import subprocess
import sys
import time
from pathlib import Path

from relocation.service import registers
from relocation.service.office import open_office
from tests.service.conftest import HOUSEHOLDS

ROOT = Path(__file__).resolve().parents[2]
ROWS = 4_000


def test_a_killed_import_is_never_half_there(tmp_path: Path) -> None:
    path = tmp_path / "户.csv"
    path.write_text("\n".join([HOUSEHOLDS, *(f"H{n:05d},演甲,十里镇,是,3,2017-03-05,集中安置,75" for n in range(ROWS))]), "utf-8")
    home = tmp_path / "home"
    open_office(home).close()
    command = [sys.executable, "-m", "relocation", "import", str(path), "--county", "411522", "--home", str(home)]
    seen = set()
    for wait_s in (0.9, 1.1, 1.2, 1.3, 1.4, 1.6):
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait_s)
        process.kill()
        process.wait()
        store = open_office(home)
        with store.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        seen.add(registers.households(store, "zh").total)
        store.close()
    assert seen <= {0, ROWS}
